"""Items whose indentation Markdown does not read as meant: by a blank or two below another item, where they would stand
beside it, and by so many that they would be code."""

import re
from itertools import pairwise

from studyllm.notes.words.lead import lead

_ITEM = re.compile(r"(?P<indent> *)(?P<mark>[-*+]|\d{1,9}[.)])(?P<gap> +)(?=\S)")
_FENCE = re.compile(r" *(?:(?:```|~~~)[^`]*|\$\$ *)")
_CODE = 4
"""Blanks that make code of a line."""
_PARENTS = 2
"""Bullets with others pushed in below them from which on it is no slip."""


def nested(lines: list[str]) -> list[str]:
    """The lines of a text, what is pushed in by one blank below two bullets or more as items of these."""
    if not any(line[:1] == " " for line in lines):
        return lines
    items = [_ITEM.match(line) for line in lines]
    written = [item for item, line in zip(items, lines, strict=True) if line.strip()]
    if sum(_is_over(item, below) or _is_deep(item, below) for item, below in pairwise(written)) < _PARENTS:
        return lines
    found: list[str] = []
    above: list[tuple[int, int]] = []
    """Of the items that a line may belong to: where they began, and where what is in them begins now."""
    code, moved = False, 0
    for line, item in zip(lines, items, strict=True):
        indent = len(line) - len(line.lstrip(" "))
        fence = _FENCE.fullmatch(line) is not None
        if not line.strip() or line[indent] == "\t":
            found.append(line)
            continue
        if code:
            found.append(" " * moved + line)
            code ^= fence
            continue
        if item or not indent:
            while above and above[-1][0] >= indent:
                above.pop()
        start = max(indent, above[-1][1]) if above and indent else indent
        if item and above and start >= above[-1][1] + _CODE:
            start = above[-1][1]
        code, moved = fence, start - indent
        found.append(" " * start + line.lstrip(" "))
        if item:
            above.append((indent, start + item.end() - item.end("indent")))
    return found


def _is_over(item: re.Match[str] | None, below: re.Match[str] | None) -> bool:
    """Whether an item holds the next one: that is pushed in, by a blank less than Markdown asks for, and below a number
    it begins to count again. Two entries (`term: meaning`) stand beside each other."""
    if item is None or below is None:
        return False
    pushed = item.end("indent") < below.end("indent") < item.end()
    if item["mark"][:-1].isdigit():
        return pushed and below["mark"] == f"1{item['mark'][-1]}"
    return pushed and not all(map(_is_entry, (item, below)))


def _is_deep(item: re.Match[str] | None, below: re.Match[str] | None) -> bool:
    """Whether an item is pushed in so far below another one that Markdown reads code."""
    return item is not None and below is not None and below.end("indent") >= item.end() + _CODE


def _is_entry(item: re.Match[str]) -> bool:
    """Whether a term and what it means stand in an item."""
    opened = lead(item.string[item.end() :])
    return opened is not None and opened.is_entry
