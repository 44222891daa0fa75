"""What a query asks of an entry, as a frozen tree; see `query.py` for how it is written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import eq, ge, gt, le, lt, ne

from studyllm.glossary.entry import STATES

LEECH = "leech"
GONE = "gone"
SIGNS: dict[str, Callable[[float, float], bool]] = {
    "<=": le,
    "≤": le,
    ">=": ge,
    "≥": ge,
    "!=": ne,
    "≠": ne,
    "<": lt,
    ">": gt,
    "=": eq,
}
"""How a number may be compared."""
PROPERTIES = ("ease", "interval", "lapses", "reps", "stability", "difficulty", "due")
"""Numbers of a card: `reps` is how often in a row it was recalled, `due` in how many days it is asked."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or a phrase, of its text; or how a term sounds."""

    text: str


@dataclass(frozen=True, slots=True)
class Named:
    """What stands where: "deck", "in" (a heading above it, its note or its folder), "tag", or "is" (one of STATES, or
    LEECH)."""

    field: str
    value: str

    @property
    def is_state(self) -> bool:
        """Whether a card can only be this or another of its kind."""
        return self.field == "is" and self.value in STATES


@dataclass(frozen=True, slots=True)
class Measured:
    """One of PROPERTIES, compared; a card that lacks it does not pass."""

    name: str
    sign: str
    number: float


@dataclass(frozen=True, slots=True)
class Within:
    """So many days, today is the first of them: those from now on in which it falls "due", those until now in which it
    was "added"."""

    field: str
    days: int


@dataclass(frozen=True, slots=True)
class Rated:
    """Answered within the last so many days, with a grade that compares so, if there is one."""

    days: int
    sign: str = ""
    grade: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """A text that is in an answer the learner once gave."""

    text: str


@dataclass(frozen=True, slots=True)
class Not:
    """None of what a part finds."""

    part: "Part"


@dataclass(frozen=True, slots=True)
class Every:
    """What all of some parts find."""

    parts: tuple["Part", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What one of some parts finds."""

    parts: tuple["Part", ...]


Told = Rated | Answered
"""What only the log knows."""
Part = Word | Named | Measured | Within | Told | Not | Every | Either


def leaves(part: Part, *, wanted: bool = True) -> Iterator[tuple[Part, bool]]:
    """The conditions a part is made of, each with whether it is to hold."""
    if isinstance(part, Not):
        yield from leaves(part.part, wanted=not wanted)
    elif isinstance(part, Every | Either):
        for one in part.parts:
            yield from leaves(one, wanted=wanted)
    else:
        yield part, wanted
