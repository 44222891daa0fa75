"""Text that people set as code: definitions between fences without a language, lines pushed in under a heading.

Markdown shows such lines as they are typed and reads nothing in them. Code stays code: what is taken out of it says so
by Chinese words, or by entries (`Nucleus - contains the DNA of a cell`) on most of its lines.
"""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from studyllm.notes.markdown.fences import FENCE, with_short_spans
from studyllm.notes.markdown.line_begins import margin
from studyllm.notes.words.inline import IMAGE
from studyllm.notes.words.lead import Gap, Mark, lead
from studyllm.text import CJK

_TEXT = ("", "text", "txt", "plain", "plaintext", "md", "markdown")
_PUSHED = re.compile(r" {0,3}\t| {4}")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)、])[ \t]")
_OPENS = re.compile(
    rf"{_ITEM.pattern}|[:~]\s|\[\^|\s*(?:[（(](?:\d{{1,2}}|[一二三四五六七八九十]{{1,3}})[)）]|[①-⑳])\s*\S"
)
"""What goes on in lines that are pushed in: an item, a definition, a footnote."""
_KEY = re.compile(r"\s*(?:- )?[a-z_][\w-]*:(?:\s|$)")
"""A key of a file of settings."""
_TOP_ITEM, _INNER_HEADING = re.compile(r"[-*+][ \t]+"), re.compile(r"[ \t]{2,}#{1,6}[ \t]+\S")
_DOTTED, _SAYS = re.compile(r"[ \t\u3000]*・[^・]"), re.compile(rf"[ \t\u3000]*[0-9０-９]?[{CJK}]{{3}}")
"""A term behind a Japanese dot, and a line below it that says what it is."""
_HAN, _CHINESE = re.compile(f"[{CJK}]{{2}}"), re.compile(r"[\u4e00-\u9fff]")
_CODE = re.compile(
    r"[{};\\]\s*$|^\s*(?:def|class|import|from|return|if|elif|else|for|while|print|var|let|const|#include|//|/\*|\$|>)\b"
    r"|^\s*(?:#include|//|/\*|[$>]\s)|\w\(.*\)\s*;?\s*$|\w\s*[-+*/]?=\s*[\w\"'\[({]"
)
_PROGRAM = re.compile(r"[{};()\"'#]|//|==")
_COMMENT = re.compile(r"\s*#\s")
_NAMED = re.compile(r"[^\W\d_][^#/\n]*[\u4e00-\u9fff][^#/\n]*")
"""What a name in short stands for, in Chinese as well."""
_LOOKED_AT = 200
"""Letters of a line that are looked at for code."""
_FIELD, _SENTENCE = re.compile(r"[\w.-]+", re.ASCII), 6
"""What may be a field of a file or a message's level, and the words behind it that make it an entry."""
_PROSE = re.compile(f"[^\\W\\d_]+(?=[\\s,.;:!?)'\"]|$)|[{CJK}]{{2}}")
"""A word of a sentence, or as much of a Chinese one."""
_LEAST, _WORDS = 3, 3
"""Entries from which on a block is one of definitions, and words that say something of what is defined."""


def out_of_code(lines: Sequence[str]) -> list[str]:
    """The lines of a file, those that are set as code and are none as text; as many as there were."""
    found = list(lines)
    fenced: set[int] = set()
    for first, last, language in _fences(found):
        if language in _TEXT and _defines(found[first + 1 : last]):
            found[first] = found[last] = ""
        else:
            fenced.update(range(first, last + 1))
    found = [line if at in fenced else with_short_spans(line) for at, line in enumerate(found)]
    _unfold(found, fenced)
    _pull_pushed(found, fenced)
    return found


