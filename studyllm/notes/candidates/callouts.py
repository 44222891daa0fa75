"""Callouts: which of them have a title of their own."""

import re

from studyllm.notes.markdown.blocks import Block, Paragraph, Quote
from studyllm.notes.words.inline import plain

DEFINITIONS = frozenset(("def", "definition", "定义"))
"""Kinds of callouts that define."""
_CALLED_OUT = re.compile(r"\[!([\w-]+)[^\]]*\][+-]?[ \t]*\S")


def titled(block: Block) -> bool:
    """Whether a block is a callout with a title: it has a candidate of its own. A definition that is nothing but its
    first line is said of the title above it."""
    opening = block.blocks[0] if isinstance(block, Quote) and block.blocks else None
    if not isinstance(block, Quote) or not isinstance(opening, Paragraph):
        return False
    found = _CALLED_OUT.match(opening.text)
    alone = len(block.blocks) == 1 and "\n" not in opening.text
    says = (
        alone and found and found[1].casefold() in DEFINITIONS and " " in plain(opening.text[found.end() :])
    )
    return found is not None and not says
