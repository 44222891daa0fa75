"""The glossary over a store: loaded, loaded again, and searched by meaning with what vectors there are."""

from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

import numpy
import pytest

from studyllm.glossary import Finder, Order
from studyllm.glossary.near import MOST
from studyllm.grading import TextGrader
from studyllm.schedule import Day
from studyllm.store import Store
from studyllm.store.vectors import Vectors
from tests.conftest import NOW, fill

DAY = Day(UTC)
TODAY = DAY.of(NOW)
MEANINGS = ("forget", "sort", "bird")


class Meaning(TextGrader):
    """Knows what a text is about when it says so, and counts how often it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def embed(self, texts: Sequence[str]) -> tuple[bytes, ...]:
        self.asked += len(texts)
        return tuple(self._vector(text) for text in texts)

    def _vector(self, text: str) -> bytes:
        about = numpy.array([0.2 + 3 * (word in text) for word in MEANINGS], numpy.float32)
        return (about / numpy.linalg.norm(about)).astype("<f2").tobytes()


@pytest.fixture
def finder(home: Path, store: Store) -> Finder:
    fill(
        store,
        "forgetting curve",
        "quicksort",
        "wren (a bird)",
        "heap sort",
        "decay without repetition: forget",
    )
    made = Finder(store, Vectors(home / "vectors.db", "test"))
    prepared(made)
    return made


def prepared(finder: Finder) -> None:
    finder.load(TODAY, DAY)
    finder.read()
    finder.listen()
    finder.recall()


def near(finder: Finder, text: str, grader: Meaning) -> list[str]:
    found = finder.find(text)
    assert found is not None
    found = finder.nearest(found, grader)
    return [found.index.entry(number).term for number in found.near]


def test_what_is_near_in_meaning_comes_below_and_only_once(finder: Finder) -> None:
    grader = Meaning()
    while finder.learn(2, grader):
        pass
    assert finder.near is not None
    assert finder.near.missing == 0
    assert set(near(finder, "forget zz", grader)) == {
        "forgetting curve",
        "decay without repetition: forget",
    }
    assert near(finder, "forgetting", grader) == ["decay without repetition: forget"]
    assert near(finder, "tag:none forget zz", grader) == []


def test_vectors_are_computed_once_and_kept(finder: Finder, store: Store, home: Path) -> None:
    grader = Meaning()
    assert finder.learn(3, grader)
    assert grader.asked == 3
    other = Finder(store, Vectors(home / "vectors.db", "test"))
    prepared(other)
    assert other.near is not None
    assert other.near.missing == 2
    while other.learn(10, grader):
        pass
    assert grader.asked == 5


def test_without_a_model_nothing_is_near(finder: Finder) -> None:
    assert not finder.learn(3, TextGrader())
    found = finder.find("forget zz")
    assert found is not None
    assert not finder.nearest(found, TextGrader()).near


def test_a_change_of_schedule_keeps_the_vectors(finder: Finder, store: Store) -> None:
    grader = Meaning()
    while finder.learn(10, grader):
        pass
    store.entries.suspend((1,), NOW)
    prepared(finder)
    assert near(finder, "is:suspended forget zz", grader) == ["forgetting curve"]
    assert grader.asked == 6


def test_many_are_near_and_some_are_shown(home: Path, store: Store) -> None:
    fill(store, *(f"bird number {number}" if number < 40 else f"term {number}" for number in range(100)))
    made = Finder(store, Vectors(home / "vectors.db", "test"))
    prepared(made)
    grader = Meaning()
    while made.learn(64, grader):
        pass
    assert len(near(made, "bird zz", grader)) == MOST


def test_what_is_no_nearer_than_usual_is_not_shown(finder: Finder) -> None:
    grader = Meaning()
    while finder.learn(10, grader):
        pass
    assert near(finder, "something else", grader) == []


def test_what_was_read_is_searched_while_it_is_read_anew(finder: Finder, store: Store) -> None:
    fill(store, "tombstone", deck="other")
    finder.load(TODAY, DAY)
    old, all_of_it = finder.find("sort"), finder.find("")
    assert old is not None
    assert all_of_it is not None
    assert (len(old), len(all_of_it)) == (2, 6)
    by_term = finder.find("", Order.TERM)
    assert by_term is not None
    assert len(by_term) == 5
    finder.read()
    new = finder.find("tomb", Order.TERM)
    assert new is not None
    assert len(new) == 1


def test_the_first_reading_finds_nothing_by_words(home: Path, store: Store) -> None:
    fill(store, "quicksort")
    made = Finder(store, Vectors(home / "vectors.db", "test"))
    made.load(TODAY, DAY)
    assert made.find("quick") is None
    assert made.find("", Order.TERM) is None
    assert made.find("is:new") is not None


def test_closing_the_glossary_ends_what_takes_long(finder: Finder, store: Store) -> None:
    fill(store, "tombstone", deck="other")
    finder.load(TODAY, DAY)
    finder.stopped = True
    finder.read()
    assert not finder.index.is_read
    finder.stopped = False
    prepared(finder)
    found = finder.find("tomb")
    assert found is not None
    assert len(found) == 1
