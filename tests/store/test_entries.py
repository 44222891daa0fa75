"""What is done to many cards at once is one row of the log; the glossary's rows say what becomes of a card today."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from studyllm.cards import Algorithm, Deck, Scheduling
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, New
from studyllm.store import Changes, Store
from tests.conftest import DAY, NOW, card, fill

TODAY = DAY.of(NOW)
ALL = (1, 2, 3)
Done = Callable[[Store], int]
CHANGES: dict[str, Done] = {
    "3 cards suspended": lambda store: store.entries.suspend(ALL, NOW),
    "3 cards put off until tomorrow": lambda store: store.entries.bury(ALL, TODAY, NOW),
    "tags of 3 cards changed": lambda store: store.entries.tag(ALL, ["exam"], [], NOW),
    "3 cards made new again": lambda store: store.entries.reset(ALL, NOW),
    "3 cards given another day": lambda store: store.entries.ask_today(ALL, TODAY, NOW),
}


@pytest.fixture
def reviewed(store: Store) -> Store:
    """Three cards, each reviewed once."""
    fill(store, "residual", "softmax", "残差")
    for number in ALL:
        ReviewQueue(store, DAY).record(store.card(number), Grade.GOOD, NOW - timedelta(days=9))
    return store


@pytest.mark.parametrize("what", CHANGES)
def test_many_cards_change_in_one_row_which_one_undo_takes_back(reviewed: Store, what: str) -> None:
    before, rows = [reviewed.card(number) for number in ALL], len(list(reviewed.journal.entries()))
    assert CHANGES[what](reviewed) == 3
    assert [reviewed.card(number) for number in ALL] != before
    assert len(list(reviewed.journal.entries())) == rows + 1
    assert reviewed.journal.latest(1)[0].what == what
    assert reviewed.journal.differences() == ()
    entry = reviewed.journal.undo(NOW)
    assert entry is not None
    assert entry.what == what
    assert [reviewed.card(number) for number in ALL] == before
    assert reviewed.journal.differences() == ()


@pytest.mark.parametrize("what", CHANGES)
def test_what_changes_nothing_leaves_no_row(reviewed: Store, what: str) -> None:
    CHANGES[what](reviewed)
    rows = len(list(reviewed.journal.entries()))
    assert CHANGES[what](reviewed) == 0
    assert len(list(reviewed.journal.entries())) == rows


def test_doctor_mends_from_a_row_of_many_cards(reviewed: Store) -> None:
    for done in CHANGES.values():
        done(reviewed)
    wanted = [reviewed.card(number) for number in ALL]
    with reviewed._database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE card SET suspended = false, tags = '[]', buried = NULL, due = '2031-01-01'"
        )
    assert len(reviewed.journal.repair()) == 12
    assert [reviewed.card(number) for number in ALL] == wanted


def test_a_reset_of_many_begins_their_histories_anew(reviewed: Store) -> None:
    reviewed.entries.reset((1, 2), NOW)
    assert set(reviewed.journal.histories()) == {3}
    assert set(reviewed.journal.histories("words")) == {3}
    reviewed.journal.undo(NOW)
    assert set(reviewed.journal.histories("words")) == {1, 2, 3}


def test_days_set_for_many_are_days_by_hand_until_a_review(reviewed: Store) -> None:
    later = TODAY + timedelta(days=3)
    reviewed.set_due(1, later, NOW)
    reviewed.entries.ask_today((1, 2), TODAY, NOW)
    assert reviewed.days_by_hand("words") == {1: TODAY, 2: TODAY}
    ReviewQueue(reviewed, DAY).record(reviewed.card(2), Grade.GOOD, NOW)
    assert reviewed.days_by_hand("words") == {1: TODAY}
    reviewed.set_due(1, later + timedelta(days=5), NOW)
    assert reviewed.days_by_hand("words") == {1: later + timedelta(days=5)}
    reviewed.entries.reset((1,), NOW)
    assert reviewed.days_by_hand("words") == {}


def test_new_cards_that_are_put_on_for_today_come_with_what_is_due(store: Store) -> None:
    fill(store, *(f"term {number}" for number in range(1, 9)), new_per_day=2)
    ReviewQueue(store, DAY).record(store.card(1), Grade.GOOD, NOW - timedelta(days=9))
    queue = ReviewQueue(store, DAY)
    assert [card.id for card in queue.queue(NOW)] == [1, 2, 3]
    assert store.entries.ask_today((1, 7, 8), TODAY, NOW) == 3
    assert store.journal.latest(1)[0].what == "3 cards put on for today"
    assert store.card(8).progress == New()
    assert store.counts(TODAY, DAY)[0].due == 3
    assert sorted(card.id for card in queue.queue(NOW)) == [1, 2, 3, 7, 8]
    assert store.entries.ask_today((7,), TODAY, NOW) == 0
    rows = {row.id: row.state for row in store.entries.rows(TODAY, DAY.start(TODAY))}
    assert (rows[1], rows[2], rows[7]) == ("due", "new", "due")
    assert store.journal.differences() == ()
    queue.record(store.card(7), Grade.GOOD, NOW)
    assert [card.id for card in queue.queue(NOW)].count(7) == 0
    store.journal.undo(NOW)
    assert store.card(7).early_look
    store.journal.undo(NOW)
    assert not store.card(7).early_look
    assert [card.id for card in ReviewQueue(store, DAY).queue(NOW)] == [1, 2, 3]
    assert store.journal.differences() == ()


def test_suspended_cards_come_back_together(reviewed: Store) -> None:
    reviewed.entries.suspend(ALL, NOW)
    assert reviewed.entries.suspend(ALL, NOW, suspended=False) == 3
    assert reviewed.journal.latest(1)[0].what == "3 cards asked again"


def test_each_row_says_what_becomes_of_its_card_today(store: Store) -> None:
    fill(store, *(f"term {number}" for number in range(1, 9)))
    queue = ReviewQueue(store, DAY)
    for number, days in ((2, 0), (3, 9), (4, 1), (5, 9), (6, 9), (7, 9)):
        grade = Grade.WRONG if number == 2 else Grade.GOOD
        queue.record(store.card(number), grade, NOW - timedelta(days=days))
    store.suspend(5, NOW)
    store.bury(6, TODAY, NOW)
    store.set_due(4, TODAY + timedelta(days=2), NOW)
    store.apply(Deck("words"), Changes(gone=(7,)), NOW)
    states = {row.id: row.state for row in store.entries.rows(TODAY, DAY.start(TODAY))}
    assert states == {
        1: "new",
        2: "learning",
        3: "due",
        4: "review",
        5: "suspended",
        6: "buried",
        7: "gone",
        8: "new",
    }
    tomorrow = {
        row.id: row.state
        for row in store.entries.rows(TODAY + timedelta(days=1), DAY.start(TODAY + timedelta(days=1)))
    }
    assert tomorrow[6] == "due"


def test_what_is_due_agrees_with_the_counts_of_the_day(reviewed: Store) -> None:
    reviewed.suspend(3, NOW)
    states = [row.state for row in reviewed.entries.rows(TODAY, DAY.start(TODAY))]
    assert states.count("due") == sum(count.due for count in reviewed.counts(TODAY, DAY)) == 2


def test_a_leech_is_one_by_the_limit_of_its_deck(store: Store) -> None:
    fill(store, "residual")
    queue = ReviewQueue(store, DAY)
    for day in range(8):
        queue.record(store.card(1), Grade.GOOD, NOW + timedelta(days=20 * day))
        queue.record(store.card(1), Grade.WRONG, NOW + timedelta(days=20 * day + 10))
    lapses = store.card(1).lapses
    assert lapses > 2
    for limit, leech in ((lapses, 1), (lapses + 1, 0)):
        told = Scheduling(algorithm=Algorithm.SM2, leech=limit)
        store.reschedule("words", told, {1: store.card(1).progress}, NOW)
        assert [row.leech for row in store.entries.rows(TODAY, DAY.start(TODAY))] == [leech]


def test_the_last_answers_are_those_that_stand(reviewed: Store) -> None:
    ReviewQueue(reviewed, DAY).record(reviewed.card(1), Grade.WRONG, NOW, answer="no idea")
    assert [review.answer for review in reviewed.entries.reviews(1, 3)] == ["no idea", None]
    reviewed.journal.undo(NOW)
    assert [review.answer for review in reviewed.entries.reviews(1, 3)] == [None]


def test_doing_something_to_thousands_is_one_row_too(store: Store) -> None:
    cards = tuple(card(f"term {number}", line=number) for number in range(1, 3001))
    store.apply(Deck("many"), Changes(added=cards), NOW)
    assert store.entries.tag(range(1, 3001), ["exam"], [], NOW) == 3000
    assert store.journal.latest(1)[0].what == "tags of 3000 cards changed"
    store.journal.undo(NOW)
    assert store.card(2999).tags == ()
