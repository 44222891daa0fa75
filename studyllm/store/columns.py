"""Records as columns and JSON of the database, and back."""

from dataclasses import asdict, fields
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studyllm.cards import Card, Deck, Kind, Scheduling, Source
from studyllm.late import Late
from studyllm.schedule import Learned, Memory, New, Progress
from studyllm.store.own_points import own_points
from studyllm.store.records import JudgedPoint, Review, ReviewDetail, StudyCard

if TYPE_CHECKING:
    import msgspec
else:
    msgspec = Late("msgspec")


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
KEPT = ("interval", "reviewed", "due", "again")
"""Those that tell whether a card still stands where it was."""
LOGGED = (
    "at",
    "event",
    "card_id",
    "answer",
    "score",
    "verdict",
    "suggested",
    "chosen",
    "before",
    "after",
    "detail",
)
"""The columns of the log that a review fills."""
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
    due = value["due"]
    if len(due) > len("2026-01-01"):
        value = value | {"due": (datetime.fromisoformat(due) + _UNKNOWN_ZONE).date()}
    return msgspec.convert(value, Learned)


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
        None if row.memory is None else msgspec.convert(row.memory, Memory),
        row.failed,
    )


def plain(value: Any) -> Any:
    """A day or a moment as JSON has it, ISO 8601; all else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def scheduling_json(scheduling: Scheduling) -> dict[str, Any]:
    """How a deck is scheduled, as it is kept."""
    kept: dict[str, Any] = msgspec.to_builtins(scheduling)
    return kept


def scheduling_of(value: dict[str, Any] | None) -> Scheduling:
    """How a deck is scheduled."""
    return msgspec.convert(value, Scheduling) if value else Scheduling()


def study_card(row: Any) -> StudyCard:
    """A record from its row, which has the name of the deck as well."""
    texts(row.term, row.prompt, row.answer, row.path, *row.aliases, *row.points, *row.headings, *row.tags)
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
    return StudyCard(
        id=row.id,
        deck=row.deck,
        card=card,
        progress=progress_of(row),
        suspended=row.suspended,
        gone=row.gone_at is not None,
        early_look=row.early_look or "",
        own_points=own_points(row.own_points, row.answer, card.points),
        tags=tuple(row.tags),
        buried=row.buried,
        added=row.added_at,
    )


def texts(*values: str) -> None:
    """Raises TypeError for what is no text: another program can put anything into any column."""
    "".join(values)


def deck_of(row: Any) -> Deck:
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


def detail_json(detail: ReviewDetail) -> dict[str, Any] | None:
    """The detail of a review as the log keeps it: what is not as usual."""
    kept = _unusual(detail) | ({"points": [_unusual(p) for p in detail.points]} if detail.points else {})
    return msgspec.to_builtins(kept) if kept else None


_USUAL = {kind: {one.name: one.default for one in fields(kind)} for kind in (ReviewDetail, JudgedPoint)}
"""What each field is by default."""


def _unusual(value: ReviewDetail | JudgedPoint) -> dict[str, Any]:
    """The fields that are not as they are by default."""
    usual = _USUAL[type(value)]
    return {name: given for name, other in usual.items() if (given := getattr(value, name)) != other}


def logged(review: Review) -> dict[str, Any]:
    """A review as the columns of its row of the log."""
    return {
        "at": review.at,
        "event": "review",
        "card_id": review.card_id,
        "answer": review.answer,
        "score": review.score,
        "verdict": review.verdict,
        "suggested": review.suggested,
        "chosen": review.chosen,
        "before": progress_json(review.before),
        "after": progress_json(review.after),
        "detail": detail_json(review.detail),
    }
