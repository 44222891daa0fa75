"""Lines that people set below one another without a blank line between, though each says something of its own.

Markdown reads such lines as one paragraph, or as the end of the list item above them. Here blank lines are put between
them, and numbers that Markdown does not know (1、 ① (a)) become those of a list; where each line came from is kept.
"""

import re
from collections.abc import Sequence

from studyllm.notes.markdown.apart import apart
from studyllm.notes.markdown.exam_marks import without_exam_mark
from studyllm.notes.markdown.fences import FENCE_OR_MATHS
from studyllm.notes.markdown.line_begins import ITEM_LINE, OTHER_BLOCK, margin
from studyllm.notes.markdown.nesting import nested
from studyllm.notes.markdown.numbering import as_list, spaced
from studyllm.notes.markdown.quoted import out_of_quotes
from studyllm.notes.markdown.rules import with_rules
from studyllm.notes.markdown.set_as_code import out_of_code
from studyllm.notes.markdown.wrapping import columns
from studyllm.notes.words.lead import lead

_PUSHED = re.compile(r"(\t+| {4,})\S")
_PLUS = re.compile(r"([ \t]*(?:\d{1,9}[.)]|[-*])[ \t]+)\+(?=[ \t]+\S)")
"""A plus sign before what an item says, which Markdown takes for a list in the list."""
_CHINESE = re.compile("[\u4e00-\u9fff]")
_TITLE = 40
"""Columns of a title over lines that are pushed in."""
_GOES_ON_BELOW = re.compile(r"^(?:[-*+>|#$`]|\d{1,9}[.)、])|[,，;；、。.{(（\[=|\\]\s*$|::")
"""What a line has that is no such title: it is an item, a quote, code or a sentence, or leaves something open."""
_ENTRY_BELOW = re.compile(
    r"(?: {1,8}|\t)(?=[^\s\-*+>|#$`{}(\[=<:\\])(?!(?:\d{1,9}|[A-Za-z])[.)、])(?![a-z]+\b(?! ?[:：=–-]))(?!.*[;{}]\s*$)"
)
"""A line that is pushed in and begins something: no item, no code, no word that goes on with a sentence."""
_WIDE = re.compile(r"( *)([-*+]) {2,4}(?=\S)")
"""A bullet with more than a blank behind it, below which Markdown takes a bullet pushed in by two for one beside it."""


def separated(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with a blank line before each line that begins something of its own, and for each of its lines the
    number of the line that it was, counted from 1."""
    lines = nested(_flush(out_of_code(out_of_quotes(spaced(with_rules(text.split("\n")))))))
    new: list[str] = []
    where: list[int] = []
    for first, last in _runs(lines):
        pulled = _pulled(lines[first:last])
        listed = pulled if FENCE_OR_MATHS.match(pulled[0]) else as_list(pulled)
        begin = apart(lines[first:last], listed)
        marked = {} if FENCE_OR_MATHS.match(pulled[0]) else _for_exam(listed)
        listed = [marked.get(at, line) for at, line in enumerate(listed)]
        begin |= {at for at in marked if at and not ITEM_LINE.match(listed[at])}
        for at, line in enumerate(listed):
            if at in begin:
                new.append("")
                where.append(first + at)
            new.append(line)
            where.append(first + at + 1)
    return "\n".join(new), tuple(where)


def _for_exam(lines: Sequence[str]) -> dict[int, str]:
    """The lines with a mark of how an exam asks for what they say, without it: each begins something of its own."""
    return {at: bare for at, line in enumerate(lines) if (bare := without_exam_mark(line))}


def _flush(lines: list[str]) -> list[str]:
    """With lines that are pushed in by wide blanks, as the first of a Chinese paragraph is, at the margin."""
    listed, fence, found = False, "", []
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        mark = FENCE_OR_MATHS.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1][:3]
        elif fence:
            pass
        elif line[:1] == "\u3000":
            line = line.lstrip("\u3000 \t")
        elif (
            (wide := _WIDE.match(line))
            and ITEM_LINE.match(after)
            and len(wide[1]) < _indent(after) < wide.end()
        ):
            line = f"{wide[1]}{wide[2]} {line[wide.end() :]}"
        elif (listed or not _PUSHED.match(line)) and (plus := _PLUS.match(line)):
            line = f"{plus[1]}\\+{line[plus.end() :]}"
        if line.strip():
            listed = bool(ITEM_LINE.match(line)) or (listed and line[:1].isspace())
        found.append(line)
    return found


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _runs(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Stretches of lines without a blank one; each blank line and each block of code is a stretch of one line or more
    that is left as it is."""
    runs: list[tuple[int, int]] = []
    start, fence = 0, ""
    for at, line in enumerate(lines):
        found = FENCE_OR_MATHS.match(line)
        if fence:
            if found and found[1].startswith(fence[:3]):
                fence = ""
                runs.append((start, at + 1))
                start = at + 1
        elif found and not (found[1] == "$$" and line.count("$$") > 1):
            fence = found[1]
            runs.append((start, at))
            start = at
        elif not line.strip():
            runs += [(start, at), (at, at + 1)]
            start = at + 1
    runs.append((start, len(lines)))
    return [(first, last) for first, last in runs if first < last]


def _pulled(lines: list[str]) -> list[str]:
    """With bullets that are pushed in by a tab below a line of text, where Markdown reads them as more of that line,
    as those of a list; lines without bullets below a title as items."""
    if _are_below_title(lines):
        return [lines[0], *(f"- {line.strip()}" for line in lines[1:])]
    pushed = [_PUSHED.match(line) for line in lines[1:]]
    if (
        not pushed
        or not all(pushed)
        or lines[0][:1].isspace()
        or ITEM_LINE.match(lines[0])
        or OTHER_BLOCK.match(lines[0])
    ):
        return lines
    indent = min((found[1] for found in pushed if found), key=len)
    below = [line.removeprefix(indent) for line in lines[1:]]
    if not ITEM_LINE.match(as_list(below)[0]) or not all(line.startswith(indent) for line in lines[1:]):
        return lines
    return [lines[0], *below]


def _are_below_title(lines: Sequence[str]) -> bool:
    """Whether all lines but the first, three and more in all, are pushed in alike, and it is a title at the margin:
    short, with nothing that goes on in the next line. Entries there have cards of their own."""
    title, *below = lines
    if len(below) < 2 or title[:1].isspace() or columns(title) > _TITLE or _GOES_ON_BELOW.search(title):
        return False
    if not all(_CHINESE.search(line) for line in lines) or len(set(map(columns, below))) == 1:
        return False  # addresses, code, verse: what is no list in other scripts is set so too
    if len({margin(line) for line in below}) > 1 or not all(map(_ENTRY_BELOW.match, below)):
        return False
    entries = sum(opened is not None and opened.is_entry for opened in map(lead, map(str.strip, below)))
    return 2 * entries < len(below)
