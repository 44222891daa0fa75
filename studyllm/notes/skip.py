"""`<!-- study: skip -->`: what an author takes out of the cards."""

import re
from collections.abc import Sequence
from dataclasses import replace

from studyllm.notes.markdown.blocks import Block, Heading, Html, Item, Listing, Paragraph, Quote

_SKIP = re.compile(r"<!--\s*study\s*:\s*skip\s*-->", re.IGNORECASE)


def mentions(text: str) -> bool:
    """Whether a text holds the comment at all."""
    return bool(_SKIP.search(text))


def without_skipped(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[int]]:
    """The blocks that are left, and the lines where something was taken out."""
    out: list[Block] = []
    lines: list[int] = []
    level = 0
    pending = False
    for block in blocks:
        if level:
            if not isinstance(block, Heading) or block.level > level:
                continue
            level = 0
        if isinstance(block, Html) and mentions(block.text):
            lines.append(block.line)
            if not out:
                return (), lines
            if isinstance(out[-1], Heading):
                level = out.pop().level  # type: ignore[union-attr]
            else:
                pending = True
            continue
        if pending:
            pending = False
            if isinstance(block, Heading):
                level = block.level
            continue
        kept = _kept(block, lines)
        if kept is not None:
            out.append(kept)
    return tuple(out), lines


def _kept(block: Block, lines: list[int]) -> Block | None:
    """The block without the skipped parts inside it."""
    if isinstance(block, Paragraph) and mentions(block.text):
        lines.append(block.line)
        return None
    if isinstance(block, Quote):
        return replace(block, blocks=_inside(block.blocks, lines))
    if isinstance(block, Listing):
        items = []
        for item in block.items:
            inside = _inside(item.blocks, lines)
            if inside or not item.blocks:
                items.append(Item(inside, item.line, item.end, item.number))
        return replace(block, items=tuple(items)) if items else None
    return block


def _inside(blocks: Sequence[Block], lines: list[int]) -> tuple[Block, ...]:
    """The blocks of an item or quote; a comment in its opening paragraph takes all of it."""
    out: list[Block] = []
    pending = False
    for at, block in enumerate(blocks):
        if isinstance(block, Html) and mentions(block.text):
            lines.append(block.line)
            pending = True
        elif pending:
            pending = False
        else:
            kept = _kept(block, lines)
            if kept is None and not at:
                return ()
            if kept is not None:
                out.append(kept)
    return tuple(out)
