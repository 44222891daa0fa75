"""The glossary's rows, a hundred thousand of them in one query, and what is done to many cards at once."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, and_, bindparam, case, false, func, literal, or_, select

from studyllm.cards import DERIVED, Scheduling
from studyllm.schedule import LEARNING_FAILURES, Learned, New, Progress
from studyllm.store import bulk
from studyllm.store.columns import progress_of, texts
from studyllm.store.database import Database
from studyllm.store.due import NEW
from studyllm.store.records import Review
from studyllm.store.rows import review_of
from studyllm.store.sql import as_text, larger, member, moment_text, numbers
from studyllm.store.statement import Statement
from studyllm.store.tables import CARD, DECK, LOG, STANDING

_TODAY = bindparam("today", type_=CARD.c.buried.type)
_START = bindparam("start", type_=CARD.c.again.type)
_STATE = case(
    (CARD.c.gone_at.is_not(None), "gone"),
    (CARD.c.suspended, "suspended"),
    (CARD.c.buried == _TODAY, "buried"),
    (NEW, "new"),
    (CARD.c.again >= _START, "learning"),
    (or_(CARD.c.due <= _TODAY, CARD.c.early_look.is_not(None)), "due"),
    else_="review",
)
"""What becomes of a card today, in the order in which the day's questions look at it (see `due.py`)."""
_STRUGGLES = CARD.c.lapses + larger(CARD.c.failed - CARD.c.lapses - LEARNING_FAILURES, literal(0))
"""As `Learned.struggles` counts them."""
_LEECH = func.coalesce(
    func.coalesce(member(DECK.c.scheduling, "leech", int), Scheduling().leech) <= _STRUGGLES, false()
)


class EntryRow(NamedTuple):
    """A card as the driver has it; lists are JSON, because most of them are never read."""

    id: int
    term: str
    aliases: str
    answer: str
    headings: str
    deck: str
    path: str
    line: int
    state: str
    """new, learning, review, due, suspended, buried or gone."""
    leech: int
    """0 or 1."""
    tags: str
    due: str | None
    """A study day, ISO 8601."""
    ease: float | None
    lapses: int | None
    interval: int | None
    """Days."""
    repetitions: int | None
    """How often in a row it was recalled."""
    stability: float | None
    """Days, under FSRS."""
    difficulty: float | None
    """1 to 10, under FSRS."""
    added: str
    """When it came, UTC to the second: 2026-03-02 09:00:00."""


_COLUMNS = select(
    CARD.c.id,
    CARD.c.term,
    as_text(CARD.c.aliases).label("aliases"),
    CARD.c.answer,
    as_text(CARD.c.headings).label("headings"),
    DECK.c.name.label("deck"),
    CARD.c.path,
    CARD.c.line,
    _STATE.label("state"),
    _LEECH.label("leech"),
    as_text(CARD.c.tags).label("tags"),
    as_text(CARD.c.due).label("due"),
    CARD.c.ease,
    CARD.c.lapses,
    CARD.c.interval,
    CARD.c.repetitions,
    member(CARD.c.memory, "stability", float).label("stability"),
    member(CARD.c.memory, "difficulty", float).label("difficulty"),
    moment_text(CARD.c.added_at).label("added"),
).join_from(CARD, DECK)
_LISTED = and_(*(CARD.c.kind != kind.value for kind in sorted(DERIVED)))
"""A term is listed once, whatever else was made of it."""
_ROWS = Statement(_COLUMNS.where(_LISTED).order_by(DECK.c.name, CARD.c.path, CARD.c.line, CARD.c.id))
_SOME = Statement(_COLUMNS.where(CARD.c.id.in_(select(numbers(bindparam("cards", type_=JSON))))))


