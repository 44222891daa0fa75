"""A title over parts that are labelled, as headings or as rows of a table without a head; and the opening of a body."""

from collections.abc import Iterator, Sequence

from studyllm.cards import Kind
from studyllm.notes.answer import definition_first, has_text, render
from studyllm.notes.candidates.asking import asks, bare
from studyllm.notes.candidates.bodies import is_part, labels_definition
from studyllm.notes.candidates.candidate import Candidate, made
from studyllm.notes.markdown.blocks import Block, Paragraph, Table
from studyllm.notes.outline import FILE, HEADING, LINE, Node, content
from studyllm.notes.words.inline import prose
from studyllm.notes.words.labels import promises_links
from studyllm.notes.words.scripts import CJK_LETTER
from studyllm.notes.words.terms import title

MAX_TEXT = 900
"""Letters of a section's text from which only its opening is an answer."""


def of_rows(node: Node, body: Sequence[Block]) -> Iterator[Candidate]:
    """A title over a table without a head that tells of it, the definition first: 意味, 接続."""
    if len(body) != 1 or not isinstance(body[0], Table) or any(body[0].header):
        return
    rows = [row.cells for row in body[0].rows]
    if len(rows) < 2 or any(len(cells) != 2 or not is_part(title(cells[0])) for cells in rows):
        return
    rows.sort(key=lambda cells: not labels_definition(title(cells[0])))
    if labels_definition(title(rows[0][0])):
        told = (prose(rows[0][1]), *(f"{title(label)}：{prose(text)}" for label, text in rows[1:]))
        front, lines = without_decoration(node.text), (begins(node, body), body[0].end)
        form = f"{node.kind} of parts"
        yield made(form, Kind.TERM, front, "\n".join(told), lines, node, points=told, explicit=True)


def parts_of(node: Node) -> list[Node]:
    """The titles under a title that only label parts of it (定义, Causes)."""
    below = [one for one in node.children if one.kind in (HEADING, LINE) and not promises_links(one.title)]
    labelled = [one for one in below if content(one.blocks) and is_part(one.title)]
    return (
        labelled
        if len(labelled) * 2 > len(below) or any(labels_definition(c.title) for c in labelled)
        else []
    )


def of_labelled(node: Node, body: list[Block], parts: list[Node]) -> Iterator[Candidate]:
    """A title whose parts are labelled: the definition first, each part with its label."""
    defined = [part for part in parts if labels_definition(part.title)]
    others = [part for part in parts if part not in defined]
    first = render(opening_of(body)) if body and has_text(body) else ""
    pieces = [first] if first else []
    for part in [*defined, *others]:
        text = render(definition_first(content(part.blocks)))
        if not text or sum(map(len, pieces)) + len(text) > 3000:
            continue
        if part in defined:
            pieces.append(text)
        else:
            pieces.append(
                f"{part.title}：{text}" if CJK_LETTER.search(part.title) else f"{part.title}: {text}"
            )
    if not pieces or (len(pieces) == 1 and first):
        return
    inner = [bare(part.text) for part in parts if asks(bare(part.text))]
    yield made(
        f"{node.kind} of parts",
        Kind.TERM,
        without_decoration(node.text),
        "\n".join(pieces),
        (node.line, max(part.end for part in parts)),
        node,
        points=tuple(pieces) if len(pieces) > 1 else (),
        bold=node.kind == LINE,
        explicit=bool(defined) and len(parts) > 1,
        marks={
            "defined": float(bool(defined)),
            "parts": float(len(parts)),
            "text": float(bool(first)),
            "asks": float(bool(inner)),
        },
    )


def opening_of(body: Sequence[Block]) -> list[Block]:
    """The opening of a long body: as many blocks as make an answer that can be said."""
    sizes = [len(render([block])) for block in body]
    if sum(sizes) + len(sizes) - 1 <= MAX_TEXT:
        return list(body)
    chosen: list[Block] = []
    size = 0
    for block, length in zip(body, sizes, strict=True):
        before = chosen[-1] if chosen else None
        announced = isinstance(before, Paragraph) and before.text.rstrip().endswith((":", "："))
        if size and size + length > MAX_TEXT and not announced:
            break
        chosen.append(block)
        size += length
    return chosen


def begins(node: Node, body: Sequence[Block], *, subject: bool = False) -> int:
    """The line a card of a title begins on: that of the title, or, where it may stand nowhere, of what it is over."""
    return body[0].line if subject or node.kind == FILE else node.line


def without_decoration(front: str) -> str:
    """A front without stars, tags and notes on its weight, where more is left."""
    return bare(front) or front
