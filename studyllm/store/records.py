"""What the store hands out: frozen records, never rows."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studyllm.cards import Algorithm, Card, Deck, Kind, Scheduling, Skipped, Source, Spread
from studyllm.choices import Choice, Choices
from studyllm.schedule import Learned, Memory, New, Progress, Stage
from studyllm.store import messages

if TYPE_CHECKING:
    from studyllm.store.tables import DeckRow


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

    @property
    def due(self) -> date | None:
        return self.progress.due if isinstance(self.progress, Learned) else None

    @property
    def lapses(self) -> int:
        """How often it was known and forgotten."""
        return self.progress.lapses if isinstance(self.progress, Learned) else 0

    def with_progress(self, progress: Progress) -> "StudyCard":
        return replace(self, progress=progress)


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A note as it was when it was last read."""

    path: str
    size: int
    mtime_ns: int
    """0 when the file was too young to trust its time."""
    digest: str
    """SHA-256 of its bytes, in hex; empty when it has to be read again."""
    reader: str
    """Which rules read it."""
    skipped: tuple[Skipped, ...] = ()

    def is_as(self, size: int, mtime_ns: int) -> bool:
        """Whether a file of that size and time is the one that was read."""
        return bool(self.digest) and (self.size, self.mtime_ns) == (size, mtime_ns)


@dataclass(frozen=True, slots=True)
class Update:
    """A card that keeps its id and progress under a new text or place; one that was gone is back."""

    id: int
    card: Card
    early_look: str = ""
    """Why it should be asked before it is due; empty when it need not."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import does to one deck."""

    added: tuple[Card, ...] = ()
    updated: tuple[Update, ...] = ()
    gone: tuple[int, ...] = ()
    files: tuple[NoteFile, ...] = ()
    vanished: tuple[str, ...] = ()
    choices: Choices | None = None
    """What the learner chose from now on; None: as before."""
    joined: tuple[str, ...] = ()
    """Paths of notes that other decks had and lose."""


MOST_POINTS, LONGEST_POINT = 12, 300
"""Points of a card that a learner may write, and characters of each."""
RESET = "reset of the calibration"
"""The event of a log row after which the learner's calibration is learnt anew."""


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
    detail: dict[str, Any] | None = None
    """The points of the verdict, who gave it and how sure; `seconds` taken; `early_look` as it was before."""
    early_look: str = ""
    """Why the card was asked before it was due."""


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


def card_columns(card: Card) -> dict[str, Any]:
    """A card as the columns of its row."""
    return {
        "kind": card.kind.value,
        "term": card.term,
        "aliases": list(card.aliases),
        "prompt": card.prompt,
        "answer": card.answer,
        "points": list(card.points),
        "headings": list(card.headings),
        "lang": card.lang,
        "rule": card.rule,
        "path": card.source.path,
        "line": card.source.line,
        "end_line": card.source.end_line,
    }


PROGRESS = tuple(field.name for field in fields(Learned))
"""The columns of progress; all None for a card never reviewed."""
_UNKNOWN_ZONE = timedelta(hours=9)
"""The log once had moments, not days: see migration 0004."""


def progress_columns(progress: Progress) -> dict[str, Any]:
    """Progress as the columns of a card's row; all None for a card never reviewed."""
    if isinstance(progress, New):
        return dict.fromkeys(PROGRESS)
    columns = {name: getattr(progress, name) for name in PROGRESS}
    if progress.memory:
        columns["memory"] = asdict(progress.memory)
    return columns


def progress_json(progress: Progress) -> dict[str, Any] | None:
    """Progress as it stands in the log; None for a card never reviewed."""
    if isinstance(progress, New):
        return None
    columns = progress_columns(progress).items()
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in columns if v is not None}


def progress_from_json(value: dict[str, Any] | None) -> Progress:
    """Progress from the log."""
    if value is None:
        return New()
    told = dict(value)
    due, again = told.pop("due"), told.pop("again", None)
    return Learned(
        **{name: told[name] for name in ("repetitions", "interval", "ease", "lapses")},
        reviewed=datetime.fromisoformat(told["reviewed"]),
        due=date.fromisoformat(due)
        if len(due) == 10
        else (datetime.fromisoformat(due) + _UNKNOWN_ZONE).date(),
        again=datetime.fromisoformat(again) if again else None,
        memory=_memory(told.get("memory")),
    )


