"""Decks get other names and go, with all that is about them, and come back; searches are saved."""

from collections.abc import Callable
from pathlib import Path

import pytest

from studyllm.cards import Algorithm, Deck, Scheduling
from studyllm.errors import InputError, StalePlan
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Changes, Store
from tests.conftest import DAY, NOW, card, fill

TODAY = DAY.of(NOW)


@pytest.fixture
def filled(store: Store) -> Store:
    """Two decks, one of them with notes, a review and a schedule of its own."""
    store.apply(Deck("birds", notes=(Path("/notes"),)), Changes(added=(card("wren"), card("owl"))), NOW)
    fill(store, "oak", deck="trees")
    ReviewQueue(store, DAY).record(store.card(1), Grade.GOOD, NOW)
    store.reschedule("birds", Scheduling(algorithm=Algorithm.FSRS), {}, NOW)
    assert store.quizzes.begin(NOW, "birds", {}) == 1
    return store


def names(store: Store) -> list[str]:
    return [deck.name for deck in store.decks()]


def terms(store: Store) -> list[str]:
    return [found.card.term for found in store.cards()]


def test_a_deck_gets_another_name_with_all_that_is_about_it(filled: Store) -> None:
    assert filled.rename("birds", "fowl", NOW)
    assert names(filled) == ["fowl", "trees"]
    assert filled.card(1).deck == "fowl"
    assert filled.schedulings()["fowl"].algorithm is Algorithm.FSRS
    assert filled.quizzes.result(1).deck == "fowl"
    assert filled.journal.latest(1)[0].what == "deck birds renamed to fowl"
    assert filled.journal.differences() == ()
    filled.journal.undo(NOW)
    assert names(filled) == ["birds", "trees"]
    assert filled.quizzes.result(1).deck == "birds"
    assert filled.journal.differences() == ()


@pytest.mark.parametrize(("deck", "name"), [("birds", "trees"), ("nowhere", "x")])
def test_a_name_that_cannot_be_given_changes_nothing(filled: Store, deck: str, name: str) -> None:
    with pytest.raises(InputError):
        filled.rename(deck, name, NOW)
    assert names(filled) == ["birds", "trees"]
    assert not filled.rename("birds", "birds", NOW)


def test_a_deck_goes_and_comes_back_as_it_was(filled: Store) -> None:
    before, decks = list(filled.cards()), filled.decks()
    assert filled.remove("birds", NOW) == 2
    assert names(filled) == ["trees"]
    assert terms(filled) == ["oak"]
    assert [count.deck for count in filled.counts(TODAY, DAY)] == ["trees"]
    assert filled.journal.latest(1)[0].what == "deck birds deleted with 2 cards"
    with pytest.raises(InputError):
        filled.require("birds")
    assert filled.journal.differences() == ()
    filled.journal.undo(NOW)
    assert list(filled.cards()) == before
    assert filled.decks() == decks
    assert filled.journal.differences() == ()


def test_the_name_of_a_deleted_deck_is_free(filled: Store) -> None:
    filled.remove("birds", NOW)
    filled.rename("trees", "birds", NOW)
    assert names(filled) == ["birds"]
    assert filled.journal.differences() == ()
    filled.journal.undo(NOW)
    filled.journal.undo(NOW)
    assert names(filled) == ["birds", "trees"]
    assert filled.journal.differences() == ()


def test_an_import_that_is_undone_leaves_no_empty_deck(store: Store) -> None:
    store.apply(Deck("birds", notes=(Path("/notes"),)), Changes(added=(card("wren"),)), NOW)
    store.journal.undo(NOW)
    assert names(store) == []
    assert store.counts(TODAY, DAY) == ()


def test_the_glossarys_undo_passes_decks_over(filled: Store) -> None:
    filled.suspend(3, NOW)
    filled.remove("birds", NOW)
    foretold = filled.journal.next_undone(imports=False), filled.journal.next_undone()
    assert [entry.event for entry in foretold if entry] == ["suspend", "delete"]
    entry = filled.journal.undo(NOW, imports=False)
    assert entry is not None
    assert entry.event == "suspend"
    assert names(filled) == ["trees"]


@pytest.mark.parametrize(
    "change", [lambda store: store.rename("trees", "woods", NOW), lambda store: store.remove("trees", NOW)]
)
def test_a_plan_from_before_is_not_carried_out(filled: Store, change: Callable[[Store], object]) -> None:
    as_of = filled.last_import()
    change(filled)
    with pytest.raises(StalePlan):
        filled.apply(Deck("trees"), Changes(added=(card("elm"),)), NOW, as_of=as_of)


def test_searches_are_saved_changed_and_deleted_and_that_is_undone(store: Store) -> None:
    assert store.searches.save("  hard  ones ", "prop:ease<2", NOW)
    assert not store.searches.save("hard ones", "prop:ease<2", NOW)
    store.searches.save("birds", "deck:birds", NOW)
    store.searches.save("hard ones", "prop:ease<1.5", NOW)
    assert store.searches.all() == {"birds": "deck:birds", "hard ones": "prop:ease<1.5"}
    assert store.journal.latest(1)[0].what == "search hard ones saved"
    store.journal.undo(NOW)
    assert store.searches.of("hard ones") == "prop:ease<2"
    assert store.searches.delete("birds", NOW)
    assert not store.searches.delete("birds", NOW)
    assert store.journal.latest(1)[0].what == "search birds deleted"
    store.journal.undo(NOW)
    assert list(store.searches.all()) == ["birds", "hard ones"]
    with pytest.raises(InputError, match="birds, hard ones"):
        store.searches.of("trees")


@pytest.mark.parametrize(("name", "text"), [("", "x"), ("x" * 61, "x"), ("a", "  ")])
def test_what_is_no_search_is_not_saved(store: Store, name: str, text: str) -> None:
    with pytest.raises(InputError):
        store.searches.save(name, text, NOW)
    assert store.searches.all() == {}
