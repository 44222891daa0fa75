"""A home that an earlier release left opens as it was. That release (5ebafe8) wrote the fixture: reviews by
--plain, points, tags, a scheduler, imports, two quizzes, dumped by sqlite3."""

import sqlite3
from pathlib import Path

import pytest

from studyllm.schedule import Grade
from studyllm.store import JudgedPoint, ReviewDetail, Store
from studyllm.verdicts import State
from tests.conftest import NOW

FIXTURE = Path(__file__).parent / "fixtures" / "home_0006.sql"


@pytest.fixture
def old(tmp_path: Path) -> Store:
    with sqlite3.connect(tmp_path / "study.db") as raw:
        raw.executescript(FIXTURE.read_text("utf-8"))
    raw.close()
    return Store(tmp_path / "study.db")


def test_what_the_log_has_is_read(old: Store) -> None:
    entries = list(old.journal.entries())
    reviews = [entry.review for entry in entries if entry.review]
    assert len(entries) == 24
    assert [review.chosen for review in reviews[:2]] == [Grade.PERFECT, Grade.PERFECT]
    (point,) = reviews[1].detail.points
    assert point == JudgedPoint("是储存电荷的能力，单位是法拉", State.UNSURE, own=State.HIT)
    assert reviews[1].detail.by == ("text",)
    assert any(review.detail.hints == 1 for review in reviews)
    assert any(review.detail.reason for review in reviews)
    assert {entry.event for entry in entries} >= {
        "import",
        "points",
        "tags",
        "scheduling",
        "due",
        "suspend",
        "bury",
    }
    assert all(entry.what for entry in entries)
    assert [quiz.asked for quiz in old.quizzes.history()] == [3, 3]
    assert not old.journal.differences()


def test_all_of_it_can_be_taken_back(old: Store) -> None:
    taken = 0
    while old.journal.undo(NOW) is not None:
        taken += 1
    assert taken == 20
    assert all(card.gone for card in old.cards())


@pytest.mark.parametrize(
    "detail", ['{"points": [{"text": "a", "state": "covered"}]}', '{"seconds": "3"}', "[1]", "7", '"x"']
)
def test_a_detail_that_is_none_costs_no_more_than_itself(old: Store, tmp_path: Path, detail: str) -> None:
    with sqlite3.connect(tmp_path / "study.db") as raw:
        raw.execute("DROP TRIGGER log_no_update")
        raw.execute("UPDATE log SET detail = ? WHERE event = 'review'", (detail,))
    raw.close()
    reviews = [entry.review for entry in old.journal.entries() if entry.review]
    assert all(review.detail == ReviewDetail() for review in reviews)
    assert reviews[0].chosen == Grade.PERFECT
    assert all(entry.what for entry in old.journal.entries())
    assert old.journal.undo(NOW) is not None
