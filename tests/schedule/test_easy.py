"""Easy days and days off: which day a card gets, and which cards leave a day that became lighter."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyllm import schedulers
from studyllm.cards import Scheduling, Spread
from studyllm.errors import InputError
from studyllm.schedule import Day, Grade, Learned, New, review
from studyllm.schedule.easy import (
    every_day,
    off_from,
    off_told,
    unheeded,
    week_from,
    week_told,
    weight_of,
)
from studyllm.schedule.spread import eased, lightest, reach
from studyllm.store import Store
from tests.conftest import DAY, NOW, answered, fill

TODAY = date(2026, 3, 2)
"""A Monday."""
WEEKS = st.lists(st.sampled_from((0.0, 0.25, 0.5, 1.0)), min_size=7, max_size=7).filter(any).map(tuple)
OFF = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(
    lambda pair: ((TODAY + timedelta(days=pair[0]), TODAY + timedelta(days=sum(pair))),)
)
EASY = st.builds(
    lambda week, off: Scheduling(spread=Spread.BALANCE, easy_days=week, days_off=off),
    st.one_of(st.just(()), WEEKS),
    st.one_of(st.just(()), OFF),
)
LOADS = st.dictionaries(st.integers(1, 90), st.integers(0, 40)).map(
    lambda found: {TODAY + timedelta(days=n): count for n, count in found.items()}
)


def days_in_reach(interval: int) -> list[date]:
    least, most = reach(interval)
    return [TODAY + timedelta(days=n) for n in range(least, most + 1)]


@given(EASY, LOADS, st.integers(1, 60))
def test_a_day_of_no_weight_is_chosen_only_where_there_is_no_other(
    scheduling: Scheduling, loads: Mapping[date, int], interval: int
) -> None:
    weight = weight_of(scheduling)
    day = lightest(TODAY, interval, "seed", lambda *_: loads, weight)
    assert day in days_in_reach(interval)
    assert weight(day) > 0 or not any(map(weight, days_in_reach(interval)))


@given(EASY, LOADS, st.integers(3, 60))
def test_no_other_day_would_be_less_full_for_its_weight(
    scheduling: Scheduling, loads: Mapping[date, int], interval: int
) -> None:
    weight = weight_of(scheduling)
    chosen = lightest(TODAY, interval, "seed", lambda *_: loads, weight)
    for day in days_in_reach(interval):
        if weight(day) and weight(chosen):
            assert (loads.get(chosen, 0) + 1) / weight(chosen) <= (loads.get(day, 0) + 1) / weight(day)


@given(LOADS, st.integers(1, 60), st.text(max_size=4))
def test_days_that_all_weigh_the_same_change_nothing(
    loads: Mapping[date, int], interval: int, seed: str
) -> None:
    alike = weight_of(Scheduling(spread=Spread.BALANCE, easy_days=(0.5,) * 7))
    plain = lightest(TODAY, interval, seed, lambda *_: loads)
    assert lightest(TODAY, interval, seed, lambda *_: loads, alike) == plain
    assert lightest(TODAY, interval, seed, lambda *_: loads, every_day) == plain


@given(EASY, st.lists(st.integers(3, 60), max_size=60))
def test_what_waits_for_an_easy_day_leaves_it_where_it_can(
    scheduling: Scheduling, intervals: list[int]
) -> None:
    weight = weight_of(scheduling)
    asked = datetime(2026, 3, 2, 9, tzinfo=UTC)
    cards = [
        (n, Learned(3, interval, 2.5, 0, asked, TODAY + timedelta(days=interval)))
        for n, interval in enumerate(intervals)
    ]
    before = Counter(one.due for _, one in cards)
    moved = eased(cards, TODAY, Day(UTC), weight, lambda *_: before)
    for card, one in cards:
        after = moved.get(card, one)
        assert after.due in days_in_reach(one.interval)
        assert after.interval == one.interval
        if weight(one.due) == 1:
            assert card not in moved, "a day that is not lighter keeps its cards"
        if weight(after.due) == 0:
            assert not any(map(weight, days_in_reach(one.interval)))


def test_half_a_day_fills_half_as_much() -> None:
    scheduling = Scheduling(spread=Spread.BALANCE, easy_days=(1, 1, 1, 1, 1, 0.5, 0))
    counts: Counter[date] = Counter()
    for number in range(1300):
        day = lightest(TODAY, 40, str(number), lambda *_: counts, weight_of(scheduling))
        counts[day] += 1
    by_weekday = [[n for day, n in counts.items() if day.weekday() == weekday] for weekday in range(7)]
    saturdays, fridays = by_weekday[5], by_weekday[4]
    assert not by_weekday[6], "nothing on Sundays"
    assert max(saturdays) == pytest.approx(min(fridays) / 2, abs=1)


def test_a_short_interval_has_no_other_day() -> None:
    sunday = TODAY + timedelta(days=6)
    scheduling = Scheduling(spread=Spread.BALANCE, days_off=((sunday, sunday),))
    saturday = datetime(2026, 3, 7, 9, tzinfo=UTC)
    after = review(New(), Grade.GOOD, saturday, Day(UTC), scheduling, load=lambda *_: {})
    assert after.due == sunday


@pytest.mark.parametrize("spread", [Spread.NONE, Spread.FUZZ])
def test_easy_days_are_heeded_by_balanced_days_alone(spread: Spread) -> None:
    assert unheeded(Scheduling(spread=spread, easy_days=(1, 1, 1, 1, 1, 1, 0)))
    assert unheeded(Scheduling(spread=spread, days_off=((TODAY, TODAY),)))
    assert not unheeded(Scheduling(spread=spread))
    assert not unheeded(Scheduling(spread=Spread.BALANCE, days_off=((TODAY, TODAY),)))


def test_the_words_of_a_deck_file_are_read_and_told_again() -> None:
    week = week_from({"sat": 0.5, "sun": 0})
    assert week == (1, 1, 1, 1, 1, 0.5, 0)
    off = off_from([date(2027, 1, 1), "2026-12-24..2026-12-26"])
    assert off == ((date(2026, 12, 24), date(2026, 12, 26)), (date(2027, 1, 1), date(2027, 1, 1)))
    scheduling = Scheduling(easy_days=week, days_off=off)
    assert week_told(scheduling) == {"sat": 0.5, "sun": 0}
    assert off_told(scheduling) == ["2026-12-24..2026-12-26", "2027-01-01"]
    assert week_from({}) == week_from({"mon": 1}) == ()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sat": 2}, "weight from 0 to 1"),
        ("sat", "weight from 0 to 1"),
        ({"sat": True}, "weight from 0 to 1"),
        ({"caturday": 0.5}, "“caturday” is no day of the week here; write mon"),
        (dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 0), "leave a day"),
    ],
)
def test_weights_that_cannot_be_are_refused_in_a_sentence(given: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        week_from(given)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["soon"], "like 2027-01-01"),
        ("2026-12-24", "like 2027-01-01"),
        ([NOW], "like 2027-01-01"),
        (["2026-12-26..2026-12-24"], "before the first"),
    ],
)
def test_days_off_that_cannot_be_are_refused_in_a_sentence(given: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        off_from(given)


def test_a_day_off_moves_the_cards_that_waited_for_it_and_undo_brings_them_back(store: Store) -> None:
    fill(store, *(f"term {n}" for n in range(6)))
    for card in range(1, 7):
        for ago in (20, 14):
            answered(store, card, 4, ago)
    (day,) = {card.due for card in store.cards("words") if card.due}
    by_hand = day + timedelta(days=1)
    store.set_due(6, by_hand, NOW)
    stood = {card.id: card.progress for card in store.cards("words")}
    off = Scheduling(spread=Spread.BALANCE, days_off=((day, by_hand),))
    assert schedulers.change(store, DAY, "words", off, NOW - timedelta(days=12)) == 5
    assert {card.due for card in store.cards("words") if card.id < 6}.isdisjoint({day, by_hand})
    assert store.card(6).due == by_hand, "a day that was set by hand stays"
    assert not store.journal.differences()
    store.journal.undo(NOW)
    assert {card.id: card.progress for card in store.cards("words")} == stood


@pytest.mark.parametrize("name", ["sun", "Sunday", "周日", "星期天", "日", "周7"])
def test_a_day_of_the_week_is_known_however_it_is_written(name: str) -> None:
    assert week_from({name: 0.5}) == (1, 1, 1, 1, 1, 1, 0.5)
