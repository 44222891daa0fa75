"""Amounts for so much of something else: 80 mg/100 mL, 每周 150 分钟; and one amount in two units, which is none."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from studyllm.grading.values.numerals import Number
from studyllm.grading.values.units import Unit, unit_at, worth

_OF_SO_MUCH = re.compile(r" ?(?:/|per|(?:in|for|of) (?:every|each)) ?([1-9][0-9]{0,3})(?= ?[^0-9\s])", re.A)
_SPANS = {
    "天": "day", "日": "day", "周": "week", "星期": "week", "月": "month", "年": "year", "小时": "hour",
    "分钟": "minute", "秒": "second",
}  # fmt: skip
_EACH = re.compile(rf"每个?(?P<of>{'|'.join(_SPANS)})[^0-9，。；,;每一二两三四五六七八九十]{{0,5}}\Z")
"""Before an amount, how long it is for: 每周 150 分钟."""
_DEGREES = frozenset(("degree_Celsius", "degree_Fahrenheit", "kelvin", "coulomb", "farad", "degree"))
"""Units of temperature, and what their letters alone are."""


def for_each(before: str, unit: str) -> str:
    """The unit of an amount with the span of time that stands before it, if one does."""
    found = _EACH.search(before) if unit and "/" not in unit else None
    if found and unit == "day" and found["of"] not in ("天", "日", "周", "星期"):
        return unit  # 每月 15 日
    return f"{unit}/{_SPANS[found['of']]}" if found else unit


def of_so_much(text: str, number: Number, unit: Unit) -> tuple[Number, Unit] | None:
    """A number and its unit with the amount that they are of: 80 mg/100 mL."""
    found = _OF_SO_MUCH.match(text, unit.end) if "/" not in unit.name else None
    below = unit_at(text, found.end()) if found else None
    if not found or not below or "/" in below.name or _says_it_again(number, unit, float(found[1]), below):
        return None
    many = float(found[1])
    less = replace(number, value=number.value / many, step=number.step / many)
    return less, Unit(f"{unit.name}/{below.name}", below.end)


def _says_it_again(number: Number, unit: Unit, many: float, other: Unit) -> bool:
    """Whether one amount stands there in two units: 121 °C/250 °F, 12 oz/340 g."""
    if unit.name in _DEGREES:
        return other.name in _DEGREES
    if unit.name == other.name or (one := worth(unit.name)).dimension != (two := worth(other.name)).dimension:
        return False
    return math.isclose(number.value * one.factor, many * two.factor, rel_tol=0.05)
