"""How often something is done, as times a day: every 8 hours, 一天三次, twice a day, tid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studyllm.grading.values.numerals import number_at
from studyllm.grading.values.value import Sign, ValueKind

_HOURS = {
    "hour": 1.0,
    "小时": 1.0,
    "hr": 1.0,
    "h": 1.0,
    "day": 24.0,
    "天": 24.0,
    "日": 24.0,
    "week": 168.0,
    "周": 168.0,
    "星期": 168.0,
    "fortnight": 336.0,
    "month": 730.5,
    "月": 730.5,
    "year": 8766.0,
    "年": 8766.0,
}
_EVERY = re.compile(
    r"(?:每隔?|\bevery |\bq) ?(?:(?P<least>[0-9.]{1,4}) ?[-–~至到] ?)?"
    r"(?P<number>[0-9.]{1,4}|[一二两三四五六七八九十半]{1,3}|[a-z]{3,6}(?= ))? ?-?(?:个)?"
    r"(?P<unit>小时|星期|[天日周月年]|(?:hour|day|week|hr|month|year)s?\b|h\b)(?=[\u4e00-\u9fff]|\b)"
    r"(?P<once> ?(?:一|1 ?)[次回])?",
    re.I | re.A,
)
_ONCE_IN = re.compile(
    r"(?P<number>(?<![0-9.])[0-9]{1,2}|[一二两三四五六七八九十半]{1,3}) ?个?(?P<unit>小时|星期|[天日周年]|(?<=个)月)"
    r" ?(?:一|1 ?)[次回]|(?<!间)隔(?P<other>[天日周年])(?: ?(?:一|1 ?)[次回])?"
)
"""两天一次, 隔日."""
_TIMES_A = re.compile(
    r"(?:每|(?<!第)一|(?<![0-9.])1 ?)(?P<unit>个?[天日周月年]|星期|小时) ?"
    r"(?:(?P<least>[0-9]{1,2}) ?[-–~至到] ?)?(?P<number>[0-9]{1,2}|[一二两三四五六七八九十]{1,2}) ?[次回遍趟顿]"
    r"|(?<![0-9.第])(?:(?P<least_of>[0-9]{1,2}) ?[-–~至到] ?)?(?P<number_of>[0-9]{1,2}) ?[次回] ?(?:/|每) ?"
    r"(?P<unit_of>[天日周月年])"
    r"|\b(?P<word>[0-9]{1,2}|(?!half)[a-z]{3,6})(?: times)? (?:a|per|every|each) "
    r"(?P<unit_en>day|week|hour|fortnight|month|year)\b"
    r"|\b(?P<word_daily>[0-9]{1,2}|[a-z]{3,6})(?: times)? (?P<daily>daily|weekly|hourly|monthly|yearly)\b",
    re.I | re.A,
)
_ONCE = {"once": 1.0, "twice": 2.0, "thrice": 3.0, "半": 0.5}
_ADVERBS = {"daily": "day", "weekly": "week", "hourly": "hour", "monthly": "month", "yearly": "year"}
_SHORT = {"qd": 1.0, "od": 1.0, "bid": 2.0, "bd": 2.0, "tid": 3.0, "tds": 3.0, "qid": 4.0, "qds": 4.0}
_LATIN = re.compile(
    r"\b(qd|[bo]\.d|(?<=mg )[bo]d|b\.?i\.?d|t\.?i\.?d|t\.?d\.?s|q\.?i\.?d|q\.?d\.?s)\b\.?", re.I | re.A
)


def frequencies(text: str) -> Iterator[Sign]:
    """Every frequency; its number is how often a day."""
    for found in _EVERY.finditer(text):
        number = _number(found["number"] or "1")
        if number and (found["number"] or found["once"]):
            hours = _HOURS[found["unit"].lower().rstrip("s")]
            least = _number(found["least"]) if found["least"] else number
            yield _sign(found, 24.0 / (number * hours), 24.0 / ((least or number) * hours))
    for found in _ONCE_IN.finditer(text):
        number, unit = (2.0, found["other"]) if found["other"] else (_number(found["number"]), found["unit"])
        if number:
            yield _sign(found, 24.0 / (number * _HOURS[unit]))
    for found in _TIMES_A.finditer(text):
        number = _number(found["number"] or found["number_of"] or found["word"] or found["word_daily"])
        unit = found["unit"] or found["unit_of"] or found["unit_en"] or _ADVERBS[found["daily"].lower()]
        hours = _HOURS[unit.lower().lstrip("个")]
        if number:
            least = float(found["least"] or found["least_of"] or number)
            yield _sign(found, min(least, number) * 24.0 / hours, max(least, number) * 24.0 / hours)
    for found in _LATIN.finditer(text):
        yield _sign(found, _SHORT[found[1].replace(".", "").lower()])


def _number(word: str) -> float:
    """What a numeral is worth, or 0."""
    if word.lower() in _ONCE:
        return _ONCE[word.lower()]
    read = number_at(word.lower(), 0)
    return read.value if read and read.end == len(word) else 0.0


def _sign(found: re.Match[str], a_day: float, most: float = 0.0) -> Sign:
    """A frequency, or a span of them, as a sign."""
    most = most or a_day
    form = f"{a_day:.6g}" if most == a_day else f"{a_day:.6g}-{most:.6g}"
    return Sign(ValueKind.FREQUENCY, found.start(), found.end(), form, low=a_day, high=most)
