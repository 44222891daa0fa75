"""What is due, what was done today, and how much that is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    String,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    type_coerce,
)

from studyllm.cards import DERIVED, Algorithm, Backlog, Scheduling, Spread
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
from studyllm.store.messages import MISSAID, UNSAID
from studyllm.store.records import Counts
from studyllm.store.sql import larger, last_text, member, seconds_of
from studyllm.store.statement import Statement
from studyllm.store.tables import CARD, DECK, LOG

HERE = (CARD.c.gone_at.is_(None), CARD.c.suspended.is_(False))
_UNSAID = and_(
    CARD.c.early_look.is_not(None),  # for the index on those few
    or_(*(CARD.c.early_look.startswith(form.partition("{")[0]) for form in (UNSAID, MISSAID))),
)
NEW = and_(CARD.c.due.is_(None), or_(CARD.c.early_look.is_(None), _UNSAID))
"""Cards never reviewed, but for those that were wanted today: they are asked with what is due."""
_MADE = tuple(sorted(DERIVED))
_DECK = bindparam("deck", type_=String)
REPEATING = Statement(
    select(CARD.c.again, CARD.c.id)
    .join(DECK)
    .where(
        *HERE,
        CARD.c.buried.is_distinct_from(bindparam("today")),
        CARD.c.again.between(bindparam("start"), bindparam("until")),
        or_(_DECK.is_(None), DECK.c.name == _DECK),
    )
    .order_by(CARD.c.again, CARD.c.id)
)
"""When, and which cards are to be repeated within the day, the earliest first."""


def not_buried(today: date) -> ColumnElement[bool]:
    """Whether a card was not put off until tomorrow."""
    return CARD.c.buried.is_distinct_from(today)


def waits(today: date, start: datetime) -> ColumnElement[bool]:
    """A card that was made of another one waits for it, and for what was made before it: until that was seen, and while
    it is due or was asked today. Two of them never come on one day."""
    other = CARD.alias().c
    held = exists().where(
        other.deck_id == CARD.c.deck_id,
        other.path == CARD.c.path,
        other.term == CARD.c.term,
        other.id < CARD.c.id,
        other.gone_at.is_(None),
        other.suspended.is_(False),
        or_(other.due.is_(None), other.due <= today, other.reviewed >= start),
    )
    return and_(CARD.c.kind.in_(_MADE), held)


def day_has_come(today: date, start: datetime) -> ColumnElement[bool]:
    """Whether a card is asked today: its day has come, or it is asked early."""
    return or_(_come(today, start), _early(today, start))


def _come(today: date, start: datetime) -> ColumnElement[bool]:
    """A repetition that was left out on an earlier day does not count any more."""
    return and_(or_(CARD.c.again.is_(None), CARD.c.again < start), CARD.c.due <= today)


def _early(today: date, start: datetime) -> ColumnElement[bool]:
    """A card whose definition changed, or that was wanted today, and that is not asked today anyway."""
    repeated = or_(CARD.c.again.is_(None), CARD.c.again < start)
    return and_(repeated, CARD.c.early_look.is_not(None), ~NEW, or_(CARD.c.due.is_(None), CARD.c.due > today))


def waiting(connection: Connection, deck_id: int, today: date, day: Day, limit: int) -> tuple[Waiting, ...]:
    """Cards that are asked early, then those whose day has come: the longest overdue first, or as the deck orders a
    backlog."""
    start = day.start(today)
    here = (*HERE, not_buried(today), ~waits(today, start))
    # Not by the index that begins with the deck: the one on early looks reads fewer cards.
    early = (*here, _early(today, start), CARD.c.deck_id + 0 == deck_id)
    found = listed(connection, early, (CARD.c.due.nulls_first(), CARD.c.id), limit)
    how = scheduling_of(connection.scalar(select(DECK.c.scheduling).where(DECK.c.id == deck_id)))
    first = CARD.c.due if how.backlog is Backlog.OVERDUE else _forgetting(how, today, day)
    come = (*here, _come(today, start), CARD.c.deck_id == deck_id)
    return found + listed(connection, come, (first, CARD.c.id), limit - len(found))


def _forgetting(scheduling: Scheduling, today: date, day: Day) -> ColumnElement[Any]:
    """Days since the last review in terms of the stability, or of the interval: the more, the less likely is a card
    recalled, by FSRS's curve as by the exponential one that SM-2 is given."""
    lasts: ColumnElement[float] = type_coerce(larger(CARD.c.interval, 1) * 1.0, Float)
    if scheduling.algorithm is Algorithm.FSRS:
        lasts = func.coalesce(member(CARD.c.memory, "stability", float), lasts)
    return (day.start(today).timestamp() - seconds_of(CARD.c.reviewed)) / lasts


