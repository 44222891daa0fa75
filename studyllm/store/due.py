"""What is due, what was done today, and how much that is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, and_, bindparam, func, or_, select

from studyllm.cards import Spread
from studyllm.schedule import (
    BALANCED_PACE,
    PLAIN_PACE,
    RECENT,
    Day,
    Waiting,
    new_today,
    portion,
    usual_reviews,
)
from studyllm.store.columns import scheduling_of
from studyllm.store.events import STANDING
from studyllm.store.records import Counts
from studyllm.store.sql import larger, last_text
from studyllm.store.statement import Statement
from studyllm.store.tables import CARD, DECK, LOG

_HERE = (CARD.c.gone_at.is_(None), CARD.c.suspended.is_(False))
_NEW = CARD.c.due.is_(None)
_DECK = bindparam("deck", type_=String)
REPEATING = Statement(
    select(CARD.c.again, CARD.c.id)
    .join(DECK)
    .where(
        *_HERE,
        CARD.c.buried.is_distinct_from(bindparam("today")),
        CARD.c.again.between(bindparam("start"), bindparam("until")),
        or_(_DECK.is_(None), DECK.c.name == _DECK),
    )
    .order_by(CARD.c.again, CARD.c.id)
)
"""When, and which cards are to be repeated within the day, the earliest first."""


def _not_buried(today: date) -> ColumnElement[bool]:
    return CARD.c.buried.is_distinct_from(today)


def _day_has_come(today: date, start: datetime) -> ColumnElement[bool]:
    """A repetition that was left out on an earlier day does not count any more."""
    repeated = or_(CARD.c.again.is_(None), CARD.c.again < start)
    return and_(repeated, or_(CARD.c.due <= today, CARD.c.early_look.is_not(None)))


def waiting(connection: Connection, deck_id: int, today: date, day: Day, limit: int) -> tuple[Waiting, ...]:
    """Cards whose day has come or whose definition changed, the longest overdue first."""
    come = _day_has_come(today, day.start(today))
    return _listed(connection, deck_id, today, come, (CARD.c.due.nulls_first(), CARD.c.id), limit)


def unseen(connection: Connection, deck_id: int, today: date, limit: int) -> tuple[Waiting, ...]:
    """Cards never reviewed, in the order of the notes."""
    return _listed(connection, deck_id, today, _NEW, (CARD.c.path, CARD.c.line, CARD.c.id), limit)


def _listed(
    connection: Connection,
    deck_id: int,
    today: date,
    where: ColumnElement[bool],
    order: Iterable[Any],
    limit: int,
) -> tuple[Waiting, ...]:
    section = func.coalesce(last_text(CARD.c.headings), "")
    query = select(CARD.c.id, DECK.c.name, CARD.c.path, CARD.c.line, section).join_from(CARD, DECK)
    query = query.where(*_HERE, _not_buried(today), where, CARD.c.deck_id == deck_id)
    rows = connection.execute(query.order_by(*order).limit(limit))
    return tuple(Waiting(*row) for row in rows)


def counts(connection: Connection, today: date, day: Day) -> tuple[Counts, ...]:
    """Every deck's counts, with the limits of that study day."""
    start, end = day.start(today), day.start(today + timedelta(days=1))
    here = _not_buried(today)
    # As the index `ix_card_day` has it, which then is all that is read: grouped by `suspended` and without the decks.
    query = (
        select(
            CARD.c.deck_id,
            CARD.c.suspended,
            func.count(),
            func.count().filter(_day_has_come(today, start), here),
            func.count().filter(_NEW, here),
            func.count().filter(CARD.c.again >= start, here),
            func.coalesce(func.sum(1.0 / larger(CARD.c.interval, 1)), 0.0),
        )
        .where(CARD.c.gone_at.is_(None))
        .group_by(CARD.c.deck_id, CARD.c.suspended)
    )
    done = _done(connection, start, end)
    found = {tuple(row[:2]): row[2:] for row in connection.execute(query)}
    result = []
    for deck in connection.execute(select(DECK).order_by(DECK.c.name)).all():
        active, due, never, again, expected = found.get((deck.id, False), (0, 0, 0, 0, 0.0))
        total = active + found.get((deck.id, True), (0,))[0]
        introduced, reviewed = done.get(deck.id, (0, 0))
        scheduling = scheduling_of(deck.scheduling)
        usual, pace = float(expected), PLAIN_PACE
        if scheduling.spread is Spread.BALANCE:
            usual = usual_reviews(_reviewed_lately(connection, deck.id, today, day), usual)
            pace = BALANCED_PACE
        asked = portion(due, usual, deck.reviews_per_day, reviewed, pace)
        result.append(
            Counts(
                deck=deck.name,
                cards=total,
                due=asked,
                new=new_today(never, deck.new_per_day, introduced, today, scheduling.exam),
                unseen=never,
                learning=again,
                later=due - asked,
            )
        )
    return tuple(result)


def _done(connection: Connection, start: datetime, end: datetime) -> dict[int, tuple[int, int]]:
    """By deck id: new cards introduced, and other cards reviewed, between two moments."""
    first = func.count(func.distinct(LOG.c.card_id)).filter(LOG.c.before.is_(None))
    query = (
        select(CARD.c.deck_id, first, func.count(func.distinct(LOG.c.card_id)))
        .join_from(LOG, CARD, LOG.c.card_id == CARD.c.id)
        .where(LOG.c.event == "review", LOG.c.at >= start, LOG.c.at < end, STANDING)
        .group_by(CARD.c.deck_id)
    )
    return {deck: (introduced, every - introduced) for deck, introduced, every in connection.execute(query)}


def _reviewed_lately(connection: Connection, deck_id: int, today: date, day: Day) -> Sequence[int]:
    """Cards reviewed on each of the last days of study before today, new ones aside, the oldest day first."""
    since = day.start(today - timedelta(days=2 * RECENT))
    first = LOG.c.before.is_(None)
    query = select(LOG.c.at, LOG.c.card_id, first).join(CARD, CARD.c.id == LOG.c.card_id)
    query = query.where(
        CARD.c.deck_id == deck_id,
        LOG.c.event == "review",
        LOG.c.at.between(since, day.start(today)),
        STANDING,
    )
    cards: dict[date, set[int | None]] = {}
    introduced: set[tuple[date, int | None]] = set()
    for at, card, new in connection.execute(query.order_by(LOG.c.id)):
        when = day.of(at)
        known = cards.setdefault(when, set())
        if new:
            introduced.add((when, card))
        elif (when, card) not in introduced:
            known.add(card)
    return [len(cards[when]) for when in sorted(cards)]


def load(connection: Connection, first: date, last: date) -> Mapping[date, int]:
    """How many cards are due on each day of a span, of all decks: a day is one day for the learner."""
    # Deck by deck, because the index on days begins with the deck.
    query = select(CARD.c.due, func.count()).where(*_HERE, CARD.c.due.between(first, last))
    query = query.where(CARD.c.deck_id.in_(select(DECK.c.id))).group_by(CARD.c.due)
    return {day: count for day, count in connection.execute(query) if day is not None}
