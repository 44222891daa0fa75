"""The lines between which code stands."""

import re
from collections.abc import Callable, Iterable

_INSIDE, _MARK = r"\s*(?:(?:[-*+]|\d+[.)])[ \t]+|>[ \t]?)*", r"`{3,}(?![^\n]*`)|~{3,}"
FENCE = re.compile(rf"{_INSIDE}({_MARK})[ \t]*(?P<language>[^\n]*)")
"""A line that opens or closes a block of code, in a list or a quote as well; one with more backticks further on is text
with code in it."""
FENCE_OR_MATHS = re.compile(rf"{_INSIDE}({_MARK}|\$\$)")
_SPAN = re.compile(r"(?<!`)(`{3,})([^`\n]+)\1(?!`)")


def in_code(lines: Iterable[str], fence: re.Pattern[str] = FENCE) -> list[bool]:
    """Whether each line stands in a block of code, or opens or closes one."""
    found, code = [], ""
    for line in lines:
        mark = fence.match(line)
        ends = mark is not None and (not code or mark[1].startswith(code))
        found.append(bool(code) or ends)
        if mark and ends and not (mark[1] == "$$" and not code and line.count("$$") > 1):
            code = "" if code else mark[1]
    return found


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text with each line changed that stands in no block of code."""
    lines = text.split("\n")
    return "\n".join(line if code else change(line) for line, code in zip(lines, in_code(lines), strict=True))


def with_short_spans(line: str) -> str:
    """A line of text, what stands between three backticks and more between one."""
    return _SPAN.sub(r"`\2`", line) if "```" in line else line
