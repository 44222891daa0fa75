"""All entries, as text to search: a query takes some ten milliseconds for a hundred thousand of them."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from studyllm.glossary.conditions import Part, Told
from studyllm.glossary.entry import texts
from studyllm.glossary.passing import Passing
from studyllm.glossary.query import Query
from studyllm.glossary.spelling import Spelling
from studyllm.pinyin import Sound, is_chinese, sound
from studyllm.script import comparable
from studyllm.store.entries import EntryRow
from studyllm.text import fold

_SILENT = Sound("", "")
_PAUSE = 50
"""Entries between two questions whether to go on: a millisecond or two."""


class SortOrder(StrEnum):
    """In which order entries are shown."""

    MATCH = "match"
    """The best match first; without words, as in the notes."""
    NOTES = "notes"
    """As in the notes."""
    TERM = "term"
    """By the alphabet, Chinese by pinyin."""
    DUE = "due"
    """What is due first comes first, new ones last."""
    EASE = "ease"
    """The hardest first, new ones last."""
    LAPSES = "lapses"
    """The most often forgotten first."""


class Index:
    """Entries in the order of the notes, by number. One thread makes it while others search."""

    def __init__(self, rows: Sequence[EntryRow], today: date, start: datetime) -> None:
        """Rows as on a study day that began at that moment, which can be shown and filtered; `read` makes their words
        searchable, `listen` their sound."""
        self.rows = tuple(rows)
        self.ids = [row.id for row in rows]
        self.decks = sorted({row.deck for row in rows})
        self.tags = sorted({tag for value in {row.tags for row in rows} for tag in texts(value)})
        self.is_read = False
        self._names: list[str] = []
        self._heads: list[str] = []
        """The term and its aliases, each after a line break."""
        self._bodies: list[str] = []
        """The headings and the definition."""
        self._sounds: list[Sound] = []
        """Empty until `listen` is done."""
        self._heard: dict[str, Sound] = {}
        self._spelling: Spelling | None = None
        """None until `listen` is done."""
        self._by_name: dict[str, list[int]] = {}
        self.told: dict[Told, Collection[int]] = {}
        """Ids of the cards that the log tells of; whoever searches puts in what a query asks for."""
        self._here = sum(row.state != "gone" for row in self.rows)
        self._passing = Passing(self.rows, today, start, self.told, self._has)
        self._numbers = {row.id: number for number, row in enumerate(rows)}
        self._orders: dict[SortOrder, Sequence[int]] = {SortOrder.NOTES: range(len(rows))}
        self._passed: dict[SortOrder, tuple[Sequence[int], object, Sequence[int]]] = {}
        self._last: tuple[Query, SortOrder, list[Sound], Sequence[int]] | None = None

    def read(self, before: "Index | None" = None, go_on: Callable[[], bool] = lambda: True) -> bool:
        """Folds all texts, but for those that an index made before has the same; whether all of them are. Told not to
        go on, it is to be thrown away."""
        old = before if before is not None and before.is_read else None
        same = old is not None and len(old) == len(self)
        names: dict[str, list[int]] = {}
        for number, row in enumerate(self.rows):
            if number % _PAUSE == 0 and not go_on():
                return False
            was = old.number(row.id) if old else None
            if old and was is not None and _same(row, old.rows[was]):
                name, head, body = old._names[was], old._heads[was], old._bodies[was]
                same &= was == number
            else:
                name = comparable(fold(row.term))
                aliases = texts(row.aliases)
                head = f"\n{name}" + comparable("".join(f"\n{fold(text)}" for text in aliases))
                body = comparable("\n".join(map(fold, (*texts(row.headings), row.answer))))
                same = False
            self._names.append(name)
            self._heads.append(head)
            self._bodies.append(body)
            names.setdefault(name, []).append(number)
        if old:
            self._heard = old._heard
        if old and same:
            self._sounds, self._spelling = old._sounds, old._spelling
        self._by_name = names
        self.is_read = True
        return same

    def __len__(self) -> int:
        return len(self.rows)

    def count(self, *, gone: bool) -> int:
        """How many entries there are; those that are gone only when they are asked for."""
        return len(self) if gone else self._here

    def number(self, card_id: int) -> int | None:
        """The number of a card; None when there is none of that id."""
        return self._numbers.get(card_id)

    def numbers(self, cards: Iterable[int]) -> list[int]:
        """The numbers of those cards that there are."""
        return [number for number in map(self._numbers.get, cards) if number is not None]

    def senses(self, number: int) -> Sequence[int]:
        """The other entries of the same term that are still in the notes."""
        same = self._by_name[self._names[number]] if self.is_read else ()
        return [n for n in same if n != number and self.rows[n].state != "gone"]

    def listen(self, go_on: Callable[[], bool] = lambda: True) -> None:
        """Learns how the terms sound and are spelt; without it nothing is found or ordered by pinyin, nor found in
        spite of a slip. 50 µs a Chinese term."""
        if self._sounds:
            return
        sounds, spelling = [], Spelling()
        for number, name in enumerate(self._names):
            if number % _PAUSE == 0 and not go_on():
                return
            if name not in self._heard:
                self._heard[name] = sound(name) if is_chinese(name) else _SILENT
            sounds.append(self._heard[name])
            spelling.add(number, self._heads[number])
        by_term = sorted(range(len(self)), key=self._key(SortOrder.TERM, sounds))
        self._spelling = spelling
        self._sounds, self._orders[SortOrder.TERM] = sounds, by_term

    # Searching

    def search(self, query: Query, order: SortOrder = SortOrder.MATCH) -> Sequence[int]:
        """All entries that pass, in order; those that are gone only when they are asked for."""
        best = order is SortOrder.MATCH and bool(query.readings)
        numbers = self._matching(query, order if best or order is not SortOrder.MATCH else SortOrder.NOTES)
        return self._ranked(numbers, query) if best else numbers

    def alike(self, query: Query, order: SortOrder = SortOrder.MATCH) -> Sequence[int]:
        """The entries that pass when each of the words may have a slip of one letter, where no term has them without;
        those that pass without one are not among them."""
        spelling, words = self._spelling, query.words
        slips = [spelling.alike(word) if spelling else () for word in words]
        if not any(slips):
            return ()
        found, heads = self._matching(query, order), self._heads
        if any(all(word in heads[n] for word in words) for n in found):
            return ()
        numbers: Sequence[int] = self._kept(order, query)
        for word, slip in zip(words, slips, strict=True):
            exact = frozenset(self._with(numbers, word, everywhere=True))
            numbers = [n for n in numbers if n in exact or n in slip]
        but = frozenset(found)
        return [n for n in self._rest(numbers, query) if n not in but]

    def passing(self, query: Query) -> Sequence[int]:
        """The entries that pass the filters, whatever their words, but for words that must not be found."""
        numbers = self._kept(SortOrder.NOTES, query)
        for part in query.denied if self.is_read else ():
            numbers = self._passing.of(part, numbers)
        return numbers

    def _matching(self, query: Query, order: SortOrder) -> Sequence[int]:
        last, sounds = self._last, self._sounds
        if last and last[1] is order and last[2] is sounds and query == last[0]:
            return self._rest(last[3], query)
        if last and last[1] is order and last[2] is sounds and query.narrows(last[0]):
            numbers = last[3]
        else:
            numbers = self._kept(order, query)
        for word in query.words:
            numbers = self._with(numbers, word, everywhere=not query.is_letter)
        self._last = (query, order, sounds, numbers)
        return self._rest(numbers, query)

    def _rest(self, numbers: Sequence[int], query: Query) -> Sequence[int]:
        """Those that also pass what asks for words in another way than that they must be found."""
        for part in query.rest:
            numbers = self._passing.of(part, numbers)
        return numbers

    def _with(self, numbers: Iterable[int], word: str, *, everywhere: bool) -> Sequence[int]:
        """Those with a word in their text, or that sound like it; if not everywhere, then in terms alone."""
        heads, bodies, sounds = self._heads, self._bodies, self._sounds
        if not word.isascii():
            return [n for n in numbers if word in heads[n] or word in bodies[n]]
        if not sounds:
            return [n for n in numbers if word in heads[n] or (everywhere and word in bodies[n])]
        typed = f" {word}"
        if not everywhere:
            return [n for n in numbers if word in heads[n] or typed in sounds[n].typed]
        return [n for n in numbers if word in heads[n] or typed in sounds[n].typed or word in bodies[n]]

    def _has(self, word: str) -> Callable[[int], bool]:
        """Tells of an entry whether a word is in its text, or sounds like it."""
        heads, bodies, sounds, typed = self._heads, self._bodies, self._sounds, f" {word}"
        if not word.isascii() or not sounds:
            return lambda n: word in heads[n] or word in bodies[n]
        return lambda n: word in heads[n] or typed in sounds[n].typed or word in bodies[n]

    def _kept(self, order: SortOrder, query: Query) -> Sequence[int]:
        """Those that pass the filters, in order; remembered, because most queries have the same as the last one."""
        among, asked = self._ordered(order), (query.filters, query.takes_gone)
        passed = self._passed.get(order)
        if passed is None or passed[0] is not among or passed[1] != asked:
            self._passed[order] = passed = among, asked, self._filtered(among, query.filters, *asked[1:])
        return passed[2]

    def _filtered(self, numbers: Sequence[int], filters: Sequence[Part], gone: bool) -> Sequence[int]:
        rows = self.rows
        if not gone:
            numbers = [n for n in numbers if rows[n].state != "gone"]
        for part in filters:
            numbers = self._passing.of(part, numbers)
        return numbers

    def _ranked(self, numbers: Sequence[int], query: Query) -> Sequence[int]:
        """The same, the best first; of alternatives the best that an entry was found by counts."""
        if len(query.readings) == 1:
            return [n for some in self._ranks(numbers, query.readings[0]) for n in some]
        best: dict[int, int] = {}
        for words in query.readings:
            for rank, some in enumerate(self._ranks(numbers, words)):
                for n in some:
                    best[n] = min(rank, best.get(n, rank))
        return sorted(numbers, key=best.__getitem__)

    def _ranks(self, numbers: Sequence[int], words: Sequence[str]) -> tuple[Sequence[int], ...]:
        """By words: the term itself, an alias, their beginnings, within them, by sound, at the begin of a word
        anywhere else, within one; in each of these the shorter terms first."""
        names, heads, sounds = self._names, self._heads, self._sounds
        phrase = " ".join(words)
        whole, typed = f"\n{phrase}", f" {''.join(words)}"
        named = numbers
        for word in words:
            named = [n for n in named if word in heads[n]]
        begun, within = _split(named, [n for n in named if whole in heads[n]])
        exact, begun = _split(begun, [n for n in begun if f"{heads[n]}\n".find(f"{whole}\n") >= 0])
        exact, alias = _split(exact, [n for n in exact if names[n] == phrase])
        begun, other = _split(begun, [n for n in begun if names[n].startswith(phrase)])
        _, rest = _split(numbers, named)
        heard = [n for n in rest if typed in sounds[n].typed] if sounds and typed.isascii() else []
        first, later = _split(heard, [n for n in heard if _begins(sounds[n], typed)])
        _, elsewhere = _split(rest, heard)
        whole_words = [n for n in elsewhere if all(_has_word(w, heads[n], self._bodies[n]) for w in words)]
        told, inside = _split(elsewhere, whole_words)
        return exact, alias, begun, other, within, first, later, told, inside

    # Orders

    def _ordered(self, order: SortOrder) -> Sequence[int]:
        if order not in self._orders:
            self._orders[order] = sorted(range(len(self)), key=self._key(order, self._sounds))
        return self._orders[order]

    def _key(self, order: SortOrder, sounds: Sequence[Sound]) -> Callable[[int], Any]:
        rows, names = self.rows, self._names
        if order is SortOrder.MATCH:
            return lambda n: len(names[n])
        if order is SortOrder.TERM:
            return lambda n: ((sounds[n].full if sounds else "") or names[n], names[n])
        if order is SortOrder.DUE:
            return lambda n: rows[n].due or "9999"
        if order is SortOrder.EASE:
            return lambda n: 99.0 if (ease := rows[n].ease) is None else ease
        return lambda n: -(rows[n].lapses or 0)


def _split(numbers: Sequence[int], some: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
    """Some of the numbers, and the others."""
    if len(some) == len(numbers):
        return some, ()
    chosen = set(some)
    return some, [n for n in numbers if n not in chosen] if chosen else numbers


def _has_word(begun: str, *texts: str) -> bool:
    """Whether a word of one of the texts begins so; within Chinese no word begins anywhere."""
    if not begun.isascii():
        return True
    for text in texts:
        at = text.find(begun)
        while at >= 0:
            if not at or not text[at - 1].isalnum():
                return True
            at = text.find(begun, at + 1)
    return False


def _begins(heard: Sound, typed: str) -> bool:
    """Whether what is typed begins the initials or the pinyin."""
    return heard.typed.startswith(typed) or heard.full.startswith(typed[1:])


def _same(one: EntryRow, other: EntryRow) -> bool:
    """Whether two rows have the same text."""
    return (one.term, one.aliases, one.answer, one.headings) == (
        other.term,
        other.aliases,
        other.answer,
        other.headings,
    )
