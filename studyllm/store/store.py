"""One home's cards and how they stand: a method is one transaction. What happened is told by its journal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

from studyllm.cards import Card, Deck, Scheduling
from studyllm.errors import InputError, StoreError
from studyllm.i18n import _
from studyllm.late import Late
from studyllm.location import Place, file_of
from studyllm.schedule import Day, New, Progress, Waiting
from studyllm.store import reviews, today
from studyllm.store.database import Database
from studyllm.store.explained import LostConnection
from studyllm.store.records import Counts, Naming, Review, StudyCard
from studyllm.store.statement import Raw

if TYPE_CHECKING:
    from studyllm.choices import Choices
    from studyllm.store import decks, events, imports, lookup, past
    from studyllm.store.changes import Changes, NoteFile, Start
    from studyllm.store.entries import Entries
    from studyllm.store.figures import Figures
    from studyllm.store.journal import Journal
    from studyllm.store.picks import Picks
    from studyllm.store.quizzes import Quizzes
    from studyllm.store.searches import Searches
    from studyllm.store.sections import Sections
    from studyllm.store.terms import Terms
    from studyllm.store.whole import Whole
else:
    _NAMES = ("decks", "events", "imports", "lookup", "past")
    decks, events, imports, lookup, past = (Late(f"studyllm.store.{name}") for name in _NAMES)


def _part(name: str) -> Any:
    """A class that has a module of its own, over the database of a store."""
    late = Late(f"studyllm.store.{name.lower()}")
    return cached_property(lambda store: getattr(late, name)(store._database))


class Store:
    """The database of one home. Open it with its place, close it when done; any thread may use it."""

    quizzes: cached_property[Quizzes] = _part("Quizzes")
    entries: cached_property[Entries] = _part("Entries")
    searches: cached_property[Searches] = _part("Searches")
    sections: cached_property[Sections] = _part("Sections")
    figures: cached_property[Figures] = _part("Figures")
    journal: cached_property[Journal] = _part("Journal")
    picks: cached_property[Picks] = _part("Picks")
    terms: cached_property[Terms] = _part("Terms")
    whole: cached_property[Whole] = _part("Whole")

    def __init__(self, place: Place) -> None:
        self.place = place
        self._database = Database(place)

    @property
    def path(self) -> Path:
        """The file of a database that is one; raises InputError for one on a server."""
        return file_of(self.place)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Decks

    def decks(self) -> tuple[Deck, ...]:
        """Every deck that has notes or cards, by name."""
        with self._database.quick() as connection:
            return today.decks(connection)

    def require(self, deck: str) -> None:
        """Raises InputError when there is no deck of that name."""
        if deck not in (one.name for one in self.decks()):
            raise self._no_deck(deck)

    def rename(self, deck: str, name: str, at: datetime) -> bool:
        """Gives a deck another name; False when it has that already. Raises InputError when there is no such deck, or
        one of the other name."""
        with self._database.write() as connection:
            return decks.rename(connection, deck, name, at)

    def remove(self, deck: str, at: datetime) -> int:
        """Takes a deck away with all its cards, which are kept out of the way; how many. Raises InputError when there
        is no such deck."""
        with self._database.write() as connection:
            return decks.remove(connection, deck, at)

    # Cards

    def cards(self, deck: str | None = None, *, gone: bool = False) -> Iterator[StudyCard]:
        """Cards in the order of the notes; those no longer in the notes only on request."""
        with self._database.read() as connection:
            yield from lookup.cards(connection, deck, gone=gone)

    def card(self, card_id: int) -> StudyCard:
        """One card; raises InputError when there is none of that id."""
        with self._database.quick() as connection:
            found = today.card(connection, card_id)
        if found is None:
            raise events.unknown(card_id)
        return found

    def cards_of_files(self, deck: str, paths: Collection[str]) -> Iterator[StudyCard]:
        """The cards of those notes, and all that are gone from the deck and might be back."""
        with self._database.read() as connection:
            yield from lookup.of_files(connection, deck, paths)

    def paths(self, deck: str) -> set[str]:
        """The notes that a deck's cards stand in."""
        with self._database.read() as connection:
            return lookup.paths(connection, deck)

    def elsewhere(self, deck: str, cards: Sequence[Card]) -> tuple[StudyCard, ...]:
        """Cards of other decks with the term or the answer of one of these, those that are gone as well."""
        with self._database.read() as connection:
            return lookup.elsewhere(connection, deck, cards)

    def without_note(self, terms: Sequence[str]) -> tuple[StudyCard, ...]:
        """The cards of those terms, of all decks, that stand in no note: another program, or a table, gave them."""
        with self._database.read() as connection:
            return tuple(lookup.without_note(connection, terms))

    def near(self, card: StudyCard, most: int) -> tuple[StudyCard, ...]:
        """The other cards of a card's note that say what a term is, the nearest by line first."""
        with self._database.read() as connection:
            return lookup.near(connection, card, most)

    def defined_so(self, card: StudyCard, text: str) -> StudyCard | None:
        """The other card of a deck that a text is the answer to, word for word."""
        with self._database.read() as connection:
            return lookup.defined_so(connection, card, text)

    def texts(self) -> tuple[tuple[str, str, str], ...]:
        """Term, answer and path of all cards but what was made of another card; of those that are gone the answered."""
        with self._database.read() as connection:
            return lookup.texts(connection)

    def count(self, deck: str | None = None) -> int:
        """Cards that are in the notes, of a deck or of all; 0 for a deck that is not there yet."""
        with self._database.read() as connection:
            return lookup.count(connection, deck)

    # Imports

    def note_files(self, deck: str) -> tuple[NoteFile, ...]:
        """The deck's notes as they were last read; none for a deck that is not there yet."""
        with self._database.read() as connection:
            return imports.note_files(connection, deck)

    def files_elsewhere(self, deck: str) -> Mapping[str, str]:
        """The notes of other decks: the name of the deck by path."""
        with self._database.read() as connection:
            return lookup.files_elsewhere(connection, deck)

    def last_import(self) -> int:
        """The id of the log row of the last import, or of an undo; 0 when there is none."""
        with self._database.read() as connection:
            return imports.last_import(connection)

    def choices(self, deck: str) -> Choices:
        """What the learner chose about the cards of a deck's notes; nothing for one that is not there yet."""
        with self._database.read() as connection:
            return imports.choices(connection, deck)

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
        with self._database.write() as connection:
            if as_of is not None:
                imports.check(connection, as_of)
            return imports.apply(connection, deck, changes, at, counts or {})

    def add_history(self, cards: Mapping[int, Start], at: datetime, as_of: int) -> int:
        """Puts answers that were given elsewhere into the log, and their cards where they stand then; how many. Raises
        StalePlan when something happened after the row `as_of` of the log."""
        with self._database.write() as connection:
            return past.add(connection, cards, at, as_of)

    # What is due

    def waiting(self, deck: str, on: date, day: Day, limit: int) -> tuple[Waiting, ...]:
        """Cards whose day has come or whose definition changed, the longest overdue first."""
        with self._database.quick(moment=True) as connection:
            return today.waiting(connection, self._deck(connection, deck), on, day, limit)

    def unseen(self, deck: str, on: date, day: Day, limit: int) -> tuple[Waiting, ...]:
        """Cards never reviewed, in the order of the notes."""
        with self._database.quick(moment=True) as connection:
            return today.unseen(connection, self._deck(connection, deck), on, day, limit)

    def unsaid(self, on: date, day: Day) -> tuple[tuple[Waiting, ...], tuple[Waiting, ...]]:
        """Cards of all decks that were missing, or said otherwise, when their section was recalled: those that were
        learned before, and those that are new."""
        with self._database.quick(moment=True) as connection:
            return today.unsaid(connection, on, day)

    def repeating(
        self, deck: str | None, on: date, day: Day, until: datetime
    ) -> Sequence[tuple[datetime, int]]:
        """When, and which cards are to be repeated within the day, up to a moment, the earliest first."""
        with self._database.quick() as connection:
            return today.repeating(connection, deck, on, day, until)

    def last_row(self) -> int:
        """The number of the last row of the log; 0 when there is none."""
        with self._database.quick() as connection:
            return today.last_row(connection)

    def counts(self, on: date, day: Day) -> tuple[Counts, ...]:
        """Every deck's counts, with the limits of that study day."""
        with self._database.quick(moment=True) as connection:
            return today.counts(connection, on, day)

    def load(self, first: date, last: date) -> Mapping[date, int]:
        """How many cards are due on each day of a span, of all decks: a day is one day for the learner."""
        with self._database.quick() as connection:
            return today.load(connection, first, last)

    def names(self, cards: Sequence[int]) -> tuple[Naming, ...]:
        """The names and answers of those cards, in their order."""
        with self._database.quick() as connection:
            return today.names(connection, cards)

    def _deck(self, connection: Raw, name: str) -> SimpleNamespace:
        if (found := today.deck(connection, name)) is None:
            raise self._no_deck(name)
        return found

    def _no_deck(self, name: str) -> InputError:
        with self._database.read() as connection:
            return decks.unknown(connection, name)

    # How decks are scheduled

    def schedulings(self) -> Mapping[str, Scheduling]:
        """How each deck is scheduled."""
        with self._database.quick() as connection:
            return today.schedulings(connection)

    def reschedule(
        self, deck: str, scheduling: Scheduling, cards: Mapping[int, Progress], at: datetime
    ) -> int:
        """Schedules a deck otherwise from now on; `cards` tells where each of them stands then. How many moved."""
        with self._database.write() as connection:
            decks.deck_id(connection, deck)
            return events.reschedule(connection, deck, scheduling, cards, at)

    def days_by_hand(self, deck: str) -> Mapping[int, date]:
        """The days that were set by hand and stand, by card."""
        with self._database.read() as connection:
            return events.days_by_hand(connection, decks.deck_id(connection, deck))

    # Reviews

    def record(self, review: Review) -> int:
        """Saves a graded answer and the card's new progress together; returns the id of its log row.
        Raises InputError when the card was moved since: no schedule is overwritten unseen; StoreError when it could
        not be saved."""
        try:
            with self._database.quick(write=True) as connection:
                log_id = reviews.record(connection, review)
        except LostConnection as error:
            # It may have ended between the saving and the news of it.
            with self._database.quick() as connection:
                log_id = reviews.saved(connection, review)
            if log_id is None:
                said = _("The connection to {place} was lost. This answer was not saved; try again.")
                raise StoreError(said.format(place=self.place)) from error
        if log_id is not None:
            return log_id
        raise InputError(
            _(
                "{term} was reviewed elsewhere meanwhile. "
                "Its newer schedule was kept; this answer was not counted."
            ).format(term=self.card(review.card_id).card.term)
        )

    def practise(self, review: Review) -> int:
        """Puts an answer into the log that moves no card; returns the id of its row."""
        with self._database.quick(write=True) as connection:
            return reviews.practise(connection, review)

    # What a learner does to cards

    # Each tells whether it changed anything, and raises InputError when there is no card of that id.

    def suspend(self, card_id: int, at: datetime, *, suspended: bool = True) -> bool:
        """Takes a card out of the questions, or back in."""
        return self._put("suspend", card_id, suspended, at)

    def bury(self, card_id: int, on: date, at: datetime) -> bool:
        """Asks a card no more on that study day."""
        return self._put("bury", card_id, on, at)

    def tag(self, card_id: int, tags: Sequence[str], at: datetime) -> bool:
        """Gives a card these tags and no others."""
        return self._put("tags", card_id, sorted(set(tags)), at)

    def set_points(self, card: StudyCard, points: Sequence[str], at: datetime) -> bool:
        """The learner's own points for a card's definition as it was shown; none: the note's again."""
        own = {"answer": card.card.answer, "points": list(points)} if points else None
        return self._put("points", card.id, own, at)

    def reset(self, card_id: int, at: datetime) -> bool:
        """Makes a card new again; the log keeps what was."""
        return self._move("reset", card_id, lambda _: New(), at)

    def set_due(self, card_id: int, on: date, at: datetime) -> bool:
        """Has a card asked on that study day; raises InputError for one never reviewed, which is asked as new."""

        def moved(progress: Progress) -> Progress:
            if isinstance(progress, New):
                raise InputError(
                    _("This card was never reviewed: it has no day yet and is asked with the new ones.")
                )
            return replace(progress, due=on, again=None)

        return self._move("due", card_id, moved, at)

    def _put(self, event: str, card_id: int, value: Any, at: datetime) -> bool:
        with self._database.write() as connection:
            return events.put(connection, event, card_id, value, at)

    def _move(self, event: str, card_id: int, moved: Callable[[Progress], Progress], at: datetime) -> bool:
        with self._database.write() as connection:
            return events.move(connection, event, card_id, moved, at)
