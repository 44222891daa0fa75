"""Values as they are read aloud, rewritten in figures: powers, digit by digit, tenths (一成), times of the day."""

from __future__ import annotations

import re
from collections.abc import Callable

from studyllm.grading.values.number_words import SMALL, chinese, english

_ZH = "[一二三四五六七八九十]{1,3}"
_POWER = re.compile(
    rf"(?P<base>[0-9]{{1,2}}|{_ZH})的(?P<minus>负?)(?P<power>[0-9]{{1,3}}|{_ZH})次(?:方|幂)", re.ASCII
)
_LEAST = 1000
"""A smaller power of anything but ten is mostly a step of a sum: 2 的三次方是 8."""
_DIGITS = "zero oh one two three four five six seven eight nine".split()  # noqa: SIM905
_DIGIT_BY_DIGIT = re.compile(
    rf"\b(?:{'|'.join(_DIGITS)})(?:[- ](?:{'|'.join(_DIGITS)})){{2,}}\b", re.IGNORECASE
)
_COUNTED = "|".join(sorted((*SMALL, "hundred", "thousand", "and"), key=len, reverse=True))
_POINT = re.compile(
    rf"\b(?P<whole>(?:{_COUNTED})(?:[- ](?:{_COUNTED})){{0,7}}) (?:point|decimal) "
    rf"(?P<digits>(?:{'|'.join(_DIGITS)})(?: (?:{'|'.join(_DIGITS)})){{0,5}})\b",
    re.IGNORECASE,
)
_AND = re.compile(rf"\b(?P<large>hundred|thousand) & (?=(?:{_COUNTED})\b)", re.IGNORECASE)
_PART_OF_ONE = re.compile(
    r"\b(?P<part>half|(?:a|one) quarter|three quarters|(?:a|one) (?:third|fifth|tenth)) (?:of )?(?:an?|one|1)"
    r"(?= ?(?:%|per ?cent\b|degree|metre|meter|mile|litre|liter|second|gram|volt))",
    re.IGNORECASE,
)
_PARTS = {
    "half": "0.5",
    "quarter": "0.25",
    "quarters": "0.75",
    "third": "1/3",
    "fifth": "0.2",
    "tenth": "0.1",
}
_CHARGED = re.compile(
    r"(?P<of>[A-Z][A-Za-z0-9]{0,12})(?:\([IVX]{1,4}\))?[，, ]{0,2}"
    "带有?(?P<many>[一两二三四]?)个?(?:单位)?(?P<sign>[正负])电荷"
)
_SIGNED = re.compile(
    r"(?<![^\s，,、；;和])(?P<sign>[正负])(?P<many>[一二三四五六七八九十])(?:价(?![格值钱])|(?=[\s，,、；;和]|$))"
)
_GROWTH = re.compile(r"\b(?P<of>[nN])[ -](?P<power>squared|cubed)\b")
_TENTHS = re.compile(
    "(?<![一二三四五六七八九十百千万])(?P<tenths>[一二两三四五六七八九])成(?P<more>[半一二三四五六七八九]?)(?![不为立功了长员就本熟见])"
)
_HALF_DAY = "凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上|夜里|半夜"
_CLOCK_ZH = re.compile(
    rf"(?P<part>{_HALF_DAY})? ?(?P<hour>[0-9]{{1,2}}|{_ZH}|两|零)点(?:钟)?"
    rf"(?P<minute>半|一刻|三刻|(?:零?[0-9]{{1,2}}|零?{_ZH})分)",
    re.ASCII,
)
_CLOCK = re.compile(
    rf"(?P<part>{_HALF_DAY}) ?(?P<hour>[01]?[0-9]):(?P<minute>[0-5][0-9])(?![0-9:])", re.ASCII
)
_CLOCK_EN = re.compile(
    r"(?<![0-9:.])(?P<hour>[01]?[0-9])(?::(?P<minute>[0-5][0-9]))? ?(?P<part>[ap])\.?m\b\.?",
    re.ASCII | re.IGNORECASE,
)
_LATE = frozenset(("下午", "傍晚", "晚上", "p"))
_MINUTES = {"半": 30, "一刻": 15, "三刻": 45}


