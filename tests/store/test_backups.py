"""Copies of the database: made while it is written to, sound, thinned, and put back."""

import sqlite3
import threading
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyllm.errors import InputError, StoreError
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Store
from studyllm.store.backups import Backup, backups, contents, find, make, make_if_due, restore, too_many
from studyllm.store.damage import examine
from tests.cli.shell import NOTES, run
from tests.conftest import DAY, NOW, fill


@pytest.fixture(scope="session")
def engine() -> str:
    """A server is backed up by its own tools."""
    return "sqlite"


def answer(store: Store, now: datetime, count: int = 1) -> None:
    queue = ReviewQueue(store, DAY)
    for card in queue.queue(now)[:count]:
        queue.record(card, Grade.GOOD, now)


@pytest.mark.slow
def test_a_copy_made_while_reviews_are_saved_is_sound_each_time(store: Store) -> None:
    fill(store, *(f"term {n}" for n in range(20)))
    stop = threading.Event()

    def review() -> None:
        now = NOW
        while not stop.is_set():
            now += timedelta(days=1)
            answer(store, now, 20)

    reviewing = threading.Thread(target=review)
    reviewing.start()
    try:
        for number in range(100):
            made = make(store.path, NOW + timedelta(seconds=number))
            assert examine(made.path) is None
            with Store(made.path) as copy:
                assert not copy.journal.differences()
            made.path.unlink()
    finally:
        stop.set()
        reviewing.join()


def test_a_copy_is_put_back_and_that_is_taken_back(store: Store) -> None:
    fill(store, "a", "b")
    made = make(store.path, NOW)
    answer(store, NOW)
    kept = restore(store.path, made, NOW + timedelta(minutes=1))
    assert contents(store.path).reviews == 0
    assert not [entry for entry in store.journal.entries() if entry.review], "an open store sees it"
    answer(store, NOW)
    assert kept == backups(store.path)[0].path
    restore(store.path, backups(store.path)[0], NOW + timedelta(minutes=2))
    assert contents(store.path).reviews == 1
    assert examine(store.path) is None


def test_a_copy_is_made_when_something_happened_and_an_hour_went_by(store: Store) -> None:
    fill(store, "a", "b")
    assert make_if_due(store.path, NOW)
    answer(store, NOW)
    assert not make_if_due(store.path, NOW + timedelta(minutes=50))
    assert make_if_due(store.path, NOW + timedelta(minutes=70))
    assert not make_if_due(store.path, NOW + timedelta(days=2)), "nothing happened"
    assert [one.at for one in backups(store.path)] == [NOW + timedelta(minutes=70), NOW]


def test_a_copy_is_made_earlier_after_many_answers(store: Store) -> None:
    fill(store, "a")
    (card,) = store.cards()
    queue = ReviewQueue(store, DAY)
    assert make_if_due(store.path, NOW)
    for _again in range(29):
        queue.record(store.card(card.id), Grade.WRONG, NOW)
    assert not make_if_due(store.path, NOW + timedelta(minutes=5))
    queue.record(store.card(card.id), Grade.WRONG, NOW)
    assert make_if_due(store.path, NOW + timedelta(minutes=6))


@given(st.lists(st.integers(0, 60 * 24 * 400), unique=True, min_size=1, max_size=80))
def test_of_old_copies_few_are_kept_and_the_newest_always(minutes: list[int]) -> None:
    found = [Backup(Path(str(n)), NOW - timedelta(minutes=n)) for n in minutes]
    left = set(found) - set(too_many(found))
    newest = max(found, key=lambda one: one.at)
    assert newest in left
    assert len(left) <= 25 + 15 + 27
    assert not too_many(left), "what is kept is kept again"
    for one in set(found) - left:
        if newest.at - one.at <= timedelta(weeks=25):
            assert any(abs(one.at - other.at) <= timedelta(weeks=1) for other in left)


def test_a_damaged_database_is_kept_and_replaced(store: Store) -> None:
    fill(store, "a")
    made = make(store.path, NOW)
    store.close()
    store.path.write_bytes(b"no database at all" * 500)
    kept = restore(store.path, made, NOW)
    assert kept is not None
    assert kept.read_bytes().startswith(b"no database")
    assert examine(store.path) is None


def test_a_damaged_copy_is_not_put_back(store: Store) -> None:
    fill(store, "a")
    made = make(store.path, NOW)
    made.path.write_bytes(made.path.read_bytes()[:4096] + b"x" * 40960)
    with pytest.raises(StoreError):
        restore(store.path, made, NOW)
    assert store.count() == 1
    with pytest.raises(InputError, match="no backup"):
        find(store.path, "study-1999")


def test_the_commands(home: Path, tmp_path: Path) -> None:
    assert "no backup yet" in run("backup", "list")
    (tmp_path / "a.md").write_text(NOTES)
    run("import", str(tmp_path / "a.md"))
    run("backup", "make")
    (one,) = backups(home / "study.db")
    run("answer", "1", "--grade", "4")
    assert "1 answer" in run("backup", "restore", one.name, "--dry-run")
    assert "0 answers" in run("backup", "list")
    assert "is in place" in run("backup", "restore", one.name, "--yes")
    assert run("log") == ""
    with closing(sqlite3.connect(one.path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
