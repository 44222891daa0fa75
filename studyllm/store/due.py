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
from studyllm.store.tables import CardRow, DeckRow, LogRow

_HERE = (CardRow.gone_at.is_(None), CardRow.suspended.is_(False))
_NEW = CardRow.due.is_(None)
_DECK = bindparam("deck", type_=String)
REPEATING = Statement(
    select(CardRow.again, CardRow.id)
    .join(DeckRow)
    .where(
        *_HERE,
        CardRow.buried.is_distinct_from(bindparam("today")),
        CardRow.again.between(bindparam("start"), bindparam("until")),
        or_(_DECK.is_(None), DeckRow.name == _DECK),
    )
    .order_by(CardRow.again, CardRow.id)
)
"""When, and which cards are to be repeated within the day, the earliest first."""


def _not_buried(today: date) -> ColumnElement[bool]:
    return CardRow.buried.is_distinct_from(today)


def _day_has_come(today: date, start: datetime) -> ColumnElement[bool]:
    """A repetition that was left out on an earlier day does not count any more."""
    repeated = or_(CardRow.again.is_(None), CardRow.again < start)
    return and_(repeated, or_(CardRow.due <= today, CardRow.early_look.is_not(None)))


def waiting(connection: Connection, deck_id: int, today: date, day: Day, limit: int) -> tuple[Waiting, ...]:
    """Cards whose day has come or whose definition changed, the longest overdue first."""
    come = _day_has_come(today, day.start(today))
    return _listed(connection, deck_id, today, come, (CardRow.due.nulls_first(), CardRow.id), limit)


def unseen(connection: Connection, deck_id: int, today: date, limit: int) -> tuple[Waiting, ...]:
    """Cards never reviewed, in the order of the notes."""
    return _listed(connection, deck_id, today, _NEW, (CardRow.path, CardRow.line, CardRow.id), limit)


def _listed(
    connection: Connection,
    deck_id: int,
    today: date,
    where: ColumnElement[bool],
    order: Iterable[Any],
    limit: int,
) -> tuple[Waiting, ...]:
    section = func.coalesce(last_text(CardRow.headings), "")
    query = select(CardRow.id, DeckRow.name, CardRow.path, CardRow.line, section).join_from(CardRow, DeckRow)
    query = query.where(*_HERE, _not_buried(today), where, CardRow.deck_id == deck_id)
    rows = connection.execute(query.order_by(*order).limit(limit))
    return tuple(Waiting(*row) for row in rows)


def counts(connection: Connection, today: date, day: Day) -> tuple[Counts, ...]:
    """Every deck's counts, with the limits of that study day."""
    start, end = day.start(today), day.start(today + timedelta(days=1))
    here = _not_buried(today)
    # As the index `ix_card_day` has it, which then is all that is read: grouped by `suspended` and without the decks.
    query = (
        select(
            CardRow.deck_id,
            CardRow.suspended,
            func.count(),
            func.count().filter(_day_has_come(today, start), here),
            func.count().filter(_NEW, here),
            func.count().filter(CardRow.again >= start, here),
            func.coalesce(func.sum(1.0 / larger(CardRow.interval, 1)), 0.0),
        )
        .where(CardRow.gone_at.is_(None))
        .group_by(CardRow.deck_id, CardRow.suspended)
    )
    done = _done(connection, start, end)
    found = {tuple(row[:2]): row[2:] for row in connection.execute(query)}
    result = []
    for deck in connection.execute(select(DeckRow.__table__).order_by(DeckRow.name)).all():
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
    first = func.count(func.distinct(LogRow.card_id)).filter(LogRow.before.is_(None))
    query = (
        select(CardRow.deck_id, first, func.count(func.distinct(LogRow.card_id)))
        .join_from(LogRow, CardRow, LogRow.card_id == CardRow.id)
        .where(LogRow.event == "review", LogRow.at >= start, LogRow.at < end, STANDING)
        .group_by(CardRow.deck_id)
    )
    return {deck: (introduced, every - introduced) for deck, introduced, every in connection.execute(query)}


def _reviewed_lately(connection: Connection, deck_id: int, today: date, day: Day) -> Sequence[int]:
    """Cards reviewed on each of the last days of study before today, new ones aside, the oldest day first."""
    since = day.start(today - timedelta(days=2 * RECENT))
    first = LogRow.before.is_(None)
    query = select(LogRow.at, LogRow.card_id, first).join(CardRow, CardRow.id == LogRow.card_id)
    query = query.where(
        CardRow.deck_id == deck_id,
        LogRow.event == "review",
        LogRow.at.between(since, day.start(today)),
        STANDING,
    )
    cards: dict[date, set[int | None]] = {}
    introduced: set[tuple[date, int | None]] = set()
    for at, card, new in connection.execute(query.order_by(LogRow.id)):
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
    query = select(CardRow.due, func.count()).where(*_HERE, CardRow.due.between(first, last))
    query = query.where(CardRow.deck_id.in_(select(DeckRow.id))).group_by(CardRow.due)
    return {day: count for day, count in connection.execute(query) if day is not None}
