"""What stands in an answer in the place of a value that the note has and the answer has not: only what is evident."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations

from studyllm.grading.lexical import negations
from studyllm.grading.lexical import units as words
from studyllm.grading.values.amounts import one_dimension
from studyllm.grading.values.cases import cases, of_another_case
from studyllm.grading.values.equal import comparable, digits, of_command, opposed, same, slip
from studyllm.grading.values.senses import turned
from studyllm.grading.values.units import worth
from studyllm.grading.values.value import Pair, Value, ValueKind
from studyllm.text import language

_CLAUSE = re.compile(r"[，。；！？,;!?\n]|\s[-–—]\s|\.(?=\s|$)")
_REACH = {"en": 48, "zh": 16}
"""Letters before and after a value that are its surroundings."""
_FEW, _FEW_ABROAD = 3, 8
"""Words of its own up to which an answer is hardly more than its values; in another language all words are its own."""
_ALIKE, _SOMEWHAT = 0.5, 0.2
"""Share of the words around two values that agree, from which they are said of the same thing; and from which they are
if no other value of their unit is in question."""
_INCIDENTAL = frozenset(("second", "minute", "hour", "day", "week", "month", "year", "fold", "pair"))
"""Units of which values are met in many an example; with any other one a value alone with its unit needs no words."""


_WHEN = re.compile(
    r"何[时年日]|[哪几]一?[年月天日]|什么时[候间]|年份|日期|\b(?:when|which year|what year|date)\b", re.I
)
"""In a question that asks for a date."""
_UNREAD = re.compile(r"[0-9=+*/^<>≤≥≠≈√∑∫→⇌°′″⁰¹²³⁴-⁹₀-₉]|[A-Za-z]\^")
_THING = re.compile(r" ([a-z]{4,20}s)\b", re.A)
_POINTS = frozenset(("percent", "percentage_point"))
_DEGREES = frozenset(("degree", "degree_Celsius", "kelvin"))
_SEVERAL, _CLOSE, _MOST = 2, 1e-6, 12


class Text:
    """A text with its values, and the words around them."""

    def __init__(self, text: str, values: Sequence[Value], every: Sequence[Value]) -> None:
        """`values` has each value once, `every` also those that repeat one of them."""
        self.values = values
        self.every = every
        self.language = language(text)
        self._around: dict[int, frozenset[str]] = {}
        letters = list(text)
        keys = {value.key for value in values}
        for value in (value for value in every if value.key in keys):
            letters[value.start : value.end] = " " * (value.end - value.start)
        self._without = "".join(letters)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words beside the values."""
        return frozenset(words(self._without))

    def counted(self, value: Value) -> str:
        """The English word right after a number: what it counts, if anything."""
        found = _THING.match(self._without, value.end)
        return next(iter(words(found[1])), "") if found else ""

    def alone(self, value: Value) -> bool:
        """Whether no letter and no hyphen stands right before a value: the 1 of a name is none of its own."""
        before = self._without[max(0, value.start - 1) : value.start]
        return not (before == "-" or (before.isascii() and before.isalpha()))

    def near(self, value: Value) -> tuple[str, str]:
        """The words of its clause before and after a value, up to the next values."""
        last = max((v.end for v in self.values if v.end <= value.start), default=0)
        following = min((v.start for v in self.values if v.start >= value.end), default=len(self._without))
        return (
            _CLAUSE.split(self._without[last : value.start])[-1],
            _CLAUSE.split(self._without[value.end : following])[0],
        )

    @property
    def negations(self) -> int:
        """How often something is denied beside the values; that of "no more than" belongs to a value."""
        return negations(self._without)

    def between(self, one: Value, two: Value) -> str:
        """What stands between two values."""
        return self._without[one.end : two.start]

    @property
    def unread(self) -> bool:
        """Whether there are digits or signs of a formula beside the values."""
        return _UNREAD.search(self._without) is not None

    def around(self, value: Value) -> frozenset[str]:
        """The words of the clause that a value stands in, near it and without the values."""
        known = self._around.get(value.start)
        if known is None:
            reach = _REACH[self.language]
            before = _CLAUSE.split(self._without[max(0, value.start - reach) : value.start])[-1]
            after = _CLAUSE.split(self._without[value.end : value.end + reach])[0]
            known = self._around[value.start] = frozenset(words(f"{before} {after}"))
        return known


