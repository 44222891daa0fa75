"""Parts of a whole as so many out of so many: one person in 25, 20 events in a thousand, 一百个里有四个."""

from __future__ import annotations

import re

from studyllm.grading.values.marks import Quantity
from studyllm.grading.values.numerals import Number, number_at
from studyllm.grading.values.units import unit_at

_IN = re.compile(
    r"(?P<things>(?: [a-z]{2,15}){0,3}) (?:in|out of) (?:every |each |an? (?=hundred|thousand|million))?",
    re.I | re.A,
)
_THINGS = "(?:个(?!月|小时|星期|世纪|百分)|[人名件位例只条份张户家滴颗粒枚台])"
_AMONG = re.compile(
    rf" ?{_THINGS}[^，。；,;0-9零一二三四五六七八九十百千万]{{0,4}}?(?:里面?|里头|中间?|当中|之中)"
    r"(?:约|大约|大概|差不多|平均|就|只|会|能|有|出现?|是)*(?P<most>(?:最多|至多|顶多|不超过|至少|最少|起码)?有?)"
)
_BOUND = {"最多": "≤", "至多": "≤", "顶多": "≤", "不超过": "≤", "至少": "≥", "最少": "≥", "起码": "≥"}
_ROUND = frozenset((10.0, 100.0, 1000.0, 10_000.0, 100_000.0, 1e6))
"""Wholes out of which more than one of something are given."""


def share_at(text: str, at: int, first: Number) -> Quantity | None:
    """The part of a whole that begins with a number."""
    if first.unit or first.value != int(first.value) or first.value < 1:
        return None
    if (found := _IN.match(text, first.end)) and (second := _next(text, found.end())):
        things = bool(found["things"].strip())
        if unit_at(text, second.end) or (things and first.value != 1 and second.value not in _ROUND):
            return None
        return _share(at, second.end, first.value, second.value)
    if (found := _AMONG.match(text, first.end)) and (second := _next(text, found.end())):
        end = second.end + bool(re.match(_THINGS, text[second.end : second.end + 1]))
        return _share(at, end, second.value, first.value, _BOUND.get(found["most"].rstrip("有"), ""))
    return None


def _next(text: str, at: int) -> Number | None:
    """A whole number at a place."""
    number = number_at(text, at) if at < len(text) else None
    return number if number and not number.unit and number.value == int(number.value) else None


def _share(start: int, end: int, part: float, whole: float, relation: str = "") -> Quantity | None:
    """So many out of so many, where there are fewer."""
    share = part / whole if 0 < part < whole else 0.0
    return Quantity(start, end, share, share, 0.0, relation=relation) if share else None
