"""Blocks back to Markdown text, as the back of a card shows them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from studyllm.notes.markdown.blocks import (
    Block,
    Code,
    Definition,
    Heading,
    Html,
    Item,
    Listing,
    Paragraph,
    Quote,
    Table,
)
from studyllm.notes.words.inline import drop_comments, plain, prose
from studyllm.notes.words.labels import DEFINITION, is_label
from studyllm.notes.words.lead import lead

_CALLOUT = re.compile(r"\[![\w-]+(?:\|[^\]]*)?\][+-]?")
MAX_ANSWER = 8000
"""Characters of an answer at most."""


def render(blocks: Iterable[Block], indent: str = "") -> str:
    """Blocks as Markdown text; nested lists are indented by two spaces a level."""
    parts = [text for block in blocks if (text := _block(block, indent))]
    return "\n".join(parts)[:MAX_ANSWER]


def _block(block: Block, indent: str) -> str:
    match block:
        case Paragraph() | Heading():
            return _indented(prose(block.text), indent)
        case Listing():
            return "\n".join(line for item in block.items if (line := _item(item, indent, block.ordered)))
        case Table():
            rows = [block.header, *(row.cells for row in block.rows)]
            lines = ["| " + " | ".join(plain(cell).replace("\n", " ") for cell in row) + " |" for row in rows]
            lines.insert(1, "|" + " --- |" * len(block.header))
            return _indented("\n".join(lines), indent)
        case Code():
            fence = "````" if "```" in block.text else "```"
            return _indented(f"{fence}{block.info}\n{block.text.rstrip()}\n{fence}", indent)
        case Quote():
            return render(_without_mark(block.blocks), indent)
        case Definition():
            return (
                _indented(", ".join(plain(term) for term in block.terms) + ": ", indent)
                + render(block.blocks).lstrip()
            )
        case Html():
            return _indented(prose(drop_comments(block.text)), indent)
    return ""


def _without_mark(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks of a callout without the `[!note]` that opens it."""
    opening = blocks[0] if blocks else None
    if not isinstance(opening, Paragraph) or not (found := _CALLOUT.match(opening.text)):
        return blocks
    return (replace(opening, text=opening.text[found.end() :].strip()), *blocks[1:])


def _item(item: Item, indent: str, ordered: bool) -> str:
    text = render(item.blocks, indent + "  ").strip()
    mark = f"{item.number or '1'}." if ordered else "-"
    return f"{indent}{mark} {text}" if text else ""


def _indented(text: str, indent: str) -> str:
    return indent + text.replace("\n", "\n" + indent) if text and indent else text


def item_text(item: Item) -> str:
    """One item as a point: its opening paragraph, or all of it on one line; without a plus, which before a point would
    say that an answer may leave it out."""
    text = prose(item.text) if item.text else render(item.blocks)
    return text.replace("\n", " ").strip().removeprefix("+ ").rstrip("；;，,")


def points_of(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The items of the lists among some blocks."""
    found = [item_text(item) for block in blocks if isinstance(block, Listing) for item in block.items]
    return tuple(point for point in found if point)


def definition_first(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks with the item labelled as the definition at the head of its list."""
    return tuple(_definition_first(block) if isinstance(block, Listing) else block for block in blocks)


def _definition_first(listing: Listing) -> Listing:
    for at, item in enumerate(listing.items):
        found = lead(item.text) if item.text else None
        if found and DEFINITION.fullmatch(plain(found.front)) and is_label(plain(found.front)):
            items = (item, *listing.items[:at], *listing.items[at + 1 :])
            return replace(listing, items=items) if at else listing
    return listing


def has_text(blocks: Iterable[Block]) -> bool:
    """Whether something to remember stands in the blocks, not only images, links or marks."""
    return any(map(_has_text, blocks))


def _has_text(block: Block) -> bool:
    if isinstance(block, Listing):
        return any(has_text(item.blocks) for item in block.items)
    return any(map(str.isalnum, _block(block, "")))
