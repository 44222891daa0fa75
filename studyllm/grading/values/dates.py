"""Dates, years, decades and centuries in plain text, as parts: first and last year, month, day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from studyllm.grading.values.number_words import ONES, SMALL, TENS, chinese
from studyllm.grading.values.units import unit_at
from studyllm.grading.values.value import Sign, ValueKind

_MONTHS = {
    name: number
    for number, names in enumerate(
        """january,jan february,feb march,mar april,apr may june,jun july,jul august,aug september,sept,sep
        october,oct november,nov december,dec""".split(),  # noqa: SIM905
        1,
    )
    for name in names.split(",")
}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first""".split(),  # noqa: SIM905
        1,
    )
}
_MONTH = rf"(?i:(?P<m>{'|'.join(sorted(_MONTHS.keys() - {'may'}, key=len, reverse=True))}|(?-i:May)))"
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_N = "零一二三四五六七八九"
_ZH_MONTH, _ZH_DAY = rf"(?:[01]?[0-9]|[{_N}十]{{1,2}})", rf"(?:[0-3]?[0-9]|[{_N}十]{{1,3}})"
_YEAR = r"(?:1[0-9]{3}|20[0-9]{2})"
_HUNDREDS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty"
_TWO_DIGITS = rf"(?:(?:{TENS})(?:[ -](?:{ONES}))?)|(?!twenty){_HUNDREDS}"
"""Years are said in two halves."""
_TH = "(?:st|nd|rd|th)"
_THINGS = re.compile(
    r" ?(?:[个次人元米字种页倍万亿多%°×x*+^=]|[A-Za-zμ]{1,3}(?![a-z])|(?:people|bytes|words|times|steps|tokens|years"
    r"|items|met(?:re|er)s|bits|users|dollars|calories|samples|elements|points|hours|days|units|countries|members)\b)",
    re.A,
)
"""What may follow a number of four digits that is no year."""
_SPAN_OF_TIME = re.compile(r" ?(?:前|内|以上|以下|来|间|期|左右|多|的|之后|后|以后|之内|一|中)")
"""What follows 2000 年 when it is two thousand years."""


def dates(text: str) -> Iterator[Sign]:
    """Every date; 3 年 and 120 年 are spans of time and none."""
    for pattern, rule in _RULES:
        for found in pattern.finditer(text):
            yield from rule(found)


def _date(start: int, end: int, first: int, last: int, month: int = 0, day: int = 0) -> Sign:
    """A date: where it stands, its first and last year (0 for none), its month and day (0 for none)."""
    form = f"{first}:{last}:{month}:{day}"
    return Sign(ValueKind.DATE, start, end, form, low=float(first), high=float(last))


def _number(written: str | None) -> int:
    """A whole number in digits or Chinese; 0 for none."""
    if not written:
        return 0
    return int(written) if written.isascii() else int(chinese(written) or 0)


def _day(found: re.Match[str], year: int, month: int, day: int) -> Iterator[Sign]:
    """A day or a month, where there is one of that number."""
    if 1 <= month <= 12 and day <= 31:
        yield _date(found.start(), found.end(), year, year, month, day)


def _years(start: int, end: int, first: int, last: int) -> Iterator[Sign]:
    """One year or several."""
    if first and last:
        yield _date(start, end, first, last)


def _century(start: int, end: int, number: int, before: bool = False) -> Iterator[Sign]:
    """The years of a century."""
    if 1 <= number <= 40:
        first = -100 * number if before else 100 * number - 99
        yield _date(start, end, first, first + 99)


def _iso(found: re.Match[str]) -> Iterator[Sign]:
    """1911-10-10."""
    return _day(found, int(found["y"]), int(found["m"]), int(found["d"]))


def _european(found: re.Match[str]) -> Iterator[Sign]:
    """15/06/1215; where the first may be the month as well, the day is open."""
    day, month, year = int(found["d"]), int(found["m"]), int(found["y"])
    if month > 12 >= day:
        day, month = month, day
    if day > 12:
        yield from _day(found, year, month, day)
    else:
        yield from _years(found.start(), found.end(), year, year)


