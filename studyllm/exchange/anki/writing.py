"""Cards as an Anki package, with their schedules and reviews where that is wanted.

The same cards give the same bytes. A card keeps its GUID through edits of its text and of its note, so that a later
package changes what an earlier one brought; Anki then takes texts over, never schedules.
"""

import hashlib
import json
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from html import escape
from pathlib import Path
from typing import IO

from studyllm.exchange.anki import shape
from studyllm.exchange.anki.archive import LARGEST_MEDIA
from studyllm.exchange.foreign import identity
from studyllm.notes.display import PICTURES, page
from studyllm.notes.html import as_html
from studyllm.schedule import Day, Learned, Progress, Stage
from studyllm.store import Review, StudyCard

_EASE = {0: 1, 1: 1, 2: 1, 3: 2, 4: 3, 5: 4}
"""Anki's buttons for the six grades."""
_LEFT = 1001
"""Anki's word for one step left, today."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class Package:
    """Cards on their way into a package."""

    def __init__(self, day: Day, at: datetime, roots: Sequence[Path], *, schedule: bool) -> None:
        """`at` is when something last changed, `roots` are the folders whose pictures may be taken along."""
        self._day, self._at, self._schedule, self._roots = day, at, schedule, roots
        self._media: dict[str, Path] = {}

    def write(self, cards: Sequence[StudyCard], reviews: Iterable[Review], out: IO[bytes]) -> int:
        """Writes the package; how many reviews are in it. `reviews` are of any cards, oldest first."""
        ordered = sorted(cards, key=lambda card: card.id)
        first = self._first_day(ordered)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "collection.anki2"
            with closing(sqlite3.connect(file)) as connection:
                offset = (
                    datetime.combine(first, datetime.min.time(), self._day.zone).utcoffset() or timedelta()
                )
                decks = {_deck_id(name): name for name in sorted({card.deck for card in ordered})}
                shape.make(
                    connection,
                    int(self._day.start(first).timestamp()),
                    int(self._at.timestamp()),
                    int(-offset.total_seconds() // 60),
                    self._day.rollover,
                    decks,
                )
                numbers = dict(_numbers(ordered))
                for place, card in enumerate(ordered):
                    self._card(connection, card, numbers[card.id], first, place)
                count = self._reviews(connection, reviews, numbers) if self._schedule else 0
                connection.commit()
                connection.execute("VACUUM")
            self._pack(file, out)
        return count

    def _first_day(self, cards: Sequence[StudyCard]) -> date:
        days = [card.due for card in cards if card.due] + [self._day.of(c.added) for c in cards if c.added]
        return min(days, default=self._day.of(self._at))

    def _card(
        self, connection: sqlite3.Connection, card: StudyCard, number: int, first: date, place: int
    ) -> None:
        texts = self._fields(card)
        now = int(self._at.timestamp())
        checksum = int(hashlib.sha1(texts[0].encode(), usedforsecurity=False).hexdigest()[:8], 16)
        tags = " ".join(tag.replace("/", "::") for tag in card.tags)
        note = (
            number,
            identity(card),
            shape.NOTE_TYPE,
            now,
            -1,
            f" {tags} " if tags else "",
            "\x1f".join(texts),
        )
        connection.execute(
            "INSERT INTO notes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '')", (*note, texts[0], checksum)
        )
        stands = self._stands(card, first, place)
        head = (number, number, _deck_id(card.deck), now)
        connection.execute(
            "INSERT INTO cards VALUES (?, ?, ?, 0, ?, -1, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?)", head + stands
        )

    def _stands(self, card: StudyCard, first: date, place: int) -> tuple[int | str, ...]:
        """type, queue, due, ivl, factor, reps, lapses, left and data of a card."""
        progress = card.progress
        if not self._schedule or not isinstance(progress, Learned):
            queue = -1 if self._schedule and card.suspended else 0
            return 0, queue, place + 1, 0, 0, 0, 0, 0, "{}"
        days = (progress.due - first).days
        learning = progress.memory is not None and progress.memory.stage is not Stage.KNOWN
        kind, queue, due, left = 2, 2, days, 0
        if learning and progress.memory is not None:
            kind = 1 if progress.memory.stage is Stage.LEARNING else 3
            queue, due, left = (
                (1, int(progress.again.timestamp()), _LEFT) if progress.again else (3, days, _LEFT)
            )
        queue = -1 if card.suspended else queue
        interval = max(1, progress.interval) if kind == 2 else progress.interval
        reps = max(1, progress.repetitions + progress.lapses)
        return (
            kind,
            queue,
            due,
            interval,
            round(progress.ease * 1000),
            reps,
            progress.lapses,
            left,
            _data(progress),
        )

    def _reviews(
        self, connection: sqlite3.Connection, reviews: Iterable[Review], numbers: dict[int, int]
    ) -> int:
        last, count = 0, 0
        for review in sorted((r for r in reviews if r.card_id in numbers), key=lambda r: r.at):
            last = max(last + 1, int(review.at.timestamp() * 1000))
            took = min(round((review.detail.seconds or 0) * 1000), 3_600_000)
            row = (
                last,
                numbers[review.card_id],
                _EASE[review.chosen],
                _interval(review.after, review.at),
                _interval(review.before, review.at),
                _factor(review.after),
                took,
                _kind(review),
            )
            connection.execute("INSERT INTO revlog VALUES (?, ?, -1, ?, ?, ?, ?, ?, ?)", row)
            count += 1
        return count

    def _fields(self, card: StudyCard) -> tuple[str, ...]:
        text = card.card
        folder = Path(text.source.path).parent

        def image(place: str) -> str | None:
            return self._picture(folder / place)

        answer = as_html(text.answer, _formula, image, plain=True)
        if card.own_points:
            answer += "<ul>" + "".join(f"<li>{escape(point)}</li>" for point in card.own_points) + "</ul>"
        note = page(text) if text.source.line else None
        context = as_html(note.raw, _formula, image) if note else ""
        front = as_html(text.prompt or text.term, _formula, image, plain=True)
        place = " › ".join((*text.headings, text.source.place))
        return tuple(part.replace("\x1f", "") for part in (front, answer, context, escape(place)))

    def _picture(self, path: Path) -> str | None:
        """The name under which a picture goes into the package: one that lies with the notes or the imports."""
        try:
            path = path.resolve()
            if not any(path.is_relative_to(root) for root in self._roots):
                return None
            if path.suffix.casefold() not in PICTURES or not 0 < path.stat().st_size <= LARGEST_MEDIA:
                return None
            mark = zlib.crc32(path.read_bytes())
        except (OSError, ValueError):
            return None
        name = f"{path.stem[:60]}-{mark:08x}{path.suffix.casefold()}".replace(" ", "_")
        self._media[name] = path
        return name

    def _pack(self, database: Path, out: IO[bytes]) -> None:
        with zipfile.ZipFile(out, "w") as packed:

            def put(name: str, content: bytes) -> None:
                packed.writestr(zipfile.ZipInfo(name, _ZIP_TIME), content, zipfile.ZIP_DEFLATED)

            put("collection.anki2", database.read_bytes())
            for number, path in enumerate(self._media.values()):
                put(str(number), path.read_bytes())
            put("media", json.dumps({str(n): name for n, name in enumerate(self._media)}).encode())


def _numbers(cards: Sequence[StudyCard]) -> Iterator[tuple[int, int]]:
    """Anki's number for each card: the millisecond it was added, or the next one that is free."""
    last = 0
    for card in cards:
        added = card.added or datetime(2020, 1, 1, tzinfo=UTC)
        last = max(last + 1, int(added.timestamp() * 1000))
        yield card.id, last


