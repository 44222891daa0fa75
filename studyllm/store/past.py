"""Answers that were given elsewhere, put into the log of cards that are here: one row says what they changed.

The detail of that row is {"reviews": [first, last] row of the answers, "cards": {id: [before, after]}}.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, String, cast, func, insert, literal, select

from studyllm.errors import StalePlan
from studyllm.i18n import _
from studyllm.store import bulk
from studyllm.store.changes import Start
from studyllm.store.columns import logged, progress_from_json, progress_json, progress_of
from studyllm.store.tables import CARD, LOG

PAST = "history"
"""The event of such a row."""


def add(connection: Connection, cards: Mapping[int, Start], at: datetime, as_of: int) -> int:
    """Logs the answers and moves each card to where its start has it; how many answers. Raises StalePlan when something
    happened after the row `as_of` of the log."""
    if (connection.scalar(select(func.max(LOG.c.id))) or 0) != as_of:
        raise StalePlan(_("The cards changed meanwhile. Nothing was imported; do it again."))
    before = {row.id: progress_of(row) for row in bulk.rows(connection, list(cards), CARD)}
    rows = log(connection, {card: cards[card] for card in before})
    if rows is None:
        return 0
    bulk.set_progress(connection, {card: cards[card].progress for card in before})
    moved = {str(c): [progress_json(was), progress_json(cards[c].progress)] for c, was in before.items()}
    detail = {"reviews": rows, "cards": moved}
    connection.execute(insert(LOG).values(at=at, event=PAST, detail=detail))
    return rows[1] - rows[0] + 1


def log(connection: Connection, cards: Mapping[int, Start]) -> list[int] | None:
    """Logs the answers that cards bring; first and last row, None without answers. Nothing else writes meanwhile, so
    they follow each other."""
    rows = [logged(review) | {"card_id": card} for card, start in cards.items() for review in start.reviews]
    if not rows:
        return None
    ids = connection.scalars(insert(LOG).returning(LOG.c.id), rows).all()
    return [min(ids), max(ids)]


def take_back(connection: Connection, detail: Mapping[str, Any], at: datetime) -> None:
    """Puts the cards back, and takes each of the answers back."""
    bulk.set_progress(
        connection, {int(c): progress_from_json(was) for c, (was, _) in detail["cards"].items()}
    )
    first, last = detail["reviews"]
    take_rows_back(connection, first, last, at)


def take_rows_back(connection: Connection, first: int, last: int, at: datetime) -> None:
    """Says of rows of the log that they are undone, without doing anything about it."""
    undone = select(literal(at, LOG.c.at.type), cast(literal("undo"), String), LOG.c.card_id, LOG.c.id)
    undone = undone.where(LOG.c.id.between(first, last)).order_by(LOG.c.id)
    connection.execute(insert(LOG).from_select(["at", "event", "card_id", "undoes"], undone))
