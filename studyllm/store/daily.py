"""What every day asks, as SQLAlchemy has it: the cards of the day, one card, a review.

SQLite has these written out in `daily_sqlite.py`, which `python -m tests.store.written` makes and a test compares: to
import SQLAlchemy and to compile them would take longer than all of them together.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Date,
    Executable,
    Float,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from studyllm.store.columns import KEPT, LOGGED, PROGRESS
from studyllm.store.decks import THERE
from studyllm.store.due import HERE, NEW, WAS_UNSAID, come, day_has_come, early, listed, not_buried, waits
from studyllm.store.lookup import CARDS
from studyllm.store.sql import larger, member, numbers, seconds_of, share_of
from studyllm.store.tables import CARD, DECK, LOG, STANDING, Utc

_TODAY, _START = bindparam("today", type_=Date), bindparam("start", type_=Utc)
_DECK, _NAME = bindparam("deck", type_=Integer), bindparam("name", type_=String)
_MOST = bindparam("most", type_=Integer)
_THESE = CARD.c.id.in_(select(numbers(bindparam("cards", type_=JSON))))

_ASKED = (*HERE, not_buried(_TODAY))
_FREE = ~waits(_TODAY, _START)
_COME = (*_ASKED, _FREE, come(_TODAY, _START), CARD.c.deck_id == _DECK)
_LASTS: ColumnElement[float] = type_coerce(larger(CARD.c.interval, 1) * 1.0, Float)
_ELAPSED = bindparam("began", type_=Float) - seconds_of(CARD.c.reviewed)
"""Seconds, at the begin of the day. In terms of the stability, or of the interval: the more, the less likely is a card
recalled, by FSRS's curve as by the exponential one that SM-2 is given."""
_IN_NOTES = (CARD.c.path, CARD.c.line, CARD.c.id)


def _numbers(*where: ColumnElement[bool]) -> Select[tuple[int, int]]:
    """How many cards each deck has of some; deck by deck, because the index on days begins with the deck."""
    query = select(CARD.c.deck_id, func.count().label("count"))
    return query.where(*where, CARD.c.deck_id.in_(select(DECK.c.id))).group_by(CARD.c.deck_id)


def _reviews(*columns: Any) -> Select[Any]:
    """Of reviews that stand, with their cards."""
    query = select(*columns).join_from(LOG, CARD, LOG.c.card_id == CARD.c.id)
    return query.where(LOG.c.event == "review", STANDING)