def _deck_id(name: str) -> int:
    return 1_600_000_000_000 + zlib.crc32(name.encode())


def _formula(tex: str, alone: bool) -> str:
    return rf"\[{escape(tex)}\]" if alone else rf"\({escape(tex)}\)"


def _data(progress: Learned) -> str:
    """What FSRS knows, as Anki keeps it with a card."""
    if progress.memory is None:
        return "{}"
    last = int(progress.reviewed.timestamp())
    known = {"s": round(progress.memory.stability, 4), "d": round(progress.memory.difficulty, 3), "lrt": last}
    return json.dumps(known)


def _interval(progress: Progress, at: datetime) -> int:
    """Days, or seconds below nought."""
    if not isinstance(progress, Learned):
        return 0
    if not progress.interval and progress.again:
        return -max(1, min(86_399, round((progress.again - at).total_seconds())))
    return progress.interval


def _factor(progress: Progress) -> int:
    """The ease in per mille; of FSRS the difficulty, from 100 to 1100."""
    if not isinstance(progress, Learned):
        return 0
    if progress.memory is not None:
        return round(((progress.memory.difficulty - 1) / 9 + 0.1) * 1000)
    return round(progress.ease * 1000)


def _kind(review: Review) -> int:
    """0 learning, 1 review, 2 relearning."""
    before = review.before
    if not isinstance(before, Learned):
        return 0
    if before.memory is not None and before.memory.stage is not Stage.KNOWN:
        return 0 if before.memory.stage is Stage.LEARNING else 2
    return 1
