"""An Anki package as cards with their schedules and reviews."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from studyllm.cards import Card, Kind, Source
from studyllm.exchange.anki import schedules
from studyllm.exchange.anki.archive import opened
from studyllm.exchange.anki.collection import AnkiCard, AnkiDeck, Collection, NoteType
from studyllm.exchange.anki.pictures import Pictures
from studyllm.exchange.anki.shape import NOTE_TYPE
from studyllm.exchange.anki.templates import cloze, is_cloze, sides
from studyllm.exchange.foreign import Arrival, Foreign, ForeignDeck
from studyllm.exchange.markup import text
from studyllm.i18n import ngettext
from studyllm.schedule import Day
from studyllm.store.changes import Start
from studyllm.text import clean, language

SOURCE = "Anki"
_SUSPENDED = -1
"""A queue."""
_LONGEST_TERM = 300
"""Characters of a front that stands as a term; what is longer is its beginning."""
_LATEST = 1 << 34
"""Seconds since 1970, in the year 2514."""

Progressed = Callable[[int, int], None]
"""Told (cards read, cards in all)."""


def read(path: Path, day: Day, folder: Path, progress: Progressed, *, keep: bool) -> Arrival:
    """Everything in a package. The cards stand in `folder`, where the pictures that they show are put, if they are to
    be kept. Raises InputError."""
    with opened(path) as archive, archive.connect() as connection:
        collection = Collection(connection, day.zone)
        pictures = Pictures(archive.media, folder, keep=keep)
        reader = _Reader(collection, pictures, str(folder / path.name), day)
        rows = list(collection.cards())
        for number, row in enumerate(rows):
            if number % 100 == 0:
                progress(number, len(rows))
            reader.take(row)
        progress(len(rows), len(rows))
    return Arrival(reader.decks(), tuple(_passed(reader.empty, collection.unread, pictures.lacking)))


class _Reader:
    """Rows on their way to cards."""

    def __init__(self, collection: Collection, pictures: Pictures, place: str, day: Day) -> None:
        self._collection, self._pictures = collection, pictures
        self._kinds = collection.note_types()
        self._decks = collection.decks()
        self._reviews = collection.reviews()
        self._place, self._day = place, day
        self._found: dict[int, list[Foreign]] = defaultdict(list)
        self._by_fsrs: Counter[int] = Counter()
        self.empty = 0

    def take(self, row: AnkiCard) -> None:
        kind = self._kinds.get(row.kind)
        asked, told, what = _sides(kind, row) if kind else ("", "", Kind.TERM)
        asked, told = self._pictures.placed(asked), self._pictures.placed(told)
        term = " ".join(asked.split())
        if not term or not told:
            self.empty += 1
            return
        points = _points(told)
        card = Card(
            kind=Kind.LIST if points and what is Kind.TERM else what,
            term=term if len(term) <= _LONGEST_TERM else term[: _LONGEST_TERM - 1] + "…",
            answer=told,
            source=Source(self._place, 0, 0),
            prompt=asked,
            points=points,
            lang=language(told),
            rule="anki",
        )
        self._found[row.deck].append(Foreign(card, self._start(row), "" if row.template else row.guid))

    def _start(self, row: AnkiCard) -> Start:
        memory = schedules.memory(row)
        self._by_fsrs[row.deck] += memory is not None
        reviews = schedules.reviews(self._reviews.get(row.id, ()), self._day, SOURCE)
        if schedules.due_in_days(row):
            due = self._collection.day(row.due)
        else:
            due = self._day.of(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(row.due, _LATEST)))
        progress = schedules.progress(row, due, reviews, memory)
        tags = sorted({tag for name in row.tags if (tag := clean(name).replace("::", "/").strip())})
        return Start(progress, reviews, row.queue == _SUSPENDED, tuple(tags))

    def decks(self) -> tuple[ForeignDeck, ...]:
        """What was read, by deck."""
        found = []
        for number, cards in self._found.items():
            deck = self._decks.get(number, AnkiDeck(SOURCE))
            name = " ".join(clean(deck.name).split()) or SOURCE
            scheduling = schedules.scheduling(deck) if self._by_fsrs[number] else None
            found.append(ForeignDeck(name, tuple(cards), scheduling))
        return tuple(sorted(found, key=lambda deck: deck.name))


def _sides(kind: NoteType, row: AnkiCard) -> tuple[str, str, Kind]:
    """What the card asks and answers."""
    if row.kind == NOTE_TYPE:  # from here: what goes along is not the answer
        asked, told, *_more = *row.fields, "", ""
        return text(asked), text(told), Kind.TERM
    fields = dict(zip(kind.fields, row.fields, strict=False))
    first = next(iter(kind.templates.values()), ("", ""))
    if name := is_cloze(first[0]):
        asked, told = cloze(fields.get(name, ""), row.template + 1)
        return text(asked), text(told), Kind.CLOZE
    if row.template not in kind.templates:
        return "", "", Kind.TERM
    asked, told = sides(*kind.templates[row.template], fields)
    return text(asked), text(told), Kind.TERM


def _points(answer: str) -> tuple[str, ...]:
    """The items of an answer that is nothing but a list."""
    lines = answer.split("\n")
    items = [line[2:].strip() for line in lines if line.startswith("- ")]
    return tuple(items) if len(items) == len(lines) > 1 and all(items) else ()


def _passed(empty: int, unread: int, lacking: int) -> Iterator[str]:
    """What was passed over, in sentences."""
    if empty:
        yield ngettext(
            "{count} card is empty on one side: it was left out.",
            "{count} cards are empty on one side: they were left out.",
            empty,
        ).format(count=empty)
    if unread:
        yield ngettext(
            "{count} card or review could not be read: it was left out.",
            "{count} cards or reviews could not be read: they were left out.",
            unread,
        ).format(count=unread)
    if lacking:
        yield ngettext(
            "{count} picture is not in the package: its name is kept.",
            "{count} pictures are not in the package: their names are kept.",
            lacking,
        ).format(count=lacking)
