"""Numbers as they are written: digits, powers of ten, fractions, and the words for numbers in Chinese and English."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from studyllm.grading.values.number_words import (
    DOZEN,
    HUNDRED,
    JOINING,
    LARGE,
    ONES,
    PARTS,
    POINT,
    SMALL,
    TENS,
    chinese,
    english,
)

_ZH_SCALES = {
    "万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "w": 10**4,
    "千": 1000, "百": 100,
}  # fmt: skip
_SUFFIXES = {"k": 1e3, "M": 1e6, "B": 1e9}
_PARTS_OF = {"百": "percent", "千": "permille", "万": "permyriad"}
_TIMES = {"twice": 2.0, "thrice": 3.0}
_LARGER = "|".join([HUNDRED, *LARGE])
_WORD = "|".join([*SMALL, *PARTS, _LARGER, DOZEN, POINT, *JOINING])
EN_NUMERAL = (
    rf"(?:{'|'.join(sorted([*SMALL, *_TIMES], key=len, reverse=True))}|half|{_LARGER}"
    rf"|an? (?={'|'.join(PARTS)}|{_LARGER}|{DOZEN}))"
)
"""How a number in English words begins."""
ZH_NUMERAL = "[零一二三四五六七八九十百千万亿两]"
_TAELS = re.compile("(?<=[十百千万亿])两\\Z")
"""A measure, not the number: 二百两."""
_ZH_DECIMALS = "点[零一二三四五六七八九]{1,12}"

_ENGLISH = re.compile(rf"\b(?:{_WORD})(?:[ -]{{1,3}}(?:{_WORD})){{0,14}}\b", re.I | re.A)
_SPOKEN = re.compile(
    rf"\b(?:{ONES})[ -](?:(?:oh|o|zero)[ -](?:{ONES})"
    rf"|(?:{TENS})(?:[ -](?:{ONES}))?)\b(?![ -](?:{'|'.join(LARGE)}))",
    re.I | re.A,
)
"""Three digits as they are read aloud: four twenty-nine, four oh four."""
_OFTEN = re.compile(rf"\b(?:{'|'.join(_TIMES)})\b", re.I | re.A)
_CHINESE = re.compile(rf"{ZH_NUMERAL}{{1,24}}(?:{_ZH_DECIMALS})?")
_ZH_FRACTION = re.compile(
    rf"(?:(?P<whole>{ZH_NUMERAL}{{1,8}}|[0-9]{{1,5}})又)?(?P<lower>{ZH_NUMERAL}{{1,8}}|[0-9]{{1,5}})分之"
    rf"(?P<upper>{ZH_NUMERAL}{{1,8}}(?:{_ZH_DECIMALS})?|[0-9]{{1,9}}(?:\.[0-9]{{1,9}})?)"
)
_SPACED = re.compile(
    r"[0-9]{1,3}\.[0-9]{3}(?: [0-9]{3}){0,3} [0-9]{2,3}(?= ?[×x*·a-zA-Zμ%°])"
    r"|[0-9]{1,3}(?: [0-9]{3}){1,6}(?![0-9])(?:\.[0-9]{1,20})?(?:(?<= 000)|(?= ?[a-zA-Zμ%°米千公元]))"
)
"""Digits in groups of three with spaces between, where that is plainly one number."""
_COMMA = re.compile(r"(?<!,)[0-9]{1,12},(?:[0-9]{1,2}|[0-9]{4,9})(?![0-9]|[,.][0-9])")
_DIGITS = re.compile(
    r"[0-9]{1,3}(?:,[0-9]{3}){1,6}(?![0-9]|,[0-9])(?:\.[0-9]{1,20})?|[0-9]{1,24}(?:\.[0-9]{1,20})?|\.[0-9]{1,20}"
)
_EXPONENT = (
    r"\^ ?\(?(?P<power>[-+]? ?[0-9]{1,3})\)?| ?的 ?(?P<minus>[负-]?) ?(?P<power_zh>[0-9]{1,3}) ?次[方幂]"
)
_TIMES_TEN = re.compile(
    rf" {{0,2}}(?:[×xX*·]|乘以?) {{0,2}}10 ?(?:{_EXPONENT})|[eE](?P<e>[-+]?[0-9]{{1,3}})(?![0-9])"
)
_RAISED = re.compile(rf" ?(?:{_EXPONENT})")
_OVER = re.compile(r" ?/ ?([0-9]{1,6})(?![0-9/]|\.[0-9]|[A-Za-z]*\(| ?(?:mm ?Hg|毫米汞柱|以[上下]))")
"""A fraction; 140/90 mmHg are two numbers."""
_MIXED = re.compile(r" ([0-9]{1,3})/([0-9]{1,3})(?![0-9/])")
_SCALE = re.compile(
    rf" ?(万亿|千万|百万|十万|亿|万|(?-i:w)(?=[元块个]|人(?!体)|[/每]?[年月])|千|百(?!分))|[ -]({_LARGER})\b",
    re.I | re.A,
)
_SUFFIX = re.compile(r"([kM])(?![A-Za-z0-9/^])|(B)(?=[ -]?(?:param|model|token|参数|模型|词元))")
_ORDINAL = frozenset(word for word in PARTS if word.endswith(("th", "third")))
_PART_OF = re.compile(r" (?:of|as|less|more|the|to)\b|[,.;:)]| *$")
"""What follows a third that is a part of something."""
_MOST, _MOST_POWER = 1e250, 260
"""Numbers from the first on are not read, and powers of ten beyond the second are cut off."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read, and where it ends."""

    value: float
    step: float
    """What one in its last given digit is worth; 0 for an exact fraction."""
    end: int
    large: bool = False
    """Whether a power of ten or a word such as million is in it."""
    unit: str = ""
    """That of 百分之, 千分之 and twice."""
    word: str = ""
    """The words it was read from; empty for digits."""


