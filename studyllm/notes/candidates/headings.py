"""Headings that say all by themselves: over numbered titles, or with the meaning beside the term."""

from collections.abc import Iterator

from studyllm.cards import Kind
from studyllm.notes.candidates.asking import asks, bare
from studyllm.notes.candidates.bodies import is_part
from studyllm.notes.candidates.candidate import Candidate, Page, made
from studyllm.notes.outline import HEADING, LINE, Node
from studyllm.notes.words.inline import only_link, plain, prose
from studyllm.notes.words.labels import announces, is_sequence
from studyllm.notes.words.lead import lead


def of_headings(_page: Page, node: Node) -> Iterator[Candidate]:
    """The candidates that a heading is by itself."""
    if node.kind == HEADING and node.text and not asks(bare(node.text)):
        yield from _said_in_title(node)
        yield from _over_titles(node)


def _over_titles(node: Node) -> Iterator[Candidate]:
    """A heading over two numbered titles or more: what it lists are these."""
    below = [child for child in node.children if child.kind in (HEADING, LINE) and child.text]
    names = [bare(child.text) for child in below]
    marked = [
        child.kind == LINE or plain(child.text)[:1] in "123456789一二三四五六七八九（(①②③④" for child in below
    ]
    front = bare(node.text)
    if 2 <= len(below) <= 12 and all(marked) and not any(map(is_part, names)):
        kind = Kind.SEQUENCE if is_sequence(front) else Kind.LIST
        listed = "\n".join(f"- {name}" for name in names)
        yield made(
            "heading over titles",
            kind,
            front,
            listed,
            (node.line, max(child.line for child in below)),
            node,
            points=names,
            split=False,
            marks={"announced": float(announces(front)), "count": min(1.0, len(below) / 6)},
        )


def _said_in_title(node: Node) -> Iterator[Candidate]:
    """A heading that says itself what its term means: "Present perfect: have + participle"."""
    found = lead(bare(node.text))
    if found and found.rest and not only_link(found.rest):
        where = (node.line, node.line)
        yield made(
            "heading colon",
            Kind.TERM,
            found.front,
            prose(found.rest),
            where,
            node,
            marks={"part": float(is_part(found.front))},
        )
