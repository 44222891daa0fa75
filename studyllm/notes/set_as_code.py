"""Text that people set as code: definitions between fences without a language, lines pushed in under a heading.

Markdown shows such lines as they are typed and reads nothing in them. Code stays code: what is taken out of it says so
by Chinese words, or by entries (`Nucleus - contains the DNA of a cell`) on most of its lines.
"""

import re
from collections.abc import Sequence

from studyllm.notes.lead import Gap, Mark, lead
from studyllm.text import CJK

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*(?P<language>.*)")
_TEXT = ("", "text", "txt", "plain", "plaintext", "md", "markdown")
_PUSHED = re.compile(r"(?:\t| {4})")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)、])[ \t]")
_TOP_ITEM, _INNER_HEADING = re.compile(r"[-*+][ \t]+"), re.compile(r"[ \t]{2,}#{1,6}[ \t]+\S")
_HAN, _CHINESE = re.compile(f"[{CJK}]{{2}}"), re.compile(r"[\u4e00-\u9fff]")
_CODE = re.compile(
    r"[{};\\]\s*$|^\s*(?:def|class|import|from|return|if|elif|else|for|while|print|var|let|const|#include|//|/\*|\$|>)\b"
    r"|^\s*(?:#include|//|/\*|[$>]\s)|\w\(.*\)\s*;?\s*$|\w\s*[-+*/]?=\s*[\w\"'\[({]"
)
_LOOKED_AT = 200
"""Letters of a line that are looked at for code."""
_FIELD, _SENTENCE = re.compile(r"[\w.-]+", re.ASCII), 6
"""What may be a field of a file or a message's level, and the words behind it that make it an entry."""
_LEAST, _WORDS = 3, 3
"""Entries from which on a block is one of definitions, and words that say something of what is defined."""


def out_of_code(lines: Sequence[str]) -> list[str]:
    """The lines of a file, those that are set as code and are none as text; as many as there were."""
    found = _unfolded(list(lines))
    lines = list(found)
    fence, start = "", 0
    pushed: list[int] = []
    listed = False
    for at, line in enumerate([*lines, "end"]):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not mark["language"].strip():
                if start >= 0 and _defines(lines[start + 1 : at]):
                    found[start] = found[at] = ""
                fence = ""
            continue
        if not line.strip():
            continue
        if _PUSHED.match(line) and not listed and not (mark and pushed):
            pushed.append(at)
            continue
        if pushed and _is_written([lines[n] for n in pushed]):
            _pull_out(found, pushed)
        pushed = []
        listed = bool(_ITEM.match(line)) or (listed and line[:1].isspace())
        if mark:
            fence = mark[1]
            start = at if mark["language"].strip().casefold() in _TEXT else -1
    return found


def _unfolded(lines: list[str]) -> list[str]:
    """With the sections that were folded into one item of a list, as Notion writes a page that can be folded, beside
    that item: headings stand in no list."""
    at = 0
    while at < len(lines):
        end = at + 1
        if _TOP_ITEM.match(lines[at]):
            while end < len(lines) and (not lines[end].strip() or lines[end][:2].isspace()):
                end += 1
            inside = range(at + 1, end)
            if sum(bool(_INNER_HEADING.match(lines[n])) for n in inside) > 1:
                lines[at] = _TOP_ITEM.sub("", lines[at])
                _pull_out(lines, [n for n in inside if lines[n].strip()])
        at = end
    return lines


def _pull_out(lines: list[str], which: Sequence[int]) -> None:
    """Takes what they share before them from lines."""
    indent = min((line[: len(line) - len(line.lstrip(" \t"))] for line in (lines[n] for n in which)), key=len)
    for n in which:
        lines[n] = lines[n].removeprefix(indent) if lines[n].startswith(indent) else lines[n].lstrip()


def _is_written(lines: Sequence[str]) -> bool:
    """Whether lines that are pushed in are Chinese text."""
    text = "".join(lines)
    if sum(map(_is_equal, lines)) == len(lines) >= _LEAST:
        return True
    letters = sum(map(str.isalpha, text))
    return len(_CHINESE.findall(text)) * 4 >= letters > 0 and not any(map(_like_code, lines))


def _is_equal(line: str) -> bool:
    """Whether a line is a name and, behind a sign, what it is called: `Ar = Aryl 芳基`."""
    opened = lead(line)
    return opened is not None and opened.gap is Gap.DASH and bool(_CHINESE.search(opened.rest))


def _defines(lines: Sequence[str]) -> bool:
    """Whether most lines define a term each."""
    written = [line for line in lines if line.strip()]
    entries = sum(map(_is_entry, written))
    return (
        entries >= _LEAST
        and 5 * entries >= 3 * len(written)
        and sum(map(_like_code, written)) * 4 < len(written)
    )


def _like_code(line: str) -> bool:
    return bool(_CODE.search(line, 0, _LOOKED_AT))


def _is_entry(line: str) -> bool:
    opened = lead(line)
    if (
        opened is None
        or not opened.rest
        or opened.mark is Mark.CODE
        or opened.gap not in (Gap.DASH, Gap.COLON)
    ):
        return False
    said = len(opened.rest.split()) + len(_HAN.findall(opened.rest))
    field = opened.gap is Gap.COLON and _FIELD.fullmatch(opened.front)
    return said >= (_SENTENCE if field else _WORDS) and len(opened.front.split()) <= 5
