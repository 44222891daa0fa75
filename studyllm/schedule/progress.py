"""Where a card stands: never seen, or learned and due at a time."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Grade(IntEnum):
    """Quality of an answer, 0-5 (Wozniak 1990); from 3 on the card counts as recalled."""

    BLACKOUT = 0
    WRONG = 1
    FAMILIAR = 2
    HARD = 3
    GOOD = 4
    PERFECT = 5

    @property
    def recalled(self) -> bool:
        return self >= Grade.HARD


@dataclass(frozen=True, slots=True)
class New:
    """Never reviewed."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Reviewed at least once. Times are UTC, the interval is in days."""

    repetitions: int
    """Successful reviews in a row."""
    interval: int
    ease: float
    lapses: int
    reviewed: datetime
    due: datetime


Progress = New | Learned
