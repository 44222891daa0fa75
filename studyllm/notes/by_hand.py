"""Cards that a learner made of a text in which the importer sees none."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from studyllm.cards import Kind
from studyllm.choices import BY_HAND, Choice
from studyllm.notes.answer import MAX_ANSWER, render
from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.candidate import made
from studyllm.notes.candidates.wrapped import goes_on
from studyllm.notes.markdown.blocks import Paragraph
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.inline import prose
from studyllm.text import dice, pairs

_ALIKE = 0.5
"""Share of pairs of letters from which an edited text is still the one that was chosen."""
_BETWEEN = r"(?:[-=]{1,2}>|[\s:：=–—→⇒,，?？-])+"
_SIGNS = re.compile(f"^{_BETWEEN}")
"""What stands between a front and its back."""
_COMPARED = 2000
"""Letters of a text that are compared."""


def by_hand(root: Node, chosen: Sequence[Choice]) -> list[Candidate]:
    """A candidate for each choice whose text the note still has, if perhaps edited."""
    if not chosen:
        return []
    texts = [(*one, pairs(one[1][:_COMPARED])) for one in (*_texts(root), *_lines(root))]
    found: list[Candidate] = []
    for choice in chosen:
        wanted = pairs(choice.text[:_COMPARED])
        alike = [dice(wanted, own) for *_, own in texts]
        best = max(range(len(texts)), key=alike.__getitem__, default=None)
        if best is not None and alike[best] >= _ALIKE:
            node, text, lines, _ = texts[best]
            back = _without(choice.front, text)
            found.append(
                made(BY_HAND, Kind.TERM, choice.front, back, lines, node, split=False, explicit=True)
            )
    return found


def _without(front: str, text: str) -> str:
    """The text without the front that it begins with, where more follows; or from the sentence on that a front begins
    which does not begin the text."""
    begins = rf"(?<=[.!?。！？])\s*(?:(?:An?|The) )?{re.escape(front)}(?![A-Za-z])"
    if front and not text.startswith(front) and (later := re.search(begins, text)):
        return text[later.start() :].strip()
    rest = _SIGNS.sub("", text[len(front) :], count=1) if front and text.startswith(front) else ""
    return rest or text


def without_entries(made: Iterable[Candidate], chosen: Iterable[Candidate]) -> list[Candidate]:
    """What is made; what the learner chose to be a card by itself, with the front that it opens with, is no part of the
    meaning of a term that it stands in. A list keeps its items."""
    found = list(made)
    for entry in chosen:
        said = re.compile(
            rf"^(?:[-*+] )?{re.escape(entry.term)}{_BETWEEN}{re.escape(entry.answer)}[ \t]*(?:\n\s*|\Z)",
            re.MULTILINE,
        )
        for at, one in enumerate(found):
            around = one.line <= entry.line and entry.end <= one.end and one.kind is Kind.TERM
            rest = said.sub("", one.answer).strip() if around and one is not entry else ""
            if rest:
                points = tuple(point for point in one.points if not said.match(point))
                found[at] = replace(one, answer=rest, points=points)
    return found


def text_at(root: Node, line: int) -> tuple[str, int]:
    """The text that stands at a line, the shortest of several, with its first line; empty where there is none."""
    here = [(lines, text) for _, text, lines in _texts(root) if lines[0] <= line <= lines[1]]
    lines, text = min(here, key=lambda one: one[0][1] - one[0][0], default=((line, line), ""))
    return text, lines[0]


def _texts(root: Node) -> Iterator[tuple[Node, str, tuple[int, int]]]:
    """Every paragraph, item, table or piece of code, with its lines; and of a paragraph each of the lines that stand
    below one another and are no wrapped sentence."""
    for node in root.walk():
        if node.kind == ITEM:
            text = "\n".join(part for part in (prose(node.text), render(node.blocks)) if part)
            yield node, text[:MAX_ANSWER], (node.line, node.end)
        else:
            if node.text:
                yield node, prose(node.text), (node.line, node.line)
            for block in node.blocks:
                yield node, render([block]), (block.line, block.end)
                if isinstance(block, Paragraph):
                    yield from ((node, prose(text), at) for text, at in _apart(block))


def _lines(root: Node) -> Iterator[tuple[Node, str, tuple[int, int]]]:
    """Each line of the paragraphs and items of several."""
    for node in root.walk():
        paragraphs = [
            (block.text, block.line, block.end) for block in node.blocks if isinstance(block, Paragraph)
        ]
        if node.kind == ITEM:
            paragraphs.append((node.text, node.line, node.line + node.text.count("\n")))
        for whole, first, last in paragraphs:
            lines = whole.split("\n")
            if len(lines) == last - first + 1 > 1:
                yield from ((node, prose(text), (at, at)) for at, text in enumerate(lines, first))


def _apart(block: Paragraph) -> list[tuple[str, tuple[int, int]]]:
    """The sentences of a paragraph that begin a line of their own, with their lines; none where there is but one."""
    lines = block.text.split("\n")
    if len(lines) != block.end - block.line + 1:
        return []  # some were set apart before, as a card's marks are
    starts = [at for at, line in enumerate(lines) if not at or not goes_on(lines[at - 1], line)]
    if len(starts) < 2:
        return []
    return [
        ("\n".join(lines[at:end]), (block.line + at, block.line + end - 1))
        for at, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]
