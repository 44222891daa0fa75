"""SM-2 where the paper is silent: an answer before the card's day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyllm.cards import Scheduling, Spread
from studyllm.schedule import Day, Grade, Learned, New, Progress, review
from studyllm.schedule.compare import replay
from studyllm.schedule.spread import reach

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = Day(UTC, rollover=4)


def learned(elapsed: int, interval: int, repetitions: int = 3, ease: float = 2.5) -> Learned:
    """A card that was asked so many days ago."""
    asked = NOW - timedelta(days=elapsed)
    return Learned(repetitions, interval, ease, 0, asked, asked.date() + timedelta(days=interval))


@pytest.mark.parametrize(
    ("elapsed", "interval"),
    [(8, 20), (9, 23), (1, 10), (3, 10)],
    ids=["the eight days that were tested", "a fraction is rounded up", "never shorter", "nor here"],
)
def test_recalled_early_the_interval_grows_by_what_was_tested(elapsed: int, interval: int) -> None:
    after = review(learned(elapsed, 10), Grade.GOOD, NOW, DAY)
    assert after.interval == interval
    assert after.due == NOW.date() + timedelta(days=interval)
    assert after.repetitions == (4 if interval > 10 else 3)


def test_an_early_answer_does_not_raise_the_ease_and_may_lower_it() -> None:
    assert review(learned(8, 10), Grade.PERFECT, NOW, DAY).ease == 2.5
    assert review(learned(8, 10), Grade.HARD, NOW, DAY).ease == 2.36
    assert review(learned(10, 10), Grade.PERFECT, NOW, DAY).ease == 2.6, "on its day it does"


def test_missed_early_is_missed() -> None:
    after = review(learned(2, 10), Grade.WRONG, NOW, DAY)
    assert (after.repetitions, after.interval, after.lapses) == (0, 1, 1)


def test_answered_twice_in_a_minute_a_card_does_not_move_on() -> None:
    first = review(learned(6, 6, repetitions=2), Grade.PERFECT, NOW, DAY)
    again = review(first, Grade.PERFECT, NOW + timedelta(minutes=1), DAY)
    assert (again.interval, again.due, again.ease) == (first.interval, first.due, first.ease)


@given(
    elapsed=st.integers(0, 400),
    interval=st.integers(1, 400),
    repetitions=st.integers(0, 9),
    grade=st.sampled_from([Grade.HARD, Grade.GOOD, Grade.PERFECT]),
)
def test_an_early_recall_is_worth_no_more_than_one_on_its_day_and_costs_nothing(
    elapsed: int, interval: int, repetitions: int, grade: Grade
) -> None:
    before = learned(elapsed, interval, repetitions)
    early = review(before, grade, NOW, DAY)
    timely = review(before, grade, DAY.start(before.due), DAY)
    assert interval <= early.interval or elapsed >= interval
    assert early.interval <= max(interval, timely.interval)


@pytest.mark.parametrize("spread", list(Spread))
@pytest.mark.parametrize("by_hand", [False, True], ids=["an exam", "by hand"])
def test_a_day_drawn_forward_is_worth_what_it_is_in_a_replay(spread: Spread, by_hand: bool) -> None:
    """Neither an exam nor a day set by hand is in the answers that a replay has."""
    scheduling = Scheduling(spread=spread, exam=None if by_hand else NOW.date() + timedelta(days=40))
    now, given, drawn = NOW, list[tuple[datetime, Grade]](), list[bool]()
    stands: Progress = New()
    for number in range(7):
        stands = review(stands, Grade.GOOD, now, DAY, scheduling)
        given.append((now, Grade.GOOD))
        if by_hand and number == 4:
            stands = replace(stands, due=now.date() + timedelta(days=stands.interval // 3))
        drawn.append(stands.due < now.date() + timedelta(days=reach(stands.interval)[0]))
        now = DAY.start(stands.due) + timedelta(hours=2)
    again = replay(tuple(given), DAY, replace(scheduling, exam=None))
    assert isinstance(again, Learned)
    assert isinstance(stands, Learned)
    assert (again.interval, again.ease, again.repetitions) == (
        stands.interval,
        stands.ease,
        stands.repetitions,
    )
    assert any(drawn)
