"""SM-2 against a tiny model of the published steps, in exact fractions."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from studyllm.schedule import Day, Grade, Learned, New, Progress, review

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = Day(UTC, rollover=4)


def published(grades: list[int]) -> tuple[int, int, Fraction]:
    """Repetitions, interval and E-Factor after those grades, step by step as Wozniak writes them."""
    ease, interval, repetitions = Fraction(5, 2), 0, 0
    for q in grades:
        if q < 3:
            repetitions, interval = 0, 1
            continue
        ease = max(
            Fraction(13, 10),
            ease + Fraction(1, 10) - (5 - q) * (Fraction(8, 100) + (5 - q) * Fraction(2, 100)),
        )
        repetitions += 1
        interval = {1: 1, 2: 6}.get(repetitions, ceil(interval * ease))
    return repetitions, min(interval, 36_500), ease


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8))
def test_every_path_is_the_published_one(grades: list[int]) -> None:
    progress: Progress = New()
    for grade in grades:
        progress = review(progress, Grade(grade), NOW, DAY)
    assert isinstance(progress, Learned)
    repetitions, interval, ease = published(grades)
    assert (progress.repetitions, progress.interval) == (repetitions, interval)
    assert abs(progress.ease - float(ease)) < 1e-9


def test_the_first_intervals_are_one_and_six_days() -> None:
    first = review(New(), Grade.GOOD, NOW, DAY)
    second = review(first, Grade.GOOD, first.due, DAY)
    third = review(second, Grade.GOOD, second.due, DAY)
    assert [first.interval, second.interval, third.interval] == [1, 6, 15]


def test_a_lapse_starts_again_and_keeps_the_ease() -> None:
    learned = review(review(New(), Grade.HARD, NOW, DAY), Grade.HARD, NOW, DAY)
    lapsed = review(learned, Grade.WRONG, NOW, DAY)
    assert (lapsed.repetitions, lapsed.interval, lapsed.lapses) == (0, 1, 1)
    assert lapsed.ease == learned.ease
    assert review(lapsed, Grade.WRONG, NOW, DAY).lapses == 1, (
        "failing again before it was learnt is no new lapse"
    )


def test_due_at_the_beginning_of_a_study_day() -> None:
    late = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
    assert review(New(), Grade.GOOD, late, DAY).due == datetime(2026, 3, 3, 4, tzinfo=UTC), (
        "02:30 is still yesterday"
    )
    assert review(New(), Grade.GOOD, late + timedelta(hours=2), DAY).due == datetime(
        2026, 3, 4, 4, tzinfo=UTC
    )