def _from_to(found: re.Match[str]) -> Iterator[Sign]:
    """1853 to 1890, 1853—1890年: two years."""
    if int(found["a"]) < int(found["b"]) and not _THINGS.match(found.string, found.end()):
        for year in ("a", "b"):
            end = found.end(year) + found.string.startswith("年", found.end(year))
            yield from _years(found.start(year), end, int(found[year]), int(found[year]))


def _decades(found: re.Match[str]) -> Iterator[Sign]:
    """1860s-90s, 1860到90年代, 19世纪60到90年代: two decades."""
    century = 100 * (_number(found["n"]) - 1) if found["n"] else int(found["a"]) // 100 * 100
    first = century + _number(found["a"]) % 100
    last = (100 * int(found["c"]) if found["c"] else century) + _number(found["b"])
    if first < last:
        long = 99 if not (first % 100 or last % 100) and not found["n"] else 9  # 1600s to 1700s are centuries
        yield from _years(found.start(), found.end("a"), first, first + long)
        yield from _years(
            found.start("c") if found["c"] else found.start("b"), found.end(), last, last + long
        )


def _centuries(found: re.Match[str]) -> Iterator[Sign]:
    """16th to 18th century, 16—18世纪: two centuries."""
    yield from _century(found.start("a"), found.end("a"), int(found["a"]))
    yield from _century(found.start("b"), found.end(), int(found["b"]))


def _century_zh(found: re.Match[str]) -> Iterator[Sign]:
    """19世纪, 公元前5世纪, 18世纪60年代."""
    number = _number(found["n"])
    if found["d"]:
        first = 100 * (number - 1) + _number(found["d"])
        return _years(found.start(), found.end(), first, first + 9)
    return _century(found.start(), found.end(), number, bool(found["bc"]))


def _decade_zh(found: re.Match[str]) -> Iterator[Sign]:
    """1990年代; 90年代 and 九十年代 are of the twentieth century."""
    first = _number(found["n"])
    first += 1900 if first < 100 else 0
    if first % 10 == 0 and first >= 1000:
        yield from _years(
            found.start(), found.end(), first, first + (9 if first % 100 or first >= 1900 else 99)
        )


def _year_zh(found: re.Match[str]) -> Iterator[Sign]:
    """1868年, 公元前221年, 前221年, 一八六八年, 1911年10月10日."""
    year, written = _number(found["y"]), found["y"]
    era = found["era"] or ("前" if found["bc"] and year >= 100 else "")
    if not era:
        if len(written) != 4 or set(written) & set("十百千") or not 1000 <= year < 2200:
            return
        if not found["m"] and written.endswith("00") and _SPAN_OF_TIME.match(found.string, found.end()):
            return
    year = -year if "前" in era or "BC" in era else year
    if found["m"]:
        yield from _day(found, year, _number(found["m"]), _number(found["d"]))
    else:
        yield from _years(found.start(), found.end(), year, year)


def _short_year_zh(found: re.Match[str]) -> Iterator[Sign]:
    """53年4月: which century is open."""
    year, month = _number("".join(f"{_number(digit)}" for digit in found["y"])), _number(found["m"])
    return _day(found, year, month, _number(found["d"])) if year else iter(())


def _short_year(found: re.Match[str]) -> Iterator[Sign]:
    """June '63: which century is open."""
    parts = found.groupdict()
    month = _MONTHS[found["m"].lower()] if parts.get("m") else 0
    return (
        _day(found, int(found["y"]), month or 0, 0)
        if month
        else _years(found.start(), found.end(), int(found["y"]), int(found["y"]))
    )


def _day_zh(found: re.Match[str]) -> Iterator[Sign]:
    """10月1日."""
    return _day(found, 0, _number(found["m"]), _number(found["d"]))