def _memory(value: dict[str, Any] | None) -> Memory | None:
    return Memory(**{**value, "stage": Stage(value["stage"])}) if value else None


def progress_of(row: Any) -> Progress:
    """Progress from a card's row."""
    if row.due is None:
        return New()
    return Learned(
        row.repetitions,
        row.interval,
        row.ease,
        row.lapses,
        row.reviewed,
        row.due,
        row.again,
        _memory(row.memory),
    )


def scheduling_json(scheduling: Scheduling) -> dict[str, Any]:
    """How a deck is scheduled, as it is kept."""
    return asdict(scheduling) | {"exam": scheduling.exam and scheduling.exam.isoformat()}


def scheduling_of(value: dict[str, Any] | None) -> Scheduling:
    """How a deck is scheduled."""
    if value is None:
        return Scheduling()
    return Scheduling(
        **{
            **value,
            "algorithm": Algorithm(value["algorithm"]),
            "spread": Spread(value["spread"]),
            "exam": date.fromisoformat(value["exam"]) if value["exam"] else None,
            **{name: tuple(value[name]) for name in ("weights", "learning_steps", "relearning_steps")},
        }
    )


def study_card(row: Any) -> StudyCard:
    """A record from its row, which has the name of the deck as well."""
    card = Card(
        kind=Kind(row.kind),
        term=row.term,
        answer=row.answer,
        source=Source(row.path, row.line, row.end_line),
        aliases=tuple(row.aliases),
        prompt=row.prompt,
        points=tuple(row.points),
        headings=tuple(row.headings),
        lang=row.lang,
        rule=row.rule,
    )
    own = row.own_points or {}
    return StudyCard(
        id=row.id,
        deck=row.deck,
        card=card,
        progress=progress_of(row),
        suspended=row.suspended,
        gone=row.gone_at is not None,
        early_look=row.early_look or "",
        own_points=tuple(own["points"]) if own.get("answer") == row.answer else (),
        tags=tuple(row.tags),
        buried=row.buried,
    )


def deck_of(row: "DeckRow") -> Deck:
    """A record from its row."""
    return Deck(
        name=row.name,
        notes=tuple(Path(path) for path in row.notes),
        kinds=frozenset(Kind(kind) for kind in row.kinds),
        new_per_day=row.new_per_day,
        reviews_per_day=row.reviews_per_day,
        exclude=tuple(row.exclude),
        skip_headings=tuple(row.skip_headings),
        language=row.language,
        scheduling=scheduling_of(row.scheduling),
    )


def choices_of(value: list[Any]) -> Choices:
    """The choices from their column."""
    return Choices(tuple(Choice(**one) for one in value))


def choices_json(choices: Choices) -> list[Any]:
    """The choices for their column."""
    return [asdict(one) for one in choices.all]


def log_entry(row: Any, term: str | None, *, undone: bool) -> LogEntry:
    """A row of the log, with its card's term."""
    review = review_of(row) if row.event == "review" else None
    return LogEntry(row.id, row.at, row.event, row.card_id, term, review, told(row), row.undoes, undone)


def told(row: Any) -> dict[str, Any] | None:
    """The detail of a row of the log; before 0004 it held what was before, alone."""
    detail: dict[str, Any] | None = row.detail
    if detail and row.event in ("suspend", "points") and "before" not in detail:
        return {"before": detail}
    return detail


def review_of(row: Any) -> Review:
    """The review in a row of the log."""
    return Review(
        card_id=row.card_id,
        at=row.at,
        chosen=row.chosen,
        before=progress_from_json(row.before),
        after=progress_from_json(row.after),
        answer=row.answer,
        score=row.score,
        verdict=row.verdict,
        suggested=row.suggested,
        detail=row.detail,
    )
