"""A review, saved: the card moves and the log says why, in one transaction."""

import sqlite3
from typing import Any

from sqlalchemy import bindparam, insert, update

from studyllm.store.columns import PROGRESS, detail_json, progress_columns, progress_json
from studyllm.store.records import Review
from studyllm.store.statement import Statement
from studyllm.store.tables import CardRow, LogRow

_LOGGED = (
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
_KEPT = ("interval", "reviewed", "due", "again")
"""Columns that tell whether a card still stands where it was."""
_MOVE = Statement(
    update(CardRow)
    .where(
        CardRow.id == bindparam("card"),
        *(getattr(CardRow, name).is_not_distinct_from(bindparam(f"was_{name}")) for name in _KEPT),
    )
    .values(early_look=None, **{name: bindparam(f"to_{name}") for name in PROGRESS})
)
"""Moves a card that still stands where it was."""
_LOG = Statement(insert(LogRow).values({name: bindparam(name) for name in _LOGGED}))


def record(connection: sqlite3.Connection, review: Review) -> int | None:
    """Moves a card that still stands where it was, and commits; the id of the log row, or None where it does not."""
    was, to = progress_columns(review.before), progress_columns(review.after)
    moved = {"card": review.card_id}
    moved |= {f"was_{name}": was[name] for name in _KEPT} | {f"to_{name}": to[name] for name in PROGRESS}
    if not _MOVE.run(connection, moved).rowcount:
        return None
    log_id = _LOG.run(connection, logged(review)).lastrowid
    connection.execute("COMMIT")
    return int(log_id or 0)


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
