"""Texts that were wrapped by hand at the width of a window: where, and their sentences on one line again."""

import itertools
import re
import unicodedata
from collections.abc import Sequence

from studyllm.notes.markdown.fences import FENCE
from studyllm.notes.words.lead import Mark, lead
from studyllm.text import CJK

_NO_PROSE = re.compile(r"[|<]|https?:|\]\(|\$\$|^[ \t]*#{1,6}[ \t]|^ {4,}\S(?![.)])")
"""Lines that nobody wraps: tables, links, headings, code."""
_WIDE = re.compile(f"[{CJK}，、「」（）“”]")
_WIDTHS, _FEWEST = range(60, 121), 3
"""Columns at which a text may be wrapped, and how many lines come near to it."""
_NEAR = 12
_INDENT = 6
"""Columns by which the text of an item may be pushed in."""
_BROKEN, _ENDED = (
    re.compile(r"(?:<br */?> *|  |\\)$", re.IGNORECASE),
    re.compile(r"(?:[:：。！？；?!]|#[\w/-]+)$"),
)
"""The end of a line that its author ended: a hard break, a mark, a tag."""
_ANEW = re.compile(
    r"[ \t]*(?:\*\*|__)?(?:[QACＱＡ]|问题?|答案?|Question|Answer)\s?\d*(?:\*\*|__)?\s*[:：]|\?{1,2}$",
    re.IGNORECASE,
)


def columns(text: str) -> int:
    """How wide a text is shown."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def width_of(lines: Sequence[str]) -> int:
    """The columns that no line of prose in a note goes beyond, where some come near to it; 0 where its lines are as
    long as what they say."""
    widths, code = [], False
    for line in lines:
        if FENCE.match(line):
            code = not code
        elif not code and len(line) >= _WIDTHS.start - _NEAR and not _NO_PROSE.search(line):
            widths.append(columns(line.rstrip()))
            if widths[-1] >= _WIDTHS.stop:
                return 0
    widest = max(widths, default=0)
    return widest if widest in _WIDTHS and sum(n > widest - _NEAR for n in widths) >= _FEWEST else 0


def joined(text: str, width: int) -> tuple[str, tuple[int, ...]]:
    """A text on one line, and where in it its further lines begin, if each of them was wrapped at a width; any other
    text as it is."""
    lines = text.split("\n")
    if not width or len(lines) < 2 or not all(_goes_on(*pair, width) for pair in itertools.pairwise(lines)):
        return text, ()
    return together(lines)


def together(lines: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """Lines as one, Chinese ones without a blank between, and where in it those after the first begin."""
    whole, breaks = lines[0], list[int]()
    for line in lines[1:]:
        wide = _WIDE.match(line) and _WIDE.search(whole, max(0, len(whole) - 1))
        whole = whole if wide else f"{whole.rstrip()} "
        breaks.append(len(whole))
        whole += line.lstrip()
    return whole, tuple(breaks)


def _goes_on(before: str, line: str, width: int) -> bool:
    """Whether the first word of a line found no room on the one before it."""
    if _BROKEN.search(before) or _ENDED.search(before.rstrip()) or _ANEW.match(line):
        return False
    if any(sign in one for sign in ("$$", "::") for one in (before, line)):
        return False
    opened, above = lead(line), lead(before)
    if opened and opened.is_entry and (opened.mark is not Mark.PLAIN or (above and above.is_entry)):
        return False
    word = line.split(" ", 1)[0] if line[:1] < "\u2e80" else line[:1]
    return columns(before.rstrip()) + 1 + columns(word) > width - _INDENT
