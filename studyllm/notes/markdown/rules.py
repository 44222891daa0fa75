"""Rules right below a text, which Markdown takes for the underline of a heading: `A: …` over `---`."""

import re

from studyllm.notes.markdown.fences import in_code
from studyllm.notes.markdown.line_begins import DASHES, ITEM_LINE, OTHER_BLOCK
from studyllm.notes.markdown.wrapping import columns
from studyllm.notes.words.lead import lead

_SENTENCE = re.compile(r"[。！？；;.!?…][\"'”’」』)）*_]*[ \t]*$")
_TITLE = 64
"""Columns of a title at most."""
_LONG = 5
"""Dashes of an underline that is meant as one; where other headings of a note have it, so are three."""
RULE = "***"
"""A rule that is never an underline."""


def with_rules(lines: list[str]) -> list[str]:
    """The lines of a text, with rules below several lines, an entry or a sentence as rules."""
    found = [
        at for at, line in enumerate(lines) if at and line[:4].strip()[:1] == "-" and DASHES.fullmatch(line)
    ]
    if not found:
        return lines
    code, changed = in_code(lines), list(lines)
    found = [at for at in found if not code[at] and lines[at - 1].strip()]
    titled = any(_is_title(lines, at - 1) and _is_text(lines[at - 1]) for at in found)
    for at in found:
        alone = _is_alone(lines, at - 1)
        if not _is_title(lines, at - 1) and not (alone and (titled or len(lines[at].strip()) >= _LONG)):
            changed[at] = RULE
    return changed


def _is_title(lines: list[str], at: int) -> bool:
    """Whether a line above a rule may be a heading of which that is the underline: short, alone, with nothing said."""
    line = lines[at]
    if not _is_text(line):
        return True  # Markdown knows
    opened = lead(line)
    said = _SENTENCE.search(line) or (opened and opened.rest)
    return _is_alone(lines, at) and columns(line) <= _TITLE and not said


def _is_text(line: str) -> bool:
    return not (ITEM_LINE.match(line) or OTHER_BLOCK.match(line))


def _is_alone(lines: list[str], at: int) -> bool:
    """Whether a line is a text by itself: none stands right above it."""
    above = lines[at - 1] if at else ""
    return not above.strip() or not _is_text(above)
