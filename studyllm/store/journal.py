"""The log: what happened, told again, taken back, and held against what the cards say."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, Row, and_, case, func, insert, or_, select, type_coerce

from studyllm.schedule import Grade
from studyllm.schedule.compare import History
from studyllm.store import bulk, events, rebuild
from studyllm.store.bulk import BULK
from studyllm.store.columns import progress_of, scheduling_of
from studyllm.store.database import Database
from studyllm.store.decks import DELETED, RENAMED, deck_id
from studyllm.store.details import SETS
from studyllm.store.imports import DROPPED
from studyllm.store.past import PAST
from studyllm.store.rebuild import Difference
from studyllm.store.records import RESET, LogEntry, Review
from studyllm.store.rows import log_entry, review_of
from studyllm.store.sql import member
from studyllm.store.tables import CARD, DECK, LOG, STANDING, Utc

_HERE = func.coalesce(member(LOG.c.detail, "source"), "") == ""
"""What another program recorded came with an import, and goes with it."""
_NOT_OF_CARDS = ("undo", "import", PAST, "scheduling", RENAMED, DELETED)
_DROPPED = and_(LOG.c.event == "import", member(LOG.c.detail, DROPPED, int) == 1)


class Journal:
    """The log of one database. Rows are only ever added: what is taken back stands there as undone."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self, since: datetime | None = None, *, card: int | None = None) -> Iterator[LogEntry]:
        """What happened, oldest first."""
        query = select(LOG, CARD.c.term, CARD.c.kind, (~STANDING).label("undone"))
        query = query.outerjoin(CARD, LOG.c.card_id == CARD.c.id).order_by(LOG.c.id)
        if since is not None:
            query = query.where(LOG.c.at >= since)
        if card is not None:
            query = query.where(LOG.c.card_id == card)
        with self._database.read() as connection:
            for row in connection.execute(query.execution_options(yield_per=500)):
                yield log_entry(row, row.term, row.kind, undone=row.undone)

    def latest(self, count: int, *, undone: bool = False) -> tuple[LogEntry, ...]:
        """The last things that happened and stand, the newest first: the order in which they can be taken back."""
        query = select(LOG, CARD.c.term, CARD.c.kind, (~STANDING).label("undone"))
        query = query.outerjoin(CARD, LOG.c.card_id == CARD.c.id).where(LOG.c.event != "undo", _HERE)
        if not undone:
            query = query.where(STANDING)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(LOG.c.id.desc()).limit(count))
            return tuple(log_entry(row, row.term, row.kind, undone=row.undone) for row in rows)

    def when(self) -> datetime | None:
        """When something last happened."""
        with self._database.read() as connection:
            return connection.scalar(select(LOG.c.at).order_by(LOG.c.id.desc()).limit(1))

    def judged(self, card_id: int | None = None, limit: int = 300) -> tuple[Review, ...]:
        """The last reviews that stand and had a verdict, newest first: of one card, or of all since the last
        time the learner's calibration was reset."""
        query = select(LOG).where(LOG.c.event == "review", LOG.c.score.is_not(None), STANDING)
        if card_id is not None:
            query = query.where(LOG.c.card_id == card_id)
        else:
            reset = select(func.coalesce(func.max(LOG.c.id), 0)).where(LOG.c.event == RESET, STANDING)
            query = query.where(LOG.c.id > reset.scalar_subquery())
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(LOG.c.id.desc()).limit(limit))
            return tuple(review_of(row) for row in rows)

    def grades(self, card_id: int, since: datetime) -> tuple[Grade, ...]:
        """The grades that a card had since a moment and that stand, the first one first."""
        query = select(type_coerce(LOG.c.chosen, Integer)).where(
            LOG.c.card_id == card_id, LOG.c.event == "review", STANDING
        )
        with self._database.read() as connection:
            return tuple(map(Grade, connection.scalars(query.where(LOG.c.at >= since).order_by(LOG.c.id))))

    def histories(self, deck: str | None = None, since: datetime | None = None) -> dict[int, History]:
        """The reviews that stand, of each card since it was last made new, oldest first: those that came from elsewhere
        may be older than others that the log had before. With a moment, those since then."""
        when = type_coerce(LOG.c.at, Utc)
        query = select(
            type_coerce(LOG.c.card_id, Integer),
            LOG.c.event,
            when,
            type_coerce(LOG.c.chosen, Integer),
            case((LOG.c.event == BULK, LOG.c.detail)),
        )
        query = query.where(LOG.c.event.in_(("review", "reset", BULK)), STANDING).order_by(LOG.c.id)
        if since is not None:
            query = query.where(LOG.c.at >= since)
        found: dict[int, list[tuple[datetime, Grade]]] = {}
        with self._database.read() as connection:
            if deck is not None:
                query = query.outerjoin(CARD, CARD.c.id == LOG.c.card_id)
                mine = CARD.c.deck_id == deck_id(connection, deck)
                query = query.where(or_(LOG.c.event == BULK, mine))
            for card, event, at, grade, detail in connection.execute(query.execution_options(yield_per=2000)):
                if event == BULK:
                    for one, _ in bulk.after(detail) if detail["does"] == "reset" else ():
                        found.pop(one, None)
                elif event == "reset":
                    found.pop(card, None)
                else:
                    found.setdefault(card, []).append((at, Grade(grade)))
        return {card: tuple(sorted(history)) for card, history in found.items()}

    def times(self, cards: Collection[int]) -> dict[int, set[datetime]]:
        """When each card was reviewed, to the millisecond, also before it was made new; what was taken back is not in
        it."""
        found: dict[int, set[datetime]] = {}
        query = select(LOG.c.card_id, LOG.c.at).where(LOG.c.event == "review", STANDING)
        asked = set(cards)
        with self._database.read() as connection:
            for card, at in connection.execute(query.execution_options(yield_per=2000)):
                if card in asked:
                    found.setdefault(card, set()).add(at.replace(microsecond=at.microsecond // 1000 * 1000))
        return found

    def undo(self, at: datetime, *, imports: bool = True) -> LogEntry | None:
        """Takes back the last row of the log that still stands, or the last that the learner did to cards or searches;
        None when there is none. What was dropped at once, in several decks, comes back at once."""
        with self._database.write() as connection:
            if (row := _next_undone(connection, imports=imports)) is None:
                return None
            also = _dropped_with(connection, row)
            for one in (row, *also):
                events.take_back(connection, one, at)
            return _entry(connection, row, also, undone=True)

    def next_undone(self, *, imports: bool = True) -> LogEntry | None:
        """What `undo` would take back."""
        with self._database.read() as connection:
            row = _next_undone(connection, imports=imports)
            return (
                None if row is None else _entry(connection, row, _dropped_with(connection, row), undone=False)
            )

    def holds_back(self) -> LogEntry | None:
        """The later change that has to be taken back before the last thing that the learner did to cards can be; None
        where nothing keeps it."""
        with self._database.read() as connection:
            row = _last_standing(connection, imports=False)
            held = None if row is None else _moved_since(connection, row)
            return None if held is None else _entry(connection, held, (), undone=False)

    def reset_calibration(self, at: datetime) -> None:
        """From now on the learner's calibration is learnt anew; the log keeps what was, and undo takes it back."""
        with self._database.write() as connection:
            connection.execute(insert(LOG).values(at=at, event=RESET))

    def differences(self) -> tuple[Difference, ...]:
        """Cards whose schedule is not what the log says."""
        with self._database.read() as connection:
            return tuple(rebuild.differences(connection, self._database.dialect))

    def follow_cards(self, unread: Collection[int], at: datetime) -> None:
        """Makes the log say where the cards stand, but for those whose rows could not be read: a log that lost rows
        knows less than the cards."""
        with self._database.write() as connection:
            differing = list(rebuild.differences(connection, self._database.dialect))
            for one in differing:
                if one.card in unread:
                    rebuild.repair(connection, one)
            told = [(one.card, one) for one in differing if one.card is not None and one.card not in unread]
            cards = {card: one.log for card, one in told if one.what == "progress"}
            stand = {r.id: progress_of(r) for r in bulk.rows(connection, list(cards), CARD)}
            bulk.move(connection, "due", {c: (cards[c], now) for c, now in stand.items()}, at)
            for event, column in SETS.items():
                had = {card: one.log for card, one in told if one.what == column}
                rows = bulk.rows(connection, list(had), CARD.c.id, bulk.column(event).label("value"))
                bulk.put(connection, event, {row.id: (had[row.id], row.value) for row in rows}, at)
            for one in differing:
                if one.card is None:
                    query = select(DECK.c.scheduling).where(DECK.c.name == one.name)
                    now = scheduling_of(connection.scalar(query))
                    events.reschedule(connection, one.name, now, {}, at)

    def repair(self) -> tuple[Difference, ...]:
        """Makes every card's schedule what the log says; what was not."""
        with self._database.write() as connection:
            found = tuple(rebuild.differences(connection, self._database.dialect))
            for one in found:
                rebuild.repair(connection, one)
            return found


def _next_undone(connection: Connection, *, imports: bool) -> Row[Any] | None:
    """The last row that still stands, or the last that the learner did to cards or searches; None where such a card was
    moved with its deck since, which has to be taken back first."""
    row = _last_standing(connection, imports=imports)
    return None if row is None or (not imports and _moved_since(connection, row)) else row


def _last_standing(connection: Connection, *, imports: bool) -> Row[Any] | None:
    """The last row that still stands, or the last that the learner did to cards or searches."""
    wanted = LOG.c.event != "undo" if imports else or_(LOG.c.event.not_in(_NOT_OF_CARDS), _DROPPED)
    query = select(LOG).where(wanted, STANDING, _HERE)
    return connection.execute(query.order_by(LOG.c.id.desc()).limit(1)).one_or_none()


def _moved_since(connection: Connection, row: Row[Any]) -> Row[Any] | None:
    """The last change of a schedule, or history that was imported, after a row that moved its card; or any card, where
    the row is of several."""
    later = LOG.c.id > row.id, LOG.c.event.in_(("scheduling", PAST)), STANDING
    for one in connection.execute(select(LOG).where(*later).order_by(LOG.c.id.desc())):
        if one.detail["cards"] if row.card_id is None else str(row.card_id) in one.detail["cards"]:
            return one
    return None


def _dropped_with(connection: Connection, row: Row[Any]) -> Sequence[Row[Any]]:
    """The other rows of what was dropped at once, the newest first."""
    if row.event != "import" or DROPPED not in row.detail:
        return ()
    query = select(LOG).where(_DROPPED, STANDING, LOG.c.at == row.at, LOG.c.id < row.id)
    return connection.execute(query.order_by(LOG.c.id.desc())).all()


def _entry(connection: Connection, row: Row[Any], also: Sequence[Row[Any]], *, undone: bool) -> LogEntry:
    """A row, with the counts of those that go with it."""
    entry = log_entry(row, *_card(connection, row), undone=undone)
    if not also or entry.detail is None:
        return entry
    gone = sum(one.detail["counts"].get("gone", 0) for one in (row, *also))
    return replace(entry, detail=entry.detail | {"counts": {"gone": gone}, "about": ""})


def _card(connection: Connection, row: Row[Any]) -> tuple[str | None, str | None]:
    """Term and kind of the card that a row is about."""
    found = connection.execute(select(CARD.c.term, CARD.c.kind).where(CARD.c.id == row.card_id)).one_or_none()
    return (found.term, found.kind) if found else (None, None)
