"""Cards that a learner made of a text in which the importer sees none."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from textwrap import dedent

from studyllm.cards import Kind
from studyllm.choices import BY_HAND, Choice
from studyllm.notes.answer import MAX_ANSWER, render
from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.candidate import made
from studyllm.notes.candidates.wrapped import goes_on
from studyllm.notes.line_parts import titled, unsigned
from studyllm.notes.markdown.blocks import Paragraph
from studyllm.notes.markdown.parse import parse
from studyllm.notes.outline import ITEM, Node
from studyllm.notes.words.inline import prose
from studyllm.text import dice, key, pairs

_ALIKE = 0.5
"""Share of pairs of letters from which an edited text is still the one that was chosen."""
_BETWEEN = r"(?:[-=]{1,2}>|[\s:：=–—→⇒,，?？-])+"
_SIGNS = re.compile(f"^{_BETWEEN}")
"""What stands between a front and its back."""
_COMPARED = 2000
"""Letters of a text that are compared."""
_FEWER, _MORE = 1, 2
"""Lines that an edit may have taken from a range, and put into it, for it to be found whole."""
_OTHER_SIZE = 0.1
"""How much more alike lines have to be for each that they are more or fewer."""
_BRACKETED = re.compile(r"[（(]([^（()）]+)[)）]")


def by_hand(root: Node, chosen: Sequence[Choice], source: Sequence[str] = ()) -> list[Candidate]:
    """A candidate for each choice whose text the note still has, if perhaps edited; `source` are the note's lines."""
    ranges = (_of_range(root, choice, source) for choice in chosen if choice.lines)
    return [*_of_texts(root, [one for one in chosen if not one.lines]), *filter(None, ranges)]


def _of_texts(root: Node, chosen: Sequence[Choice]) -> list[Candidate]:
    """Those that were made of what the note sets apart as one text."""
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


def _of_range(root: Node, choice: Choice, source: Sequence[str]) -> Candidate | None:
    """The candidate of a choice about lines from one to another; None where the note has nothing like them."""
    wanted, best, at = pairs(choice.text[:_COMPARED]), 0.0, (0, 0)
    for count in range(max(1, choice.lines - _FEWER), choice.lines + _MORE + 1):
        worse = abs(count - choice.lines) * _OTHER_SIZE
        for first in range(len(source) - count + 1):
            if source[first].strip() and source[first + count - 1].strip():
                some = key("\n".join(source[first : first + count]))
                if (alike := dice(wanted, pairs(some[:_COMPARED])) - worse) > best:
                    best, at = alike, (first, first + count)
    if best < _ALIKE:
        return None
    node = [one for one in (root, *root.walk()) if one.line <= at[0] + 1][-1]
    back = text_of_range(choice.front, source[slice(*at)])
    where = (at[0] + 1, at[1])
    return made(BY_HAND, Kind.TERM, choice.front, back, where, node, split=False, explicit=True)


def text_of_range(front: str, lines: Sequence[str]) -> str:
    """What some lines say as the back of a card: all but the first where that is the front."""
    if len(lines) > 1 and key(titled(lines[0])) == key(front):
        return text_of_range("", lines[1:])
    blocks = parse(dedent("\n".join(lines))).blocks
    if all(isinstance(block, Paragraph) for block in blocks):  # its lines are meant as they stand
        return _without(front, "\n".join(filter(None, (prose(line.strip()) for line in lines)))[:MAX_ANSWER])
    return render(blocks)


def _without(front: str, text: str) -> str:
    """The text without the front that it begins with, where more follows; or from the sentence on that a front begins
    which does not begin the text."""
    bare = unsigned(text)
    text = bare if front and bare.startswith(front) else text
    begins = rf"(?<=[.!?。！？])\s*(?:(?:An?|The) )?{re.escape(front)}(?![A-Za-z])"
    if front and not text.startswith(front) and (later := re.search(begins, text)):
        return text[later.start() :].strip()
    rest = _SIGNS.sub("", text[len(front) :], count=1) if front and text.startswith(front) else ""
    alone = _BRACKETED.fullmatch(rest)
    return (alone[1] if alone else rest) or text


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
