"""The part of a note that a card stands in: what follow-up questions are answered from."""

from pathlib import Path

from markdown_it import MarkdownIt

from studyllm.cards import Card
from studyllm.errors import InputError
from studyllm.notes.files import load
from studyllm.text import clean

LONGEST = 1200
"""Characters of a passage; more is more than a small model reads in time."""


def passage(text: str, line: int) -> str:
    """The section round a line (1-based) of a note: from its heading to the next one, cut round the line if long."""
    lines = text.split("\n")
    heads = [
        t.map[0] for t in MarkdownIt().parse(text) if t.type == "heading_open" and t.level == 0 and t.map
    ]
    at = min(max(line - 1, 0), len(lines))
    first = max((head for head in heads if head <= at), default=0)
    last = min((head for head in heads if head > at), default=len(lines))
    before, after = at, at
    size = 0
    while size < LONGEST and (before > first or after < last):
        if after < last:
            size += len(lines[after]) + 1
            after += 1
        if before > first and size < LONGEST:
            before -= 1
            size += len(lines[before]) + 1
    return "\n".join(lines[before:after]).strip()[: 2 * LONGEST]


def section(card: Card) -> str:
    """The part of its note that a card stands in; its definition when there is none, or it cannot be read."""
    if not card.source.line:
        return card.answer
    try:
        text = load(Path(card.source.path)).text
    except InputError:
        return card.answer
    return clean(passage(text, card.source.line)) or card.answer
