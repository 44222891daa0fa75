"""The glossary over one store: loaded, searched by text, then by meaning. Blocks; screens call it from threads."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING

from studyllm.glossary.index import Found, Index, Order
from studyllm.glossary.near import Near
from studyllm.glossary.query import Query
from studyllm.grading import Grader
from studyllm.schedule import Day

if TYPE_CHECKING:
    from studyllm.store import Store
    from studyllm.store.vectors import Vectors

_SHORTEST = 2
"""Letters that mean something."""

_MANY = 10_000
"""Entries that are worth keeping out of garbage collection."""


class Finder:
    """What the glossary knows of a store's entries."""

    def __init__(self, store: "Store", kept: "Vectors") -> None:
        self._store, self._kept = store, kept
        self._making = Lock()
        self.index = Index(())
        self._before: Index | None = None
        """Entries as they were, until they are read anew."""
        self.near: Near | None = None
        """Vectors of the entries; None until they were asked for."""
        self.stopped = False
        """Set when nobody waits for what takes long any more."""

    def load(self, today: date, day: Day) -> None:
        """All entries as they are now; until they are read, none is found by its words."""
        with self._making, self._uncollected():
            before = self.index if self.index.is_read else self._before
            self.index, self._before = Index(self._store.entries.rows(today, day)), before

    def read(self) -> None:
        """Makes the entries' words searchable; a glossary that is closed meanwhile is read when it is opened again."""
        with self._making, self._uncollected():
            if self.index.is_read:
                return
            same = self.index.read(self._before, self._goes_on)
            if self.index.is_read:
                self._before = None
                self.near = self.near if same else None

    def listen(self) -> None:
        """Learns how the terms sound, see `Index.listen`."""
        with self._making, self._uncollected():
            self.index.listen(self._goes_on)

    def _goes_on(self) -> bool:
        return not self.stopped

    def recall(self) -> None:
        """Takes the vectors that were computed before."""
        with self._making, self._uncollected():
            if self.near is None:
                near = Near(self.index)
                near.recall(self._kept)
                self.near = near
            self.near.index = self.index

    def learn(self, count: int, grader: Grader) -> bool:
        """Computes the vectors of so many entries more; False when none can be or all are there."""
        return self.near is not None and self.near.compute(count, self._kept, grader)

    def find(self, text: str, order: Order = Order.MATCH) -> Found | None:
        """What a query finds by text and sound; None while the entries are read for the first time."""
        query, index = Query.of(text), self.index
        as_text = bool(query.words) or order is Order.TERM
        if as_text and not index.is_read:
            index = self._before or index
        return index.search(query, order) if index.is_read or not as_text else None

    def nearest(self, found: Found, grader: Grader) -> Found:
        """The same, and what is near to it in meaning."""
        phrase = found.query.phrase
        near = self.near
        if near is None or near.index is not found.index or len(phrase) < _SHORTEST:
            return found
        among = found.index.passing(found.query)
        return replace(found, near=near.nearest(phrase, grader, among, found.numbers))

    @contextmanager
    def _uncollected(self) -> Iterator[None]:
        """Without garbage collection: going through hundreds of thousands of records again and again, it would stop
        all threads for a fifth of a second each time. Many records that were made it never looks at."""
        gc.disable()
        try:
            yield
        finally:
            gc.enable()
            if len(self.index) >= _MANY:
                gc.freeze()
