"""Compares the values of an answer with those of a note: equal, different in the same place, or not there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from studyllm.grading.values.codes import codes, stated_codes
from studyllm.grading.values.equal import comparable, digits, named_in, same
from studyllm.grading.values.expressions import expressions
from studyllm.grading.values.molecules import molecules
from studyllm.grading.values.operations import operations
from studyllm.grading.values.places import Places, Text
from studyllm.grading.values.reading import read
from studyllm.grading.values.value import Comparison, Pair, Value, ValueKind
from studyllm.grading.values.worded import worded

_MOST, _MOST_OF = 100, {ValueKind.EQUATION: 10, ValueKind.COMPLEXITY: 20}
"""Values of one sort in one text that are compared."""
_NEAR = 20
"""Letters between a number and what is taken so many times."""
_NUMBERS = frozenset((ValueKind.QUANTITY, ValueKind.DATE))
_VERSION_ASKED = re.compile(r"版本|\b(?:versions?|releases?)\b", re.I)
_BARE_DECIMAL = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}")
_YEAR, _FEW = re.compile(r"1\d{3}|20\d\d"), 100
_EACH = re.compile(r"\s?[a-z]{0,12} of (?:about )?|[^。；;\n]{0,4}每.?|\s?[×x*]\s?", re.I)
"""Between a number and what is there so many times."""
_CHOICE = re.compile(r"还是|\bor\b|哪")
"""In a question that offers values to choose from, which are then no part of what is given."""


def compare(note: str, answer: str, question: str = "") -> Comparison:
    """What became of each value of the note in the answer, those that the question states set aside."""
    if (formula := operations(note, answer)) is not None:
        return formula
    asked = (*read(question), *stated_codes(question))
    often = len(asked) == 1 and asked[0].kind is ValueKind.FREQUENCY and asked[0].text == question.strip()
    if often or (len(asked) > 1 and _CHOICE.search(question)):
        asked = ()  # what q8h stands for is what is asked
    known, given = (_versions(values, question) for values in _read(note, answer))
    wanted = _distinct(known, asked)
    stated = _distinct(given, _of_no_use(asked, wanted))
    equal = _Matches(wanted, stated, note, answer, question)
    places = Places(
        Text(note, wanted, known), Text(answer, stated, given), question, equal.missing, equal.free
    )
    swapped = tuple(places.swapped(equal.pairs))
    labelled = {(pair.note.end, pair.answer) for pair in swapped}
    replaced = (pair for pair in places.replaced() if (pair.note.end, pair.answer) not in labelled)
    found = dict.fromkeys((*replaced, *swapped))
    other = tuple(pair for pair in found if not _year_for_count(pair))
    other += _left_over(equal, other)
    same = tuple(pair for pair in equal.pairs if pair not in other)
    lost = (value for value in equal.missing if not any(pair.note.end == value.end for pair in other))
    in_order = all(one.answer.start < two.answer.start for one, two in pairwise(same))
    whole = bool(wanted) and not equal.missing and not other and in_order
    return Comparison(same, other, tuple(lost), settled=whole and places.bare)


def _year_for_count(pair: Pair) -> bool:
    """Whether one of two numbers is a year, and the other one a few things, in words: 2005, three."""
    for year, count in ((pair.note, pair.answer), (pair.answer, pair.note)):
        worded = count.kind is ValueKind.QUANTITY and not any(map(str.isdigit, count.text))
        if _YEAR.fullmatch(year.text) and not year.unit and worded and count.high < _FEW:
            return True
    return False


def _left_over(equal: _Matches, other: Sequence[Pair]) -> tuple[Pair, ...]:
    """The one value of the note that the answer lacks, and the one of its sort that it has instead, where all others
    are there."""
    lost = [value for value in equal.missing if not any(pair.note.end == value.end for pair in other)]
    free = [value for value in equal.free if not any(pair.answer is value for pair in other)]
    alone = len(lost) == len(free) == 1 and len(equal.pairs) >= 1
    return (Pair(lost[0], free[0]),) if alone and _of_a_sort(lost[0], free[0]) else ()


def _of_a_sort(one: Value, two: Value) -> bool:
    """Whether two numbers are of one dimension, or, where a unit is lacking, have the same digits: 4000, 四万."""
    if not one.kind is two.kind is ValueKind.QUANTITY or not comparable(one, two):
        return False
    return bool(one.unit and two.unit) or (one.low != two.low and digits(one.low) == digits(two.low))


def _read(note: str, answer: str) -> tuple[list[Value], list[Value]]:
    """The values of a note and of an answer to it, those of the equations in words among them."""
    wanted, stated = list(read(note)), list(read(answer))
    for reader in (codes, expressions, worded, molecules):
        found = reader(note, wanted, answer)
        wanted, stated = _with(wanted, found[0]), _with(stated, found[1])
    return wanted, stated


def _versions(values: list[Value], question: str) -> list[Value]:
    """The values, bare decimals as versions where a version is asked for: 3.10 is not 3.1."""
    if not _VERSION_ASKED.search(question):
        return values
    return [
        replace(value, kind=ValueKind.NAMED, form=value.text, name="", low=0.0, high=0.0)
        if value.kind is ValueKind.QUANTITY and _BARE_DECIMAL.fullmatch(value.text)
        else value
        for value in values
    ]


def _with(values: Sequence[Value], equations: Sequence[Value]) -> list[Value]:
    """Values and equations in words, without what stands in these."""
    return [*equations, *(v for v in values if not any(e.start <= v.start < e.end for e in equations))]


def _distinct(values: Iterable[Value], asked: Sequence[Value]) -> list[Value]:
    """Each value once, without those that the question states, and no more of a sort than are compared."""
    kept: dict[ValueKind, list[Value]] = {}
    seen = {value.key for value in asked}
    for value in values:
        known = kept.setdefault(value.kind, [])
        if len(known) < _MOST_OF.get(value.kind, _MOST) and value.key not in seen:
            seen.add(value.key)
            known.append(value)
    return sorted((value for sort in kept.values() for value in sort), key=lambda value: value.start)


def _of_no_use(asked: Sequence[Value], wanted: Sequence[Value]) -> list[Value]:
    """The question's values that are none of what is wanted of the note: "three" in it may be 3 years in the note."""
    measured = [value for value in wanted if value.unit]
    return [known for known in asked if known.unit or not any(same(value, known) for value in measured)]


