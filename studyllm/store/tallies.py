"""What the log and the cards add up to, as the store hands it out: frozen records, days are study days."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

AGES = (1, 4, 8, 15, 21, 60, 180)
"""Lower edges, in days, of the classes that intervals fall into."""
LONGEST_ANSWER = 120
"""Seconds that an answer counts for at most: the learner was away."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which reviews are meant: of a deck or of all, from `since` up to and including `until`."""

    until: datetime
    since: datetime | None = None
    deck: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """The reviews that share a study day, an hour of the clock and an age."""

    day: date
    hour: int
    age: int
    """One of AGES: the class of the interval that the card had; 0 for a card's first review."""
    later: bool
    """Whether they came on a later day than their card's last review, so that something was remembered."""
    reviews: int
    recalled: int
    """Those graded 3 or more."""
    seconds: float
    """The time taken, of those that were timed."""
    grades: tuple[int, ...] = (0,) * 6
    """How many had each grade, 0-5."""
    weighed: tuple[tuple[int, int], ...] = ((0, 0),) * 3
    """How many answers had each `Confidence`, 1-3, and how many of these were recalled."""


@dataclass(frozen=True, slots=True)
class Strength:
    """Cards that were last asked as long ago and rest as long."""

    deck: str
    elapsed: int
    """Study days since then."""
    interval: int
    stability: float | None
    """FSRS's, to a tenth of a day; None under SM-2."""
    owed: bool
    """Whether they wait to be repeated, or were missed today and not recalled since."""
    cards: int


@dataclass(frozen=True, slots=True)
class Ease:
    """Cards that are as hard."""

    difficulty: int | None
    """FSRS's, 1-10; None under SM-2."""
    ease: float
    """SM-2's, to a tenth."""
    cards: int


class Turn(StrEnum):
    """Which answer to a card it was."""

    FIRST = "first"
    AGAIN = "again"
    """A repetition within the day."""
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of one turn that got the same grade."""

    turn: Turn
    grade: int
    reviews: int
    timed: int
    """How many of them were timed."""
    seconds: float
    """What those took together."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A review that was timed."""

    at: datetime
    """When it was graded."""
    seconds: float
    """How long the answer took, LONGEST_ANSWER at the most."""
    grade: int


@dataclass(frozen=True, slots=True)
class Hard:
    """A card and how often it was not recalled."""

    card: int
    term: str
    deck: str
    reviews: int
    failed: int


@dataclass(frozen=True, slots=True)
class MissedPoint:
    """A point of a card's answer and how often it was missed or said wrong."""

    card: int
    term: str
    point: str
    times: int


@dataclass(frozen=True, slots=True)
class Overruled:
    """What the learner made of verdicts of one label."""

    label: str
    verdicts: int
    raised: int
    """A grade was chosen that goes with a better label."""
    lowered: int