class Entries:
    """What the glossary asks of the database; an action on many cards is one row of the log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self) -> int:
        """How many cards there ever were, what was made of others aside."""
        with self._database.read() as connection:
            return connection.scalar(select(func.count(CARD.c.id)).where(_LISTED)) or 0

    def rows(self, today: date, start: datetime) -> Iterator[EntryRow]:
        """Every card there ever was, as on a study day that began at that moment, in the order of the notes."""
        with self._database.read() as connection:
            rows = self._database.raw(connection).run(_ROWS, {"today": today, "start": start})
            yield from map(EntryRow._make, rows)

    def some(self, cards: Sequence[int], today: date, start: datetime) -> list[EntryRow]:
        """Those cards, in any order; a hundred take about a millisecond."""
        with self._database.read() as connection:
            values = {"today": today, "start": start, "cards": list(cards)}
            found = list(map(EntryRow._make, self._database.raw(connection).run(_SOME, values)))
            for row in found:
                texts(row.term, row.answer, row.path)
                for listed in (row.aliases, row.headings, row.tags):
                    texts(*json.loads(listed))
                date.fromisoformat(row.due or "2000-01-01")
                datetime.fromisoformat(row.added)
            return found

    def reading(self) -> AbstractContextManager[None]:
        """Rows that are read within it and cannot be are a StoreError."""
        return self._database.explained()

    def reviews(self, card_id: int, limit: int) -> tuple[Review, ...]:
        """The last reviews of a card that stand, the newest first."""
        query = select(LOG).where(LOG.c.card_id == card_id, LOG.c.event == "review", STANDING)
        with self._database.read() as connection:
            return tuple(map(review_of, connection.execute(query.order_by(LOG.c.id.desc()).limit(limit))))

    def rated(self, since: datetime, grades: Collection[int]) -> set[int]:
        """The cards that were answered since then with one of those grades."""
        where = (LOG.c.event == "review", LOG.c.at >= since, LOG.c.chosen.in_(grades), STANDING)
        return self._told(*where)

    def answered(self, texts: Collection[str]) -> set[int]:
        """The cards to which an answer was given that has one of those texts in it, in letters of any case."""
        said = or_(*(LOG.c.answer.icontains(text, autoescape=True) for text in texts))
        return self._told(LOG.c.event == "review", said, STANDING)

    def _told(self, *where: ColumnElement[bool]) -> set[int]:
        with self._database.read() as connection:
            return {card for card in connection.scalars(select(LOG.c.card_id).where(*where)) if card}

    # Each of these tells how many cards it changed.

    def suspend(self, cards: Collection[int], at: datetime, *, suspended: bool = True) -> int:
        """Takes cards out of the questions, or back in."""
        return self._put("suspend", cards, lambda _: suspended, at)

    def are_suspended(self, cards: Collection[int]) -> bool:
        """Whether all of them are."""
        with self._database.read() as connection:
            return all(row.suspended for row in bulk.rows(connection, cards, CARD.c.suspended))

    def bury(self, cards: Collection[int], today: date, at: datetime) -> int:
        """Asks cards no more on that study day."""
        return self._put("bury", cards, lambda _: today, at)

    def tag(self, cards: Collection[int], give: Sequence[str], take: Sequence[str], at: datetime) -> int:
        """Gives cards some tags and takes others away."""
        return self._put("tags", cards, lambda had: sorted((set(had) | set(give)) - set(take)), at)

    def reset(self, cards: Collection[int], at: datetime) -> int:
        """Makes cards new again; the log keeps what was."""
        return self._move("reset", cards, lambda _: New(), at)

    def ask_today(self, cards: Collection[int], today: date, at: datetime) -> int:
        """Has cards asked on this study day; those never reviewed, which have no day, come with what is due."""
        with self._database.write() as connection:
            moved: dict[int, tuple[Progress, Progress]] = {}
            early: list[int] = []
            for row in bulk.rows(connection, cards, CARD):
                before = progress_of(row)
                if (
                    isinstance(before, Learned)
                    and (after := replace(before, due=today, again=None)) != before
                ):
                    moved[row.id] = before, after
                elif isinstance(before, New) and row.early_look is None:
                    moved[row.id] = before, before
                    early.append(row.id)
            return bulk.move(connection, "due", moved, at, early=early)

    def _put(self, event: str, cards: Collection[int], value: Callable[[Any], Any], at: datetime) -> int:
        with self._database.write() as connection:
            found = bulk.rows(connection, cards, CARD.c.id, bulk.column(event).label("value"))
            wanted: Mapping[int, tuple[Any, Any]] = {
                card: (before, after) for card, before in found if (after := value(before)) != before
            }
            return bulk.put(connection, event, wanted, at)

    def _move(
        self, event: str, cards: Collection[int], moved: Callable[[Progress], Progress], at: datetime
    ) -> int:
        with self._database.write() as connection:
            stand = {row.id: progress_of(row) for row in bulk.rows(connection, cards, CARD)}
            wanted = {
                card: (before, after) for card, before in stand.items() if (after := moved(before)) != before
            }
            return bulk.move(connection, event, wanted, at)
