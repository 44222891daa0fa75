"""What a value is: a number with its unit and relation, a date, a formula, a name with a number; and a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ValueKind(StrEnum):
    """What sort of value it is: only values of one kind are compared, numbers with dates and names aside."""

    QUANTITY = "quantity"
    DATE = "date"
    RATIO = "ratio"
    NAMED = "named"
    """A name with a number: HTTP/2, SHA-256, Python 3.11, UTC+8."""
    COMPLEXITY = "complexity"
    EQUATION = "equation"
    POWER = "power"
    """Squared, 立方: a power in words."""
    FORMULA = "formula"
    FREQUENCY = "frequency"
    """How often a day."""
    ADDRESS = "address"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Value:
    """One value that a text states; `text` is `source[start:end]`."""

    kind: ValueKind
    text: str
    start: int
    end: int
    low: float = 0.0
    """The number in its own unit, or the lower end of a range; of a date, its first year."""
    high: float = 0.0
    """The same as `low` where it is no range."""
    step: float = 0.0
    """What one in the last given digit is worth, in its own unit; 0 for a fraction, which is exact."""
    unit: str = ""
    """A name from the table of units, or nothing."""
    relation: str = ""
    """One of ≤ < ≥ > ≠ =, or nothing when none is written."""
    about: bool = False
    """Whether it is called approximate."""
    large: bool = False
    """Whether it is written with a power of ten, or with a word such as million."""
    name: str = ""
    """The word that it belongs to, folded: "sha" in SHA-256, "port" in port 22, "p" in p < 0.05."""
    form: str = ""
    """What is compared where it is no number: an equation, a formula, the parts of a date or a version."""
    example: bool = False
    """Whether it stands in an example or in a sum, where it stands for nothing in particular."""

    @property
    def key(self) -> tuple[object, ...]:
        """What two values agree in that are the same in the same form."""
        name = "" if self.kind is ValueKind.QUANTITY else self.name
        return (self.kind, self.low, self.high, self.unit, self.relation, self.form, name)

    @property
    def ranged(self) -> bool:
        """Whether it is a range of numbers."""
        return self.kind is ValueKind.QUANTITY and self.low != self.high


@dataclass(frozen=True, slots=True)
class Sign:
    """A value that is no plain number, as a reader finds it in plain text; see Value."""

    kind: ValueKind
    start: int
    end: int
    form: str
    name: str = ""
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A value of the note, and what the answer has for it."""

    note: Value
    answer: Value


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the values of a note in an answer; those that the question states already are left out."""

    same: tuple[Pair, ...] = ()
    """The answer states an equal value, in whatever form."""
    other: tuple[Pair, ...] = ()
    """The answer states a different value in the place of the note's."""
    absent: tuple[Value, ...] = ()
    """The answer states no such value, or only a part of it."""
    settled: bool = False
    """Whether note and answer are hardly more than values, and the answer has all of the note's."""
