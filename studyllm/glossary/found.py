"""What a query found, and its entries, fetched a screenful at a time: there may be a hundred thousand."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from studyllm.cards import file_name
from studyllm.glossary.entry import Entry, entry
from studyllm.glossary.index import SortOrder
from studyllm.glossary.query import Query
from studyllm.store.entries import EntryRow
from studyllm.text import key

_BEFORE, _AFTER = 30, 60
"""Rows that are fetched with one: what is paged to next."""
_SHORTEST = 2
"""Letters that mean something."""


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of cards, in order."""

    text: str
    """What was typed."""
    order: SortOrder
    of: int
    """How many entries there are; those that are gone only when they are asked for."""
    cards: Sequence[int]
    alike: int = 0
    """How many of them, the last ones, are spelt almost so."""
    near: Sequence[int] = ()
    """Those that are near in meaning, the nearest first; none of them has the words."""

    @property
    def query(self) -> Query:
        """What was typed, read."""
        return Query.of(self.text)

    @property
    def exact(self) -> Sequence[int]:
        """The cards that are as the query says."""
        return self.cards[: len(self.cards) - self.alike]

    @property
    def means_something(self) -> bool:
        """Whether anything can be near to it in meaning: a filter that there is not says nothing."""
        query = self.query
        return not query.unknown and len(query.phrase) >= _SHORTEST

    def __len__(self) -> int:
        return len(self.cards) + len(self.near)

    def __iter__(self) -> Iterator[int]:
        return chain(self.cards, self.near)

    def is_near(self, row: int) -> bool:
        """Whether a row is there for its meaning alone."""
        return row >= len(self.cards)

    def is_alike(self, row: int) -> bool:
        """Whether a row is there although it is spelt otherwise."""
        return len(self.cards) - self.alike <= row < len(self.cards)

    def card(self, row: int) -> int:
        """The id in a row."""
        first = len(self.cards)
        return self.cards[row] if row < first else self.near[row - first]

    def row(self, card: int) -> int | None:
        """The row of a card; None when it was not found."""
        if card in self.cards:
            return self.cards.index(card)
        return len(self.cards) + self.near.index(card) if card in self.near else None

    def row_after(self, before: "Shown | None", cursor: int) -> int:
        """Where a cursor belongs that stood in that row of what was shown before: on its card, while the query is the
        same."""
        if before is None or before.found.query != self.query or cursor >= len(before.found) or not self:
            return 0
        row = self.row(before.found.card(cursor))
        return min(cursor, len(self) - 1) if row is None else row


class Shown:
    """The entries of what was found, as the store has them now."""

    def __init__(self, found: Found, fetch: Callable[[Sequence[int]], Iterable[EntryRow]]) -> None:
        self.found, self._fetch = found, fetch
        self._known: dict[int, Entry] = {}
        self._called: dict[str, list[Entry]] = {}
        """Those of one term."""

    def entry(self, row: int) -> Entry:
        """The entry of a row; fetches it with its neighbours, which takes about a millisecond."""
        card = self.found.card(row)
        if card not in self._known:
            rows = range(max(0, row - _BEFORE), min(len(self.found), row + _AFTER))
            for each in self._fetch([self.found.card(number) for number in rows]):
                if each.id not in self._known:
                    self._known[each.id] = one = entry(each)
                    self._called.setdefault(key(one.term), []).append(one)
        return self._known[card]

    def apart(self, entry: Entry) -> str:
        """What tells an entry from those of the same term around it: the innermost heading that is its own, else its
        note; nothing where there are none, or nothing does."""
        others = [one for one in self._called.get(key(entry.term), ()) if one.id != entry.id]
        places = [*reversed(entry.headings), file_name(entry.path)]
        return next(
            (
                place
                for place in places
                for one in others
                if place not in (*one.headings, file_name(one.path))
            ),
            "",
        )