class Places:
    """Note and answer with their values: which of the note are missing, which of the answer are none of those."""

    def __init__(
        self, note: Text, answer: Text, question: str, missing: list[Value], free: list[Value]
    ) -> None:
        self._note, self._answer, self._question = note, answer, question
        self._missing = [value for value in missing if not value.example]
        self._free = [value for value in free if not value.example]

    def replaced(self) -> Sequence[Pair]:
        """Missing values, each with what evidently stands in its place."""
        found = tuple(self._replaced())
        return () if len(found) == len(self._note.values) and _in_proportion(found) else found

    def _replaced(self) -> Iterator[Pair]:
        """The same, though all may be in proportion."""
        for value in self._missing:
            rivals = _likely(value, (other for other in self._free if comparable(value, other)))
            if not rivals:
                continue
            best = max(rivals, key=lambda other: (opposed(value, other), self._alike(value, other)))
            claimed = _likely(best, (missing for missing in self._missing if comparable(missing, best)))
            alone = all(same(v, best) for v in rivals) and all(same(v, value) for v in claimed)
            if self._evident(value, best, alone) or self._none_of(value, best):
                yield Pair(value, best)

    def swapped(self, pairs: Sequence[Pair]) -> Iterable[Pair]:
        """Equal values that are said the other way round, and complexities of different cases: best and worst."""
        yield from turned(self._note, self._answer, pairs)
        yield from of_another_case(self._note, self._answer, pairs)

    @property
    def bare(self) -> bool:
        """Whether the note is nothing but its values, the answer hardly more, and it has no other one like these."""
        if self._note.unread or self._answer.unread:
            return False
        own = self._note.words - frozenset(words(self._question)) - self._answer.words
        rivals = (known for value in self._free for known in self._note.values if comparable(known, value))
        denied = self._note.negations != self._answer.negations
        more = any(value.kind is ValueKind.FREQUENCY for value in self._free)
        return not own and self._brief and not any(rivals) and not denied and not more

    def _evident(self, value: Value, other: Value, alone: bool) -> bool:
        """Whether one value evidently stands where the other should; `alone`: no other ones come into question."""
        if self._of_other_things(value, other):
            return False
        share = self._alike(value, other)
        enough = _SOMEWHAT if value.unit in _INCIDENTAL else 0.0
        alike = share >= _ALIKE or (alone and share >= enough and self._of_unit(value, other))
        near = alike or value.name == other.name != "" or (alone and self._brief)
        if opposed(value, other):
            said_alike = bool(self._note.negations) == bool(self._answer.negations)
            return said_alike and (near or (alone and value.unit != "" != other.unit))
        match value.kind:
            case ValueKind.COMPLEXITY:
                here, there = (
                    cases(text.around(v)) for text, v in ((self._note, value), (self._answer, other))
                )
                here = here or cases(words(self._question))
                return (alone or alike) and (not there or bool(here & there))
            case ValueKind.EQUATION | ValueKind.NAMED:
                return alone or alike
            case ValueKind.FORMULA:
                return (alone or alike) if value.name == other.name else (alone and self._brief)
            case ValueKind.DATE if alone and _WHEN.search(self._question) and self._lone(value, other):
                return True
            case ValueKind.CODE:
                return alone and (self._brief or bool(of_command(value)))
            case ValueKind.RATIO | ValueKind.ADDRESS:
                turned = sorted(value.form.split(":")) == sorted(other.form.split(":"))
                named = value.name == other.name != ""
                return alone and (self._brief if turned and not named else near)
        if alone and _other_unit(value, other):
            return True
        if slip(value, other) and (near or (alone and _telling(value))):
            return True
        return alone and (near or self._only_ones(value, other) or self._rest_agrees(value, other))

    def _of_unit(self, value: Value, other: Value) -> bool:
        """Whether two numbers have one unit, or units of one dimension and the other is no sum or difference."""
        if not (value.unit and other.unit) or value.unit == other.unit:
            return value.unit == other.unit != ""
        if frozenset((value.unit, other.unit)) == _POINTS or _worked_out(self._note.values, other):
            return False
        return one_dimension(value, other)

    def _none_of(self, value: Value, other: Value) -> bool:
        """Whether a short answer has no more numbers of a dimension than the note, and none of them is one of those;
        said of the first."""
        if not (value.unit and other.unit and self._brief):
            return False
        mine = [v for v in self._note.values if comparable(v, other)]
        theirs = [v for v in self._answer.values if comparable(value, v)]
        if any(_worked_out(mine, v) for v in theirs):
            return False
        missed = all(any(v is missing for missing in self._missing) for v in mine)
        free = all(any(v is stated for stated in self._free) for v in theirs)
        return (
            len(theirs) <= len(mine)
            and free
            and missed
            and mine[0] is value
            and not any(slip(v, other) for v in mine)
        )

    def _of_other_things(self, value: Value, other: Value) -> bool:
        """Whether two bare numbers count things of which the other text does not speak: 30 cycles and 1000 bases."""
        if (
            value.unit
            or other.unit
            or not value.kind is other.kind is ValueKind.QUANTITY
            or value.ranged
            or other.ranged
        ):
            return False
        mine, theirs = self._note.counted(value), self._answer.counted(other)
        return (
            bool(mine and theirs)
            and mine not in self._answer.words
            and theirs not in self._note.words | frozenset(words(self._question))
        )

    def _lone(self, value: Value, other: Value) -> bool:
        """Whether note and answer have no other value of this sort."""
        mine = [v for v in self._note.values if v.kind is value.kind]
        return len(mine) == sum(v.kind is other.kind for v in self._answer.values) == 1

    def _only_ones(self, value: Value, other: Value) -> bool:
        """Whether the note and the answer have one number each, of one unit or a part of a whole: 2/3 and 3/4."""
        lone = len(self._note.values) == len(self._answer.values) == 1
        asked = frozenset(words(self._question))
        few = len(self._note.words - asked) < _FEW and self._note.alone(value)
        few = few and self._answer.counted(other) in ("", *asked)
        return lone and (
            (value.unit == other.unit and (value.unit != "" or few))
            or (value.step == other.step == 0 < value.low < 1)
        )

    def _rest_agrees(self, value: Value, other: Value) -> bool:
        """Whether note and answer have as many values of this sort, two or more, and all the others are equal."""
        measured = all(v.unit or (v.step == 0 < v.low < 1) for v in (value, other))
        if value.kind is ValueKind.QUANTITY and not measured and not self._brief:
            return False
        mine = [v for v in self._note.values if v is value or comparable(v, other)]
        theirs = [v for v in self._answer.values if v is other or comparable(value, v)]
        return len(mine) == len(theirs) > 1

    def _alike(self, value: Value, other: Value) -> float:
        """How far the words around two values agree."""
        here, there = self._note.around(value), self._answer.around(other)
        fewest = min(len(here), len(there))
        return len(here & there) / fewest if fewest else 0.0

    @cached_property
    def _brief(self) -> bool:
        """Whether the answer is hardly more than its values: few words that neither the note nor the question has."""
        own = self._answer.words - self._note.words - frozenset(words(self._question))
        return len(own) <= (_FEW if self._answer.language == self._note.language else _FEW_ABROAD)


