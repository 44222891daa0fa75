"""Cards that an author marked for another program: `#card` at the end of a title or a line, and `START … END`."""

import itertools
import re
from collections.abc import Iterator, Sequence

from studyllm.cards import Kind
from studyllm.notes.answer import render
from studyllm.notes.candidates.asked import clozes, question
from studyllm.notes.candidates.asking import TAG, asks, bare
from studyllm.notes.candidates.candidate import Candidate, last_line, made
from studyllm.notes.markdown.blocks import Block, Code, Listing, Paragraph, Quote, Table
from studyllm.notes.outline import HEADING, ITEM, Node, content
from studyllm.notes.words.inline import drop_comments, prose
from studyllm.notes.words.lead import lead

_INLINE = re.compile(r"STARTI\s*\[[^\]\n]{1,40}\](.{1,2000}?)Back(?:\*\*|__)?:(.{1,4000}?)ENDI", re.DOTALL)
_BACK = re.compile(r"^(?:\*\*|__)?Back(?:\*\*|__)?:[ \t]*", re.MULTILINE)
_FIELD = re.compile(r"^(?:Tags:.*|Front:[ \t]*|<!--ID:.*-->|ID:[ \t]*\d+)", re.MULTILINE)
_LABEL = re.compile(r"\s*(?:\*\*|__)?(?:Question|Front)?(?:\*\*|__)?:(?:\*\*|__)?\s*", re.IGNORECASE)
_SIDES = (
    re.compile(r"front|question|正面|问题", re.IGNORECASE),
    re.compile(r"back|answer|背面|反面|答案", re.IGNORECASE),
)
"""Headings over the two sides of a card."""
_DECK = re.compile(r"#flashcards(?:/\S*)?[ \t]*$", re.IGNORECASE)
"""The deck of all that stands under a title."""
_TAGS = re.compile(r"(?:(?<![\s#])[ \t]*#[^\W\d][\w/-]*)+[ \t]*$")
"""Further tags at the end of a line."""
_BEGIN, _END = ("START", "%%ANKI"), ("END", "END%%")
_OPEN_MOST = 12
"""Lines of a card without an end at most."""
_HIDES = re.compile(r"\{\{|==\S")
"""What a line has that is a card by itself: a hidden part."""
_CURLY = re.compile(r"\{\{(?:c\d+::)?([^{}]+?)\}\}|\{(?:c?\d+[:|])?([^{}]+?)\}")


def of_tagged(node: Node) -> Iterator[Candidate]:
    """A heading, an item, or a line of a paragraph, with `#card` at its end."""
    yield from _lines(node)
    yield from _sides(node)
    if not node.text or not TAG.search(node.text) or (node.kind == HEADING and _DECK.search(node.text)):
        return
    first, _, more = TAG.sub(" ", node.text).partition("\n")
    first = _TAGS.sub("", first)
    body = content(node.blocks)
    below = [
        block
        for child in node.children
        if child.kind != ITEM
        for block in (Paragraph(child.text, child.line, child.line), *content(child.blocks))
    ]
    answer = "\n".join(part for part in (prose(more), render([*body, *below])) if part)
    found = None if asks(bare(first)) else lead(first)
    end = max(node.end, last_line([*body, *below], node.end))
    if found and found.rest:
        yield made(
            "tagged",
            Kind.TERM,
            found.front,
            "\n".join(part for part in (prose(found.rest), answer) if part),
            (node.line, end),
            node,
            bold=True,
            explicit=True,
        )
    elif answer:
        yield question("tagged", first, answer, (node.line, end), node, body)


