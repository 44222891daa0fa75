"""Whether the numbers of two quantities are equal: in whatever units, and up to the rounding that a teacher accepts."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from studyllm.grading.values.units import also, worth
from studyllm.grading.values.value import Value

_SAME = 1e-6
_PARTS = frozenset(("", "percent", "percentage_point", "permille", "permyriad", "ppm", "ppb"))
_LETTERS = frozenset(("coulomb", "farad"))
"""Units whose letter alone may be another one's."""
_POINTS = frozenset(("percent", "percentage_point"))
"""From 5 % to 6 % it is one point, and no 1 %."""
_COUNTS = frozenset(("", "bit", "byte", "pair", "fold"))
"""Units of things that are counted: such numbers are exact."""
_TEMPERATURES, _DIFFERENCE = {"kelvin", "degree_Celsius"}, 10.0
"""Up to so many, kelvins and degrees may be a difference."""
_CALENDAR, _CALENDAR_ABOUT = 0.02, 0.1
"""Relative difference that is let pass between months or years and days; four weeks are about a month."""
_ROUNDED, _ROUND, _ONE_DIGIT, _CUT_OFF, _LAST = 0.05, 0.01, 0.005, 0.005, 0.0005
"""The most that rounding may change: at all, to a small round number (340), to one digit (3×10⁸), by leaving out
digits, and by one in the last of many."""
_OTHER_SYSTEM = 0.02
"""The same to one digit in another system of units."""
_OF_NOTHING = re.compile(r"[\d千万亿][ ]?(?:/|每|per\b)")
"""A rate that counts nothing: no 次, no beats."""
_ABOUT_A_PART = 0.05
"""The most by which about a third is more or less than a third."""