def _in_proportion(pairs: Sequence[Pair]) -> bool:
    """Whether two numbers and more are all so many times the note's: 1 mg for 100 units, 10 mg for 1000."""
    stated = {pair.answer.start for pair in pairs}
    if not _SEVERAL <= len(pairs) == len(stated) or any(not pair.note.low for pair in pairs):
        return False
    alike = all(pair.note.kind is pair.answer.kind is ValueKind.QUANTITY for pair in pairs)
    if not alike or any(
        pair.note.unit != pair.answer.unit and not one_dimension(pair.note, pair.answer) for pair in pairs
    ):
        return False
    factors = [pair.answer.low / pair.note.low * _larger(pair.answer.unit, pair.note.unit) for pair in pairs]
    times = max(factors[0], 1 / factors[0]) if factors[0] > 0 else 0.0
    return alike and times >= _SEVERAL and max(factors) - min(factors) <= _CLOSE * max(factors)


def _larger(unit: str, other: str) -> float:
    """How many of another unit one of a unit is; degrees of any sort are taken for one another."""
    factors = worth(unit).factor, worth(other).factor
    return factors[0] / factors[1] if worth(unit).dimension == worth(other).dimension else 1.0


def _likely(value: Value, others: Iterable[Value]) -> list[Value]:
    """Of those that may stand in the place of a value the ones of no other unit, and of these its slips, if any."""
    known = list(others)
    of_unit = [other for other in known if other.unit in (value.unit, "")] or known
    if value.kind is ValueKind.FORMULA:
        of_unit = [other for other in of_unit if other.form == value.form] or of_unit
    if value.ranged:
        of_unit = [other for other in of_unit if other.ranged] or of_unit
    return [other for other in of_unit if _slipped(value, other)] or of_unit


def _slipped(value: Value, other: Value) -> bool:
    """Whether a number of two digits or more, or a range with a unit, is a slip of another."""
    if not value.kind is other.kind is ValueKind.QUANTITY:
        return False
    enough = value.unit if value.ranged else min(len(digits(value.low)), len(digits(other.low))) > 1
    return bool(enough) and slip(value, other)


def _worked_out(known: Sequence[Value], other: Value) -> bool:
    """Whether a number is the sum or a difference of known ones: 5 mg and 10 mg are 15 mg."""
    numbers = [v.low for v in known if v.unit == other.unit or _DEGREES.issuperset((v.unit, other.unit))]
    results = [sum(numbers), *(abs(one - two) for one, two in combinations(numbers[:_MOST], 2))]
    return any(math.isclose(result, other.low) for result in results)


def _other_unit(value: Value, other: Value) -> bool:
    """Whether it is the same number with another unit of the dimension: 3000 a second for 3000 a minute."""
    same_number = (value.low, value.high) == (other.low, other.high)
    return same_number and "" != value.unit != other.unit != "" and one_dimension(value, other)


def _telling(value: Value) -> bool:
    """Whether it is hardly met by chance: it has two digits or more, a power of ten or two ends."""
    return value.large or value.ranged or value.kind is ValueKind.DATE or len(digits(value.low)) > 1