def _power(found: re.Match[str]) -> str:
    """十的负三次方 as 10^-3."""
    base, power = _number(found["base"]), _number(found["power"])
    if not base or not power or (base != 10 and base**power < _LEAST):
        return found[0]
    return f"{base}^{'-' if found['minus'] else ''}{power}"


def _digits(found: re.Match[str]) -> str:
    """Six-three-six as 636."""
    return _digits_of(found[0])


def _digits_of(words: str) -> str:
    return "".join(str(max(0, _DIGITS.index(word) - 1)) for word in re.split("[- ]", words.lower()))


def _point(found: re.Match[str]) -> str:
    """Nine point five eight as 9.58, one four four point eight as 144.8."""
    words = re.split("[- ]", found["whole"].lower())
    if len(words) > 1 and all(word in _DIGITS for word in words):
        return f"{_digits_of(found['whole'])}.{_digits_of(found['digits'])}"
    for at, word in enumerate(words):
        counted = english(words[at:]) if word in SMALL else None
        if counted and counted.words == len(words) - at:
            before = found["whole"][: sum(len(one) + 1 for one in words[:at])]
            return f"{before}{counted.value:.0f}.{_digits_of(found['digits'])}"
    return found[0]


def _part_of_one(found: re.Match[str]) -> str:
    """A quarter of one percent as 0.25."""
    return _PARTS[found["part"].lower().split()[-1]]


def _charged(found: re.Match[str]) -> str:
    """SO4，带两个负电荷 as SO4^2-."""
    many = _number(found["many"].replace("两", "二") or "一") or 1
    return f"{found['of']}^{many if many > 1 else ''}{'+' if found['sign'] == '正' else '-'}"


def _signed(found: re.Match[str]) -> str:
    """正二价 as +2; 负一, alone or among others, as -1."""
    return f"{'+' if found['sign'] == '正' else '-'}{_number(found['many'])}"


def _growth(found: re.Match[str]) -> str:
    """N squared as n^2."""
    return f"{found['of']}^{3 if found['power'] == 'cubed' else 2}"


def _tenths(found: re.Match[str]) -> str:
    """一成 as 10%, 九成五 and 九成半 as 95%."""
    more = 5 if found["more"] == "半" else _number(found["more"] or "零")
    return f"{10 * (_number(found['tenths'].replace('两', '二')) or 0) + (more or 0)}%"


def _clock_zh(found: re.Match[str]) -> str:
    """下午两点半 as 14:30."""
    hour, minute = _number(found["hour"]), _MINUTES.get(found["minute"])
    if minute is None:
        minute = _number(found["minute"].removesuffix("分").lstrip("零0") or "零")
    if hour is None or minute is None or hour > 24 or minute > 59:
        return found[0]
    return _of_day(hour, minute, late=found["part"] in _LATE)


def _clock(found: re.Match[str]) -> str:
    """下午 2:30 and 2:30 pm as 14:30, 12 am as 00:00."""
    part, hour = found["part"].lower(), int(found["hour"])
    if hour > 12:
        return found[0]
    return _of_day(hour % 12 if part in ("a", "p") else hour, int(found["minute"] or 0), late=part in _LATE)


def _of_day(hour: int, minute: int, *, late: bool) -> str:
    return f"{hour + 12 * (late and hour < 12):02}:{minute:02}"


def _number(written: str) -> int | None:
    """A whole number in digits or Chinese."""
    value = int(written) if written.isdecimal() else chinese(written)
    return None if value is None else int(value)


REWRITTEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_POWER, _power),
    (_AND, lambda found: f"{found['large']} and "),
    (_POINT, _point),
    (_PART_OF_ONE, _part_of_one),
    (_CHARGED, _charged),
    (_SIGNED, _signed),
    (_DIGIT_BY_DIGIT, _digits),
    (_GROWTH, _growth),
    (_TENTHS, _tenths),
    (_CLOCK_ZH, _clock_zh),
    (_CLOCK, _clock),
    (_CLOCK_EN, _clock),
)
"""What is rewritten, in this order."""
