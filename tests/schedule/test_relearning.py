"""Learned means learned: a missed card comes back on the same day until it was recalled often enough."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studyllm.schedule import Algorithm, Day, Grade, Learned, New, Progress, Scheduling, owed, review, tries
from studyllm.schedule.compare import replay

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = Day(UTC, rollover=4)
MISSED, HARD, GOOD = Grade.WRONG, Grade.HARD, Grade.GOOD
WAYS = [Scheduling(algorithm=a, relearning_steps=s) for a in Algorithm for s in ((), (10,))]


def known(scheduling: Scheduling) -> Progress:
    """A card that was recalled on a few days."""
    progress: Progress = New()
    now = NOW - timedelta(days=90)
    for _ in range(6):
        progress = review(progress, GOOD, now, DAY, scheduling)
        now = progress.again or DAY.start(progress.due)
    return progress


def one_day(scheduling: Scheduling, grades: Sequence[Grade]) -> list[Learned]:
    """The progress after each answer of one day to a card that was known."""
    progress, found = known(scheduling), list[Learned]()
    for number, grade in enumerate(grades):
        now = NOW + timedelta(minutes=11 * number)
        progress = review(progress, grade, now, DAY, scheduling, earlier=grades[:number])
        found.append(progress)
    return found


@pytest.mark.parametrize(
    ("grades", "correct", "left"),
    [
        ((), 2, 0),
        ((GOOD,), 2, 0),
        ((MISSED,), 2, 2),
        ((MISSED, GOOD), 2, 1),
        ((MISSED, GOOD, MISSED), 2, 2),
        ((MISSED, GOOD, HARD), 2, 0),
        ((MISSED,), 0, 0),
    ],
)
def test_what_a_card_owes(grades: tuple[Grade, ...], correct: int, left: int) -> None:
    assert owed(grades, correct) == left


@pytest.mark.parametrize(
    ("grades", "correct", "count"),
    [
        ((GOOD, GOOD), 1, 0),
        ((MISSED,), 1, 1),
        ((MISSED, MISSED, GOOD), 1, 2),
        ((MISSED, GOOD, GOOD), 1, 1),
        ((MISSED, GOOD), 2, 2),
        ((MISSED, GOOD, MISSED), 2, 4),
        ((MISSED, GOOD), 0, 0),
    ],
)
def test_how_many_answers_a_miss_takes(grades: tuple[Grade, ...], correct: int, count: int) -> None:
    assert tries(grades, correct) == count


@pytest.mark.parametrize("way", WAYS, ids=str)
@pytest.mark.parametrize("correct", [1, 2, 3])
def test_a_missed_card_comes_back_until_it_was_recalled_so_often(way: Scheduling, correct: int) -> None:
    way = replace(way, correct=correct)
    grades = [MISSED, MISSED, *[GOOD] * correct]
    *before, last = one_day(way, grades)
    assert all(one.again is not None for one in before)
    assert last.again is None
    assert last.due > NOW.date()
    assert last.lapses == 1, "the card was forgotten once"


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_what_was_recalled_at_once_is_not_asked_again(way: Scheduling) -> None:
    (after,) = one_day(replace(way, correct=3), [GOOD])
    assert after.again is None


def test_the_repetitions_that_it_adds_move_nothing_else() -> None:
    for way in (
        Scheduling(relearning_steps=(), correct=2),
        Scheduling(Algorithm.FSRS, relearning_steps=(), correct=2),
    ):
        first, *rest = one_day(way, [MISSED, GOOD, MISSED, GOOD, GOOD])
        for one in rest:
            assert (one.due, one.interval, one.ease, one.memory) == (
                first.due,
                first.interval,
                first.ease,
                first.memory,
            )


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_replay_puts_a_card_where_it_was_put(way: Scheduling) -> None:
    way = replace(way, correct=2)
    history = [(NOW + timedelta(minutes=11 * n), g) for n, g in enumerate([GOOD, MISSED, GOOD, MISSED])]
    progress: Progress = New()
    for number, (at, grade) in enumerate(history):
        earlier = [one for _, one in history[:number]]
        progress = review(progress, grade, at, DAY, way, earlier=earlier)
    assert replay(tuple(history), DAY, way) == progress
