"""Outlines of Logseq and others whose headings are bullets: `- ## Title` with what belongs to it pushed in below."""

import re

from studyllm.notes.markdown.fences import FENCE

_TEXT, _IN_ITEM = re.compile(r"(?![-*+#>|]|\d{1,9}[.)][ \t])\S"), re.compile(r"[-*+][ \t]|  \S")
"""A line of text at the margin, and one of an item."""
_HEADING = re.compile(r"[-*+][ \t]+(#{1,6}[ \t]+(?!.*[:：][ \t]*(?:\S+[ \t]+){2}\S)\S.*)")
"""A title behind a bullet; one that says what it means stays an entry."""


def with_headings(lines: list[str]) -> list[str]:
    """The lines with such bullets as headings, and what stands below each moved to the margin; below a bullet that is
    no heading all stays as it is, and so does a note that has anything else at the margin behind the first."""
    first = next((at for at, line in enumerate(lines) if _HEADING.match(line)), len(lines))
    rest = [line for line in lines[first:] if line.strip() and not line[0].isspace()]
    if not all(map(_HEADING.match, rest)) or first == len(lines):
        return lines
    found: list[str] = []
    over: list[list[int]] = []
    fence = ""
    for raw in lines:
        line = raw.expandtabs(4)
        indent = len(line) - len(line.lstrip())
        if line.strip() and not fence:
            while over and over[-1][0] >= indent:
                over.pop()
        if over and over[-1][1] < 0 and line.strip():
            over[-1][1] = indent  # the first line below a heading says how far all of it is pushed in
        moved = raw
        if over:
            moved = line[min(indent, over[-1][1]) :]
            if _TEXT.match(moved) and found and _IN_ITEM.match(found[-1]):
                moved = f"  {moved}"  # it goes on with the item above
        if mark := FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif not fence and not moved[:1].isspace() and (heading := _HEADING.fullmatch(moved)):
            over.append([indent, -1])
            moved = heading[1]
        found.append(moved)
    return found
