"""Whether two values are equal as a teacher would say, whether one can stand in the place of the other, and whether it
is a slip of it (digits swapped, sign, power of ten, prefix)."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import lru_cache

from studyllm.grading.values.algebra import equivalent, same_growth
from studyllm.grading.values.amounts import numbers, one_dimension
from studyllm.grading.values.commands import LONG, SCHEDULE, SHORT
from studyllm.grading.values.value import Value, ValueKind

_UP, _SIDES = frozenset("≥>"), frozenset("≥>≤<")
_CONSTANT = re.compile(r"(?<![0-9.])([0-9]{1,3})/([1-9][0-9]?)(?![0-9.])")
"""The 1/2 of an equation."""
_ROUNDED = 0.05
"""What rounding changes in the ratio of two ends."""
_PERIODS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
"""Days of the units in which it is said after what time something is done again."""
_REST = 0.006
"""By how much a part and the rest of a whole may differ from the whole."""
_SHAPE = re.compile(r"[a0.]*(?:a0|0a)[a0.]*")
"""The name of a code of letters and digits."""
_LEAST_YEAR = 100
"""Numbers under this are no years."""
_TWO_DIGITS = re.compile(r"[0-9]{2}", re.A)
CALLED = {
    "H2O1": "水|water", "H2O2": "过氧化氢|双氧水|hydrogen peroxide", "O2": "氧气?|oxygen", "O3": "臭氧|ozone",
    "C1O2": "二氧化碳|carbon dioxide", "C1O1": "一氧化碳|carbon monoxide", "C1H4": "甲烷|methane",
    "C6H12O6": "葡萄糖|glucose", "H2": "氢气?|hydrogen", "N2": "氮气?|nitrogen", "H3N1": "氨气?|ammonia",
    "Cl1Na1": "氯化钠|食盐|sodium chloride|salt", "Ca1 +2": "钙离子|calcium",
    "H2O4S1": "硫酸|sulfuric acid|sulphuric acid",
    "Cl1H1": "盐酸|氯化氢|hydrochloric acid", "Na1 +1": "钠离子|sodium", "K1 +1": "钾离子|potassium",
    "H1 +1": "氢离子|质子|proton", "C3H8": "丙烷|propane", "C2H6": "乙烷|ethane", "C2H6O1": "乙醇|ethanol",
}  # fmt: skip
"""What formulas are called in words."""


def same(note: Value, answer: Value) -> bool:
    """Whether an answer's value is the note's."""
    if _short_year(note, answer):
        return True
    if note.kind is not answer.kind:
        return _same_number(note, answer)
    match note.kind:
        case ValueKind.QUANTITY:
            return related(note, answer) and numbers(note, answer)
        case ValueKind.DATE:
            return dated(note, answer) is True
        case ValueKind.COMPLEXITY:
            return {note.name, answer.name} != {"O", "Ω"} and grows(note.form, answer.form) is True
        case ValueKind.EQUATION:
            return _equation(note.form, answer.form) is True
        case ValueKind.RATIO:
            return _one_name(note, answer) and (
                note.form == answer.form or _reduced(note.form) == _reduced(answer.form)
            )
        case ValueKind.NAMED:
            return note.form == answer.form and _one_name(note, answer)
        case ValueKind.FORMULA:
            return note.form == answer.form and (note.low == answer.low or 0 in (note.low, answer.low))
        case ValueKind.CODE:
            return note.form == answer.form and _one_name(note, answer)
        case _:
            return note.form == answer.form


def _short_year(note: Value, answer: Value) -> bool:
    """Whether an answer has the last two digits of the note's year, as one says them: the crash of '29."""
    year = note.kind is ValueKind.DATE and note.form == f"{note.low:.0f}:{note.low:.0f}:0:0"
    written = answer.kind is ValueKind.QUANTITY and not answer.unit and _TWO_DIGITS.fullmatch(answer.text)
    return (
        bool(year and written and not answer.relation) and note.low >= 1000 and note.low % 100 == answer.low
    )


def _same_number(note: Value, answer: Value) -> bool:
    """Whether a plain number on one side is that of a name or the year of a date on the other: RAID 5 and RAID5."""
    number, other = (note, answer) if note.kind is ValueKind.QUANTITY else (answer, note)
    if other.kind is ValueKind.FREQUENCY and number.kind is ValueKind.QUANTITY:
        return number.unit in _PERIODS and math.isclose(number.low * other.low * _PERIODS[number.unit], 1)
    if other.kind is ValueKind.RATIO and number.kind is ValueKind.QUANTITY:
        parts = _reduced(other.form)
        return (
            number.unit in ("", "fold")
            and len(parts) == 2
            and math.isclose(parts[0], number.low, rel_tol=0.01)
        )
    if (
        number.kind is not ValueKind.QUANTITY
        or number.ranged
        or number.low != other.low
        or other.low != other.high
    ):
        return False
    if other.kind is ValueKind.NAMED:
        return not number.unit and number.name in ("", other.name)
    return other.kind is ValueKind.DATE and number.unit in ("", "year")


def _one_name(note: Value, answer: Value) -> bool:
    """Whether two names agree; a bare v2.0 goes with any."""
    return note.name == answer.name or "" in (note.name, answer.name)


def named_in(note: Value, text: str) -> re.Match[str] | None:
    """Where a text has in words, or plainly, what the note writes as a formula or as code."""
    if note.kind is ValueKind.FORMULA and note.form in CALLED:
        return re.search(CALLED[note.form], text, re.I | re.A)
    if note.kind is ValueKind.CODE:
        called = r"(?!\([^)])" if note.name == "()" else ""
        return re.search(
            rf"(?<![A-Za-z0-9_]){re.escape(note.form)}(?![A-Za-z0-9_]){called}", text, re.I | re.A
        )
    return None


def related(note: Value, answer: Value) -> bool:
    """Whether the relations agree; one that is not written agrees with any, strictness counts between signs only."""
    one, two = note.relation, answer.relation
    if "≠" in (one, two):
        return one == two or "" in (one, two)
    if not one or not two or "=" in (one, two):
        return True
    if (one in _UP) != (two in _UP):
        return False
    return one == two or not (_signed(note) and _signed(answer))


def opposed(note: Value, answer: Value) -> bool:
    """Whether an answer gives the note's number with another relation."""
    numeric = note.kind is ValueKind.QUANTITY and answer.kind is ValueKind.QUANTITY
    return numeric and not related(note, answer) and numbers(note, answer)


