"""SM-2 against a tiny model of the published steps, in exact fractions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import product
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyllm.schedule import Day, Grade, Learned, New, Progress, Scheduling, review

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = Day(UTC, rollover=4)


Told = tuple[int, int, Fraction]
"""Repetitions, interval and E-Factor."""


def step(told: Told, q: int) -> Told:
    """One review, as Wozniak writes it."""
    repetitions, interval, ease = told
    if q < 3:
        return 0, 1, ease
    ease = max(
        Fraction(13, 10), ease + Fraction(1, 10) - (5 - q) * (Fraction(8, 100) + (5 - q) * Fraction(2, 100))
    )
    repetitions += 1
    return repetitions, min({1: 1, 2: 6}.get(repetitions, ceil(interval * ease)), 36_500), ease


def published(grades: list[int]) -> Told:
    """After those grades."""
    told: Told = (0, 0, Fraction(5, 2))
    for q in grades:
        told = step(told, q)
    return told


def path(grades: Iterable[int]) -> Learned:
    """Each review on its day."""
    progress: Progress = New()
    now = NOW
    for grade in grades:
        progress = review(progress, Grade(grade), now, DAY)
        now = DAY.start(progress.due)
    assert isinstance(progress, Learned)
    return progress


@pytest.mark.parametrize("length", range(1, 5))
def test_every_short_path_is_the_published_one(length: int) -> None:
    for grades in product(range(6), repeat=length):
        progress = path(grades)
        repetitions, interval, ease = published(list(grades))
        assert (progress.repetitions, progress.interval) == (repetitions, interval), grades
        assert abs(progress.ease - float(ease)) < 1e-9, grades


@pytest.mark.slow
def test_every_path_of_eight_reviews_is_the_published_one() -> None:
    """All 1,679,616 of them, walked as a tree: a state is reached once however many paths lead to it."""
    known: dict[tuple[Learned | New, tuple[int, int, Fraction]], None] = {
        (New(), (0, 0, Fraction(5, 2))): None
    }
    for _ in range(8):
        reached: dict[tuple[Learned | New, tuple[int, int, Fraction]], None] = {}
        for progress, told in known:
            for grade in Grade:
                after = review(progress, grade, NOW, DAY)
                wanted = step(told, int(grade))
                assert (after.repetitions, after.interval) == wanted[:2]
                assert abs(after.ease - float(wanted[2])) < 1e-9
                # Which day it is plays no part: only the numbers are carried on.
                on_its_day = NOW - timedelta(days=after.interval)
                reached[
                    replace(after, due=DAY.of(NOW), reviewed=on_its_day, again=None, lapses=0), wanted
                ] = None
        known = reached


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_long_paths_are_the_published_ones(grades: list[int]) -> None:
    progress = path(grades)
    assert (progress.repetitions, progress.interval) == published(grades)[:2]


def test_the_first_intervals_are_one_and_six_days() -> None:
    assert [path([4] * n).interval for n in (1, 2, 3)] == [1, 6, 15]


def test_a_lapse_starts_again_and_keeps_the_ease() -> None:
    learned, lapsed = path([3, 3]), path([3, 3, 1])
    assert (lapsed.repetitions, lapsed.interval, lapsed.lapses) == (0, 1, 1)
    assert lapsed.ease == learned.ease
    assert path([3, 3, 1, 1]).lapses == 1, "failing again before it was learnt is no new lapse"


def test_what_scored_below_four_is_repeated_the_same_day_and_that_moves_nothing() -> None:
    hard = review(New(), Grade.HARD, NOW, DAY)
    assert hard.again == NOW + timedelta(minutes=10)
    still = review(hard, Grade.WRONG, NOW + timedelta(minutes=10), DAY)
    assert still.again == NOW + timedelta(minutes=20)
    done = review(still, Grade.GOOD, NOW + timedelta(minutes=20), DAY)
    assert done.again is None
    for after in (still, done):
        kept = (after.due, after.interval, after.ease, after.repetitions, after.lapses)
        assert kept == (hard.due, hard.interval, hard.ease, hard.repetitions, hard.lapses)


def test_a_repetition_that_was_left_out_does_not_hold_up_the_next_day() -> None:
    hard = review(New(), Grade.HARD, NOW, DAY)
    assert review(hard, Grade.GOOD, DAY.start(hard.due), DAY).interval == 6


def test_no_steps_no_repetition() -> None:
    assert review(New(), Grade.WRONG, NOW, DAY, Scheduling(relearning_steps=())).again is None


def test_due_at_the_beginning_of_a_study_day() -> None:
    late = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
    assert review(New(), Grade.GOOD, late, DAY).due == date(2026, 3, 3), "02:30 is still yesterday"
    assert review(New(), Grade.GOOD, late + timedelta(hours=2), DAY).due == date(2026, 3, 4)


def test_answers_that_fail_while_a_card_is_learnt_make_a_leech_beyond_the_first_four() -> None:
    progress: Progress = New()
    for minute in range(6):
        progress = review(progress, Grade.WRONG, NOW + timedelta(minutes=20 * minute), DAY)
    assert isinstance(progress, Learned)
    assert (progress.lapses, progress.failed, progress.struggles) == (0, 6, 2)
    known = replace(progress, repetitions=2, again=None)
    lapsed = review(known, Grade.WRONG, NOW + timedelta(days=1), DAY)
    assert (lapsed.lapses, lapsed.failed, lapsed.struggles) == (1, 7, 3)
