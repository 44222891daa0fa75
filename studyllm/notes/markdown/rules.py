"""Rules right below a text, which Markdown takes for the underline of a heading: `A: …` over `---`."""

import re

from studyllm.notes.markdown.fences import in_code
from studyllm.notes.markdown.line_begins import ITEM_LINE, OTHER_BLOCK
from studyllm.notes.markdown.wrapping import columns
from studyllm.notes.words.lead import lead

_RULE = re.compile(r" {0,3}-{3,}[ \t]*")
_SENTENCE = re.compile(r"[。！？；;.!?…][\"'”’」』)）*_]*[ \t]*$")
_TITLE = 64
"""Columns of a title at most."""
RULE = "***"
"""A rule that is never an underline."""


def with_rules(lines: list[str]) -> list[str]:
    """The lines of a text, with rules below several lines, an entry or a sentence as rules."""
    found = [
        at for at, line in enumerate(lines) if at and line[:4].strip()[:1] == "-" and _RULE.fullmatch(line)
    ]
    if not found:
        return lines
    code, changed = in_code(lines), list(lines)
    for at in found:
        if not code[at] and lines[at - 1].strip() and not _is_title(lines, at - 1):
            changed[at] = RULE
    return changed


def _is_title(lines: list[str], at: int) -> bool:
    """Whether a line above a rule may be a heading of which that is the underline: short, alone, with nothing said."""
    line, above = lines[at], lines[at - 1] if at else ""
    if ITEM_LINE.match(line) or OTHER_BLOCK.match(line):
        return True  # no text: Markdown knows
    alone = not above.strip() or OTHER_BLOCK.match(above) is not None or _RULE.fullmatch(above) is not None
    opened = lead(line)
    return alone and columns(line) <= _TITLE and not _SENTENCE.search(line) and not (opened and opened.rest)
