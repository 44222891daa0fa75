"""Outlines as nested lists: as Word counts them, `I.`, `A.`, `1.`, `a.`, each sort pushed in below another; and those
of a file in which nothing but how far a line is pushed in says what it belongs to."""

import re
from collections.abc import Sequence

from studyllm.notes.markdown.fences import in_code

_MARKED = re.compile(
    r"[ \t]*(?:(?P<upper>[IVX]{1,5}|[A-Z])|(?P<other>\d{1,2}|[ivx]{1,5}|[a-z]))[.)][ \t]+(?=\S)"
)
_FEWEST = 4
"""Lines of an outline at least."""
_BLOCKS = re.compile(r"[ \t]*(?:#{1,6}[ \t]|[|>]|```|~~~|---|\$\$)|.*<[a-z/!]")
"""Signs of Markdown, which an outline by indentation alone does not have."""
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]")
_CODE = re.compile(
    r"[{};]\s*$|^[ \t]*[)\]}]|\w\(.*\)\s*[:;{]?\s*$|[\w\])]\s*(?:[-+*/|&]?=|:=)\s*[\w\"'\[({]|^[ \t]*(?:#|//|@\w|\$ )"
)
_LINES, _PUSHED_IN, _OTHER, _DEEPEST, _LONG = 8, 0.5, 0.2, 12, 60
"""Lines of a file that is an outline, how many of them are pushed in, how many may be items, code or long, levels, and
letters of a long line: text that is broken at a margin has many."""


def as_lists(text: str) -> str:
    """The text with bullets for the marks of outlines."""
    if not re.search(r"^[ \t]*[IA][.)][ \t]", text, re.MULTILINE):
        return text
    lines = text.split("\n")
    start, code = 0, [*in_code(lines), True]
    for at, line in enumerate([*lines, "#"]):
        goes_on = _MARKED.match(line) or not line.strip() or (line[:1].isspace() and at > start)
        if goes_on and not code[at]:
            continue
        _bulleted(lines, range(start, at))
        start = at + 1
    return "\n".join(lines)


def by_depth(text: str) -> str:
    """The text as nested lists, where lines that are pushed in make an outline of the whole file."""
    lines = text.split("\n")
    written = [line for line in lines if line.strip()]
    pushed = [line for line in written if line[:1] == "\t" or line[:2] == "  "]
    if len(written) < _LINES or len(pushed) < _PUSHED_IN * len(written) or written[0][:1].isspace():
        return text
    if any(map(_BLOCKS.match, written)):
        return text
    other = sum(
        bool(_ITEM.match(line) or _CODE.search(line) or len(line.strip()) > _LONG) for line in written
    )
    depths = {_depth(line) for line in written}
    if other > _OTHER * len(written) or not 2 < len(depths) <= _DEEPEST:
        return text
    levels = iter(_levels([_depth(line) for line in written]))
    return "\n".join(f"{'  ' * next(levels)}- {line.strip()}" if line.strip() else "" for line in lines)


def _bulleted(lines: list[str], stretch: Sequence[int]) -> None:
    """Puts bullets for the marks of a stretch of lines, if it is an outline."""
    marked = [(at, found) for at in stretch if (found := _MARKED.match(lines[at]))]
    depths = [_depth(lines[at]) for at, _ in marked]
    tops = [found["upper"] for depth, (_, found) in zip(depths, marked, strict=True) if depth == min(depths)]
    if len(marked) < _FEWEST or len(set(depths)) < 2 or tops[:1] not in (["I"], ["A"]):
        return
    for level, (at, found) in zip(_levels(depths), marked, strict=True):
        mark = found["other"] if (found["other"] or "").isdecimal() else ""
        lines[at] = f"{'    ' * level}{f'{mark}.' if mark else '-'} {lines[at][found.end() :]}"


def _levels(depths: Sequence[int]) -> list[int]:
    """How many lines each is below, one in another, by how far they are pushed in."""
    above: list[int] = []
    found = []
    for depth in depths:
        while above and above[-1] >= depth:
            above.pop()
        found.append(len(above))
        above.append(depth)
    return found


def _depth(line: str) -> int:
    """The columns by which a line is pushed in."""
    text = line.expandtabs(4)
    return len(text) - len(text.lstrip())
