"""The notes and headings that cards stand under, how they stand today, and what becomes of one that is recalled."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, and_, func, or_, select

from studyllm.cards import DERIVED
from studyllm.schedule import Day
from studyllm.store import recalls
from studyllm.store.columns import study_card
from studyllm.store.database import Database
from studyllm.store.decks import RENAMED
from studyllm.store.due import HERE, day_has_come
from studyllm.store.recalled import Recall, RecallCounts, Section, SectionCounts
from studyllm.store.recalls import RECALL
from studyllm.store.records import StudyCard
from studyllm.store.sql import as_text
from studyllm.store.tables import CARD, DECK, LOG, STANDING
from studyllm.verdicts import Recalled

Headings = tuple[str, ...]
_HERE = (*HERE, CARD.c.kind.not_in(tuple(sorted(DERIVED))))
"""A recall is of what the notes say: what was made of it for other directions is left out."""


class Sections:
    """The sections of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, deck: str | None, today: date, day: Day) -> tuple[SectionCounts, ...]:
        """Every note with cards that can be asked and its headings, each before those below it, in the order of the
        notes. A heading that has all cards of what it stands under is left out."""
        headings = as_text(CARD.c.headings)
        query = select(
            DECK.c.id,
            DECK.c.name,
            CARD.c.path,
            headings.label("headings"),
            func.count(),
            func.count().filter(day_has_come(today, day.start(today)), CARD.c.buried.is_distinct_from(today)),
        ).join_from(CARD, DECK)
        query = query.where(*_HERE, *([DECK.c.name == deck] if deck is not None else []))
        query = query.group_by(DECK.c.id, DECK.c.name, CARD.c.path, headings)
        query = query.order_by(DECK.c.name, CARD.c.path, func.min(CARD.c.line))
        found: dict[Section, list[tuple[Headings, int, int]]] = {}
        with self._database.read() as connection:
            for deck_id, name, path, above, cards, due in connection.execute(query):
                note = Section(name, path, deck_id=deck_id)
                found.setdefault(note, []).append((tuple(json.loads(above)), cards, due))
            last = _last(connection)
        return tuple(
            SectionCounts(section, cards, due, last.get(section))
            for note, rows in found.items()
            for section, cards, due in _sections(note, rows)
        )

    def cards(self, section: Section) -> tuple[StudyCard, ...]:
        """The cards of a section that can be asked, in the order of the note."""
        query = select(CARD, DECK.c.name.label("deck")).join_from(CARD, DECK)
        query = query.where(*_HERE, DECK.c.name == section.deck, CARD.c.path == section.path)
        query = query.order_by(CARD.c.line, CARD.c.id)
        depth = len(section.headings)
        with self._database.read() as connection:
            found = map(study_card, connection.execute(query))
            return tuple(card for card in found if card.card.headings[:depth] == section.headings)

    def save(self, recall: Recall) -> int:
        """Saves a recall with all that it does to its cards; the id of its row of the log. Raises InputError when one
        of those that it moves was moved meanwhile, and saves nothing then."""
        with self._database.write() as connection:
            return recalls.add(connection, recall)


def _last(connection: Connection) -> dict[Section, RecallCounts]:
    """The last recall of each section that stands, by the name that its deck has now. Rows about no single card are
    few, and the index finds them."""
    renames = select(LOG.c.id, LOG.c.detail).where(LOG.c.card_id.is_(None), LOG.c.event == RENAMED)
    renamed = {row.id: row.detail for row in connection.execute(renames)}
    told = or_(and_(LOG.c.event == RECALL, STANDING), LOG.c.event == RENAMED, LOG.c.undoes.in_(list(renamed)))
    query = select(LOG.c.id, LOG.c.at, LOG.c.undoes, LOG.c.detail).where(LOG.c.card_id.is_(None), told)
    found: dict[Section, RecallCounts] = {}
    for row, at, undoes, detail in connection.execute(query.order_by(LOG.c.id)):
        if rename := renamed.get(row if undoes is None else undoes):
            # Two decks swap their names, and so they do again when that is undone.
            other = {rename["deck"]: rename["to"], rename["to"]: rename["deck"]}
            found = {replace(one, deck=other.get(one.deck, one.deck)): last for one, last in found.items()}
            continue
        section = Section(detail["deck"], detail["path"], tuple(detail["headings"]))
        states = {Recalled(state): count for state, count in detail["states"].items()}
        found[section] = RecallCounts(at, states)
    return found


def _sections(note: Section, rows: Sequence[tuple[Headings, int, int]]) -> Iterator[tuple[Section, int, int]]:
    """A note and its headings with their cards and how many of them are due, from those of each place."""
    sums: dict[Headings, list[int]] = {(): [0, 0]}
    for headings, cards, due in rows:
        for depth in range(len(headings) + 1):
            counted = sums.setdefault(headings[:depth], [0, 0])
            counted[0] += cards
            counted[1] += due
    below: dict[Headings, Headings] = {}
    for headings, (cards, _due) in sorted(sums.items(), key=lambda one: -len(one[0])):
        if headings and cards == sums[headings[:-1]][0]:
            below[headings[:-1]] = (headings[-1], *below.get(headings, ()))
    title = next(iter(below.get((), ())), "")
    note = replace(note, title=title)
    for headings, (cards, due) in sums.items():
        if not headings or cards < sums[headings[:-1]][0]:
            yield replace(note, headings=headings, below=below.get(headings, ())), cards, due
