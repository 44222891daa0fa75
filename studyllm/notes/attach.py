"""Blocks that belong to the list item above them although the syntax tree says otherwise."""

import re
from collections.abc import Sequence
from itertools import takewhile

from studyllm.notes.blocks import Block, Code, Heading, Item, Listing, Paragraph, Table
from studyllm.notes.headers import gate
from studyllm.notes.inline import plain
from studyllm.notes.lead import Mark, lead
from studyllm.notes.lines import counting
from studyllm.notes.terms import split_term
from studyllm.text import fold

_OPEN_END = re.compile(r"(?:[:：]|如下|比如|例如|见下表|below)\s*$")
_MARKED = re.compile(r"[（(]?1")
_POINTS_BACK = re.compile(r"(?:这|该|此|上述|以上|this|these|the above)", re.IGNORECASE)


def attach(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, with tables and closing paragraphs moved into the items they belong to."""
    blocks = _goes_on(_counted(blocks))
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, Listing):
            taken = _belongs(block, blocks, at + 1)
            if taken:
                block = _extend(block, blocks[at + 1 : at + 1 + taken])
                at += taken
        out.append(block)
        at += 1
    return tuple(out)


def _counted(blocks: Sequence[Block]) -> Sequence[Block]:
    """The same blocks, paragraphs that count 1、 2、 3、 with gaps between them as a list."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        run = takewhile(lambda one: isinstance(one, Paragraph), (blocks[n] for n in range(at, len(blocks))))
        begins = isinstance(block, Paragraph) and _MARKED.match(block.text)
        texts = counting(one.text for one in run if isinstance(one, Paragraph)) if begins else []
        if texts:
            items = tuple(
                Item((Paragraph(text, one.line, one.end),), one.line, one.end, str(n))
                for n, (one, text) in enumerate(zip(blocks[at : at + len(texts)], texts, strict=True), 1)
            )
            out.append(Listing(items, True, items[0].line, items[-1].end))
        else:
            out.append(block)
        at += len(texts) or 1
    return out


def _goes_on(blocks: Sequence[Block]) -> Sequence[Block]:
    """The same blocks, a numbered list that is broken by code and then counts on as one, the code in its items."""
    out: list[Block] = []
    for block in blocks:
        code = out[-1] if out else None
        before = out[-2] if len(out) > 1 else None
        if (
            isinstance(block, Listing)
            and isinstance(code, Code)
            and isinstance(before, Listing)
            and block.ordered
            and before.ordered
            and _number(block.items[0]) == _number(before.items[-1]) + 1
        ):
            longer = _extend(before, [code])
            out[-2:] = [Listing((*longer.items, *block.items), True, before.line, block.end)]
        else:
            out.append(block)
    return out


def _number(item: Item) -> int:
    return int(item.number) if item.number.isdecimal() else -9


def _belongs(listing: Listing, blocks: Sequence[Block], at: int) -> int:
    """How many of the blocks after a list belong to its last item."""
    if at >= len(blocks):
        return 0
    item, following = listing.items[-1], blocks[at]
    if len(item.blocks) == 1 and isinstance(item.blocks[0], Heading):
        return _under_heading(blocks, at)
    found = lead(item.text) if item.text else None
    marked = found is not None and (found.mark is Mark.BOLD or item.text.rstrip().endswith((":", "：")))
    bare = found is not None and marked and not found.rest and len(item.blocks) == 1
    if isinstance(following, Paragraph):
        alone = bare and len(listing.items) == 1 and not lead(following.text)
        return 1 if alone else 0
    if not isinstance(following, Table) or gate(following):
        return 0
    last = item.blocks[-1] if item.blocks else None
    announced = isinstance(last, Paragraph) and bool(_OPEN_END.search(last.text))
    if not (bare or announced):
        return 0
    return 2 if _closes(found.front if found else "", blocks, at + 1) else 1


def _under_heading(blocks: Sequence[Block], at: int) -> int:
    """How many blocks belong to an item that is a heading: those up to the next one."""
    taken = 0
    for block in blocks[at:]:
        first = block.items[0].blocks[:1] if isinstance(block, Listing) else ()
        if isinstance(block, Heading) or (first and isinstance(first[0], Heading)):
            break
        taken += 1
    return taken


def _closes(front: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether the paragraph after the table still speaks of the item's term."""
    if at >= len(blocks) or not isinstance(block := blocks[at], Paragraph):
        return False
    text = plain(block.text)
    if lead(block.text) is not None and "**" in block.text[:4]:
        return False
    term, names = split_term(front)
    if any(name and fold(name) in fold(text) for name in (term, *names)):
        return True
    return bool(_POINTS_BACK.match(text)) and (at + 1 == len(blocks) or isinstance(blocks[at + 1], Listing))


def _extend(listing: Listing, more: Sequence[Block]) -> Listing:
    item = listing.items[-1]
    longer = Item((*item.blocks, *more), item.line, more[-1].end, item.number)
    return Listing((*listing.items[:-1], longer), listing.ordered, listing.line, more[-1].end)