def _fences(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First and last line of each block of code between fences, and its language; the last may be left open."""
    first, opened, language = 0, "", ""
    for at, line in enumerate(lines):
        mark = FENCE.match(line)
        if not opened and mark:
            first, opened, language = at, mark[1], mark["language"].strip().casefold()
        elif opened and mark and mark[1].startswith(opened) and not mark["language"].strip():
            yield first, at, language
            opened = ""
    if opened:
        yield first, len(lines) - 1, "left open"


def _unfold(lines: list[str], fenced: Set[int]) -> None:
    """Sets the sections that were folded into one item of a list, as Notion writes a page that can be folded, beside
    that item: headings stand in no list."""
    at = 0
    while at < len(lines):
        end = at + 1
        if at not in fenced and _TOP_ITEM.match(lines[at]):
            while end < len(lines) and (not lines[end].strip() or lines[end][:2].isspace()):
                end += 1
            inside = range(at + 1, end)
            if sum(n not in fenced and bool(_INNER_HEADING.match(lines[n])) for n in inside) > 1:
                lines[at] = _TOP_ITEM.sub("", lines[at])
                _pull_out(lines, [n for n in inside if lines[n].strip()])
        at = end


def _pull_pushed(lines: list[str], fenced: Set[int]) -> None:
    """Takes Chinese text, or a list, that was pushed in where no list is above to the margin."""
    pushed: list[int] = []
    listed = False
    for at, line in enumerate([*lines, "end"]):
        if not line.strip():
            continue
        if at not in fenced and not listed and _PUSHED.match(line):
            pushed.append(at)
            continue
        run = [lines[n] for n in pushed]
        if pushed and (_is_written(run) or _is_list(run)):
            _pull_out(lines, pushed)
        pushed = []
        listed = bool(_OPENS.match(line)) or (listed and line[:1].isspace())


def _pull_out(lines: list[str], which: Sequence[int]) -> None:
    """Takes what they share before them from lines."""
    indent = min((margin(lines[n]) for n in which), key=len)
    for n in which:
        lines[n] = lines[n].removeprefix(indent) if lines[n].startswith(indent) else lines[n].lstrip()


def _is_written(lines: Sequence[str]) -> bool:
    """Whether lines that are pushed in are Chinese text, or names in short; no commands with comments on them."""
    if sum(map(_is_equal, lines)) == len(lines) >= _LEAST:
        return True
    if any(map(_COMMENT.match, lines)) and not all(map(_CHINESE.search, lines)):
        return False
    told = [IMAGE.sub("", line) for line in lines]
    level = len({len(line) - len(line.lstrip()) for line in lines}) == 1
    return _is_chinese("".join(told)) and not any(
        _like_code(one) and not (level and _is_formula(one)) for one in told
    )


def _is_chinese(text: str) -> bool:
    return len(_CHINESE.findall(text)) * 4 >= sum(map(str.isalpha, text)) > 0


def _is_formula(line: str) -> bool:
    """Whether a line is a Chinese name and what it equals: `最大功耗P = I U`."""
    return _is_chinese(line.partition("=")[0]) and not _PROGRAM.search(line)


def _is_list(lines: Sequence[str]) -> bool:
    """Whether lines are the items of a list, of some words each, that goes on below a paragraph at the margin."""
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    top = [line for line in lines if not line[margin:][:1].isspace()]
    words = [len(_PROSE.findall(line)) for line in lines]
    if sum(bool(_KEY.match(line)) for line in lines) * 2 >= len(lines):
        return False
    return (
        all(map(_ITEM.match, top))
        and sum(words) >= _WORDS * len(lines)
        and sum(map(_like_code, lines)) * 4 < len(lines)
    )


def _is_equal(line: str) -> bool:
    """Whether a line is a name and, behind a sign, what it is called: `Ar = Aryl 芳基`."""
    opened = lead(line)
    return opened is not None and opened.gap is Gap.DASH and bool(_NAMED.fullmatch(opened.rest))


def _defines(lines: Sequence[str]) -> bool:
    """Whether most lines define a term each, or several do in the line below."""
    written = [line for line in lines if line.strip()]
    over = sum(bool(_DOTTED.match(line) and _SAYS.match(below)) for line, below in pairwise(written))
    entries = sum(map(_is_entry, written)) + over
    return over >= _LEAST or (
        entries >= _LEAST
        and 5 * entries >= 3 * len(written)
        and sum(map(_like_code, written)) * 4 < len(written)
    )


def _like_code(line: str) -> bool:
    """Whether a line is more likely one of a program or of a shell."""
    return bool(_CODE.search(line, 0, _LOOKED_AT))


def _is_entry(line: str) -> bool:
    """Whether a line is a term of a few words and what it means."""
    opened = lead(line)
    if opened is None or opened.mark is Mark.CODE or not opened.is_entry:
        return False
    said = len(opened.rest.split()) + len(_HAN.findall(opened.rest))
    field = opened.gap is Gap.COLON and _FIELD.fullmatch(opened.front)
    return said >= (_SENTENCE if field else _WORDS) and len(opened.front.split()) <= 5