def unseen(connection: Connection, deck_id: int, today: date, day: Day, limit: int) -> tuple[Waiting, ...]:
    """Cards never reviewed, in the order of the notes."""
    where = (*HERE, not_buried(today), NEW, ~waits(today, day.start(today)), CARD.c.deck_id == deck_id)
    return listed(connection, where, (CARD.c.path, CARD.c.line, CARD.c.id), limit)


def unsaid(connection: Connection, today: date, day: Day) -> tuple[tuple[Waiting, ...], tuple[Waiting, ...]]:
    """Cards of all decks that were missing, or said otherwise, when their section was recalled: those that were learned
    before, and those that are new."""
    # First which these are: beside the decks, their index would not be used.
    few = select(CARD.c.id).where(*HERE, not_buried(today), _UNSAID)
    if not (found := connection.scalars(few).all()):
        return (), ()
    these, order = CARD.c.id.in_(found), (CARD.c.path, CARD.c.line, CARD.c.id)
    start = day.start(today)
    here = (these, ~waits(today, start))
    learned = listed(connection, (*here, ~NEW, day_has_come(today, start)), order, None)
    return learned, listed(connection, (*here, NEW), order, None)


def listed(
    connection: Connection, where: Iterable[ColumnElement[bool]], order: Iterable[Any], limit: int | None
) -> tuple[Waiting, ...]:
    """The first cards of some, as much of each as its place in the order of the day needs."""
    section = func.coalesce(last_text(CARD.c.headings), "")
    query = select(CARD.c.id, DECK.c.name, CARD.c.path, CARD.c.line, section).join_from(CARD, DECK)
    rows = connection.execute(query.where(*where).order_by(*order).limit(limit))
    return tuple(Waiting(*row) for row in rows)


def counts(connection: Connection, today: date, day: Day) -> tuple[Counts, ...]:
    """The counts of every deck that has notes or cards, with the limits of that study day."""
    start, end = day.start(today), day.start(today + timedelta(days=1))
    here = (*HERE, not_buried(today))
    # As the index `ix_card_day` has it, which then is all that is read: grouped by `suspended` and without the decks.
    query = select(
        CARD.c.deck_id,
        CARD.c.suspended,
        func.count(),
        func.coalesce(func.sum(1.0 / larger(CARD.c.interval, 1)), 0.0),
    )
    query = query.where(CARD.c.gone_at.is_(None)).group_by(CARD.c.deck_id, CARD.c.suspended)
    found = {tuple(row[:2]): row[2:] for row in connection.execute(query)}
    early = Counter(connection.scalars(select(CARD.c.deck_id).where(*here, _early(today, start))))
    again = Counter(connection.scalars(select(CARD.c.deck_id).where(*here, CARD.c.again >= start)))
    come, never = _numbers(connection, *here, _come(today, start)), _numbers(connection, *here, NEW)
    done = _done(connection, start, end)
    result = []
    for deck in connection.execute(select(DECK).order_by(DECK.c.name)).all():
        active, expected = found.get((deck.id, False), (0, 0.0))
        total = active + found.get((deck.id, True), (0,))[0]
        if not total and not deck.notes:
            continue
        due = come.get(deck.id, 0) + early[deck.id]
        introduced, reviewed = done.get(deck.id, (0, 0))
        due_waits, new_waits = _waiting(connection, deck, today, start)
        due -= due_waits
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
                new=new_today(
                    never.get(deck.id, 0) - new_waits, deck.new_per_day, introduced, today, scheduling.exam
                ),
                unseen=never.get(deck.id, 0),
                learning=again[deck.id],
                later=due - asked,
            )
        )
    return tuple(result)


def _numbers(connection: Connection, *where: ColumnElement[bool]) -> dict[int, int]:
    """How many cards each deck has of some; deck by deck, because the index on days begins with the deck."""
    query = select(CARD.c.deck_id, func.count()).where(*where, CARD.c.deck_id.in_(select(DECK.c.id)))
    return {row[0]: row[1] for row in connection.execute(query.group_by(CARD.c.deck_id))}


def _waiting(connection: Connection, deck: Any, today: date, start: datetime) -> tuple[int, int]:
    """How many cards of a deck would be due and how many new, if they did not wait for another one."""
    if not DERIVED.intersection(deck.kinds):
        return 0, 0
    here = and_(*HERE, not_buried(today), waits(today, start), CARD.c.deck_id == deck.id)
    query = select(func.count().filter(day_has_come(today, start)), func.count().filter(NEW)).where(here)
    due, new = connection.execute(query).one()
    return due, new


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
    query = select(CARD.c.due, func.count()).where(*HERE, CARD.c.due.between(first, last))
    query = query.where(CARD.c.deck_id.in_(select(DECK.c.id))).group_by(CARD.c.due)
    return {day: count for day, count in connection.execute(query) if day is not None}
