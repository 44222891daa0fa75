"""Which entries pass the conditions of a query: each is made into a test of an entry, by number."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import cast

from studyllm.cards import file_name
from studyllm.glossary.conditions import (
    LEECH,
    SIGNS,
    Answered,
    Either,
    Every,
    Measured,
    Named,
    Not,
    Part,
    Rated,
    Told,
    Within,
    Word,
)
from studyllm.glossary.entry import texts
from studyllm.script import plain
from studyllm.store.entries import EntryRow

Test = Callable[[int], bool]
_COMING = ("learning", "review", "due")
"""States of cards that have a day on which they are asked."""


class Passing:
    """The conditions over some rows."""

    def __init__(
        self,
        rows: Sequence[EntryRow],
        today: date,
        start: datetime,
        told: Mapping[Told, Collection[int]],
        has: Callable[[str], Test],
    ) -> None:
        """Rows as on a study day that began at `start`; `told` are the ids that the log tells of, `has(word)` is the
        test whether a word is found."""
        self._rows, self._today, self._start, self._told, self._has = rows, today, start, told, has
        self._decks = {row.deck for row in rows}
        self._headings = {row.headings for row in rows}
        self._tags = {row.tags for row in rows}
        self._paths = {row.path for row in rows}

    def of(self, part: Part, numbers: Iterable[int]) -> Sequence[int]:
        """Those that pass a part, in the same order."""
        return list(filter(self._test(part), numbers))

    def _test(self, part: Part) -> Test:
        if isinstance(part, Not):
            denied = self._test(part.part)
            return lambda n: not denied(n)
        if isinstance(part, Every | Either):
            tests = tuple(map(self._test, part.parts))
            if isinstance(part, Every):
                return lambda n: all(test(n) for test in tests)
            return lambda n: any(test(n) for test in tests)
        if isinstance(part, Word):
            return self._has(part.text)
        if isinstance(part, Named):
            return self._named(part)
        if isinstance(part, Measured):
            return self._measured(part)
        if isinstance(part, Within):
            return self._within(part)
        return self._known(part)

    def _named(self, part: Named) -> Test:
        rows, value = self._rows, part.value
        if part.field == "deck":
            decks = _meant(self._decks, value)
            return lambda n: rows[n].deck in decks
        if part.field == "in":
            above = {some for some in self._headings if any(value in plain(one) for one in texts(some))}
            notes = {path for path, name in _named_by(self._paths) if value in plain(name)}
            return lambda n: rows[n].headings in above or rows[n].path in notes
        if part.field == "tag":
            tagged = {some for some in self._tags if value in map(plain, texts(some))}
            return lambda n: rows[n].tags in tagged
        if value == LEECH:
            return lambda n: bool(rows[n].leech)
        return lambda n: rows[n].state == value

    def _measured(self, part: Measured) -> Test:
        holds, number, measure = SIGNS[part.sign], part.number, self._measure(part.name)

        def passes(n: int) -> bool:
            found = measure(n)
            return found is not None and holds(found, number)

        return passes

    def _measure(self, name: str) -> Callable[[int], float | None]:
        """A property of an entry; None where it has none."""
        rows, today = self._rows, self._today.toordinal()
        if name == "due":
            return lambda n: (
                date.fromisoformat(due).toordinal() - today
                if (due := rows[n].due) and rows[n].state in _COMING
                else None
            )
        column = EntryRow._fields.index("repetitions" if name == "reps" else name)
        return lambda n: cast("float | None", rows[n][column])

    def _within(self, part: Within) -> Test:
        rows = self._rows
        if part.field == "added":
            first = self._start - timedelta(days=part.days - 1)
            since = f"{first.astimezone(UTC):%Y-%m-%d %H:%M:%S}"
            return lambda n: rows[n].added >= since
        last = (self._today + timedelta(days=part.days - 1)).isoformat()
        return lambda n: (
            rows[n].state in ("learning", "due")
            or (rows[n].state == "review" and (rows[n].due or "9") <= last)
        )

    def _known(self, part: Rated | Answered) -> Test:
        rows, cards = self._rows, self._told[part]
        return lambda n: rows[n].id in cards


def _meant(names: Iterable[str], asked: str) -> set[str]:
    """The names that are asked for: the one that is exactly so, else those with that within."""
    plainly = {name: plain(name) for name in names}
    exact = {name for name, text in plainly.items() if text == asked}
    return exact or {name for name, text in plainly.items() if asked in text}


def _named_by(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each note with the names it is known by: its file, without the ending, the folder it is in, and those above that
    but for the ones in which all notes are."""
    parts = {path: path.replace("\\", "/").split("/")[:-1] for path in paths}
    levels = (len(set(level)) > 1 for level in zip(*parts.values(), strict=False))
    shared = next(
        (at for at, differs in enumerate(levels) if differs), min(map(len, parts.values()), default=0)
    )
    for path, folders in parts.items():
        yield path, file_name(path).rpartition(".")[0] or file_name(path)
        for folder in {*folders[shared:], *folders[-1:]} - {""}:
            yield path, folder
