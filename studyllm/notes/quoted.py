"""Notes that are set in quotes, by people who push text in with `>`: headings with what stands below them.

Markdown shows a quote as what somebody else said, and little of it becomes a card. Who sets headings in quotes quotes
nobody: the text is read as if it stood at the margin, what is quoted deeper below a line as more of that line.
"""

import re
from collections.abc import Sequence

from studyllm.notes.fences import FENCE

_QUOTE = re.compile(r" {0,3}((?:>[ \t]?)+)")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_BLOCK = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]|[#|<]|!\[")
"""Items, headings, tables, HTML and pictures, which stand for themselves wherever they are."""
_LEAST = 2
"""Headings in quotes from which on quotes are a way to set text."""


def out_of_quotes(lines: Sequence[str]) -> list[str]:
    """The lines of a file without the signs of its quotes where these hold sections; as many as there were. Callouts
    stay as they are."""
    quotes = [_QUOTE.match(line) for line in lines]
    inside = [
        line[found.end() :].lstrip() if found else "" for line, found in zip(lines, quotes, strict=True)
    ]
    if sum(bool(_HEADING.match(text)) for text in inside) < _LEAST:
        return list(lines)
    found: list[str] = []
    base, callout, fenced = 0, False, False
    """How deep the text is quoted that is read now, counted in signs; none outside of quotes."""
    for line, quote, text in zip(lines, quotes, inside, strict=True):
        fenced ^= bool(FENCE.match(line)) and not quote
        depth = quote[1].count(">") if quote and not fenced else 0
        if not quote or not depth:
            found.append(line)
            base, callout = 0, False
            continue
        callout = text.startswith("[!") if not base else callout
        deeper = base and depth > base and text and not _BLOCK.match(text) and found[-1].strip()
        deeper = deeper and not _HEADING.match(found[-1])
        if not deeper:
            base = depth
        if deeper and not callout:
            found[-1] = f"{found[-1].rstrip()} {text}"
        found.append(line if callout else "" if deeper else line[quote.end() :])
    return found
