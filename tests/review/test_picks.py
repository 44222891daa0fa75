"""Cards that a learner asks for beside those of today: which they are, and what an answer does to them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from studyllm import schedulers
from studyllm.cards import Algorithm, Backlog, Scheduling
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, Learned
from studyllm.schedule.compare import recall
from studyllm.store import Pick, Store, Want
from tests.conftest import DAY, NOW, answered, fill

TODAY = NOW.date()


@pytest.fixture
def lived(store: Store) -> Store:
    """Six cards: one was missed two days ago and is due, two are due, two come in a few days, one is new."""
    fill(store, "missed", "due", "due too", "soon", "later", "new", new_per_day=0)
    answered(store, 1, 1, 2)
    for card in (2, 3):
        answered(store, card, 4, 1)
    for card, on in ((4, 2), (5, 9)):
        answered(store, card, 4, 8)
        answered(store, card, 4, 6)
        store.set_due(card, TODAY + timedelta(days=on), NOW - timedelta(days=1))
    return store


def asked(store: Store, pick: Pick, grade: Grade = Grade.GOOD) -> list[str]:
    """The terms that are asked, each graded so."""
    queue, found = ReviewQueue(store, DAY, pick=pick), list[str]()
    while (following := queue.next(NOW)) and len(found) < 20:
        found.append(following[0].card.term)
        queue.record(following[0], grade, NOW)
    return found


@pytest.mark.parametrize(
    ("pick", "terms", "counts"),
    [
        (Pick(Want.NEW, 5), {"new"}, (0, 0, 1)),
        (Pick(Want.DUE, 50), {"missed", "due", "due too"}, (3, 0, 0)),
        (Pick(Want.AHEAD, 3), {"missed", "due", "due too", "soon"}, (3, 1, 0)),
        (Pick(Want.FORGOTTEN, 3), {"missed"}, (1, 0, 0)),
        (Pick(Want.FORGOTTEN, 2), set(), (0, 0, 0)),
        (Pick(Want.ALL), {"missed", "due", "due too", "soon", "later", "new"}, (3, 2, 1)),
    ],
    ids=lambda value: str(sorted(value) if isinstance(value, set) else value),
)
def test_what_each_wish_has(lived: Store, pick: Pick, terms: set[str], counts: tuple[int, int, int]) -> None:
    found = lived.picks.counts(pick, TODAY, DAY)
    assert (found.due, found.early, found.new) == counts
    assert sorted(asked(lived, pick)) == sorted(terms), "each once"


def test_ahead_what_was_asked_today_is_left_out_and_counted_where_it_falls_due_in_those_days(
    lived: Store,
) -> None:
    def counts(days: int, **within: str) -> tuple[int, int, int]:
        found = lived.picks.counts(Pick(Want.AHEAD, days, **within), TODAY, DAY)
        return found.due, found.early, found.asked

    assert counts(9) == (3, 2, 0)
    answered(lived, 4, 4, 0)
    lived.set_due(4, TODAY + timedelta(days=5), NOW)
    assert counts(4) == (3, 0, 0), "it does not fall due in those days"
    assert counts(9) == (3, 1, 1)
    assert counts(9, tag="none has it") == (0, 0, 0)
    assert lived.picks.counts(Pick(Want.ALL), TODAY, DAY).asked == 0, "there it is not left out"


def test_no_more_are_asked_than_were_wished_for(lived: Store) -> None:
    assert len(asked(lived, Pick(Want.DUE, 2))) == 2
    fill(lived, "a", "b", "c", deck="others", new_per_day=0)
    assert asked(lived, Pick(Want.NEW, 2, "others")) == ["a", "b"]


def test_what_is_left_of_a_long_pick_is_all_of_it(store: Store) -> None:
    fill(store, *(f"card {n}" for n in range(230)), new_per_day=0)

    def left(queue: ReviewQueue) -> int:
        following = queue.next(NOW)
        assert following
        queue.record(following[0], Grade.PERFECT, NOW)
        return following[1].cards

    for pick, of in ((Pick(Want.NEW, 225), 225), (Pick(Want.NEW, 300), 230), (Pick(Want.ALL), 230)):
        queue = ReviewQueue(store, DAY, pick=pick)
        assert [left(queue), left(queue)] == [of, of - 1]
        for _ in range(2):
            store.journal.undo(NOW)
    long = ReviewQueue(store, DAY, pick=Pick(Want.NEW, 215))
    assert [left(long) for _ in range(215)] == [*range(215, 0, -1)]
    assert long.next(NOW) is None


def test_a_pick_is_narrowed_by_deck_heading_and_tag(lived: Store) -> None:
    lived.tag(2, ["hard", "odd"], NOW)
    lived.tag(4, ["harder"], NOW)
    assert asked(lived, Pick(Want.ALL, tag="hard")) == ["due"]
    assert asked(lived, Pick(Want.ALL, section="no such heading")) == []
    assert asked(lived, Pick(Want.ALL, deck="no such deck")) == []
    assert lived.picks.tags() == ("hard", "harder", "odd")


def test_what_is_put_away_is_not_picked(lived: Store) -> None:
    lived.suspend(2, NOW)
    lived.bury(3, TODAY, NOW)
    assert asked(lived, Pick(Want.DUE, 50)) == ["missed"]


def test_studied_ahead_a_card_moves_on_by_the_days_that_were_tested(lived: Store) -> None:
    card = lived.card(5)
    assert isinstance(card.progress, Learned)
    assert (card.progress.interval, card.progress.due) == (6, date(2026, 3, 11))
    ReviewQueue(lived, DAY, pick=Pick(Want.AHEAD, 9)).record(card, Grade.GOOD, NOW)
    after = lived.card(5).progress
    assert isinstance(after, Learned)
    assert after.due >= TODAY + timedelta(days=6)


def test_practised_and_recalled_a_card_stays_on_its_day(lived: Store) -> None:
    queue, before = ReviewQueue(lived, DAY, pick=Pick(Want.ALL)), lived.card(5)
    shown = queue.outcomes(before, NOW)
    assert {shown[grade].interval for grade in (Grade.HARD, Grade.PERFECT)} == {9}, "the days that are left"
    queue.record(before, Grade.PERFECT, NOW, answer="mine")
    assert lived.card(5).progress == before.progress
    *_, entry = lived.journal.entries()
    assert (entry.event, entry.what) == ("practice", "later practised")
    assert entry.review is not None
    assert entry.review.answer == "mine"
    assert not lived.journal.differences()
    assert lived.counts(TODAY, DAY)[0].due == 3, "it does not count against the day's limit"
    assert queue.undo(NOW) is not None
    assert lived.card(5).progress == before.progress


def test_practised_and_missed_a_card_is_forgotten(lived: Store) -> None:
    queue = ReviewQueue(lived, DAY, pick=Pick(Want.ALL))
    queue.record(lived.card(5), Grade.WRONG, NOW)
    after = lived.card(5).progress
    assert isinstance(after, Learned)
    assert (after.lapses, after.interval) == (1, 1)


def test_a_missed_card_comes_back_within_the_session_and_others_stay_out(lived: Store) -> None:
    lived.reschedule("words", Scheduling(), {}, NOW)
    answered_now = ReviewQueue(lived, DAY)
    answered_now.record(lived.card(2), Grade.WRONG, NOW)
    queue = ReviewQueue(lived, DAY, pick=Pick(Want.ALL, tag="t"))
    lived.tag(4, ["t"], NOW)
    queue.record(lived.card(4), Grade.WRONG, NOW)
    found = queue.next(NOW)
    assert found is not None
    assert found[0].id == 4
    queue.record(found[0], Grade.GOOD, NOW)
    assert queue.next(NOW) is None


def test_what_was_skipped_comes_last_and_what_was_taken_back_first(lived: Store) -> None:
    queue = ReviewQueue(lived, DAY, pick=Pick(Want.DUE, 3))
    order = [queue.next(NOW)]
    assert order[0] is not None
    assert queue.skip(order[0][0])
    second = queue.next(NOW)
    assert second is not None
    assert second[1].all == 3
    queue.record(second[0], Grade.GOOD, NOW)
    queue.undo(NOW)
    again = queue.next(NOW)
    assert again is not None
    assert again[0].id == second[0].id
    for _ in range(2):
        found = queue.next(NOW)
        assert found is not None
        queue.record(found[0], Grade.GOOD, NOW)
    last = queue.next(NOW)
    assert last is not None
    assert last[0].id == order[0][0].id


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_a_backlog_by_what_is_likely_still_recalled(store: Store, algorithm: Algorithm) -> None:
    """All are due: one was recalled twice and rests for days, one once, one was missed lately."""
    fill(store, "once", "twice", "missed", new_per_day=0)
    answered(store, 1, 4, 9)
    answered(store, 2, 4, 19)
    answered(store, 2, 4, 16)
    answered(store, 3, 1, 3)
    way = Scheduling(algorithm, backlog=Backlog.LIKELY)
    schedulers.change(store, DAY, "words", way, NOW)
    found = store.waiting("words", TODAY, DAY, 10)
    likely = {one.id: recall(_learned(store, one.id), NOW, DAY, way) for one in found}
    assert [one.id for one in found] == sorted(likely, key=likely.__getitem__, reverse=True)
    assert len(likely) == 3
    overdue = replace(way, backlog=Backlog.OVERDUE)
    schedulers.change(store, DAY, "words", overdue, NOW)
    dues = [_learned(store, one.id).due for one in store.waiting("words", TODAY, DAY, 10)]
    assert dues == sorted(dues)


def _learned(store: Store, card: int) -> Learned:
    progress = store.card(card).progress
    assert isinstance(progress, Learned)
    return progress