def number_at(text: str, at: int) -> Number | None:
    """The number that begins at a place, or None."""
    letter = text[at]
    if letter in "0123456789.":
        read = _fraction_zh(text, at) or _from_digits(text, at)
    elif letter > "\u2e80":
        read = _fraction_zh(text, at) or _from_chinese(text, at)
    else:
        read = _from_english(text, at)
    return read if read and abs(read.value) < _MOST else None


def _step(value: float, decimals: int = 0) -> float:
    """What the last digit is worth; zeros at the end of a whole number do not count as given."""
    if decimals or value == 0 or value != int(value) or abs(value) > 1e15:
        return float(10.0**-decimals)
    whole, step = int(abs(value)), 1
    while whole % (step * 10) == 0:
        step *= 10
    return float(step)


def _from_digits(text: str, at: int) -> Number | None:
    """A number in digits, with a power of ten, a fraction or a word such as 亿 after it."""
    found = _SPACED.match(text, at) or _COMMA.match(text, at) or _DIGITS.match(text, at)
    if not found or text[found.end() : found.end() + 1].isdigit():
        return None
    written = found[0].replace(",", "." if found.re is _COMMA else "").replace(" ", "")
    value, decimals, end = float(written), len(written.partition(".")[2]), found.end()
    if power := _TIMES_TEN.match(text, end):
        scale = _ten_to(power)
        return Number(value * scale, 10.0**-decimals * scale, power.end(), large=True)
    if not decimals:
        if raised := _RAISED.match(text, end):
            return _raised(value, raised)
        if mixed := _MIXED.match(text, end):
            return _part(value, float(mixed[1]), float(mixed[2]), mixed.end())
        if over := _OVER.match(text, end):
            return _part(0.0, value, float(over[1]), over.end())
    return _scaled(text, Number(value, _step(value, decimals), end))