def _day_en(found: re.Match[str]) -> Iterator[Sign]:
    """July 20, 1969, 20 July 1969, July 1789."""
    parts = found.groupdict()
    return _day(found, _number(parts.get("y")), _MONTHS[found["m"].lower()], _number(parts.get("d")))


def _era(found: re.Match[str]) -> Iterator[Sign]:
    """490 BC, 490 AD, AD 490."""
    year = int(found["y"]) * (-1 if found["era"].startswith("B") else 1)
    return _years(found.start(), found.end(), year, year)


def _decade(found: re.Match[str]) -> Iterator[Sign]:
    """The 1990s; the 1500s are a century."""
    first = int(found["y"])
    return _years(found.start(), found.end(), first, first + (9 if first % 100 else 99))


def _spoken(found: re.Match[str]) -> Iterator[Sign]:
    """Sixteen forty-eight, nineteen oh five, the sixteen hundreds."""
    hundreds = 100 * SMALL[found["h"].lower()]
    if found["s"]:
        return _years(found.start(), found.end(), hundreds, hundreds + 99)
    year = hundreds + sum(SMALL[word] for word in re.split("[ -]", (found["o"] or found["t"]).lower()))
    return _years(found.start(), found.end(), year, year)


def _century_en(found: re.Match[str]) -> Iterator[Sign]:
    """19th century, nineteenth century, 5th century BC."""
    written = found["n"].lower()
    number = int(written[:-2]) if written[0].isdigit() else _ORDINALS[written]
    return _century(found.start(), found.end(), number, bool(found["bc"]))


def _bare(found: re.Match[str]) -> Iterator[Sign]:
    """A number of four digits that stands where a year does."""
    unit = unit_at(found.string, found.end())
    if not _THINGS.match(found.string, found.end()) and (not unit or unit.name == "year"):
        yield from _years(found.start("y"), found.end("y"), int(found["y"]), int(found["y"]))


Rule = Callable[[re.Match[str]], Iterator[Sign]]

