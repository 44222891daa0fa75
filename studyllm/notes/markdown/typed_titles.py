"""Titles that were typed as lines of text, as headings: those below or behind the number of a slide, and those behind
the number of a section where nothing else divides the note: 1.1 Sensory memory."""

import re
from collections.abc import Sequence
from itertools import pairwise

from studyllm.notes.markdown.fences import FENCE, in_code
from studyllm.notes.markdown.ruled_pages import with_page_titles
from studyllm.text import width

_SLIDE = re.compile(
    r"(?:(?:slide|folie|diapositiv[ae]|幻灯片|P)[ \t]?#?(?P<number>\d{1,3})|第[ \t]?(?P<page>\d{1,3})[ \t]?[页頁张張])"
    r"(?:[ \t]*[:：.][ \t]*|[ \t]+|$)(?P<title>.*)",
    re.IGNORECASE,
)
"""The number of a slide, and its title behind it if it stands there."""
_UNDER = re.compile(r"-{3,}[ \t]*|={3,}[ \t]*")
_SECTION = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,2})\.?[ \t]+(?P<title>[^\W\d_].*)")
_NO_TITLE = re.compile(
    r"[ \t]*(?:[-*+•·▪●◦|>#$]|\d{1,3}[.)、]|[（(]\d|!\[)|.*[。.;；，,:：!！]$|.*(?:[:：=→]|->)"
)
"""What is no title: an item, a sentence, an entry."""
_FEWEST, _WIDEST = 3, 60
"""Such titles from which on a note has them, two where lines are drawn below them, and columns of one."""


def with_titles(lines: list[str]) -> list[str]:
    """The lines with such titles as headings; each stays where it was."""
    code = in_code(lines)
    return with_page_titles(_sections(_slides(lines, code), code), code)


def _slides(lines: list[str], code: Sequence[bool]) -> list[str]:
    """With the titles of slides that count up as headings of the second level, and without their numbers; the first
    slide says what all of it is about."""
    found = [
        (at, one) for at, line in enumerate(lines) if not code[at] and (one := _SLIDE.fullmatch(line.strip()))
    ]
    rising = all(_number(one) < _number(other) for (_, one), (_, other) in pairwise(found))
    underlined = all(at + 1 < len(lines) and _UNDER.fullmatch(lines[at + 1]) for at, _ in found)
    pages = any(one[0][:1] in "Pp" for _, one in found)
    if len(found) < (2 if underlined else _FEWEST) or not rising or (pages and not underlined):
        return lines  # P1 may be anything where no line is drawn below it
    changed = list(lines)
    for at, one in found:
        changed[at] = ""
        after = at + 1
        if after < len(lines) and _UNDER.fullmatch(lines[after]):
            changed[after], after = "", after + 1
        title = one["title"].strip()
        if title:
            changed[at] = f"## {title}"
        elif after < len(lines) and _number(one) > 1 - underlined and _is_title(lines[after]):
            changed[after] = f"## {lines[after].strip()}"
    return changed


def _number(slide: re.Match[str]) -> int:
    return int(slide["number"] or slide["page"])


def _sections(lines: list[str], code: Sequence[bool]) -> list[str]:
    """With numbered titles over text as headings, in a note that has no others."""
    if any(line.startswith("#") and not code[at] for at, line in enumerate(lines)):
        return lines
    found = {
        at: one
        for at, line in enumerate(lines)
        if not code[at] and (one := _SECTION.fullmatch(line.rstrip())) and _is_title(one["title"])
    }
    inner = [at for at, one in found.items() if "." in one["number"]]
    over_text = [at for at in inner if _has_text(lines, at, found)]
    outer = [at for at, one in found.items() if at not in inner and (at == 0 or not lines[at - 1].strip())]
    counted = [int(found[at]["number"]) for at in outer]
    chapters = {found[at]["number"].partition(".")[0] for at in inner}
    if counted != sorted(set(counted)) or not chapters & {found[at]["number"] for at in outer}:
        outer = []
    if len(inner) < 2 or len(inner) + len(outer) < _FEWEST or 2 * len(over_text) < len(inner):
        return lines
    if not _count_up([found[at]["number"] for at in inner]):
        return lines  # versions, times, amounts
    changed = list(lines)
    for at in (*inner, *outer):
        changed[at] = f"{'#' * (1 + found[at]['number'].count('.'))} {found[at]['title']}"
    return changed


def _count_up(numbers: Sequence[str]) -> bool:
    """Whether numbers of sections begin with 1 in each chapter, and go on by one: 1.1, 1.2, 2.1."""
    places = [tuple(map(int, number.split("."))) for number in numbers]
    chapters = [place[0] for place in places]
    if chapters[0] != 1 or chapters != sorted(chapters):
        return False
    return all(
        place[-1] == 1 or (*place[:-1], place[-1] - 1) in places[:at] for at, place in enumerate(places)
    )


def _has_text(lines: Sequence[str], at: int, titles: dict[int, re.Match[str]]) -> bool:
    """Whether text stands below a title, and no other title."""
    below = next((row for row in range(at + 1, len(lines)) if lines[row].strip()), None)
    return below is not None and below not in titles


def _is_title(line: str) -> bool:
    """Whether a line can be a title."""
    return bool(
        line.strip()
        and not line[:1].isspace()
        and width(line) <= _WIDEST
        and not _NO_TITLE.match(line.rstrip())
        and not FENCE.match(line)
    )
