"""The glossary over one store: loaded, searched by text, then by meaning. Blocks; screens call it from threads."""

from array import array
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from studyllm.errors import InputError
from studyllm.glossary.conditions import SIGNS, Answered, Told
from studyllm.glossary.found import Found
from studyllm.glossary.index import Index, SortOrder
from studyllm.glossary.near import EntryVectors
from studyllm.glossary.query import Query
from studyllm.schedule import Grade
from studyllm.script import simplified

if TYPE_CHECKING:
    from studyllm.store.entries import Entries
    from studyllm.store.vectors import Vectors


class Finding(Protocol):
    """What the glossary is asked, here or in a process of its own. While one thread loads, others may search."""

    @property
    def decks(self) -> Sequence[str]:
        """The decks' names."""

    @property
    def tags(self) -> Sequence[str]:
        """All that any card has."""

    @property
    def missing(self) -> int:
        """How many entries have no vector yet; none while that is not known."""

    def load(self, today: date, start: datetime) -> None:
        """All entries as they are on a study day, which began at that moment; until they are read, none is found by its
        words."""

    def read(self) -> None:
        """Makes the entries' words searchable."""

    def listen(self) -> None:
        """Learns how the terms sound, see `Index.listen`."""

    def recall(self) -> None:
        """Takes the vectors that were computed before."""

    def find(self, text: str, order: SortOrder = SortOrder.MATCH) -> Found | None:
        """What a query finds by text and sound; None while the entries are read for the first time."""

    def nearest(self, found: Found, vector: bytes) -> Found:
        """The same, and what is near in meaning to the query, whose vector this is."""

    def senses(self, card: int) -> Sequence[int]:
        """The other cards of the same term that are still in the notes."""

    def unlearnt(self, count: int) -> Sequence[str]:
        """So many texts, or fewer, whose vectors are missing."""

    def learn(self, vectors: Sequence[bytes]) -> None:
        """Takes the vectors of those texts that `unlearnt` gave last."""

    def close(self) -> None:
        """Nobody waits for what takes long any more."""


def find_once(
    finder: Finding, text: str, today: date, start: datetime, order: SortOrder = SortOrder.MATCH
) -> Found:
    """What a query finds on a study day that began at `start`; raises InputError for one that cannot be read."""
    query = Query.of(text)
    if problem := query.problem or query.unfinished:
        raise InputError(problem)
    finder.load(today, start)
    if query.has_words or order is SortOrder.TERM:
        finder.read()
        finder.listen()
    found = finder.find(text, order)
    assert found is not None
    return found


class Finder:
    """Finds here, in the process that asks."""

    def __init__(
        self, entries: "Entries", kept: "Vectors | None" = None, go_on: Callable[[], bool] = lambda: True
    ) -> None:
        """`kept` are vectors that were computed before; without them nothing is near in meaning. `go_on()` is asked
        every few milliseconds while something takes long, and ends it by saying no."""
        self._entries, self._kept, self._may_go_on = entries, kept, go_on
        self._making = Lock()
        self._index = Index((), date.min, datetime.min)
        self._before: Index | None = None
        """Entries as they were, until they are read anew."""
        self._near: EntryVectors | None = None
        """Vectors of the entries; None until they were asked for."""
        self._start = datetime.min
        """When the study day of the entries began."""
        self._closed = False

    @property
    def decks(self) -> Sequence[str]:
        """Their names."""
        return self._index.decks

    @property
    def tags(self) -> Sequence[str]:
        """All that any card has."""
        return self._index.tags

    @property
    def missing(self) -> int:
        """How many entries have no vector yet; none while that is not known."""
        return self._near.missing if self._near else 0

    def load(self, today: date, start: datetime) -> None:
        """All entries as they are now."""
        with self._making:
            rows = []
            for row in self._entries.rows(today, start):
                rows.append(row)
                if len(rows) % 1000 == 0 and not self._goes_on():
                    return
            before = self._index if self._index.is_read else self._before
            self._index, self._before = Index(rows, today, start), before
            self._start = start

    def read(self) -> None:
        """Makes the entries' words searchable."""
        with self._making:
            if self._index.is_read:
                return
            with self._entries.reading():
                same = self._index.read(self._before, self._goes_on)
            if self._index.is_read:
                self._before = None
                self._near = self._near if same else None

    def listen(self) -> None:
        """Learns how the terms sound."""
        with self._making:
            if self._index.is_read:
                self._index.listen(self._goes_on)

    def recall(self) -> None:
        """Takes the vectors that were computed before."""
        with self._making:
            if self._kept is None:
                return
            if self._near is None:
                near = EntryVectors(self._index)
                if not near.recall(self._kept, self._goes_on):
                    return
                self._near = near
            self._near.index = self._index

    def find(self, text: str, order: SortOrder = SortOrder.MATCH) -> Found | None:
        """What a query finds."""
        query, index = Query.of(text), self._index
        as_text = query.has_words or order is SortOrder.TERM
        if as_text and not index.is_read:
            index = self._before or index
        if as_text and not index.is_read:
            return None
        for part in query.told:
            if part not in index.told:
                index.told[part] = self._tell(part)
        with self._entries.reading():
            numbers = index.search(query, order)
            alike = index.alike(query, order)
        cards = array("q", map(index.ids.__getitem__, chain(numbers, alike)))
        return Found(text, order, index.count(gone=query.takes_gone), cards, len(alike))

    def _tell(self, part: Told) -> Collection[int]:
        """The cards that the log tells of."""
        if isinstance(part, Answered):
            return self._entries.answered({part.text, simplified(part.text)})
        since = self._start - timedelta(days=part.days - 1)
        grades = [grade for grade in Grade if not part.sign or SIGNS[part.sign](grade, part.grade)]
        return self._entries.rated(since, grades)

    def nearest(self, found: Found, vector: bytes) -> Found:
        """The same, and what is near in meaning."""
        near = self._near
        if near is None or not found.means_something:
            return found
        index = near.index
        numbers = near.nearest(vector, index.passing(found.query), index.numbers(found.cards))
        return replace(found, near=[index.ids[number] for number in numbers])

    def senses(self, card: int) -> Sequence[int]:
        """The other cards of the same term."""
        index = self._index
        number = index.number(card)
        return [] if number is None else [index.ids[other] for other in index.senses(number)]

    def unlearnt(self, count: int) -> Sequence[str]:
        """Texts without a vector."""
        return self._near.unlearnt(count) if self._near else ()

    def learn(self, vectors: Sequence[bytes]) -> None:
        """Takes their vectors."""
        if self._near is not None:
            self._near.learn(vectors)

    def close(self) -> None:
        """Ends what is under way."""
        self._closed = True

    def _goes_on(self) -> bool:
        return not self._closed and self._may_go_on()