def _scaled(text: str, number: Number) -> Number:
    """With 亿, million or k after it."""
    if found := _SCALE.match(text, number.end):
        scale = float(_ZH_SCALES.get(found[1] or "") or LARGE.get(found[2].lower() if found[2] else "", 100))
    elif found := _SUFFIX.match(text, number.end):
        scale = _SUFFIXES[found[1] or found[2]]
    else:
        return number
    return Number(number.value * scale, number.step * scale, found.end(), large=scale >= 1000)


def _ten_to(found: re.Match[str]) -> float:
    """The power of ten of a match of _TIMES_TEN."""
    return 10.0 ** max(-_MOST_POWER, min(_MOST_POWER, _exponent(found)))


def _exponent(found: re.Match[str]) -> int:
    """The exponent of a match of _TIMES_TEN or _RAISED."""
    parts = found.groupdict()
    if power := parts["power"] or parts.get("e"):
        return int(power.replace(" ", ""))
    return int(parts["power_zh"]) * (-1 if parts["minus"] else 1)


def _raised(base: float, found: re.Match[str]) -> Number | None:
    """A power of a number: 10^-23, 2^32."""
    exponent = _exponent(found)
    if base == 0 or abs(exponent * math.log10(base)) > _MOST_POWER:
        return None
    value = base**exponent
    if base == 10:
        return Number(value, value, found.end(), large=True)
    return Number(value, _step(value) if exponent > 0 else 0.0, found.end())


def _part(whole: float, upper: float, lower: float, end: int) -> Number | None:
    """A fraction."""
    return Number(whole + upper / lower, 0.0, end) if lower else None


def _fraction_zh(text: str, at: int) -> Number | None:
    """百分之二十一, 千分之3, 三分之二."""
    found = _ZH_FRACTION.match(text, at)
    if not found:
        return None
    lower, upper, whole = (
        float(n) if n[0].isascii() else chinese(n)
        for n in (found["lower"], found["upper"], found["whole"] or "零")
    )
    if upper is not None and (unit := _PARTS_OF.get(found["lower"])):
        decimals = len(found["upper"].replace("点", ".").partition(".")[2])
        return Number(upper, _step(upper, decimals), found.end(), unit=unit)
    if upper is None or whole is None or not lower:
        return None
    return _part(whole, upper, lower, found.end())


def _from_chinese(text: str, at: int) -> Number | None:
    """A Chinese numeral."""
    found = _CHINESE.match(text, at)
    word = _TAELS.sub("", found[0]) if found else ""
    value = chinese(word) if word else None
    if value is None:
        return None
    step, end = _step(value, len(word.partition("点")[2])), at + len(word)
    if power := _TIMES_TEN.match(text, end):
        scale = _ten_to(power)
        return Number(value * scale, step * scale, power.end(), large=True, word=word)
    return Number(value, step, end, large=word[-1] in "万亿", word=word)


def _from_english(text: str, at: int) -> Number | None:
    """A number in English words; the longest beginning of it that is one."""
    if times := _OFTEN.match(text, at):
        word = times[0].lower()
        return Number(_TIMES[word], 1.0, times.end(), unit="fold", word=word)
    if spoken := _SPOKEN.match(text, at):
        parts = [SMALL.get(word, 0) for word in re.findall("[a-z]+", spoken[0].lower())]
        return Number(100.0 * parts[0] + sum(parts[1:]), 1.0, spoken.end(), word=spoken[0].lower())
    found = _ENGLISH.match(text, at)
    tokens = list(re.finditer(r"[A-Za-z]+", found[0])) if found else []
    words = [token[0].lower() for token in tokens]
    counted = english(words)
    if not counted or words[0] in _ORDINAL:
        return None
    end, last = at + tokens[counted.words - 1].end(), words[counted.words - 1]
    if last in _ORDINAL and words[0] in JOINING and not _PART_OF.match(text, end):
        return None  # a third one
    whole = counted.value == int(counted.value)
    exact = counted.fraction and last not in LARGE  # "nine and a half trillion" is rounded
    step = 0.0 if exact else _step(counted.value, 0 if whole else 1)
    return Number(counted.value, step, end, large=last in LARGE, word=text[at:end].lower())
