"""What is said of an answer and of its points; the log keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from studyllm.i18n import N_


class Confidence(IntEnum):
    """How sure a learner is of an answer before its verdict."""

    GUESS = 1
    FAIR = 2
    SURE = 3


CONFIDENCES = {
    Confidence.GUESS: N_("guess"),
    Confidence.FAIR: N_("fairly sure"),
    Confidence.SURE: N_("sure"),
}
"""What each is called."""


class State(StrEnum):
    """What an answer did with one point of the reference."""

    HIT = "hit"
    PARTLY = "partly"
    """Some of it was said."""
    MISSED = "missed"
    CONTRADICTED = "contradicted"
    UNSURE = "unsure"
    """The grader cannot tell: the learner is asked."""


class Label(StrEnum):
    """The verdict in one word."""

    CORRECT = "correct"
    PARTIAL = "partial"
    INCORRECT = "incorrect"


GOES_WITH: Mapping[Label, tuple[int, ...]] = {
    Label.CORRECT: (3, 4, 5),
    Label.PARTIAL: (2, 3),
    Label.INCORRECT: (0, 1, 2),
}
"""The grades that go with a label; a learner who takes another one overrules it. A grade of 3 says that it was recalled
with effort, not that a part was lacking; what was called wrong then may have been why."""


class Recalled(StrEnum):
    """What a text about a whole section, written from memory, did with one card of it."""

    HIT = "hit"
    PARTLY = "partly"
    MISSED = "missed"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class PointResult:
    """One point of the reference and what the answer did with it."""

    text: str
    state: State
    evidence: str = ""
    """The learner's own words for it, or nothing."""
    extra: bool = False
    """Whether its lack does not fail an answer: a date, a name, an example."""
    certain: bool = True
    """Whether its state is likely enough to be told as a fact; else it is only marked."""