def _identical(one: Value, two: Value) -> bool:
    """The same value in the same form."""
    return one.key == two.key


class _Matches:
    """Which value of an answer is equal to which of a note."""

    def __init__(
        self, wanted: list[Value], stated: list[Value], note: str, answer: str, question: str
    ) -> None:
        self._wanted, self._stated = wanted, stated
        self._note = note
        self._found: dict[int, Value] = {}
        used: set[int] = set()
        for agree in (_identical, same):
            self._assign(agree, used)
        free = [value for place, value in enumerate(stated) if place not in used]
        self.free = [
            value for value in free if not any(same(known, value) or same(value, known) for known in wanted)
        ]
        """The answer's values that are none of the note's."""
        for place, value in enumerate(wanted):
            if place not in self._found:
                found = (
                    self._ends(value)
                    or self._times(value)
                    or self._product(value)
                    or self._named(value, answer, question)
                    or self._again(value)
                )
                if found:
                    self._found[place] = found
        self.free = [v for v in self.free if not any(v is found for found in self._found.values())]

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """Equal values."""
        return tuple(Pair(self._wanted[place], found) for place, found in sorted(self._found.items()))

    @property
    def missing(self) -> list[Value]:
        """The note's values that the answer has not."""
        return [value for place, value in enumerate(self._wanted) if place not in self._found]

    def _assign(self, agree: Callable[[Value, Value], bool], used: set[int]) -> None:
        """Give each value of the note one of the answer's that is not given yet."""
        for place, value in enumerate(self._wanted):
            if place in self._found:
                continue
            fitting = (n for n, other in enumerate(self._stated) if n not in used and agree(value, other))
            if (number := next(fitting, None)) is not None:
                self._found[place] = self._stated[number]
                used.add(number)

    def _ends(self, value: Value) -> Value | None:
        """The answer's value for a range whose ends stand apart there, or for what is an end of a range there."""
        if value.kind not in _NUMBERS:
            return None
        if value.ranged:
            low, high = _ends(value)
            found, last = _first(low, self._stated, "≤<"), _first(high, self._stated, "≥>")
            self.free = [v for v in self.free if not found or v is not last]
            return found if last else None
        ranges = (other for other in self._stated if other.ranged)
        return next((r for r in ranges if any(same(value, end) for end in _ends(r)) and self._whole(r)), None)

    def _times(self, value: Value) -> Value | None:
        """What is given as so many times another: two halves of 45 min, 两个 45 分钟."""
        if value.kind is not ValueKind.QUANTITY or not value.unit:
            return None
        for count, one in pairwise(self._stated):
            if (
                count.kind is one.kind is ValueKind.QUANTITY
                and one.unit
                and not count.unit
                and count.low in range(2, 13)
            ):
                product = replace(one, low=one.low * count.low, high=one.high * count.low, start=count.start)
                if one.start - count.end <= _NEAR and same(value, product):
                    self.free = [v for v in self.free if v is not count and v is not one]
                    return product
        return None

    def _product(self, value: Value) -> Value | None:
        """The answer's value for so many times this one, where the note says how many: 4 quarters of 12 min, 48 min."""
        if value.kind is not ValueKind.QUANTITY or not value.unit:
            return None
        for count in self._wanted:
            several = count.kind is ValueKind.QUANTITY and not count.unit and count.low in range(2, 61)
            if several and _EACH.fullmatch(self._note, count.end, max(count.end, value.start)):
                whole = replace(value, low=value.low * count.low, high=value.high * count.low)
                if found := next((v for v in self.free if same(whole, v)), None):
                    self._found[self._wanted.index(count)] = found
                    return found
        return None

    def _whole(self, other: Value) -> bool:
        """Whether both ends of a range are values of the note."""
        return all(_first(end, self._wanted) for end in _ends(other))

    def _named(self, value: Value, answer: str, question: str) -> Value | None:
        """The words of the answer for what the note writes as a formula or as code."""
        found = named_in(value, answer)
        counted = any(value.kind is other.kind and value.form == other.form for other in self.free)
        if not found or counted or named_in(value, question):
            return None
        return replace(value, text=found[0], start=found.start(), end=found.end())

    def _again(self, value: Value) -> Value | None:
        """A value of the answer that served for another already, where the note says the same twice."""
        if any(comparable(value, other) for other in self.free):
            return None
        return next((other for other in self._stated if same(value, other)), None)


def _ends(value: Value) -> tuple[Value, Value]:
    """The ends of a range as values."""
    low, high = (replace(value, low=end, high=end, relation="") for end in (value.low, value.high))
    return low, high


def _first(end: Value, values: Iterable[Value], unlike: str = "") -> Value | None:
    """The first number that is equal to an end of a range, and not bounded to the wrong side."""
    plain = (v for v in values if v.kind in _NUMBERS and not v.ranged and (v.relation or "?") not in unlike)
    return next((v for v in plain if same(v, end)), None)
