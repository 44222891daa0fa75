"""What the store hands out: frozen records, never rows."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from studyllm.cards import Card
from studyllm.schedule import Learned, Progress
from studyllm.store import messages
from studyllm.verdicts import PointResult, State


@dataclass(frozen=True, slots=True)
class StudyCard:
    """A card in a deck, with its progress."""

    id: int
    deck: str
    card: Card
    progress: Progress
    suspended: bool = False
    gone: bool = False
    """No longer in the notes; kept with its progress in case it returns."""
    early_look: str = ""
    """Why it is asked before it is due: what changed in its definition."""
    own_points: tuple[str, ...] = ()
    """Points that the learner wrote for this definition, in place of the note's."""
    tags: tuple[str, ...] = ()
    buried: date | None = None
    """The study day on which it is not asked."""
    added: datetime | None = None
    """When it came into the database; with the id it tells the card apart from all others anywhere."""

    @property
    def due(self) -> date | None:
        return self.progress.due if isinstance(self.progress, Learned) else None

    @property
    def lapses(self) -> int:
        """How often it was known and forgotten."""
        return self.progress.lapses if isinstance(self.progress, Learned) else 0

    @property
    def failures(self) -> int:
        """How many answers did not recall it; at least its lapses, some of which another program may have counted."""
        return max(self.progress.lapses, self.progress.failed) if isinstance(self.progress, Learned) else 0

    @property
    def struggles(self) -> int:
        """What makes it a leech, see `Learned.struggles`."""
        return self.progress.struggles if isinstance(self.progress, Learned) else 0

    def with_progress(self, progress: Progress) -> "StudyCard":
        return replace(self, progress=progress)


@dataclass(frozen=True, slots=True)
class Naming:
    """What a card is called, and what it says."""

    id: int
    term: str
    aliases: tuple[str, ...]
    answer: str
    path: str = ""
    """Its note."""


MOST_POINTS, LONGEST_POINT = 12, 300
"""Points of a card that a learner may write, and characters of each."""
PRACTICE = "practice"
"""The event of an answer that moves no card: it was asked before its day, only to be practised."""
RESET = "reset of the calibration"
"""The event of a log row after which the learner's calibration is learnt anew."""


@dataclass(frozen=True, slots=True)
class JudgedPoint:
    """What the grader said of a point, and what the learner said otherwise."""

    text: str
    state: State
    extra: bool = False
    own: State | None = None
    """The learner's say; None: as the grader's."""

    @property
    def result(self) -> PointResult:
        """The point as the learner left it."""
        return PointResult(self.text, self.own or self.state, extra=self.extra)


@dataclass(frozen=True, slots=True)
class ReviewDetail:
    """What the log keeps of a review beside the answer and the grades."""

    points: tuple[JudgedPoint, ...] = ()
    by: tuple[str, ...] = ()
    """Who gave the verdict."""
    confidence: float | None = None
    """How sure the grader was, 0 to 1; None without a verdict."""
    asked: str = ""
    """Digest of the definition that was asked: a verdict on another one counts no more."""
    reason: str = ""
    """Why no model was asked."""
    unmoved: float | None = None
    """The score before this learner's own grades moved it; None when they did not."""
    seconds: float | None = None
    """From the question to the answer."""
    hints: int = 0
    """Points that were shown before the answer."""
    early_look: str = ""
    """Why the card was asked before it was due."""
    source: str = ""
    """Which program recorded it, if it was not this one, or the recall of a section that it belongs to: such a review
    is not taken back alone."""
    own_confidence: int | None = None
    """How sure the learner was before the verdict, a `Confidence`; None when that was not asked."""
    confused: int | None = None
    """The card whose definition the answer was."""


@dataclass(frozen=True, slots=True)
class Review:
    """One graded answer, as it goes into the log."""

    card_id: int
    at: datetime
    chosen: int
    """The grade that moved the card, 0-5."""
    before: Progress
    after: Progress
    answer: str | None = None
    score: float | None = None
    verdict: str | None = None
    suggested: int | None = None
    """The grade the verdict suggested, 0-5; None when the learner graded without one, or it was in doubt."""
    detail: ReviewDetail = ReviewDetail()


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One row of the log."""

    id: int
    at: datetime
    event: str
    card: int | None
    term: str | None
    review: Review | None
    detail: dict[str, Any] | None
    undoes: int | None
    undone: bool
    answer: str | None = None
    """What was written: an answer, or a text about a section."""
    kind: str | None = None
    """Of the card."""

    @property
    def what(self) -> str:
        """What happened, in a few words of the learner's language."""
        return messages.what(self)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cards a deck has, and how many of them can be asked now."""

    deck: str
    cards: int
    due: int
    new: int
    """New cards that today's limit still allows."""
    unseen: int
    """All cards never reviewed."""
    learning: int = 0
    """Cards that are to be repeated within the day."""
    later: int = 0
    """Cards that are due and left for the coming days."""


class Want(StrEnum):
    """What a learner wants beside the day's cards."""

    NEW = "new"
    """More new cards."""
    DUE = "due"
    """More of what is due, whatever the day's limit."""
    AHEAD = "ahead"
    """What comes in the next days."""
    FORGOTTEN = "forgotten"
    """What was missed in the last days."""
    ALL = "all"
    """Whatever there is under a heading, with a tag, in a deck."""


@dataclass(frozen=True, slots=True)
class Pick:
    """Cards that a learner asks for."""

    want: Want
    number: int = 0
    """So many cards of NEW and DUE, so many days of AHEAD and FORGOTTEN."""
    deck: str | None = None
    section: str = ""
    """A heading above the cards."""
    note: str = ""
    """The file of a note whose cards stand under no common heading."""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """How many cards a pick has."""

    due: int
    early: int
    """Learned ones whose day has not come."""
    new: int
    asked: int = 0
    """Of AHEAD: those that fall due within its days but are left out, as they were asked today."""

    @property
    def all(self) -> int:
        return self.due + self.early + self.new