def _signed(value: Value) -> bool:
    """Whether its relation is written as a sign, not in words."""
    return re.match(r"\s*(?:[<>≤≥]|\\[lg]e)", value.text) is not None


def dated(note: Value, answer: Value) -> bool | None:
    """Whether the answer's date is the note's: True, False, or None where it says less or leaves it open."""
    first, last, month, day = (int(part) for part in note.form.split(":"))
    first_a, last_a, month_a, day_a = (int(part) for part in answer.form.split(":"))
    first, last, first_a, last_a = _of_one_century(first, last, first_a, last_a)
    if first and first_a and (last_a < first or first_a > last):
        return False
    if last - first == last_a - first_a == 99 and min(last, last_a) - max(first, first_a) <= 1:
        return False  # the 1400s and the 14th century
    if (month and month_a and month != month_a) or (day and day_a and day != day_a):
        return False
    slack = 1 if last - first == last_a - first_a == 99 else 0  # the 16th century, the 1500s
    within = not first or (first_a and first - slack <= first_a and last_a <= last + slack)
    return True if within and (not month or month_a) and (not day or day_a) else None


def _of_one_century(first: int, last: int, first_a: int, last_a: int) -> tuple[int, int, int, int]:
    """The first and last years of two dates, that of two digits in the century of the other: '63 and 1963."""
    if 0 < first == last < _LEAST_YEAR <= first_a == last_a:
        first = last = first_a - first_a % 100 + first
    elif 0 < first_a == last_a < _LEAST_YEAR <= first == last:
        first_a = last_a = first - first % 100 + first_a
    return first, last, first_a, last_a


@lru_cache(maxsize=512)
def grows(one: str, two: str) -> bool | None:
    """Whether two complexities are alike; None when one is not understood."""
    if re.sub(r"\s", "", one.lower()) == re.sub(r"\s", "", two.lower()):
        return True
    return same_growth(one, two)


@lru_cache(maxsize=512)
def _equation(one: str, two: str) -> bool | None:
    """Whether two equations say the same; None when that cannot be seen."""
    if re.sub(r"\s", "", one) == re.sub(r"\s", "", two):
        return True
    (left, _, right), (left_two, _, right_two) = one.partition("="), two.partition("=")
    return equivalent((left, right), (left_two, right_two))


def _reduced(form: str) -> tuple[float, ...]:
    """A ratio over its last part."""
    parts = [float(part) for part in form.split(":")]
    return tuple(part / parts[-1] for part in parts) if parts[-1] and ":" in form else tuple(parts)