DAILY: Mapping[str, Executable] = {
    "card": CARDS.where(CARD.c.id == bindparam("card", type_=Integer)),
    "decks": select(DECK).where(THERE).order_by(DECK.c.name),
    "deck": select(DECK.c.id, DECK.c.scheduling).where(DECK.c.name == _NAME),
    "schedulings": select(DECK.c.name, DECK.c.scheduling).order_by(DECK.c.name),
    # When, and which cards are to be repeated within the day, the earliest first.
    "repeating": select(CARD.c.again, CARD.c.id)
    .join(DECK)
    .where(
        *_ASKED,
        CARD.c.again.between(_START, bindparam("until", type_=Utc)),
        or_(_NAME.is_(None), DECK.c.name == _NAME),
    )
    .order_by(CARD.c.again, CARD.c.id),
    # Not by the index that begins with the deck: the one on early looks reads fewer cards.
    "early": listed(
        *_ASKED,
        _FREE,
        early(_TODAY, _START),
        CARD.c.deck_id + 0 == _DECK,
        order=(CARD.c.due.nulls_first(), CARD.c.id),
    ).limit(_MOST),
    "overdue": listed(*_COME, order=(CARD.c.due, CARD.c.id)).limit(_MOST),
    "likely": listed(*_COME, order=(_ELAPSED / _LASTS, CARD.c.id)).limit(_MOST),
    "likely, fsrs": listed(
        *_COME,
        order=(_ELAPSED / func.coalesce(member(CARD.c.memory, "stability", float), _LASTS), CARD.c.id),
    ).limit(_MOST),
    "unseen": listed(*_ASKED, NEW, _FREE, CARD.c.deck_id == _DECK, order=_IN_NOTES).limit(_MOST),
    # First which these are: beside the decks, their index would not be used.
    "unsaid": select(CARD.c.id).where(*_ASKED, WAS_UNSAID),
    "unsaid, learned": listed(_THESE, _FREE, ~NEW, day_has_come(_TODAY, _START), order=_IN_NOTES),
    "unsaid, new": listed(_THESE, _FREE, NEW, order=_IN_NOTES),
    "names": select(CARD.c.id, CARD.c.term, CARD.c.aliases, CARD.c.answer, CARD.c.path).where(_THESE),
    # Deck by deck, because the index on days begins with the deck.
    "load": select(CARD.c.due, func.count().label("count"))
    .where(*HERE, CARD.c.due.between(bindparam("first", type_=Date), bindparam("last", type_=Date)))
    .where(CARD.c.deck_id.in_(select(DECK.c.id)))
    .group_by(CARD.c.due),
    # The counts of a day. As the index `ix_card_day` has it, which then is all that is read: grouped by `suspended` and
    # without the decks.
    "count all": select(
        CARD.c.deck_id,
        CARD.c.suspended,
        func.count().label("count"),
        func.coalesce(func.sum(share_of(CARD.c.interval)), 0.0).label("expected"),
    )
    .where(CARD.c.gone_at.is_(None))
    .group_by(CARD.c.deck_id, CARD.c.suspended),
    "count decks": select(
        DECK.c.id,
        DECK.c.name,
        DECK.c.notes,
        DECK.c.kinds,
        DECK.c.new_per_day,
        DECK.c.reviews_per_day,
        DECK.c.scheduling,
    ).order_by(DECK.c.name),
    "count early": select(CARD.c.deck_id).where(*_ASKED, early(_TODAY, _START)),
    "count repeated": select(CARD.c.deck_id).where(*_ASKED, CARD.c.again >= _START),
    "count due": _numbers(*_ASKED, come(_TODAY, _START)),
    "count new": _numbers(*_ASKED, NEW),
    "count held": select(
        func.count().filter(day_has_come(_TODAY, _START)).label("due"), func.count().filter(NEW).label("new")
    ).where(and_(*_ASKED, waits(_TODAY, _START), CARD.c.deck_id == _DECK)),
    "count done": _reviews(
        CARD.c.deck_id,
        func.count(func.distinct(LOG.c.card_id)).filter(LOG.c.before.is_(None)).label("introduced"),
        func.count(func.distinct(LOG.c.card_id)).label("every"),
    )
    .where(LOG.c.at >= _START, LOG.c.at < bindparam("end", type_=Utc))
    .group_by(CARD.c.deck_id),
    "last row": select(func.max(LOG.c.id).label("number")),
    "lately": _reviews(LOG.c.at, LOG.c.card_id, LOG.c.before.is_(None).label("new"))
    .where(CARD.c.deck_id == _DECK, LOG.c.at.between(bindparam("since", type_=Utc), _START))
    .order_by(LOG.c.id),
    # Moves a card that still stands where it was.
    "move": update(CARD)
    .where(
        CARD.c.id == bindparam("card"),
        *(CARD.c[name].is_not_distinct_from(bindparam(f"was_{name}")) for name in KEPT),
    )
    .values(early_look=None, **{name: bindparam(f"to_{name}") for name in PROGRESS}),
    "log": insert(LOG).values({name: bindparam(name) for name in LOGGED}),
    "saved": select(LOG.c.id)
    .where(
        LOG.c.card_id == bindparam("card", type_=Integer),
        LOG.c.event == "review",
        LOG.c.at == bindparam("at", type_=Utc),
    )
    .order_by(LOG.c.id.desc())
    .limit(1),
}
"""By the names that `today.py` and `reviews.py` call them by."""
