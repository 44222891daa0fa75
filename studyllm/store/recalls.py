"""A section that was recalled as a whole, saved: one row of the log says what the text did, and is taken back as one.

Before it stand the rows of its cards: the reviews of those that it moved, and what was heard of the others. Its answer
is the text, its detail what `details.py` says.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, update

from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.store import bulk
from studyllm.store.columns import logged, progress_from_json, progress_json, progress_of
from studyllm.store.messages import MISSAID, UNSAID
from studyllm.store.past import take_rows_back
from studyllm.store.recalled import HeardCard, Recall
from studyllm.store.tables import CARD, LOG
from studyllm.verdicts import Recalled

RECALL, HEARD = "recall", "heard"
"""The events of a recall, and of a card that it did not move."""


def add(connection: Connection, recall: Recall) -> int:
    """Saves a recall with all that it does to its cards; the id of its row. Raises InputError when one of those that it
    moves was moved meanwhile."""
    moved = {heard.card_id: heard.review for heard in recall.cards if heard.review}
    for row in bulk.rows(connection, list(moved), CARD):
        if progress_of(row) != moved[row.id].before:
            told = _("{term} was reviewed elsewhere meanwhile. Nothing was counted; do it again.")
            raise InputError(told.format(term=row.term))
    rows = [_insert(connection, _row(heard, recall.at)) for heard in recall.cards]
    bulk.set_progress(connection, {card: review.after for card, review in moved.items()})
    early = _early(connection, recall)
    detail = {
        "deck": recall.section.deck,
        "path": recall.section.path,
        "headings": list(recall.section.headings),
        "states": dict(Counter(heard.state.value for heard in recall.cards)),
        "rows": [min(rows), max(rows)] if rows else None,
        "cards": {
            str(card): [progress_json(review.before), progress_json(review.after)]
            for card, review in moved.items()
        },
        "early": {str(card): list(change) for card, change in early.items()},
    }
    return _insert(connection, {"at": recall.at, "event": RECALL, "answer": recall.text, "detail": detail})


def take_back(connection: Connection, detail: Mapping[str, Any], at: datetime) -> None:
    """Puts the cards of a recall back to where they stood; why a card is asked early stays if it is another reason by
    now."""
    before = {int(card): progress_from_json(was) for card, (was, _after) in detail["cards"].items()}
    bulk.set_progress(connection, before)
    for card, (was, became) in detail["early"].items():
        mine = update(CARD).where(CARD.c.id == int(card), CARD.c.early_look.is_not_distinct_from(became))
        connection.execute(mine.values(early_look=was))
    if detail["rows"]:
        first, last = detail["rows"]
        take_rows_back(connection, first, last, at)


def _insert(connection: Connection, values: Mapping[str, Any]) -> int:
    number: int = connection.execute(insert(LOG).values(values).returning(LOG.c.id)).scalar_one()
    return number


def _row(heard: HeardCard, at: datetime) -> dict[str, Any]:
    """The row of the log of one card."""
    if heard.review:
        return logged(heard.review)
    detail = {"state": heard.state.value, "source": RECALL}
    return {
        "at": at,
        "event": HEARD,
        "card_id": heard.card_id,
        "answer": heard.words or None,
        "detail": detail,
    }


def _early(connection: Connection, recall: Recall) -> dict[int, tuple[str | None, str | None]]:
    """Has cards asked next, and those no more early that were reviewed; why they were asked early before, and why
    now."""
    wanted = {heard.card_id: heard for heard in recall.cards if heard.next or heard.review}
    changed: dict[int, tuple[str | None, str | None]] = {}
    for row in bulk.rows(connection, list(wanted), CARD.c.id, CARD.c.early_look):
        why = _why(wanted[row.id], recall.section.name)
        if why != row.early_look:
            changed[row.id] = row.early_look, why
            connection.execute(update(CARD).where(CARD.c.id == row.id).values(early_look=why))
    return changed


def _why(heard: HeardCard, section: str) -> str | None:
    """Why a card is asked early after a recall."""
    if not heard.next:
        return None
    return (MISSAID if heard.state is Recalled.CONTRADICTED else UNSAID).format(section=section)
