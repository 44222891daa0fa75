"""SM-2 as published: P. A. Wozniak, Optimization of learning, 1990, chapter 3.2 ("Algorithm SM-2")."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from studyllm.schedule.progress import Grade, Learned, New, Progress

FIRST_EASE = 2.5
"""Step 2: every item starts with an E-Factor of 2.5."""
LEAST_EASE = 1.3
"""Step 5: no E-Factor falls below 1.3."""
FIRST_INTERVALS = (1, 6)
"""Step 3: I(1) and I(2), in days."""
LONGEST_INTERVAL = 36_500
"""A hundred years, in days; not in the paper, which sets no limit and leaves the calendar."""


def next_ease(ease: float, grade: Grade) -> float:
    """Step 5: EF' = EF + (0.1 - (5-q)(0.08 + (5-q)0.02)), unchanged below grade 3 (step 6)."""
    if not grade.recalled:
        return ease
    miss = 5 - grade
    # Every E-Factor is a whole number of hundredths: rounding undoes what binary fractions add.
    return max(LEAST_EASE, round(ease + 0.1 - miss * (0.08 + miss * 0.02), 2))


def next_interval(repetitions: int, interval: int, ease: float) -> int:
    """Step 3: I(n) = I(n-1) * EF days, a fraction rounded up; `repetitions` counts this one."""
    if repetitions <= len(FIRST_INTERVALS):
        return FIRST_INTERVALS[max(repetitions, 1) - 1]
    hundredths = round(ease * 100)
    return min(LONGEST_INTERVAL, -(-interval * hundredths // 100))


def review(
    progress: Progress,
    grade: Grade,
    now: datetime,
    today: date,
    repeat: timedelta | None = None,
    *,
    repetition: bool = False,
    early: int | None = None,
) -> Learned:
    """The progress after a review on a study day: ease first (step 5), then the interval that it gives (step 3).

    Step 7: what scored below 4 is asked again the same day, `repeat` later, until it scores 4; such a `repetition`
    moves nothing else. `early` is the days since the last review where they are fewer than the interval.
    """
    again = now + repeat if repeat is not None and grade < Grade.GOOD else None
    if isinstance(progress, New):
        progress = Learned(0, 0, FIRST_EASE, 0, now, today)
    elif repetition:
        return replace(progress, again=again, reviewed=now, failed=progress.failed + (not grade.recalled))
    elif early is not None and grade.recalled:
        return _early(progress, grade, now, today, again, early)
    ease = next_ease(progress.ease, grade)
    repetitions = progress.repetitions + 1 if grade.recalled else 0
    interval = next_interval(repetitions, progress.interval, ease)
    lapsed = not grade.recalled and progress.repetitions > 0
    due = today + timedelta(days=interval)
    failed = progress.failed + (not grade.recalled)
    return Learned(repetitions, interval, ease, progress.lapses + lapsed, now, due, again, failed=failed)


def _early(
    progress: Learned, grade: Grade, now: datetime, today: date, again: datetime | None, elapsed: int
) -> Learned:
    """Recalled before its day, which the paper does not know: the interval grows by the days that were tested, is never
    shorter than it was, and the ease does not rise. Anki does the same."""
    ease = min(progress.ease, next_ease(progress.ease, grade))
    interval = progress.interval
    if progress.repetitions >= len(FIRST_INTERVALS):  # the first ones are fixed, however long was tested
        interval = max(interval, next_interval(progress.repetitions + 1, elapsed, ease))
    return replace(
        progress,
        repetitions=progress.repetitions + (interval > progress.interval),
        interval=interval,
        ease=ease,
        reviewed=now,
        due=today + timedelta(days=interval),
        again=again,
    )
