"""An Anki package as cards with their schedules and reviews."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

from studyllm.cards import Algorithm, Card, Kind, Scheduling, Source
from studyllm.exchange.anki.archive import opened
from studyllm.exchange.anki.collection import AnkiCard, AnkiDeck, AnkiReview, Collection, NoteType
from studyllm.exchange.anki.templates import cloze, is_cloze, sides
from studyllm.exchange.foreign import Arrival, Foreign, ForeignDeck
from studyllm.exchange.markup import text
from studyllm.i18n import _, ngettext
from studyllm.notes.display import PICTURES
from studyllm.private import private_folder
from studyllm.schedule import FIRST_EASE, Day, Grade, Learned, Memory, New, Progress, Stage
from studyllm.store.records import Review, ReviewDetail, Start
from studyllm.text import clean, language

SOURCE = "Anki"
_NEW, _LEARNING, _REVIEW, _RELEARNING = range(4)
_SUSPENDED = -1
_GRADES = {1: Grade.WRONG, 2: Grade.HARD, 3: Grade.GOOD, 4: Grade.PERFECT}
_ANSWERED = (0, 1, 2, 3)
"""Kinds of reviews that were answers."""
_LONGEST_TERM = 300
"""Characters of a front that stands as a term; what is longer is its beginning."""
_WEIGHTS = 21
"""Of FSRS-6."""
_IMAGE = re.compile(r"!\[([^\[\]]*)\]\(([^\n]+?)\)")
_UNSAFE = re.compile(r"[\s()<>\[\]\\/:]+")
"""Of the name of a picture, where it stands in Markdown and in a folder."""

Progressed = Callable[[int, int], None]
"""Told (cards read, cards in all)."""


def read(path: Path, day: Day, media: Path, progress: Progressed, *, keep: bool) -> Arrival:
    """Everything in a package. The cards stand in the folder `media`, where the pictures that they show are put, if
    they are to be kept. Raises InputError."""
    with opened(path) as archive, archive.connect() as connection:
        collection = Collection(connection, day.zone)
        reader = _Reader(collection, str(media / path.name), day)
        rows = list(collection.cards())
        for number, row in enumerate(rows):
            if number % 100 == 0:
                progress(number, len(rows))
            reader.take(row)
        progress(len(rows), len(rows))
        lacking = _keep(reader.pictures, archive.media, media) if keep else 0
    told = []
    if reader.empty:
        said = ngettext(
            "{count} card is empty on one side: it was left out.",
            "{count} cards are empty on one side: they were left out.",
            reader.empty,
        )
        told.append(said.format(count=reader.empty))
    if collection.unread:
        said = ngettext(
            "{count} card or review could not be read: it was left out.",
            "{count} cards or reviews could not be read: they were left out.",
            collection.unread,
        )
        told.append(said.format(count=collection.unread))
    if lacking:
        said = ngettext(
            "{count} picture is not in the package: its name is kept.",
            "{count} pictures are not in the package: their names are kept.",
            lacking,
        )
        told.append(said.format(count=lacking))
    return Arrival(reader.decks(), tuple(told))


class _Reader:
    """Rows on their way to cards."""

    def __init__(self, collection: Collection, place: str, day: Day) -> None:
        self._collection = collection
        self._kinds = collection.note_types()
        self._decks = collection.decks()
        self._reviews = collection.reviews()
        self._place, self._day = place, day
        self._found: dict[int, list[Foreign]] = defaultdict(list)
        self._learnt_by_fsrs: Counter[int] = Counter()
        self.empty = 0
        self.pictures: dict[str, str] = {}
        """The names that pictures are kept under, and those that they have in the package."""

    def take(self, row: AnkiCard) -> None:
        kind = self._kinds.get(row.kind)
        asked, told, what = _sides(kind, row) if kind else ("", "", Kind.TERM)
        asked, told = (_IMAGE.sub(self._picture, side) for side in (asked, told))
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
        memory = _memory(row)
        self._learnt_by_fsrs[row.deck] += memory is not None
        reviews = _reviews(self._reviews.get(row.id, ()), self._day)
        stands = self._progress(row, memory, reviews)
        tags = tuple(sorted({tag for tag in map(_tag, row.tags) if tag}))
        start = Start(stands, reviews, row.queue == _SUSPENDED, tags)
        self._found[row.deck].append(Foreign(card, start))

    def decks(self) -> tuple[ForeignDeck, ...]:
        """What was read, by deck."""
        found = []
        for number, cards in self._found.items():
            deck = self._decks.get(number, AnkiDeck(_("Anki")))
            fsrs = self._learnt_by_fsrs[number] > 0
            name = " ".join(clean(deck.name).split()) or _("Anki")
            found.append(ForeignDeck(name, tuple(cards), _scheduling(deck) if fsrs else None))
        return tuple(sorted(found, key=lambda deck: deck.name))

    def _picture(self, found: re.Match[str]) -> str:
        name = unquote(found.group(2))
        safe = _UNSAFE.sub("_", name).lstrip(".")[-100:]
        if Path(name).name != name or Path(safe).suffix.lower() not in PICTURES:
            return f"🖼 {found.group(1) or name}"
        self.pictures[safe] = name
        return f"![{found.group(1)}]({safe})"

    def _progress(self, row: AnkiCard, memory: Memory | None, reviews: Sequence[Review]) -> Progress:
        if row.stage == _NEW or row.stage not in (_LEARNING, _REVIEW, _RELEARNING):
            return New()
        days = row.stage == _REVIEW or row.due < 1_000_000_000
        due = self._collection.day(row.due) if days else _day_of(row.due, self._day)
        interval = max(row.interval, 1) if row.stage == _REVIEW else 0
        last = (
            reviews[-1].at
            if reviews
            else datetime.combine(due - timedelta(days=max(interval, 1)), datetime.min.time(), UTC)
            + timedelta(hours=12)
        )
        ease = row.factor / 1000 if 1300 <= row.factor <= 10_000 else FIRST_EASE
        repetitions = _in_a_row(reviews) if reviews else 1 + (interval > 1) + (interval > 6)
        if row.stage != _REVIEW and memory is None:
            repetitions, interval = 0, 1  # SM-2 has no steps: it begins again
        lapses = max(0, row.lapses)
        return Learned(repetitions, interval, ease, lapses, last, due, None, memory)


def _sides(kind: NoteType, row: AnkiCard) -> tuple[str, str, Kind]:
    """What the card asks and answers."""
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


def _tag(name: str) -> str:
    return clean(name).replace("::", "/").strip()


def _memory(row: AnkiCard) -> Memory | None:
    """What FSRS knows of a card."""
    with suppress(ValueError, LookupError, TypeError, RecursionError):
        data = json.loads(row.data)
        stability, difficulty = float(data["s"]), float(data["d"])
        if 0 < stability < 40_000 and 1 <= difficulty <= 10:
            stage = {_LEARNING: Stage.LEARNING, _RELEARNING: Stage.RELEARNING}.get(row.stage, Stage.KNOWN)
            return Memory(stability, difficulty, stage)
    return None


def _scheduling(deck: AnkiDeck) -> Scheduling:
    weights = deck.weights if len(deck.weights) == _WEIGHTS else ()
    retention = min(0.99, max(0.7, round(deck.retention, 4)))
    return Scheduling(Algorithm.FSRS, retention, weights)


def _reviews(rows: Sequence[AnkiReview], day: Day) -> tuple[Review, ...]:
    """Answers with where Anki put the card before and after each."""
    found: list[Review] = []
    stands: Progress = New()
    lapses = 0
    for row in rows:
        if row.kind not in _ANSWERED or row.ease not in _GRADES or (row.kind == 3 and not row.factor):
            continue
        grade = _GRADES[row.ease]
        lapses += row.kind == _REVIEW - 1 and not grade.recalled
        interval = max(0, row.interval)
        due = day.of(row.at) + timedelta(days=min(interval, 36_500))
        ease = row.factor / 1000 if row.factor >= 1300 else FIRST_EASE
        before = stands.repetitions if isinstance(stands, Learned) else 0
        after = Learned(before + 1 if grade.recalled else 0, interval, ease, lapses, row.at, due)
        seconds = row.seconds if 0 < row.seconds < 3600 else None
        found.append(
            Review(0, row.at, grade, stands, after, detail=ReviewDetail(seconds=seconds, source=SOURCE))
        )
        stands = after
    return tuple(found)


def _in_a_row(reviews: Sequence[Review]) -> int:
    last = reviews[-1].after
    return last.repetitions if isinstance(last, Learned) else 0


def _day_of(seconds: int, day: Day) -> date:
    return day.of(datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(seconds, 1 << 34)))


def _keep(names: Mapping[str, str], content: Callable[[str], bytes | None], folder: Path) -> int:
    """Puts pictures into a folder under new names; how many are not there."""
    lacking = 0
    for safe, name in names.items():
        raw = content(name)
        if raw is None:
            lacking += 1
            continue
        private_folder(folder)
        (folder / safe).write_bytes(raw)
    return lacking
