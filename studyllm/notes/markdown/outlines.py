"""Outlines as nested lists: as Word counts them, `I.`, `A.`, `1.`, `a.`, each sort pushed in below another; and those
of a file in which nothing but how far a line is pushed in says what it belongs to."""

import re
from collections.abc import Sequence

from studyllm.notes.markdown.fences import FENCE

_MARKED = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<upper>[IVX]{1,5}|[A-Z])|(?P<other>\d{1,2}|[ivx]{1,5}|[a-z]))[.)][ \t]+(?=\S)"
)
_FEWEST = 4
"""Lines of an outline at least."""
_MARKDOWN = re.compile(r"[ \t]*(?:#{1,6}[ \t]|[-*+][ \t]|[|>]|```|~~~|---|\d{1,2}[.)][ \t])")
_CODE = re.compile(
    r"[{};]\s*$|^[ \t]*[)\]}]|\w\(.*\)\s*[:;{]?\s*$|[\w\])]\s*(?:[-+*/|&]?=|:=)\s*[\w\"'\[({]|^[ \t]*(?:#|//|@\w|\$ )"
)
_LINES, _PUSHED_IN, _OTHER, _DEEPEST = 8, 0.5, 0.2, 12
"""Lines of a file that is an outline, how many of them are pushed in, how many may be Markdown or code, and levels."""


def as_lists(text: str) -> str:
    """The text with bullets for the marks of outlines."""
    if not re.search(r"^[ \t]*[IA][.)][ \t]", text, re.MULTILINE):
        return text
    lines = text.split("\n")
    code = ""
    start = 0
    for at, line in enumerate([*lines, "#"]):
        fence = FENCE.match(line)
        if fence and (not code or fence[1].startswith(code)):
            code = "" if code else fence[1]
        elif not code and (_MARKED.match(line) or not line.strip() or (line[:1].isspace() and at > start)):
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
    other = sum(bool(_MARKDOWN.match(line) or _CODE.search(line)) for line in written)
    depths = sorted({_depth(line[: len(line) - len(line.lstrip(" \t"))]) for line in written})
    if other > _OTHER * len(written) or not 2 < len(depths) <= _DEEPEST:
        return text
    level = {depth: number for number, depth in enumerate(depths)}
    return "\n".join(
        f"{'  ' * level[_depth(line[: len(line) - len(line.lstrip(' 	'))])]}- {line.strip()}"
        if line.strip()
        else ""
        for line in lines
    )


def _bulleted(lines: list[str], stretch: Sequence[int]) -> None:
    """Puts bullets for the marks of a stretch of lines, if it is an outline."""
    marked = [(at, found) for at in stretch if (found := _MARKED.match(lines[at]))]
    depths = sorted({_depth(found["indent"]) for _, found in marked})
    tops = [found["upper"] for _, found in marked if _depth(found["indent"]) == depths[0]]
    if len(marked) < _FEWEST or len(depths) < 2 or tops[:1] not in (["I"], ["A"]):
        return
    for at, found in marked:
        mark = found["other"] if (found["other"] or "").isdecimal() else ""
        pushed_in = "    " * depths.index(_depth(found["indent"]))
        lines[at] = f"{pushed_in}{f'{mark}.' if mark else '-'} {lines[at][found.end() :]}"


def _depth(indent: str) -> int:
    """The columns of an indentation."""
    return len(indent.expandtabs(4))