def numbers(note: Value, answer: Value) -> bool:
    """Whether the numbers are equal, in whatever units."""
    if note.ranged != answer.ranged:
        within = answer.low <= note.low <= note.high <= answer.high and note.unit == answer.unit
        return note.about and within
    return any(
        _close(n, a) for n in _readings(note) for a in _readings(answer) if _convertible(n, a, note, answer)
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to take a quantity."""

    ends: tuple[float, ...]
    step: float
    unit: str
    exact: bool
    about: bool
    first: bool = True
    of_rate: bool = False
    """Whether what a rate is of is left out: 5 m for 5 m/s."""


def _readings(value: Value) -> tuple[_Reading, ...]:
    """The ways to take a quantity: as it is written, and what else its unit may mean."""
    ends = (value.low, value.high) if value.ranged else (value.low,)
    whole = all(end == int(end) for end in ends) if all(map(math.isfinite, ends)) else False
    exact = value.unit in _COUNTS and whole and not value.large and not value.about
    made = [_Reading(ends, value.step, value.unit, exact, value.about)]
    if (other := also(value.unit)) and not (value.unit in _LETTERS and value.text[-1:] not in "CF"):
        scale, unit = other
        made.append(
            _Reading(tuple(e * scale for e in ends), value.step * scale, unit, exact, value.about, False)
        )
    if "/" in value.unit and not value.unit.startswith("1/"):
        made.append(_Reading(ends, value.step, value.unit.partition("/")[0], exact, value.about, False, True))
    return tuple(made)


def _convertible(note: _Reading, answer: _Reading, n: Value, a: Value) -> bool:
    """Whether two readings can be set side by side: one dimension, or no unit given on one side."""
    both_first = note.first and answer.first
    if {note.unit, answer.unit} == _POINTS:
        return False
    if "/" in n.unit and "/" in a.unit and (note.of_rate or answer.of_rate):
        return False
    if note.unit == answer.unit:
        return True
    if not n.unit or not a.unit:
        return both_first
    if both_first and _of_one_rate(n, a):
        return True
    return _alike(note.unit, answer.unit)


def _of_one_rate(one: Value, two: Value) -> bool:
    """Whether two rates are for one thing, and one of them does not say of what: 1.9 万/年 and 1.9 万元/年."""
    (many, _, of), (many_too, _, of_too) = one.unit.partition("/"), two.unit.partition("/")
    unsaid = [bool(_OF_NOTHING.search(value.text)) for value in (one, two)]
    return bool(of) and of == of_too and ((many == "1" and unsaid[0]) or (many_too == "1" and unsaid[1]))


def _close(note: _Reading, answer: _Reading) -> bool:
    """Whether they are equal up to rounding."""
    if note.unit != answer.unit and _alike(note.unit, answer.unit):
        ways = [_converted(note, answer)]
        difference = {note.unit, answer.unit} == _TEMPERATURES and 0 < max(note.ends) <= _DIFFERENCE
        if not note.unit or not answer.unit or difference:  # 95 for 95 %, warmer by 1 K for 1 °C
            ways.append((note, answer))
    else:
        ways = [(note, answer)]
    return any(all(_rounded(one, two, end) for end in range(len(one.ends))) for one, two in ways)


def _converted(note: _Reading, answer: _Reading) -> tuple[_Reading, _Reading]:
    """Both in the unit of the one that is given less exactly."""
    n, a = worth(note.unit), worth(answer.unit)
    if note.step * n.factor >= answer.step * a.factor:
        return note, _in(answer, note.unit)
    return _in(note, answer.unit), answer


def _in(reading: _Reading, unit: str) -> _Reading:
    """A reading in another unit."""
    old, new = worth(reading.unit), worth(unit)
    ends = tuple((end * old.factor + old.offset - new.offset) / new.factor for end in reading.ends)
    return _Reading(ends, reading.step * old.factor / new.factor, reading.unit, reading.exact, reading.about)


def _rounded(one: _Reading, two: _Reading, end: int) -> bool:
    """Whether one end agrees with that of the other up to the digits that are given."""
    if one.step < two.step:
        one, two = two, one  # one is the coarser
    coarse, fine = one.ends[end], two.ends[end]
    apart, about = abs(coarse - fine), one.about or two.about
    if apart <= _SAME * max(abs(coarse), abs(fine)):
        return True
    if (one.exact or two.exact) and not about:
        return False
    if coarse == 0:
        return one.unit != two.unit and apart <= one.step / 2 <= 0.5
    share = apart / abs(coarse)
    calendar = _CALENDAR_ABOUT if about else _CALENDAR
    if one.unit != two.unit and {one.unit, two.unit} & {"month", "year"} and share <= calendar:
        return True
    if about and two.step == 0 and share <= _ABOUT_A_PART:
        return True
    if one.step == 0:
        return share <= _ROUND
    return _given(one, two, coarse, apart, about)


def _given(one: _Reading, two: _Reading, coarse: float, apart: float, about: bool) -> bool:
    """Whether two numbers that are so far apart agree in the digits of the coarser."""
    share = apart / abs(coarse)
    more = round(math.log10(min(max(abs(coarse) / one.step, 1.0), 1e300)))  # digits after the first
    if more >= 3 and apart <= one.step * 1.2 and share <= _LAST:
        return True
    if math.isclose(one.step, two.step, rel_tol=0.01) and one.unit == two.unit:
        return about and apart <= one.step / 2 * (1 + _SAME)  # 1300 多 and 1300
    if apart > one.step / 2 * (1 + _SAME):
        return apart < one.step and share <= _CUT_OFF and more >= 1
    if more < 1 and not about:
        return share <= (_OTHER_SYSTEM if _other_system(one.unit, two.unit) else _ONE_DIGIT)
    return share <= (_ROUND if one.step >= 10 and abs(coarse) < 1000 and not about else _ROUNDED)


def _other_system(one: str, two: str) -> bool:
    """Whether units are no tens, hundreds, thousands of each other: 200 atm are 20 MPa."""
    power = math.log10(worth(one).factor / worth(two).factor) if one and two else 0.0
    return abs(power - round(power)) > _SAME


@lru_cache(maxsize=1024)
def _alike(one: str, two: str) -> bool:
    """Whether two units are of one dimension; parts of a whole (%, ‰, none) are of their own."""
    if one in _PARTS or two in _PARTS:
        return one in _PARTS and two in _PARTS
    return one == two or worth(one).dimension == worth(two).dimension


def one_dimension(note: Value, answer: Value) -> bool:
    """Whether two quantities with units are of one dimension, in any way to take them."""
    readings = [(n.unit, a.unit) for n in _readings(note) for a in _readings(answer)]
    return _of_one_rate(note, answer) or any(_alike(one, two) for one, two in readings if one and two)
