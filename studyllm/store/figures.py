"""What the log and the cards add up to: the database counts, so that a long log is never read into memory."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Numeric,
    Select,
    and_,
    case,
    cast,
    func,
    or_,
    select,
    true,
    type_coerce,
)

from studyllm.schedule import Day
from studyllm.store.clock import Clock, date_of
from studyllm.store.database import Database
from studyllm.store.due import NEW
from studyllm.store.sql import elements, larger, member, smaller
from studyllm.store.tables import CARD, DECK, LOG, STANDING, Utc
from studyllm.store.tallies import (
    AGES,
    LONGEST_ANSWER,
    Answers,
    Cell,
    Ease,
    Hard,
    MissedPoint,
    Overruled,
    Span,
    Strength,
    Timed,
    Turn,
)
from studyllm.verdicts import GOES_WITH, Confidence

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
                LOG.c.chosen.label("chosen"),
                smaller(_SECONDS, LONGEST_ANSWER).label("seconds"),
                member(LOG.c.detail, "own_confidence", int).label("sure"),
            )
            # Materialized, or SQLite reads the JSON again for every place where a value is used.
            told = each.cte("told").prefix_with("MATERIALIZED").c
            age = case(
                (told.last.is_(None), 0),
                *((told.interval >= edge, place) for place, edge in reversed(tuple(enumerate(AGES, 1)))),
                else_=1,
            )
            later = case((clock.day(told.at) > clock.day(told.last), 1), else_=0)
            # One number instead of four: it is quicker to sort.
            key = ((clock.day(told.at) * 24 + clock.hour(told.at)) * 16 + age) * 2 + later
            grades = (func.count().filter(told.chosen == grade) for grade in range(6))
            weighed = (
                func.count().filter(told.sure == level, *recalled)
                for level in Confidence
                for recalled in ((), (told.chosen >= 3,))
            )
            seconds = func.coalesce(func.sum(told.seconds), 0.0)
            query = select(key.label("key"), seconds, *grades, *weighed).group_by("key").order_by("key")
            return tuple(_cell(*row) for row in connection.execute(query))

    def strengths(self, day: Day, now: datetime, deck: str | None = None) -> tuple[Strength, ...]:
        """The cards that were asked so far and can be asked again, in groups."""
        first = select(type_coerce(func.min(CARD.c.reviewed), Utc)).where(CARD.c.reviewed.is_not(None))
        with self._database.read() as connection:
            if (since := connection.scalar(first)) is None:
                return ()
            clock = Clock(day, since - timedelta(days=1), now)
            on = clock.day(clock.local(type_coerce(CARD.c.reviewed, Utc))).label("on")
            stability = func.round(cast(member(CARD.c.memory, "stability", float) * 10, Numeric)).label(
                "tenths"
            )
            today = day.of(now)
            owed = or_(CARD.c.again.is_not(None), CARD.c.id.in_(_missed_since(day.start(today))))
            query = (
                select(
                    DECK.c.name,
                    on,
                    CARD.c.interval,
                    stability,
                    case((owed, 1), else_=0).label("owed"),
                    func.count(),
                )
                .join_from(CARD, DECK)
                .where(*_asked(deck))
                .group_by(DECK.c.name, "on", CARD.c.interval, "tenths", "owed")
            )
            rows = connection.execute(query.execution_options(yield_per=1000))
            return tuple(
                Strength(
                    name,
                    max(0, (today - date_of(number)).days),
                    interval,
                    None if tenths is None else float(tenths) / 10,
                    bool(owed),
                    cards,
                )
                for name, number, interval, tenths, owed, cards in rows
            )

    def eases(self, deck: str | None = None) -> tuple[Ease, ...]:
        """The same cards by how hard they are."""
        difficulty = func.round(cast(member(CARD.c.memory, "difficulty", float), Numeric)).label("difficulty")
        tenths = func.round(cast(CARD.c.ease * 10, Numeric)).label("tenths")
        query = select(difficulty, tenths, func.count()).where(*_asked(deck)).group_by("difficulty", "tenths")
        with self._database.read() as connection:
            return tuple(
                Ease(None if hard is None else int(hard), float(ease) / 10, cards)
                for hard, ease, cards in connection.execute(query)
            )

    def forecast(self, first: date, days: int, deck: str | None = None) -> tuple[int, ...]:
        """How many cards are due on each of so many days; what is overdue counts on the first, and so does what
        is asked before its day."""
        last = first + timedelta(days=days - 1)
        early = and_(CARD.c.early_look.is_not(None), ~NEW)
        on = case((early, type_coerce(first, CARD.c.due.type)), else_=larger(CARD.c.due, first))
        query = select(on, func.count()).where(CARD.c.gone_at.is_(None), CARD.c.suspended.is_(False))
        # Deck by deck, because the index on days begins with the deck.
        query = query.where(
            or_(CARD.c.due <= last, early), CARD.c.due.is_not(None), CARD.c.deck_id.in_(_decks(deck))
        ).group_by(on)
        with self._database.read() as connection:
            found = dict(map(tuple, connection.execute(query)))
        return tuple(found.get(first + timedelta(days=number), 0) for number in range(days))

    def timed(self, latest: int) -> tuple[Timed, ...]:
        """The latest reviews that were timed, at most so many; the newest first."""
        query = select(LOG.c.at, smaller(_SECONDS, LONGEST_ANSWER), LOG.c.chosen)
        query = query.where(LOG.c.event == "review", STANDING).order_by(LOG.c.id.desc()).limit(latest)
        with self._database.read() as connection:
            return tuple(Timed(*row) for row in connection.execute(query) if row[1] is not None)

    def answers(self, deck: str | None, latest: int) -> tuple[Answers, ...]:
        """The latest answers, at most so many, by turn and grade."""
        turn = case(
            (LOG.c.before.is_(None), Turn.FIRST.value),
            (member(LOG.c.before, "again").is_not(None), Turn.AGAIN.value),
            else_=Turn.LATER.value,
        )
        query = select(turn.label("turn"), LOG.c.chosen, smaller(_SECONDS, LONGEST_ANSWER).label("seconds"))
        query = query.where(LOG.c.event == "review", STANDING)
        if deck is not None:
            query = query.where(LOG.c.card_id.in_(select(CARD.c.id).where(CARD.c.deck_id.in_(_decks(deck)))))
        each = query.order_by(LOG.c.id.desc()).limit(latest).subquery().c
        sums = (func.count(), func.count(each.seconds), func.coalesce(func.sum(each.seconds), 0.0))
        with self._database.read() as connection:
            rows = connection.execute(select(each.turn, each.chosen, *sums).group_by(each.turn, each.chosen))
            return tuple(Answers(Turn(turn), *rest) for turn, *rest in rows)

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
        """For each label of verdicts, how often the learner chose a grade that goes with another one than
        was suggested."""
        labels = GOES_WITH.items()
        better = or_(
            *(and_(LOG.c.verdict == one.value, LOG.c.chosen > max(grades)) for one, grades in labels)
        )
        worse = or_(*(and_(LOG.c.verdict == one.value, LOG.c.chosen < min(grades)) for one, grades in labels))
        query = _reviews(
            span,
            LOG.c.verdict,
            func.count(),
            func.count().filter(better, LOG.c.chosen > LOG.c.suggested),
            func.count().filter(worse, LOG.c.chosen < LOG.c.suggested),
        )
        query = query.where(LOG.c.verdict.is_not(None), LOG.c.suggested.is_not(None))
        with self._database.read() as connection:
            rows = connection.execute(query.group_by(LOG.c.verdict).order_by(LOG.c.verdict))
            return tuple(Overruled(*row) for row in rows)


def _cell(key: int, seconds: float, *counts: int) -> Cell:
    """A group of reviews from its number and its counts."""
    rest, later = divmod(key, 2)
    rest, age = divmod(rest, 16)
    number, hour = divmod(rest, 24)
    grades, weighed = counts[:6], counts[6:]
    return Cell(
        day=date_of(number),
        hour=hour,
        age=(0, *AGES)[age],
        later=bool(later),
        reviews=sum(grades),
        recalled=sum(grades[3:]),
        seconds=seconds,
        grades=grades,
        weighed=tuple(zip(weighed[::2], weighed[1::2], strict=True)),
    )


def _asked(deck: str | None) -> tuple[ColumnElement[bool], ...]:
    """Cards that were asked at least once and can be asked again."""
    here = (CARD.c.gone_at.is_(None), CARD.c.suspended.is_(False), CARD.c.due.is_not(None))
    return (*here, CARD.c.deck_id.in_(_decks(deck)))


def _missed_since(start: datetime) -> Select[Any]:
    """The cards whose last answer since then did not recall them."""
    told = (LOG.c.event == "review", STANDING, LOG.c.at >= start)
    last = select(func.max(LOG.c.id)).where(*told).group_by(LOG.c.card_id)
    return select(LOG.c.card_id).where(LOG.c.id.in_(last), _FAILED)


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