def comparable(note: Value, answer: Value) -> bool:
    """Whether an answer's value can stand in the place of the note's: one sort and dimension, but another value."""
    kinds = {note.kind, answer.kind}
    if kinds == {ValueKind.QUANTITY}:
        return _measures(note, answer)
    if kinds == {ValueKind.QUANTITY, ValueKind.NAMED}:
        return bool(note.name) and note.name == answer.name
    if kinds == {ValueKind.QUANTITY, ValueKind.DATE}:
        number, date = (note, answer) if note.kind is ValueKind.QUANTITY else (answer, note)
        year = number.unit in ("", "year") and not number.ranged and number.low >= _LEAST_YEAR
        return year and date.low == date.high and slip(note, answer)
    if note.kind is ValueKind.EQUATION and answer.kind is ValueKind.QUANTITY:
        constants = [int(upper) / int(lower) for upper, lower in _CONSTANT.findall(note.form)]
        return len(constants) == 1 and _fraction(answer) and not math.isclose(constants[0], answer.low)
    if note.kind is ValueKind.EQUATION and answer.kind is ValueKind.POWER:
        powers = set(re.findall(r"\^\(?([0-9]+)", note.form))
        return bool(powers) and answer.form not in powers
    if len(kinds) > 1:
        return False
    match note.kind:
        case ValueKind.DATE:
            return dated(note, answer) is False
        case ValueKind.COMPLEXITY:
            return grows(note.form, answer.form) is False or {note.name, answer.name} == {"O", "Ω"}
        case ValueKind.EQUATION:
            return _equation(note.form, answer.form) is False
        case ValueKind.NAMED:
            return _one_name(note, answer)
        case ValueKind.CODE:
            return of_command(note) == of_command(answer)
        case _:
            return True


def of_command(code: Value) -> str:
    """Which part of a command it is, or the shape of a code; nothing for an identifier."""
    return code.name if code.name in (SHORT, LONG, SCHEDULE) or _SHAPE.fullmatch(code.name) else ""


def _measures(note: Value, answer: Value) -> bool:
    """Whether two quantities measure the same sort of thing."""
    for one, two in ((note, answer), (answer, note)):
        if one.ranged and not two.ranged and (_meets(one, two) or two.relation in _SIDES):
            return False
    if not note.unit and not answer.unit and _part(note) != _part(answer):
        return False
    if note.unit == answer.unit:
        return True
    if _shares(note, answer) or _shares(answer, note):
        return True
    if not note.unit or not answer.unit:
        if _prefixed(note.low, answer.low):
            return False  # 4200 for 4.2 kJ: the unit may be another
        alike = note.name == answer.name != "" or note.relation == answer.relation != ""
        return alike or slip(note, answer) or _no_factor(note, answer)
    return one_dimension(note, answer) or note.low == answer.low


def _shares(one: Value, two: Value) -> bool:
    """Whether one is a part of a whole, and the other so many percent, not those of the rest: a quarter and 75 %."""
    return (
        _part(one) and two.unit == "percent" and not math.isclose(one.low + two.low / 100, 1, abs_tol=_REST)
    )


def _no_factor(note: Value, answer: Value) -> bool:
    """Whether of two ranges none is the other in another unit: 18-22 and 8-12."""
    ranged = note.ranged and answer.ranged and min(note.low, answer.low) > 0
    scale = not {note.unit, answer.unit} & {"degree", "degree_Celsius", "degree_Fahrenheit", "kelvin"}
    return (
        ranged
        and scale
        and not math.isclose(note.high / note.low, answer.high / answer.low, rel_tol=_ROUNDED)
    )


def _prefixed(one: float, two: float) -> bool:
    """Whether one is the other by a power of a thousand."""
    if not one or not two or one * two < 0:
        return False
    power = (math.log10(abs(one)) - math.log10(abs(two))) / 3
    return abs(power) > 0.5 and abs(power - round(power)) < 1e-9


def _meets(wide: Value, point: Value) -> bool:
    """Whether a number lies within a range or is an end of it, in whatever unit."""
    ends = [replace(wide, low=end, high=end) for end in (wide.low, wide.high)]
    return wide.low <= point.low <= wide.high or any(numbers(end, point) for end in ends)


def _part(value: Value) -> bool:
    """Whether it is a part of a whole: one half, 2/3."""
    return _fraction(value) and value.high < 1


def _fraction(value: Value) -> bool:
    """Whether it is written as a fraction, without a unit."""
    return value.step == 0 and not value.unit


def slip(note: Value, answer: Value) -> bool:
    """Whether one comes of a slip in writing the other: digits swapped or one changed, sign, power, prefix, unit."""
    if note.ranged or answer.ranged:
        return note.ranged and answer.ranged and (note.low == answer.low or note.high == answer.high)
    one, two = digits(note.low), digits(answer.low)
    if all(n == int(n) for n in (note.low, answer.low)) and len(f"{note.low:.0f}") == len(
        f"{answer.low:.0f}"
    ):
        one, two = f"{note.low:.0f}", f"{answer.low:.0f}"
    if one == two:
        return True
    if len(one) == len(two):
        differing = sum(a != b for a, b in zip(one, two, strict=True))
        return (len(one) > 1 and sorted(one) == sorted(two)) or (len(one) > 2 and differing == 1)
    return len(one) > 3 and len(two) > 3 and sorted(one.strip("0")) == sorted(two.strip("0"))


def digits(number: float) -> str:
    """The digits of a number without zeros at its ends."""
    return f"{abs(number):.12e}".partition("e")[0].replace(".", "").strip("0") or "0"
