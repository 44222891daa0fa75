"""A review, saved: the card moves and the log says why, in one transaction."""

from typing import Any

from sqlalchemy import bindparam, insert, select, update

from studyllm.store.columns import PROGRESS, detail_json, progress_columns, progress_json
from studyllm.store.records import Review
from studyllm.store.statement import Raw, Statement
from studyllm.store.tables import CARD, LOG, Utc

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
    update(CARD)
    .where(
        CARD.c.id == bindparam("card"),
        *(CARD.c[name].is_not_distinct_from(bindparam(f"was_{name}")) for name in _KEPT),
    )
    .values(early_look=None, **{name: bindparam(f"to_{name}") for name in PROGRESS})
)
"""Moves a card that still stands where it was."""
_LOG = Statement(insert(LOG).values({name: bindparam(name) for name in _LOGGED}))

_SAVED = Statement(
    select(LOG.c.id)
    .where(
        LOG.c.card_id == bindparam("card"), LOG.c.event == "review", LOG.c.at == bindparam("at", type_=Utc)
    )
    .order_by(LOG.c.id.desc())
    .limit(1)
)


def saved(connection: Raw, review: Review) -> int | None:
    """The id of the log row of a review, if there is one."""
    found = connection.one(_SAVED, {"card": review.card_id, "at": review.at})
    return None if found is None else int(found.id)


def record(connection: Raw, review: Review) -> int | None:
    """Moves a card that still stands where it was, and commits; the id of the log row, or None where it does not."""
    was, to = progress_columns(review.before), progress_columns(review.after)
    moved = {"card": review.card_id}
    moved |= {f"was_{name}": was[name] for name in _KEPT} | {f"to_{name}": to[name] for name in PROGRESS}
    if not connection.run(_MOVE, moved).rowcount:
        return None
    log_id = connection.insert(_LOG, logged(review))
    connection.commit()
    return log_id


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
