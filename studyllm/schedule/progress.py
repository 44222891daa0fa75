"""Where a card stands: never seen, or learned and due on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum

LEARNING_FAILURES = 4
"""Failed answers that learning and relearning a card may take over its life before more of them count as lapses."""


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


class Stage(StrEnum):
    """Where FSRS has a card: in its first steps, known, or in steps again after a lapse."""

    LEARNING = "learning"
    KNOWN = "known"
    RELEARNING = "relearning"


@dataclass(frozen=True, slots=True)
class Memory:
    """What FSRS knows of a card."""

    stability: float
    """Days after which it is recalled with probability 0.9."""
    difficulty: float
    """1 (easy) to 10."""
    stage: Stage = Stage.KNOWN
    step: int = 0
    """Which learning step it is in; 0 when it is known."""


@dataclass(frozen=True, slots=True)
class New:
    """Never reviewed."""


@dataclass(frozen=True, slots=True)
class Learned:
    """Reviewed at least once. Days are study days, moments are UTC, the interval is in days."""

    repetitions: int
    """Successful reviews in a row."""
    interval: int
    ease: float
    lapses: int
    reviewed: datetime
    due: date
    """A day, wherever the learner is by then: a moment would come twice or not at all after a flight."""
    again: datetime | None = None
    """When it is asked once more the same day."""
    memory: Memory | None = None
    """What FSRS knows; None under SM-2, which has `ease` instead."""
    failed: int = 0
    """Answers that did not recall it, of the days it was learnt as well as lapses."""

    @property
    def struggles(self) -> int:
        """What makes a leech: the lapses, and of the answers that failed while it was learnt those beyond a few."""
        return self.lapses + max(0, self.failed - self.lapses - LEARNING_FAILURES)


Progress = New | Learned
