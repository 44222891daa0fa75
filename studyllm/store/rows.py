"""Rows of the log, and the choices of a deck, as records."""

from typing import Any

import msgspec

from studyllm.choices import Choice, Choices
from studyllm.store.columns import progress_from_json, texts
from studyllm.store.details import DETAILS, SETS
from studyllm.store.records import PRACTICE, LogEntry, Review, ReviewDetail
from studyllm.verdicts import Label


def choices_of(value: list[Any]) -> Choices:
    """The choices from their column."""
    return Choices(msgspec.convert(value, tuple[Choice, ...]))


def choices_json(choices: Choices) -> list[Any]:
    """The choices for their column."""
    return list(msgspec.to_builtins(choices.all))


def log_entry(row: Any, term: str | None, kind: str | None, *, undone: bool) -> LogEntry:
    """A row of the log, with its card's term and kind."""
    review = review_of(row) if row.event in ("review", PRACTICE) else None
    return LogEntry(
        row.id, row.at, row.event, row.card_id, term, review, told(row), row.undoes, undone, row.answer, kind
    )


def told(row: Any) -> dict[str, Any] | None:
    """The detail of a row of the log; before 0004 it held what was before, alone. Raises ValueError or
    LookupError."""
    detail: dict[str, Any] | None = row.detail
    if detail and row.event in ("suspend", "points") and "before" not in detail:
        detail = {"before": detail}
    if row.event in DETAILS:
        known = msgspec.convert(detail, DETAILS[row.event])
        if row.event in SETS:
            known["before"][SETS[row.event]]
    return detail


def review_of(row: Any) -> Review:
    """The review in a row of the log."""
    texts(row.answer or "")
    return Review(
        card_id=row.card_id,
        at=row.at,
        chosen=row.chosen,
        before=progress_from_json(row.before),
        after=progress_from_json(row.after),
        answer=row.answer,
        score=row.score,
        verdict=row.verdict and Label(row.verdict),
        suggested=row.suggested,
        detail=_detail(row.detail),
    )


def _detail(value: Any) -> ReviewDetail:
    """The detail of a review. What another program wrote there, or another release, is left out: the answer and the
    grades stand in columns of their own."""
    try:
        return msgspec.convert(value or {}, ReviewDetail)
    except msgspec.ValidationError:
        return ReviewDetail()
