"""What a review does to the order of the day; schedules are tested where they are made."""

from studyllm.config import Settings
from studyllm.drill import Drill
from studyllm.schedule import Grade
from studyllm.store import Store
from tests.conftest import NOW, fill


def _drill(store: Store) -> Drill:
    return Drill(store, Settings(store.path.parent, time_zone="UTC").day)


def _asked(drill: Drill) -> str:
    found = drill.next(NOW)
    return found[0].card.term if found else ""


def test_a_skipped_card_comes_back_after_the_others_and_nothing_is_recorded(store: Store) -> None:
    fill(store, "one", "two", "three")
    drill = _drill(store)
    first = drill.next(NOW)
    assert first is not None
    assert drill.skip(first[0])
    order = []
    while found := drill.next(NOW):
        order.append(found[0].card.term)
        assert found[1] == 4 - len(order)
        drill.record(found[0], Grade.GOOD, NOW)
    assert order == ["two", "three", "one"]
    assert [e.event for e in store.journal.entries()] == ["import", "review", "review", "review"]


def test_what_was_skipped_stays_behind_when_other_cards_change(store: Store) -> None:
    fill(store, "one", "two", "three")
    drill = _drill(store)
    for _ in range(2):
        found = drill.next(NOW)
        assert found is not None
        drill.skip(found[0])
    store.bury(3, NOW.date(), NOW)
    drill.refresh()
    assert _asked(drill) == "one", "only skipped ones are left"
    assert drill.undo(NOW) is not None
    assert _asked(drill) == "three", "what was taken back comes first"


def test_the_only_card_cannot_be_skipped_but_stays(store: Store) -> None:
    fill(store, "one")
    drill = _drill(store)
    found = drill.next(NOW)
    assert found is not None
    assert not drill.skip(found[0])
    assert _asked(drill) == "one"


def test_a_repetition_can_be_skipped_too(store: Store) -> None:
    fill(store, "one", "two")
    drill = _drill(store)
    for _ in range(2):
        found = drill.next(NOW)
        assert found is not None
        drill.record(found[0], Grade.WRONG, NOW)
    found = drill.next(NOW)
    assert found is not None
    assert found[0].card.term == "one"
    assert drill.skip(found[0])
    assert _asked(drill) == "two"


def test_hints_stand_in_the_log(store: Store) -> None:
    fill(store, "one")
    drill = _drill(store)
    found = drill.next(NOW)
    assert found is not None
    drill.record(found[0], Grade.GOOD, NOW, hints=2)
    assert (list(store.journal.entries())[-1].review.detail or {})["hints"] == 2  # type: ignore[union-attr]
