"""Cards that a learner asks for beside those of today: which they are, and how many."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from studyllm.schedule import Day, Grade, Waiting
from studyllm.store.database import Database
from studyllm.store.due import HERE, NEW, day_has_come, listed, not_buried, waits
from studyllm.store.records import Pick, Picked, Want
from studyllm.store.sql import as_text, has_text
from studyllm.store.tables import CARD, DECK, LOG, STANDING


class Picks:
    """Picks over one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cards(
        self, pick: Pick, today: date, day: Day, limit: int, *, new: bool = False
    ) -> tuple[Waiting, ...]:
        """The learned cards of a pick, the longest overdue first, or its new ones in the order of the notes."""
        where = (*_where(pick, today, day), NEW if new else ~NEW)
        order = (CARD.c.path, CARD.c.line, CARD.c.id) if new else (CARD.c.due, CARD.c.id)
        with self._database.read() as connection:
            query = listed(*where, order=order).limit(limit)
            return tuple(Waiting(*row) for row in connection.execute(query))

    def counts(self, pick: Pick, today: date, day: Day) -> Picked:
        """How many cards a pick has."""
        come = and_(~NEW, day_has_come(today, day.start(today)))
        query = select(func.count().filter(come), func.count().filter(~NEW, ~come), func.count().filter(NEW))
        ahead = pick.want is Want.AHEAD
        with self._database.read() as connection:
            due, early, new = connection.execute(query.where(*_where(pick, today, day))).one()
            asked = connection.execute(_asked_today(pick, today, day)).scalar_one() if ahead else 0
        if pick.want in (Want.NEW, Want.DUE):
            due, new = min(due, pick.number), min(new, pick.number)
        return Picked(due, early, new, asked)

    def tags(self, deck: str | None = None) -> tuple[str, ...]:
        """The tags that cards have, of a deck or of all, by name."""
        query = select(CARD.c.tags).where(*HERE, as_text(CARD.c.tags) != "[]")
        if deck is not None:
            query = query.where(CARD.c.deck_id.in_(select(DECK.c.id).where(DECK.c.name == deck)))
        with self._database.read() as connection:
            return tuple(sorted({tag for tags in connection.scalars(query) for tag in tags}))


def _asked_today(pick: Pick, today: date, day: Day) -> Select[Any]:
    """How many cards fall due within the days of a pick, and were asked today already."""
    start = day.start(today)
    asked = (CARD.c.due <= _last(pick, today), CARD.c.reviewed >= start, ~day_has_come(today, start))
    return select(func.count()).where(*_among(pick, today, day), *asked)


def _where(pick: Pick, today: date, day: Day) -> list[ColumnElement[bool]]:
    """What a card of a pick is like, among those that can be asked."""
    found = _among(pick, today, day)
    return found if pick.want is Want.ALL else [*found, _wanted(pick, today, day)]


def _among(pick: Pick, today: date, day: Day) -> list[ColumnElement[bool]]:
    """What a card can be asked for, of the deck, the section and the tag of a pick."""
    found = [*HERE, not_buried(today), ~waits(today, day.start(today))]
    if pick.deck is not None:
        found.append(CARD.c.deck_id.in_(select(DECK.c.id).where(DECK.c.name == pick.deck)))
    found += [
        has_text(column, text)
        for column, text in ((CARD.c.headings, pick.section), (CARD.c.tags, pick.tag))
        if text
    ]
    if pick.note:
        found.append(CARD.c.path == pick.note)
    return found


def _wanted(pick: Pick, today: date, day: Day) -> ColumnElement[bool]:
    """What the cards are asked for."""
    if pick.want is Want.NEW:
        return NEW
    start = day.start(today)
    if pick.want is Want.FORGOTTEN:
        since = day.start(today - timedelta(days=pick.number - 1))
        missed = select(LOG.c.card_id).where(
            LOG.c.event == "review", LOG.c.chosen < Grade.HARD, LOG.c.at >= since, STANDING
        )
        return CARD.c.id.in_(missed)
    come = day_has_come(today, start)
    if pick.want is Want.DUE:
        return and_(~NEW, come)
    soon = and_(CARD.c.due <= _last(pick, today), CARD.c.reviewed < start)
    return or_(come, soon)


def _last(pick: Pick, today: date) -> date:
    """The last of the days that are studied ahead."""
    return today + timedelta(days=pick.number)