_RULES: tuple[tuple[re.Pattern[str], Rule], ...] = tuple(
    (re.compile(pattern, re.A), rule)
    for pattern, rule in (
        (
            r"(?<![0-9./-])(?P<y>[0-9]{4})(?P<s>[-/.])(?P<m>[01]?[0-9])(?P=s)(?P<d>[0-3]?[0-9])(?![0-9/-]|\.[0-9])",
            _iso,
        ),
        (
            r"(?<![0-9./-])(?P<d>[0-3]?[0-9])(?P<s>[-/.])(?P<m>[0-3]?[0-9])(?P=s)(?P<y>[12][0-9]{3})(?![0-9/-]|\.[0-9])",
            _european,
        ),
        (
            rf"(?:(?P<n>[0-9]{{1,2}}|[{_N}十]{{1,3}}) ?世纪 ?(?=[0-9{_N}]{{1,2}}[0十]?)|(?<![0-9]))"
            rf"(?P<a>(?(n)(?:[0-9]0|[{_N}]十)|[12][0-9]{{2}}0))(?:['’]?s| ?年代)? ?(?:-{{1,2}}|–|~|to|until|到|至) ?"
            rf"(?P<c>[12][0-9])?(?P<b>[0-9]0|[{_N}]十)(?:['’]?s\b| ?年代)",
            _decades,
        ),
        (
            rf"(?<![0-9.,])(?P<a>{_YEAR}) ?年? ?(?:-{{1,2}}|~|to|until|till|through|到|至) ?(?P<b>{_YEAR})"
            r"(?![0-9/-]|[.,][0-9])",
            _from_to,
        ),
        (
            rf"(?<![0-9])(?P<a>[0-9]{{1,2}}){_TH}? ?(?:-|to|and|~|到|至) ?(?P<b>[0-9]{{1,2}})"
            rf"(?:{_TH}[ -][Cc]entur(?:y|ies)| ?世纪)",
            _centuries,
        ),
        (
            rf"(?:(?P<bc>公元前|前) ?)?(?P<n>[0-9]{{1,2}}|[{_N}十]{{1,3}}) ?世纪 ?(?:(?P<d>[0-9]0|[{_N}]十) ?年代)?",
            _century_zh,
        ),
        (rf"(?P<n>[0-9]{{2,4}}|[{_N}十]{{2,4}}) ?年代", _decade_zh),
        (
            rf"(?:(?P<era>公元前|西元前|公元|西元|BC|AD) ?)?(?:(?P<bc>前) ?)?(?<![0-9])"
            rf"(?P<y>[0-9]{{1,4}}|[{_N}百十]{{1,6}}) ?年"
            rf"(?: ?(?P<m>{_ZH_MONTH}) ?月(?: ?(?P<d>{_ZH_DAY}) ?[日号])?)?",
            _year_zh,
        ),
        (
            rf"(?<![0-9{_N}十百])'?(?P<y>[0-9]{{2}}|[{_N}]{{2}}) ?年 ?(?P<m>{_ZH_MONTH}) ?月"
            rf"(?:份| ?(?P<d>{_ZH_DAY}) ?[日号])?(?![前后内以来龄])",
            _short_year_zh,
        ),
        (rf"(?:\b{_MONTH}\.?,?(?: of)? |(?<=[a-z] ))['’‘](?P<y>[0-9]{{2}})(?![0-9'’A-Za-z])", _short_year),
        (rf"(?<![0-9年])(?P<m>{_ZH_MONTH}) ?月 ?(?P<d>{_ZH_DAY}) ?[日号]", _day_zh),
        (rf"(?<![0-9])(?P<y>[12][0-9]{{3}}),? (?P<d>[0-3]?[0-9]){_TH}?(?: of)? {_MONTH}\b", _day_en),
        (rf"\b{_MONTH}\.? (?P<d>[0-3]?[0-9]){_TH}?(?:,? (?P<y>[0-9]{{4}}))?(?![0-9])", _day_en),
        (
            rf"(?<![0-9])(?P<d>[0-3]?[0-9]){_TH}? (?:of )?{_MONTH}\b\.?(?:,? (?P<y>[0-9]{{3,4}}))?(?![0-9])",
            _day_en,
        ),
        (rf"\b{_MONTH}\.?(?: of)? (?P<y>{_YEAR})(?![0-9])", _day_en),
        (r"(?<![0-9.])(?P<y>[0-9]{1,4}) ?(?P<era>B\.?C\.?E?|A\.?D|C\.?E)\b\.?", _era),
        (r"\b(?P<era>AD|A\.D\.) (?P<y>[0-9]{1,4})(?![0-9])", _era),
        (r"(?<![0-9])(?P<y>[12][0-9]{2}0)['’]?s\b", _decade),
        (
            rf"(?i:\b(?P<h>{_HUNDREDS})[ -](?:(?P<s>hundreds)|(?:oh|o)[ -](?P<o>{ONES})|(?P<t>{_TWO_DIGITS}))\b)",
            _spoken,
        ),
        (
            rf"\b(?P<n>(?i:[0-9]{{1,2}}{_TH}|{_ORDINAL}))[ -][Cc](?:entur(?:y|ies)|\.(?=[ ,]))(?P<bc> B\.?C)?",
            _century_en,
        ),
        (
            r"(?:\b(?i:in|since|by|from|until|till|during|after|before|around|circa|year|late|early|mid|to|and)"
            rf"|[c(（《]\.?|[于自从在到至]) ?(?P<y>{_YEAR})"
            r"(?![0-9年]|[.,:][0-9]| ?[-~] ?[0-9]|/[0-9])",
            _bare,
        ),
        (
            rf"(?<!total )(?<!sum )(?<!number )\bof (?P<y>{_YEAR})"
            r"(?=\s*(?:$|[;)）]|[.,](?![0-9])|\b(?:and|or|was|were|is|had|led|began|ended|which|that|when)\b))",
            _bare,
        ),
    )
)
