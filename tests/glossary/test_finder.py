"""The glossary over a store: loaded, loaded again, and searched by meaning with what vectors there are; each both here
and in a process of its own."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import numpy
import pytest

from studyllm.glossary import Finder, Finding, Found, Shown, SortOrder, finder_for
from studyllm.glossary import remote as finding_apart
from studyllm.glossary.near import MOST, EntryVectors
from studyllm.glossary.remote import FinderApart
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Store
from studyllm.store.entries import EntryRow
from studyllm.store.vectors import Vectors
from tests.conftest import DAY, NOW, fill
from tests.glossary.finders import TODAY, load, prepare
from tests.glossary.test_index import index, row

MEANINGS = ("forget", "sort", "bird")


def vector(text: str) -> bytes:
    """That of a text which is about one of MEANINGS when it says so."""
    about = numpy.array([0.2 + 3 * (word in text) for word in MEANINGS], numpy.float32)
    return (about / numpy.linalg.norm(about)).astype("<f2").tobytes()


@pytest.fixture
def kept(home: Path) -> Vectors:
    return Vectors(home / "vectors.db", "test")


@pytest.fixture(params=["here", "apart"])
def finder(request: pytest.FixtureRequest, store: Store, kept: Vectors) -> Iterator[Finding]:
    """Over five cards."""
    fill(
        store,
        "forgetting curve",
        "quicksort",
        "wren (a bird)",
        "heap sort",
        "decay without repetition: forget",
    )
    made: Finding = Finder(store.entries, kept) if request.param == "here" else FinderApart(store.place, kept)
    prepare(made)
    yield made
    made.close()


def learn_all(finder: Finding) -> int:
    """How many vectors were missing."""
    count = 0
    while texts := finder.unlearnt(2):
        finder.learn([vector(text) for text in texts])
        count += len(texts)
    return count


def found(finder: Finding, text: str, order: SortOrder = SortOrder.MATCH) -> Found:
    one = finder.find(text, order)
    assert one is not None
    return one


def near(finder: Finding, store: Store, text: str) -> list[str]:
    one = finder.nearest(found(finder, text), vector(text))
    shown = Shown(one, lambda cards: store.entries.some(cards, TODAY, DAY.start(TODAY)))
    return [shown.entry(row).term for row in range(len(one)) if one.is_near(row)]


def test_what_is_near_in_meaning_comes_below_and_only_once(finder: Finding, store: Store) -> None:
    assert learn_all(finder) == 5
    assert finder.missing == 0
    assert set(near(finder, store, "forget zz")) == {"forgetting curve", "decay without repetition: forget"}
    assert near(finder, store, "forgetting") == ["decay without repetition: forget"]
    assert near(finder, store, "tag:none forget zz") == []


def test_what_has_the_words_says_how_near_is_near() -> None:
    entries = EntryVectors(index(*(row(n, f"term {n}") for n in range(1, 7))))
    count = len(entries.unlearnt(10))
    cosines = numpy.array([0.9, 0.56, 0.5, 0.5, 0.5, 0.5], numpy.float32)
    made = numpy.column_stack([cosines, numpy.sqrt(1 - cosines**2)]).astype("<f2")
    entries.learn([one.tobytes() for one in made])
    asked, everyone = numpy.array([1, 0], "<f2").tobytes(), range(count)
    assert entries.nearest(asked, everyone, but=[0]) == [], "one far behind what was typed is noise"
    assert entries.nearest(asked, everyone[1:], but=[]) == [1], "where nothing is nearer, it is shown"


def test_vectors_that_are_kept_are_recalled(finder: Finding, store: Store, kept: Vectors) -> None:
    assert finder.missing == 5
    kept.put({text: vector(text) for text in finder.unlearnt(3)})
    prepare(finder)
    assert finder.missing == 5  # what was begun goes on
    other = FinderApart(store.place, kept)
    prepare(other)
    assert other.missing == 2
    assert learn_all(other) == 2
    other.close()


def test_what_must_not_be_found_is_not_near_either(finder: Finding, store: Store) -> None:
    learn_all(finder)
    assert near(finder, store, "forget zz -curve") == ["decay without repetition: forget"]
    assert near(finder, store, "(forget -curve) zz") == ["decay without repetition: forget"]
    assert near(finder, store, "forget zz -(curve or decay)") == []
    assert near(finder, store, "forget zz -nowhere") != []


def test_without_vectors_nothing_is_near(finder: Finding, store: Store) -> None:
    finder.unlearnt(3)
    finder.learn([])
    assert finder.missing == 5
    assert near(finder, store, "forget zz") == []


def test_a_change_of_schedule_keeps_the_vectors(finder: Finding, store: Store) -> None:
    learn_all(finder)
    store.entries.suspend((1,), NOW)
    prepare(finder)
    assert near(finder, store, "is:suspended forget zz") == ["forgetting curve"]
    assert finder.missing == 0


def test_many_are_near_and_some_are_shown(home: Path, store: Store, kept: Vectors) -> None:
    fill(store, *(f"bird number {number}" if number < 40 else f"term {number}" for number in range(100)))
    made = Finder(store.entries, kept)
    prepare(made)
    learn_all(made)
    assert len(near(made, store, "bird zz")) == MOST


def test_what_is_no_nearer_than_usual_is_not_shown(finder: Finding, store: Store) -> None:
    learn_all(finder)
    assert near(finder, store, "something else") == []


def test_what_was_read_is_searched_while_it_is_read_anew(finder: Finding, store: Store) -> None:
    fill(store, "tombstone", deck="other")
    load(finder)
    assert (len(found(finder, "sort")), len(found(finder, ""))) == (2, 6)
    assert len(found(finder, "", SortOrder.TERM)) == 5
    finder.read()
    assert len(found(finder, "tomb", SortOrder.TERM)) == 1


def test_the_first_reading_finds_nothing_by_words(store: Store, kept: Vectors) -> None:
    fill(store, "quicksort")
    for made in (Finder(store.entries, kept), FinderApart(store.place, kept)):
        load(made)
        assert made.find("quick") is None
        assert made.find("", SortOrder.TERM) is None
        assert made.find("is:new") is not None
        made.close()


def test_decks_tags_and_senses(finder: Finding, store: Store) -> None:
    fill(store, "quicksort", deck="other")
    store.tag(1, ["exam"], NOW)
    prepare(finder)
    assert list(finder.decks) == ["other", "words"]
    assert list(finder.tags) == ["exam"]
    first, second = found(finder, "quicksort")
    assert list(finder.senses(first)) == [second]
    assert list(finder.senses(999)) == []


def test_closing_ends_what_takes_long(store: Store, kept: Vectors) -> None:
    fill(store, "tombstone")
    made = Finder(store.entries, kept)
    load(made)
    made.close()
    made.read()
    assert made.find("tomb") is None


def test_few_cards_are_searched_here_and_many_apart(
    store: Store, kept: Vectors, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, "quicksort", "heap sort")
    assert isinstance(finder_for(store, kept), Finder)
    monkeypatch.setattr(finding_apart, "MANY", 1)
    assert isinstance(finder_for(store, kept), FinderApart)


def test_a_screenful_is_fetched_at_a_time(store: Store) -> None:
    fill(store, *(f"term {number}" for number in range(300)))
    asked: list[Sequence[int]] = []

    def fetch(cards: Sequence[int]) -> Sequence[EntryRow]:
        asked.append(cards)
        return store.entries.some(cards, TODAY, DAY.start(TODAY))

    shown = Shown(Found("", SortOrder.NOTES, 300, range(1, 301)), fetch)
    assert [shown.entry(row).term for row in range(60)] == [f"term {number}" for number in range(60)]
    assert len(asked) == 1
    assert shown.entry(299).term == "term 299"
    assert len(asked) == 2
    assert all(len(cards) < 200 for cards in asked)


def terms(finder: Finding, store: Store, text: str) -> list[str]:
    shown = Shown(found(finder, text), lambda cards: store.entries.some(cards, TODAY, DAY.start(TODAY)))
    return [shown.entry(row).term for row in range(len(shown.found))]


def test_what_was_answered_is_found_as_long_as_it_stands(finder: Finding, store: Store) -> None:
    ReviewQueue(store, DAY).record(
        store.card(1), Grade.WRONG, NOW - timedelta(days=6, hours=4), answer="50% of 殘差"
    )
    ReviewQueue(store, DAY).record(store.card(2), Grade.GOOD, NOW, answer="By a Pivot")
    prepare(finder)
    assert terms(finder, store, "rated:1") == ["quicksort"]
    assert terms(finder, store, "rated:6 or rated:7:<3") == ["forgetting curve", "quicksort"]
    assert terms(finder, store, "rated:7:4") == ["quicksort"]
    assert terms(finder, store, 'answered:"a pivot"') == ["quicksort"]
    assert terms(finder, store, "answered:0%") == ["forgetting curve"]
    assert terms(finder, store, "answered:% -answered:50") == []
    assert terms(finder, store, "answered:殘差") == ["forgetting curve"]
    assert terms(finder, store, "added:1 prop:reps>0") == ["quicksort"]
    store.journal.undo(NOW)
    prepare(finder)
    assert terms(finder, store, "rated:1") == []


def test_what_is_spelt_almost_so_comes_last_and_is_told_apart(finder: Finding, store: Store) -> None:
    one = found(finder, "quikcsort")
    assert (len(one.cards), one.alike, one.is_alike(0)) == (1, 1, True)
    assert terms(finder, store, "quikcsort") == ["quicksort"]
    assert not found(finder, "quicksort").is_alike(0)


def test_what_is_near_in_meaning_comes_in_the_order_of_nearness(finder: Finding, store: Store) -> None:
    fill(store, "forget to sort", "forget", "sort sort", deck="more")
    prepare(finder)
    learn_all(finder)
    asked = numpy.frombuffer(vector("sort"), "<f2").astype(float)
    listed = near(finder, store, "zz sort")
    cosines = [float(asked @ numpy.frombuffer(vector(term), "<f2")) for term in listed]
    assert len(listed) > 2
    assert cosines == sorted(cosines, reverse=True)
