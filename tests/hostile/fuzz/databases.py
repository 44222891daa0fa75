"""Databases that a disk or another program changed: pages and rows; examined, read, and made sound again."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from studyllm.cards import Card, Deck, Kind, Source
from studyllm.errors import StoreError, StudyError
from studyllm.schedule import Learned, New
from studyllm.store import Changes, JudgedPoint, Review, ReviewDetail, Store, opening
from studyllm.store.damage import examine, salvage
from studyllm.store.migrate import VERSION
from studyllm.verdicts import State
from tests.conftest import DAY, NOW

_TABLES = {
    "deck": "name notes kinds new_per_day reviews_per_day language exclude skip_headings scheduling choices",
    "card": "deck_id kind term aliases prompt answer points headings lang rule path line end_line added_at gone_at "
    "suspended early_look own_points tags buried repetitions interval ease lapses reviewed due again memory",
    "log": "at event card_id answer score verdict suggested chosen before after detail undoes",
    "note": "deck_id path size mtime_ns digest reader skipped",
    "quiz": "at deck options",
    "quiz_answer": "quiz_id at number mode card_id prompt wanted given right score confused_id",
    "alembic_version": "version_num",
}
_CHANGES = 5
"""Changes to one database at most."""
_VALUES: tuple[Any, ...] = (
    None, 0, -1, 7, 2**62, 1e308, -0.5, "", "x", "\0", "\x1b[31m", b"", b"\xff\x00", "[]", "{}", "null", "[1]",
    '{"a": 1}', "[[1, 2]]", '["a"]', '{"due": "2026-01-01"}', "2026-03-02", "2026-03-02 09:00:00.000000", "0001-01-01",
    "9999-12-31", "review", "import", "bulk", "undo", "reset", "scheduling", "term", "list", "0005", "0007",
    "\U0001f600" * 50, "[" * 2000, '{"does": "reset", "cards": {"1": [null, null]}}', "Infinity",
    '{"algorithm": "fsrs", "retention": 9}',
)  # fmt: skip


class Databases:
    """Each line of an input is a change to the database: its bytes choose what is changed, and into what."""

    name = "databases"
    words = tuple(f"\n{number}\n".encode() for number in range(2000))

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / "study.db"
        self._sound = _made(folder / "sound.db")
        self._random = Random(0)
        empty = folder / "empty.db"
        Store(empty).close()
        opening.migrate = lambda made, revision="head": _copied(made, empty)  # type: ignore[assignment]
        opening.engine = cache(opening.engine)  # one for all databases: statements are compiled once
        self.seeds = [b"%d" % number for number in range(32)]

    def run(self, data: bytes) -> None:
        for file in self._folder.glob("study.*"):
            file.unlink()
        self._path.write_bytes(self._sound)
        for line in data.split()[:_CHANGES]:
            random = Random(line)
            with suppress(sqlite3.DatabaseError, UnicodeDecodeError):
                (self._spoil_bytes if random.random() < 0.5 else self._spoil_row)(random)
        random = Random(data)
        with suppress(StudyError):
            self._use()
        try:
            found = examine(self._path)
        except StudyError:
            return
        if found is None and self._is_of_this_release():
            self._use()  # sound: then all of it can be read
        elif found and found.repairable and random.random() < 0.25:
            try:
                salvage(self._path, NOW)
            except StoreError as error:
                assert "Nothing in" in str(error)  # noqa: PT017
                return
            assert examine(self._path) is None
            with Store(self._path) as store:
                assert not store.journal.differences()
            self._use()

    def _is_of_this_release(self) -> bool:
        with closing(sqlite3.connect(self._path)) as raw:
            return raw.execute("SELECT version_num FROM alembic_version").fetchall() == [(VERSION,)]

    def _use(self) -> None:
        """What commands and screens read, and one thing that each writes."""
        with Store(self._path) as store:
            today = DAY.of(NOW)
            (
                store.decks(),
                store.counts(today, DAY),
                store.last_import(),
                store.schedulings(),
                store.quizzes.history(),
            )
            cards = list(store.cards(gone=True))
            for deck in store.decks():
                (
                    store.waiting(deck.name, today, DAY, 50),
                    store.unseen(deck.name, today, DAY, 50),
                    store.note_files(deck.name),
                )
                store.choices(deck.name), store.days_by_hand(deck.name)
            rows = list(store.entries.rows(today, DAY.start(today)))
            store.entries.some([row.id for row in rows], today, DAY.start(today))
            for entry in store.journal.entries():
                entry.what  # noqa: B018 - said
            store.journal.judged(), store.journal.histories(), store.load(today, today + timedelta(30))
            for card in cards[:1]:
                store.suspend(card.id, NOW, suspended=not card.suspended)
            store.journal.undo(NOW)

    def _spoil_bytes(self, random: Random) -> None:
        size = self._path.stat().st_size
        with self._path.open("r+b") as file:
            kind = random.randrange(5)
            at = random.randrange(100 if kind == 0 else size or 1)
            file.seek(at)
            if kind < 2:
                file.write(random.randbytes(random.choice((1, 1, 2, 8))))
            elif kind == 2:
                file.seek(at // 4096 * 4096)
                file.write(random.choice((b"\0", b"\xff", random.randbytes(1))) * 4096)
            elif kind == 3:
                file.write(random.randbytes(512))
            else:
                os.truncate(self._path, random.choice((0, at, at // 4096 * 4096)))

    def _spoil_row(self, random: Random) -> None:
        with closing(sqlite3.connect(self._path)) as raw:
            for trigger in ("log_no_update", "log_no_delete"):
                raw.execute(f"DROP TRIGGER IF EXISTS {trigger}")
            table = random.choice(list(_TABLES))
            where = (
                f"rowid = (SELECT rowid FROM {table} ORDER BY rowid LIMIT 1 OFFSET {random.randrange(12)})"
            )
            if random.random() < 0.1:
                raw.execute(f"DELETE FROM {table} WHERE {where}")
            else:
                column, value = random.choice(_TABLES[table].split()), random.choice(_VALUES)
                if isinstance(value, bytes) and random.random() < 0.5:
                    raw.execute(f'UPDATE {table} SET "{column}" = CAST(? AS TEXT) WHERE {where}', (value,))
                else:
                    raw.execute(f'UPDATE {table} SET "{column}" = ? WHERE {where}', (value,))
            raw.commit()


def _copied(made: Any, empty: Path) -> None:
    """In the place of the migrations, which take ten times as long."""
    made.dispose()
    shutil.copyfile(empty, str(made.url.database))


def _made(path: Path) -> bytes:
    """A database in which everything happened that can."""
    with Store(path) as store:
        cards = tuple(
            Card(
                Kind.TERM,
                f"term {n}",
                f"what term {n} means, 用很多话说",
                Source("/n/a.md", n, n),
                prompt=f"term {n}",
            )
            for n in range(1, 31)
        )
        deck = Deck("words", (Path("/n"),))
        store.apply(deck, Changes(added=cards), NOW)
        for number in range(1, 9):
            moved = Learned(1, 1, 2.5, 0, NOW, DAY.of(NOW) + timedelta(1))
            detail = ReviewDetail((JudgedPoint("a", State.HIT),), ("text",), 0.9, seconds=3.0)
            store.record(Review(number, NOW, 4, New(), moved, "an answer", 0.8, "correct", 4, detail))
        store.suspend(9, NOW)
        store.tag(10, ["a", "b"], NOW)
        store.bury(11, DAY.of(NOW), NOW)
        store.set_due(1, DAY.of(NOW) + timedelta(9), NOW)
        store.entries.suspend([12, 13], NOW)
        store.entries.reset([2, 3], NOW)
        store.set_points(store.card(4), ["one", "two"], NOW)
        store.journal.undo(NOW)
        store.quizzes.begin(NOW, "words", {"count": 3})
        store.reschedule("words", store.schedulings()["words"], {}, NOW)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode=DELETE")
    return path.read_bytes()