def _lines(node: Node) -> Iterator[Candidate]:
    """Lines of paragraphs that end in `#card`, and what follows up to the next one or the end of the paragraph."""
    for at, block in enumerate(node.blocks):
        if not isinstance(block, Paragraph) or "#" not in block.text:
            continue
        lines = drop_comments(block.text).split("\n")
        starts = [n for n, line in enumerate(lines) if line.strip() and TAG.search(line)]
        for start, stop in itertools.pairwise([*starts, len(lines)]):
            front, rest = (
                _TAGS.sub("", TAG.sub(" ", lines[start])).strip(),
                "\n".join(lines[start + 1 : stop]).strip(),
            )
            body = _following(node.blocks[at + 1 :], begun=bool(rest)) if stop == len(lines) else []
            answer = "\n".join(part for part in (prose(rest), render(body)) if part)
            if front and answer and not _HIDES.search(lines[start]):
                end = last_line(body, block.end if stop == len(lines) else block.line + stop - 1)
                yield question("tagged", front, answer, (block.line + start, end), node, [] if rest else body)


def _sides(node: Node) -> Iterator[Candidate]:
    """Cards, two or more, whose sides stand under headings of their own, Front and Back."""
    pairs = [
        (front, back)
        for front, back in itertools.pairwise(node.children)
        if front.kind == back.kind == HEADING
        and not (front.children or back.children)
        and all(side.fullmatch(one.title) for side, one in zip(_SIDES, (front, back), strict=True))
    ]
    if len(pairs) > 1:
        for front, back in pairs:
            asked, body = render(content(front.blocks)).strip(), content(back.blocks)
            if asked and "\n" not in asked:
                yield question(
                    "tagged", asked, render(body), (front.line, last_line(body, back.end)), front, body
                )


def _following(after: Sequence[Block], *, begun: bool) -> list[Block]:
    """The blocks that go on with an answer: lists, code and formulas; a paragraph only where nothing has begun."""
    found: list[Block] = []
    for block in after[:8]:
        goes_on = isinstance(block, (Listing, Code, Table, Quote))
        opens = isinstance(block, Paragraph) and not (begun or found) and not TAG.search(block.text)
        if not (goes_on or opens):
            break
        found.append(block)
    return found


def of_started(node: Node) -> Iterator[Candidate]:
    """`STARTI [Basic] front Back: back ENDI` in a line; `START`, a note type, front, `Back: …`, `END` over
    lines, or the same between `%%ANKI` and `END%%`."""
    if node.kind == ITEM and "STARTI" in node.text:
        yield from _in_line(node, node.text, (node.line, node.line + node.text.count("\n")))
    begun: list[str] | None = None
    line = before = 0
    for block in node.blocks:
        if isinstance(block, Paragraph) and "STARTI" in block.text:
            yield from _in_line(node, block.text, (block.line, block.end))
            continue
        if begun is None and not (
            isinstance(block, Paragraph) and any(mark in block.text for mark in _BEGIN)
        ):
            continue
        text = block.text if isinstance(block, Paragraph) else render([block])
        for part in text.split("\n"):
            if part.strip() in _BEGIN:
                if begun:  # the end of the one before was left out
                    yield from _basic(node, begun, (line, before))
                begun, line = [], block.line
            elif part.strip() in _END and begun is not None:
                yield from _basic(node, begun, (line, block.end))
                begun = None
            elif begun is not None:
                begun.append(part)
        before = block.end
    if begun and len(begun) <= _OPEN_MOST:
        yield from _basic(node, begun, (line, before))


def _in_line(node: Node, text: str, lines: tuple[int, int]) -> Iterator[Candidate]:
    """The cards that stand in one text."""
    for found in _INLINE.finditer(text):
        front, back = found.group(1).strip("*_ "), found.group(2).strip().removeprefix("**").strip()
        label = _LABEL.match(front)
        front = front[label.end() :] if label else front
        yield question("started", prose(front), prose(back), lines, node)


def _basic(node: Node, lines: Sequence[str], where: tuple[int, int]) -> Iterator[Candidate]:
    """A card of one note type with its fields; one without a back has its hidden parts in braces."""
    text = _FIELD.sub("", drop_comments("\n".join(lines[1:]))).strip()
    parts = _BACK.split(text, maxsplit=1)
    if len(parts) == 2 and parts[0].strip() and parts[1].strip():
        yield question("started", prose(parts[0]).replace("\n", " "), prose(parts[1]), where, node)
    elif "cloze" in (lines or [""])[0].lower():
        yield from clozes(text, _CURLY, where, node)
