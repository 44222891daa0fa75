"""What the log and the cards add up to: the database counts, so that a long log is never read into memory."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    false,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from studyllm.schedule import Day
from studyllm.store.clock import Clock, date_of
from studyllm.store.database import Database
from studyllm.store.events import STANDING
from studyllm.store.sql import elements, larger, member, smaller
from studyllm.store.tables import CARD, DECK, LOG, Utc
from studyllm.store.tallies import AGES, LONGEST_ANSWER, Cell, Hard, MissedPoint, Overruled, Span

_AT: ColumnElement[datetime] = type_coerce(LOG.c.at, Utc)
_SECONDS = member(LOG.c.detail, "seconds", float)
_INTERVAL = member(LOG.c.before, "interval", int)
_CARD = (LOG.c.card_id + 0).label("card")
"""Not the bare column: SQLite would follow its index, card by card all over the file, and not read the log once."""
_FAILED = LOG.c.chosen < 3


class Figures:
    """Counts over one database; reviews that were taken back do not count."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def per_day(self, day: Day, span: Span) -> Mapping[date, int]:
        """How many reviews each study day had."""
        with self._database.read() as connection:
            clock = _clock(connection, day, span)
            if clock is None:
                return {}
            number = clock.day(clock.local(_AT)).label("day")
            query = _reviews(span, number, func.count()).group_by("day")
            return {date_of(day): count for day, count in connection.execute(query)}

    def cells(self, day: Day, span: Span) -> tuple[Cell, ...]:
        """All reviews of a span, in groups."""
        with self._database.read() as connection:
            clock = _clock(connection, day, span)
            if clock is None:
                return ()
            each = _reviews(
                span,
                clock.local(_AT).label("at"),
                clock.local(member(LOG.c.before, "reviewed")).label("last"),
                _INTERVAL.label("interval"),
                (~_FAILED).label("recalled"),
                smaller(_SECONDS, LONGEST_ANSWER).label("seconds"),
            )
            # Materialized, or SQLite reads the JSON again for every place where a value is used.
            told = each.cte("told").prefix_with("MATERIALIZED").c
            age = case(
                (told.last.is_(None), 0),
                *((told.interval >= edge, edge) for edge in reversed(AGES)),
                else_=AGES[0],
            )
            keys = (
                clock.day(told.at).label("day"),
                clock.hour(told.at).label("hour"),
                age.label("age"),
                func.coalesce(clock.day(told.at) > clock.day(told.last), false()).label("later"),
            )
            sums = (
                func.count(),
                func.count().filter(told.recalled),
                func.coalesce(func.sum(told.seconds), 0.0),
            )
            query = select(*keys, *sums).group_by("day", "hour", "age", "later").order_by("day", "hour")
            return tuple(
                Cell(date_of(number), hour, age, bool(later), *rest)
                for number, hour, age, later, *rest in connection.execute(query)
            )

    def forecast(self, first: date, days: int, deck: str | None = None) -> tuple[int, ...]:
        """How many cards are due on each of so many days; what is overdue counts on the first."""
        last = first + timedelta(days=days - 1)
        on = larger(CARD.c.due, first)
        query = select(on, func.count()).where(CARD.c.gone_at.is_(None), CARD.c.suspended.is_(False))
        # Deck by deck, because the index on days begins with the deck.
        query = query.where(CARD.c.due <= last, CARD.c.deck_id.in_(_decks(deck))).group_by(on)
        with self._database.read() as connection:
            found = dict(map(tuple, connection.execute(query)))
        return tuple(found.get(first + timedelta(days=number), 0) for number in range(days))

    def seconds(self, latest: int) -> tuple[float, ...]:
        """How long the answers took that were timed, of the latest ones; the newest first."""
        query = select(smaller(_SECONDS, LONGEST_ANSWER)).where(LOG.c.event == "review", STANDING)
        query = query.order_by(LOG.c.id.desc()).limit(latest)
        with self._database.read() as connection:
            return tuple(seconds for seconds in connection.scalars(query) if seconds is not None)

    def hardest(self, span: Span, count: int) -> tuple[Hard, ...]:
        """The cards in the notes that were most often not recalled."""
        failed = func.count().filter(_FAILED)
        each = _reviews(span, _CARD, func.count().label("reviews"), failed.label("failed"))
        sums = each.group_by(_CARD).having(failed > 0).subquery()
        query = (
            select(CARD.c.id, CARD.c.term, DECK.c.name, sums.c.reviews, sums.c.failed)
            .join_from(sums, CARD, CARD.c.id == sums.c.card)
            .join(DECK, DECK.c.id == CARD.c.deck_id)
            .where(CARD.c.gone_at.is_(None))
            .order_by(sums.c.failed.desc(), sums.c.reviews, CARD.c.id)
        )
        with self._database.read() as connection:
            return tuple(Hard(*row) for row in connection.execute(query.limit(count)))

    def missed(self, span: Span, count: int) -> tuple[MissedPoint, ...]:
        """The points that were missed or said wrong most often, of cards in the notes: as the verdict had it, or the
        learner. What may be left out is not missed."""
        said = elements(LOG.c.detail, "points", "said").c.value
        text, extra = member(said, "text"), member(said, "extra")
        state = func.coalesce(member(said, "own"), member(said, "state"))
        times = func.count().label("times")
        each = (
            _reviews(span, _CARD, text.label("point"), times)
            .join(said.table, true())
            .where(
                LOG.c.verdict.is_not(None),
                or_(state == "contradicted", and_(state == "missed", extra.is_(None))),
            )
            .group_by(_CARD, "point")
            .subquery()
        )
        query = (
            select(CARD.c.id, CARD.c.term, each.c.point, each.c.times)
            .join_from(each, CARD, CARD.c.id == each.c.card)
            .where(CARD.c.gone_at.is_(None))
            .order_by(each.c.times.desc(), CARD.c.id, each.c.point)
        )
        with self._database.read() as connection:
            return tuple(MissedPoint(*row) for row in connection.execute(query.limit(count)))

    def overruled(self, span: Span) -> tuple[Overruled, ...]:
        """For each label of verdicts, how often the learner chose another grade than the suggested one."""
        query = _reviews(
            span,
            LOG.c.verdict,
            func.count(),
            func.count().filter(LOG.c.chosen > LOG.c.suggested),
            func.count().filter(LOG.c.chosen < LOG.c.suggested),
        )
        query = query.where(LOG.c.verdict.is_not(None), LOG.c.suggested.is_not(None))
        with self._database.read() as connection:
            rows = connection.execute(query.group_by(LOG.c.verdict).order_by(LOG.c.verdict))
            return tuple(Overruled(*row) for row in rows)


def _decks(deck: str | None) -> Select[Any]:
    query = select(DECK.c.id)
    return query if deck is None else query.where(DECK.c.name == deck)


def _reviews(span: Span, *columns: ColumnElement[Any] | Any) -> Select[Any]:
    """Columns of the reviews of a span that stand."""
    query = select(*columns).select_from(LOG)
    query = query.where(LOG.c.event == "review", STANDING, LOG.c.at <= span.until)
    if span.since is not None:
        query = query.where(LOG.c.at >= span.since)
    if span.deck is not None:
        of_deck = select(CARD.c.id).where(CARD.c.deck_id.in_(_decks(span.deck)))
        query = query.where(LOG.c.card_id.in_(of_deck))
    return query


def _clock(connection: Connection, day: Day, span: Span) -> Clock | None:
    """The learner's clock since the log began, and a card's earlier review with it; None before the first row."""
    first: datetime | None = connection.scalar(select(type_coerce(func.min(LOG.c.at), Utc)))
    return None if first is None else Clock(day, first - timedelta(days=1), span.until)
