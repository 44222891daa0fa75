"""Lines and texts that count: the numbers that Markdown does not know (1、 ① (a) 步骤1) as those of a list."""

import itertools
import re
from collections.abc import Iterable, Sequence

from studyllm.notes.markdown.fences import in_code
from studyllm.notes.markdown.line_begins import ITEM_LINE

NUMBERED_ITEM = re.compile(r"(?P<indent>[ \t]*)\d{1,9}[.)][ \t]+")
_NUMBER = re.compile(
    r"(?P<indent>[ \t]*)(?:(?P<number>\d{1,2})(?:[、．）]|，(?=[\u4e00-\u9fff])|\)(?=\S)|\.(?=[^\s\d.]))"
    r"|[(（](?P<bracketed>\d{1,2})[)）]"
    r"|(?P<circled>[①-⑳])|[(（]?(?P<roman>i{1,3}|iv|vi{0,3})(?:[)）]|\.(?=\s))|(?P<letter>[a-h])(?:[)）]|\.(?=\s))"
    r"|(?P<chinese>[一二三四五六七八九十]{1,3})、|[（(](?P<inner>[一二三四五六七八九十]{1,3})[)）]"
    r"|(?:[Ss]tep|步骤) ?(?P<step>\d{1,2})[.:：、]?"
    r"|(?P<bullet>・(?!・)|[•·▪●○◎◯◦–➢➤►▶▸❖■□◆◇‣⁃∙]|§(?=[ \t]+[^\d\s])|Ø(?=[ \t]+[\u4e00-\u9fff])))[ \t]*(?=\S)"
)
"""§ and Ø are what bullets of Word become that have lost their font; § 12 is a law."""
_TITLES = ("chinese", "inner")
"""Marks that stand above those that Markdown knows."""
_DIGITS = "零一二三四五六七八九"
_BETWEEN = 12
"""Other lines between two that count on, at most."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii")


def as_list(lines: list[str]) -> list[str]:
    """With the numbers and bullets of two or more lines that count on as those of a list; other lines may stand between
    numbers that begin with 1."""
    if len(lines) < 2:
        return lines
    marked = [_NUMBER.match(line) for line in lines]
    changed = list(lines)
    done: set[int] = set()
    for at in range(len(lines)):
        rows = _counting_on(lines, marked, at) if at not in done else []
        lone = marked[at]
        over = lone is not None and _sort(lone) not in ("letter", "roman") and _stands_over(lines, at)
        if len(rows) < 2 and not (rows and over):
            continue
        above = NUMBERED_ITEM.match(changed[at - 1]) if at else None
        below = " " * (above.end() - _margin(lines[at - 1])) if above else ""
        for row in rows:
            found = marked[row]
            assert found is not None
            mark = "-" if found["bullet"] else f"{_value(found)}."
            changed[row] = f"{below}{found['indent']}{mark} {lines[row][found.end() :]}"
        done.update(rows)
        if lone and lone["bullet"] and len(rows) > 1:
            _keep_in(changed, rows)
        first = marked[at]
        if first and _sort(first) in _TITLES:
            _push_in(changed, rows, marked)
    return changed


def spaced(lines: list[str]) -> list[str]:
    """The lines of a text, with numbers at the margin that count on as those of a list where all that stands between
    them is pushed in below them: to Markdown it would be code."""
    marked = [None if line[:1].isspace() else _NUMBER.match(line) for line in lines]
    if not any(marked) or not any(line[:3] == "   " or line[:1] == "\t" for line in lines):
        return lines
    changed, code = list(lines), [*in_code(lines), False]
    run: list[int] = []
    for at, line in enumerate([*lines, "#"]):
        found = marked[at] if at < len(marked) else None
        if code[at] or not line.strip() or (run and (line[:1].isspace() or line[0] in "|<!")):
            continue
        if run and _follows(marked[run[-1]], found):
            run.append(at)
            continue
        if len(run) > 1 and any(one[:1].isspace() and one.strip() for one in lines[run[0] : at]):
            for row in run:
                mark = marked[row]
                assert mark is not None
                changed[row] = f"{_value(mark)}. {lines[row][mark.end() :]}"
        run = [at] if found and not found["bullet"] and _value(found) == 1 else []
    return changed


def _keep_in(lines: list[str], rows: Sequence[int]) -> None:
    """Pushes lines that stand between bullets, and as many below the last one, in as parts of these."""
    most = max(after - row for row, after in itertools.pairwise(rows))
    for row, stop in itertools.pairwise([*rows, min(len(lines), rows[-1] + most)]):
        for at in range(row + 1, stop):
            lines[at] = f"  {lines[at]}"


def _push_in(lines: list[str], rows: Sequence[int], marked: Sequence[re.Match[str] | None]) -> None:
    """Sets the items that Markdown knows below numbers that it does not: （一） stands above 1."""
    for row, stop in itertools.pairwise([*rows, len(lines)]):
        margin = _margin(lines[row])
        for at in range(row + 1, stop):
            if marked[at] is None and (item := ITEM_LINE.match(lines[at])) and len(item["indent"]) == margin:
                lines[at] = f"   {lines[at]}"


def _margin(line: str) -> int:
    """Blanks and tabs before the text of a line."""
    return len(line) - len(line.lstrip(" \t"))


def _sort(found: re.Match[str]) -> str:
    """Of which sort a mark is."""
    return next(sort for sort, said in found.groupdict().items() if said and sort != "indent")


def _stands_over(lines: Sequence[str], at: int) -> bool:
    """Whether the line after a line is an item that is pushed in below it."""
    item = ITEM_LINE.match(lines[at + 1]) if at + 1 < len(lines) else None
    return item is not None and len(item["indent"]) > _margin(lines[at])


def _counting_on(lines: Sequence[str], marked: Sequence[re.Match[str] | None], at: int) -> list[int]:
    """The rows of the marks that count on from one."""
    first = marked[at]
    if first is None:
        return []
    apart = first["bullet"] == "・" or (not first["bullet"] and _value(first) == 1)
    rows = [at]
    for row in range(at + 1, len(marked)):
        below = _margin(lines[row]) > len(first["indent"])
        if _follows(marked[rows[-1]], marked[row]):
            rows.append(row)
        elif not below and (not apart or row - rows[-1] > (1 if first["bullet"] else _BETWEEN)):
            break
    return rows


def counted(texts: Sequence[str]) -> list[str]:
    """Texts that count 1、 2、 3、 without their numbers; empty where they do not."""
    found = counting(texts)
    return found if len(found) == len(texts) else []


def counting(texts: Iterable[str]) -> list[str]:
    """The texts up to where they no longer count 1、 2、 3、, without their numbers; empty where it is not two."""
    found: list[str] = []
    last: re.Match[str] | None = None
    for text in texts:
        number = _NUMBER.match(text)
        if (
            number is None
            or number["bullet"]
            or not (_follows(last, number) if last else _value(number) == 1)
        ):
            break
        found.append(text[number.end() :])
        last = number
    return found if len(found) > 1 else []


def _follows(before: re.Match[str] | None, found: re.Match[str] | None) -> bool:
    """Whether a line's mark is the next one of the same sort at the same depth."""
    if before is None or found is None or len(before["indent"]) != len(found["indent"]):
        return False
    kinds = [_sort(one) for one in (before, found)]
    return kinds[0] == kinds[1] and (kinds[0] == "bullet" or _value(found) == _value(before) + 1)


def _value(found: re.Match[str]) -> int:
    """The number that a mark stands for."""
    if found["circled"]:
        return ord(found["circled"]) - ord("①") + 1
    if found["roman"]:
        return _ROMAN.index(found["roman"]) + 1
    if found["letter"]:
        return ord(found["letter"]) - ord("a") + 1
    if letters := found["chinese"] or found["inner"]:
        tens, _, ones = letters.rpartition("十")
        return (_DIGITS.find(tens or "一") * 10 if "十" in letters else 0) + max(
            0, _DIGITS.find(ones or "零")
        )
    return int(found["number"] or found["bracketed"] or found["step"])
