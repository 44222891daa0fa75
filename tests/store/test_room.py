"""The write-ahead log of a session is made long at once: nothing that was saved depends on that."""

import resource
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from studyllm.schedule import Grade, review
from studyllm.store import Review, Store, opening
from tests.conftest import DAY, NOW, fill


@pytest.fixture
def engine() -> str:
    """A server has no such file."""
    return "sqlite"


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def answered(store: Store, *cards: int) -> None:
    for number in cards:
        before = store.card(number).progress
        store.record(Review(number, NOW, 4, before, review(before, Grade.GOOD, NOW, DAY)))


def test_it_is_made_with_the_second_review(tmp_path: Path) -> None:
    path = tmp_path / "study.db"
    with Store(path) as store:
        fill(store, "a", "b")
        answered(store, 1)
        assert log_of(path).stat().st_size < opening._ROOM
        answered(store, 2)
        assert log_of(path).stat().st_size == opening._ROOM
    assert not log_of(path).exists()


def test_what_is_left_by_a_power_cut_has_every_answer(tmp_path: Path) -> None:
    path, left = tmp_path / "study.db", tmp_path / "left.db"
    with Store(path) as store:
        fill(store, "a", "b", "c")
        answered(store, 1, 2, 3)
        for end in ("", "-wal"):
            shutil.copy(path.with_name(path.name + end), left.with_name(left.name + end))
    with closing(sqlite3.connect(left)) as found:
        assert found.execute("SELECT count(*) FROM log WHERE event = 'review'").fetchone() == (3,)
        assert found.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Store(left) as store:
        answered(store, 1)
        assert len(list(store.journal.entries(card=1))) == 2


def test_a_full_disk_keeps_its_room_for_answers(tmp_path: Path) -> None:
    path = tmp_path / "study.db"
    with Store(path) as store:
        fill(store, "a", "b")
        answered(store, 1)
        before, limits = log_of(path).stat().st_size, resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (before + 64 * 1024, limits[1]))
        try:
            opening.make_room(path)
            assert log_of(path).stat().st_size == before
            answered(store, 2)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert len(list(store.journal.entries(card=2))) == 1
