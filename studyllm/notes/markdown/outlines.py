"""Outlines as Word counts them, `I.`, `A.`, `1.`, `a.`, each sort pushed in below another, as nested lists."""

import re
from collections.abc import Sequence

from studyllm.notes.markdown.fences import FENCE

_MARKED = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<upper>[IVX]{1,5}|[A-Z])|(?P<other>\d{1,2}|[ivx]{1,5}|[a-z]))[.)][ \t]+(?=\S)"
)
_FEWEST = 4
"""Lines of an outline at least."""


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


def _bulleted(lines: list[str], stretch: Sequence[int]) -> None:
    """Puts bullets for the marks of a stretch of lines, if it is an outline."""
    marked = [(at, found) for at in stretch if (found := _MARKED.match(lines[at]))]
    depths = sorted({_depth(found["indent"]) for _, found in marked})
    tops = [found["upper"] for _, found in marked if _depth(found["indent"]) == depths[0]]
    if len(marked) < _FEWEST or len(depths) < 2 or tops[:1] not in (["I"], ["A"]):
        return
    for at, found in marked:
        lines[at] = f"{'    ' * depths.index(_depth(found['indent']))}- {lines[at][found.end() :]}"


def _depth(indent: str) -> int:
    """The columns of an indentation."""
    return len(indent.expandtabs(4))
