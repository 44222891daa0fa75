"""Notes that are set in quotes, by people who push text in with `>`: headings with what stands below them.

Markdown shows a quote as what somebody else said, and little of it becomes a card. Who sets headings in quotes quotes
nobody: the text is read as if it stood at the margin, what is quoted deeper below a line as more of that line.
"""

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from studyllm.notes.markdown.fences import FENCE
from studyllm.notes.markdown.line_begins import TABLE_RULE

_QUOTE = re.compile(r" {0,3}((?:>[ \t]?)+)")
_QUOTED = re.compile(r"^([ \t]*)>[ \t]?")
_HEADING = re.compile(r"#{1,6}[ \t]+\S")
_BLOCK = re.compile(r"(?:[-*+]|\d{1,9}[.)])[ \t]|[#|<]|!\[")
"""Items, headings, tables, HTML and pictures, which stand for themselves wherever they are."""
_LEAST = 2
"""Headings in quotes from which on quotes are a way to set text."""


class _In(Enum):
    """What a line stands in."""

    MARGIN, CALLOUT, CODE, TEXT = range(4)


def out_of_quotes(lines: Sequence[str]) -> list[str]:
    """The lines of a file without the signs of its quotes where these hold sections; as many as there were. Callouts
    stay as they are."""
    lines = _tables_out(lines)
    if sum(">" in line and "#" in line for line in lines) < _LEAST:
        return list(lines)  # most notes: nothing else is looked at
    places = list(_places(lines))
    texts = [_QUOTE.sub("", line).lstrip() for line in lines]
    headed = (place is _In.TEXT and _HEADING.match(text) for place, text in zip(places, texts, strict=True))
    if sum(map(bool, headed)) < _LEAST:
        return list(lines)
    found: list[str] = []
    base, last = 0, -1
    """How deep the text is quoted that is read now, counted in signs; and the line that a deeper one goes on with."""
    for line, place, text in zip(lines, places, texts, strict=True):
        quote = _QUOTE.match(line)
        if place in (_In.MARGIN, _In.CALLOUT) or quote is None:
            found.append(line)
            base, last = 0, -1
            continue
        depth = quote[1].count(">")
        if place is _In.CODE:
            base, last = base or depth, -1
            found.append(re.sub(rf"^ {{0,3}}(?:>[ \t]?){{1,{base}}}", "", line))
        elif base and depth > base and last >= 0 and text and not _BLOCK.match(text):
            found[last] = f"{found[last].rstrip()} {text}"
            found.append("")
        else:
            base = depth
            last = -1 if not text or _HEADING.match(text) or text.startswith("|") else len(found)
            found.append(line[quote.end() :])
    return found


def _tables_out(lines: Sequence[str]) -> list[str]:
    """The lines without the signs of quotes before tables that stand by themselves, but for those of callouts, which
    are read as they are."""
    found = list(lines)
    texts = [line[quote.end() :] if (quote := _QUOTED.match(line)) else None for line in lines]
    callout, last = False, -1
    for at, text in enumerate(texts):
        callout = text is not None and (callout or text.startswith("[!"))
        if text is None or callout or at <= last or not at or not TABLE_RULE.fullmatch(text):
            continue
        first, last = at - 1, at
        while last + 1 < len(texts) and "|" in (texts[last + 1] or ""):
            last += 1
        beside = [texts[n] for n in (first - 1, last + 1) if 0 <= n < len(texts)]
        if "|" in (texts[first] or "") and not any(one and one.strip() for one in beside):
            for n in range(first, last + 1):
                found[n] = _QUOTED.sub(r"\1", lines[n])
    return found


def _places(lines: Sequence[str]) -> Iterator[_In]:
    """What each line stands in; code, and what is below the title of a callout, up to the end of its quote."""
    outer = inner = ""
    callout = False
    for line in lines:
        quote = None if outer else _QUOTE.match(line)
        text = line[quote.end() :] if quote else line
        fence = FENCE.match(text)
        if quote is None:
            inner, callout = "", False
            if fence and (not outer or fence[1].startswith(outer)):
                outer = "" if outer else fence[1]
            yield _In.MARGIN
            continue
        callout = callout or (not inner and text.lstrip().startswith("[!"))
        code = bool(inner or fence)
        if fence and (not inner or fence[1].startswith(inner)):
            inner = "" if inner else fence[1]
        yield _In.CALLOUT if callout else _In.CODE if code else _In.TEXT
