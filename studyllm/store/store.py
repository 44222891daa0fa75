"""One home's cards, progress and log: a method is one transaction."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, Engine, and_, func, insert, or_, select, update
from sqlalchemy.orm import Session, aliased

from studyllm.cards import Deck
from studyllm.errors import InputError, StalePlan
from studyllm.schedule import Progress
from studyllm.store import imports
from studyllm.store.database import connect, explained
from studyllm.store.records import (
    RESET,
    Changes,
    Counts,
    LogEntry,
    NoteFile,
    Review,
    StudyCard,
    deck_of,
    log_entry,
    progress_columns,
    progress_from_json,
    progress_json,
    review_of,
    study_card,
)
from studyllm.store.tables import CardRow, DeckRow, LogRow

_ASKABLE = (CardRow.gone_at.is_(None), CardRow.suspended.is_(False))
_UNDO = aliased(LogRow)
_STANDING = ~select(_UNDO.id).where(_UNDO.undoes == LogRow.id).exists()
"""A log row that no later row undoes."""


def _asked_at(now: datetime) -> ColumnElement[bool]:
    return or_(CardRow.due <= now, and_(CardRow.due.is_not(None), CardRow.early_look.is_not(None)))


class Store:
    """The database of one home. Open it with a path, close it when done; any thread may use it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine: Engine = connect(path)
        self._writer = self._engine.execution_options(write=True)

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def trouble(self) -> str:
        """What SQLite finds wrong with the file; empty when all is well."""
        with explained(self.path), self._engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalars().all()
            orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if found != ["ok"]:
            return f"{self.path} is damaged: {found[0]}"
        return f"{len(orphans)} rows point to nothing" if orphans else ""

    # Decks

    def decks(self) -> tuple[Deck, ...]:
        """Every deck, by name."""
        with explained(self.path), Session(self._engine) as session:
            return tuple(deck_of(row) for row in session.scalars(select(DeckRow).order_by(DeckRow.name)))

    # Cards

    def cards(self, deck: str | None = None, *, gone: bool = False) -> Iterator[StudyCard]:
        """Cards in the order of the notes; those no longer in the notes only on request."""
        query = select(CardRow, DeckRow.name).join_from(CardRow, DeckRow)
        query = query.order_by(DeckRow.name, CardRow.path, CardRow.line, CardRow.id)
        if deck is not None:
            query = query.where(CardRow.deck_id == self._deck_id(deck))
        if not gone:
            query = query.where(CardRow.gone_at.is_(None))
        with explained(self.path), Session(self._engine) as session:
            for row, name in session.execute(query.execution_options(yield_per=500)):
                yield study_card(row, name)

    def card(self, card_id: int) -> StudyCard:
        """One card; raises InputError when there is none of that id."""
        query = select(CardRow, DeckRow.name).join_from(CardRow, DeckRow).where(CardRow.id == card_id)
        with explained(self.path), Session(self._engine) as session:
            found = session.execute(query).one_or_none()
        if found is None:
            raise InputError(f"There is no card {card_id}; `studyllm cards` lists them.")
        return study_card(*found)

    def cards_of_files(self, deck: str, paths: Collection[str]) -> Iterator[StudyCard]:
        """The cards of those notes, and all that are gone from the deck and might be back."""
        query = select(CardRow, DeckRow.name).join_from(CardRow, DeckRow).where(DeckRow.name == deck)
        with explained(self.path), Session(self._engine) as session:
            for row, name in session.execute(query.order_by(CardRow.path, CardRow.line, CardRow.id)):
                if row.gone_at is not None or row.path in paths:
                    yield study_card(row, name)

    def texts(self, deck: str) -> tuple[tuple[str, str], ...]:
        """Term and answer of all cards of a deck, those that are gone as well."""
        query = select(CardRow.term, CardRow.answer).join(DeckRow).where(DeckRow.name == deck)
        with explained(self.path), self._engine.connect() as connection:
            return tuple((term, answer) for term, answer in connection.execute(query))

    def count(self, deck: str) -> int:
        """Cards of a deck that are in its notes; 0 for a deck that is not there yet."""
        query = (
            select(func.count(CardRow.id))
            .join(DeckRow)
            .where(DeckRow.name == deck, CardRow.gone_at.is_(None))
        )
        with explained(self.path), self._engine.connect() as connection:
            return connection.scalar(query) or 0

    # Imports

    def note_files(self, deck: str) -> tuple[NoteFile, ...]:
        """The deck's notes as they were last read; none for a deck that is not there yet."""
        with explained(self.path), self._engine.connect() as connection:
            return imports.note_files(connection, deck)

    def last_import(self) -> int:
        """The id of the log row of the last import, or of an undo; 0 when there is none."""
        with explained(self.path), self._engine.connect() as connection:
            return imports.last_import(connection)

    def apply(
        self,
        deck: Deck,
        changes: Changes,
        at: datetime,
        counts: Mapping[str, int] | None = None,
        as_of: int | None = None,
    ) -> int | None:
        """An import, all of it or nothing; the id of its log row, or None when no card changed. Raises StalePlan
        when there was another one after `as_of`."""
        with explained(self.path), self._writer.begin() as connection:
            if as_of is not None and imports.last_import(connection) != as_of:
                raise StalePlan("The cards changed meanwhile. Nothing was imported; look at the plan again.")
            return imports.apply(connection, deck, changes, at, counts or {})

    # What is due

    def due(self, deck: str | None, now: datetime, limit: int | None = None) -> tuple[StudyCard, ...]:
        """Cards whose time has come or whose definition changed, the longest overdue first."""
        return self._askable(deck, (_asked_at(now),), (CardRow.due, CardRow.id), limit)

    def new(self, deck: str | None, limit: int | None = None) -> tuple[StudyCard, ...]:
        """Cards never reviewed, in the order of the notes."""
        order = (CardRow.path, CardRow.line, CardRow.id)
        return self._askable(deck, (CardRow.due.is_(None),), order, limit)

    def _askable(
        self,
        deck: str | None,
        where: Sequence[ColumnElement[bool]],
        order: Sequence[Any],
        limit: int | None,
    ) -> tuple[StudyCard, ...]:
        query = select(CardRow, DeckRow.name).join_from(CardRow, DeckRow).where(*_ASKABLE, *where)
        if deck is not None:
            query = query.where(CardRow.deck_id == self._deck_id(deck))
        with explained(self.path), Session(self._engine) as session:
            rows = session.execute(query.order_by(*order).limit(limit))
            return tuple(study_card(row, name) for row, name in rows)

    def counts(self, now: datetime, today: datetime) -> tuple[Counts, ...]:
        """Every deck's counts, with today's limits; `today` is when the study day began."""
        due = func.count().filter(_asked_at(now), *_ASKABLE)
        unseen = func.count().filter(CardRow.due.is_(None), *_ASKABLE)
        cards = func.count(CardRow.id).filter(CardRow.gone_at.is_(None))
        query = select(DeckRow, cards, due, unseen).outerjoin(CardRow, CardRow.deck_id == DeckRow.id)
        with explained(self.path), Session(self._engine) as session:
            done = self._done_today(session, today)
            found = session.execute(query.group_by(DeckRow.id).order_by(DeckRow.name)).all()
        result = []
        for deck, total, due_now, never in found:
            introduced, reviewed = done.get(deck.id, (0, 0))
            result.append(
                Counts(
                    deck=deck.name,
                    cards=total,
                    due=min(due_now, max(0, deck.reviews_per_day - reviewed)),
                    new=min(never, max(0, deck.new_per_day - introduced)),
                    unseen=never,
                )
            )
        return tuple(result)

    @staticmethod
    def _done_today(session: Session, today: datetime) -> dict[int, tuple[int, int]]:
        """By deck id: new cards introduced, and cards reviewed again, since then."""
        first = func.count().filter(LogRow.before.is_(None))
        again = func.count().filter(LogRow.before.is_not(None))
        query = (
            select(CardRow.deck_id, first, again)
            .join_from(LogRow, CardRow, LogRow.card_id == CardRow.id)
            .where(LogRow.event == "review", LogRow.at >= today, _STANDING)
            .group_by(CardRow.deck_id)
        )
        return {deck: (introduced, reviewed) for deck, introduced, reviewed in session.execute(query)}

    # The log

    def record(self, review: Review) -> int:
        """Saves a graded answer and the card's new progress together; returns the id of its log row.
        Raises InputError when the card was moved since: no schedule is overwritten unseen."""
        values = {
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
        }
        where = CardRow.id == review.card_id
        with explained(self.path), Session(self._writer) as session, session.begin():
            card = session.execute(
                select(CardRow, DeckRow.name).join_from(CardRow, DeckRow).where(where)
            ).one()
            now = study_card(*card)
            if now.progress != review.before:
                raise InputError(
                    f"{card[0].term} was reviewed elsewhere meanwhile. "
                    "Its newer schedule was kept; this answer was not counted."
                )
            connection = session.connection()
            detail = dict(review.detail or {}) | ({"early_look": now.early_look} if now.early_look else {})
            values["detail"] = detail or None
            self._set_progress(connection, review.card_id, review.after, early_look=None)
            row = connection.execute(insert(LogRow).values(**values).returning(LogRow.id)).one()
        return int(row[0])

    def suspend(self, card_id: int, at: datetime, *, suspended: bool = True) -> None:
        """Takes a card out of the questions, or back in; raises InputError when there is none of that id."""
        before = self.card(card_id).suspended
        if before == suspended:
            return
        with explained(self.path), self._writer.begin() as connection:
            self._set_suspended(connection, card_id, suspended)
            values = {"at": at, "event": "suspend", "card_id": card_id, "detail": {"suspended": before}}
            connection.execute(insert(LogRow).values(**values))

    def set_points(self, card: StudyCard, points: Sequence[str], at: datetime) -> None:
        """The learner's own points for a card's definition as it was shown; none: the note's again."""
        own = {"answer": card.card.answer, "points": list(points)} if points else None
        with explained(self.path), self._writer.begin() as connection:
            where = CardRow.id == card.id
            before = connection.scalar(select(CardRow.own_points).where(where))
            if before == own:
                return
            connection.execute(update(CardRow).where(where).values(own_points=own))
            values = {"at": at, "event": "points", "card_id": card.id, "detail": {"own_points": before}}
            connection.execute(insert(LogRow).values(**values))

    def undo(self, at: datetime, only: str | None = None) -> LogEntry | None:
        """Takes back the last row of the log that still stands, or the last of `only` that event; None when there
        is none."""
        undoable = LogRow.event.in_((only,)) if only else LogRow.event != "undo"
        query = select(LogRow.__table__).where(undoable, _STANDING).order_by(LogRow.id.desc()).limit(1)
        with explained(self.path), self._writer.begin() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            detail = row.detail or {}
            if row.event == "import":
                imports.undo(connection, detail, at)
            elif row.event == "suspend":
                self._set_suspended(connection, row.card_id, detail["suspended"])
            elif row.event == "points":
                own = update(CardRow).where(CardRow.id == row.card_id)
                connection.execute(own.values(own_points=detail["own_points"]))
            elif row.event == "review":
                before = progress_from_json(row.before)
                self._set_progress(connection, row.card_id, before, early_look=detail.get("early_look"))
            connection.execute(insert(LogRow).values(at=at, event="undo", card_id=row.card_id, undoes=row.id))
            term = connection.scalar(select(CardRow.term).where(CardRow.id == row.card_id))
            return log_entry(row, term, undone=True)

    def log(self, since: datetime | None = None) -> Iterator[LogEntry]:
        """What happened, oldest first."""
        query = select(LogRow.__table__, CardRow.term, (~_STANDING).label("undone"))
        query = query.outerjoin(CardRow, LogRow.card_id == CardRow.id).order_by(LogRow.id)
        if since is not None:
            query = query.where(LogRow.at >= since)
        with explained(self.path), self._engine.connect() as connection:
            for row in connection.execute(query.execution_options(yield_per=500)):
                yield log_entry(row, row.term, undone=row.undone)

    def judged(self, card_id: int | None = None, limit: int = 300) -> tuple[Review, ...]:
        """The last reviews that stand and had a verdict, newest first: of one card, or of all since the last
        time the learner's calibration was reset."""
        query = select(LogRow.__table__).where(LogRow.event == "review", LogRow.score.is_not(None), _STANDING)
        if card_id is not None:
            query = query.where(LogRow.card_id == card_id)
        else:
            reset = select(func.coalesce(func.max(LogRow.id), 0)).where(LogRow.event == RESET, _STANDING)
            query = query.where(LogRow.id > reset.scalar_subquery())
        with explained(self.path), self._engine.connect() as connection:
            rows = connection.execute(query.order_by(LogRow.id.desc()).limit(limit))
            return tuple(review_of(row) for row in rows)

    def reset_calibration(self, at: datetime) -> None:
        """From now on the learner's calibration is learnt anew; the log keeps what was, and undo takes it back."""
        with explained(self.path), self._writer.begin() as connection:
            connection.execute(insert(LogRow).values(at=at, event=RESET))

    # Helpers

    @staticmethod
    def _set_suspended(connection: Connection, card_id: int, suspended: bool) -> None:
        connection.execute(update(CardRow).where(CardRow.id == card_id).values(suspended=suspended))

    def _deck_id(self, name: str) -> int:
        with explained(self.path), self._engine.connect() as connection:
            found = connection.scalar(select(DeckRow.id).where(DeckRow.name == name))
            if found is None:
                names = connection.scalars(select(DeckRow.name).order_by(DeckRow.name)).all()
                known = f"there are {', '.join(names)}" if names else "there is none yet: import some notes"
                raise InputError(f"There is no deck {name!r}; {known}.")
            return int(found)

    @staticmethod
    def _set_progress(
        connection: Connection, card_id: int, progress: Progress, *, early_look: str | None
    ) -> None:
        columns = progress_columns(progress) | {"early_look": early_look}
        connection.execute(update(CardRow).where(CardRow.id == card_id).values(**columns))
