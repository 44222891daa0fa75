"""The one function that moves a card: what the deck's algorithm says, then the day that suits best."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from studyllm.cards import Algorithm, Scheduling, Spread
from studyllm.schedule import sm2
from studyllm.schedule.day import Day
from studyllm.schedule.easy import weight_of
from studyllm.schedule.progress import Grade, Learned, Progress
from studyllm.schedule.spread import Load, before_exam, lightest, seed_of, some_day

if TYPE_CHECKING:
    from fsrs import Scheduler

PLAIN = Scheduling()
"""How a deck is scheduled that nobody said anything about."""


def review(
    progress: Progress,
    grade: Grade,
    now: datetime,
    day: Day,
    scheduling: Scheduling = PLAIN,
    *,
    card: int = 0,
    load: Load | None = None,
) -> Learned:
    """The progress after a review. The same card, history and load give the same day: chance is seeded by them."""
    today = day.of(now)
    after = _reviewed(progress, grade, now, day, scheduling)
    if after.due == today or (scheduling.algorithm is Algorithm.SM2 and is_repetition(progress, today, day)):
        return after
    due, seed = after.due, seed_of(card, today, after.interval)
    if scheduling.spread is Spread.FUZZ:
        due = some_day(today, after.interval, seed)
    elif scheduling.spread is Spread.BALANCE and load is not None:
        due = lightest(today, after.interval, seed, load, weight_of(scheduling))
    if scheduling.exam is not None:
        due = before_exam(today, due, scheduling.exam, seed)
    return after if due == after.due else replace(after, due=due)


def is_repetition(progress: Progress, today: date, day: Day) -> bool:
    """Whether a card is asked once more on the day it was asked (or, just before the rollover, a little early), and not
    because its own day has come."""
    if not isinstance(progress, Learned) or progress.again is None:
        return False
    return today <= day.of(progress.again) and today < progress.due


def _reviewed(progress: Progress, grade: Grade, now: datetime, day: Day, scheduling: Scheduling) -> Learned:
    if scheduling.algorithm is Algorithm.SM2:
        steps = scheduling.relearning_steps
        repeat = timedelta(minutes=steps[0]) if steps else None
        today = day.of(now)
        again = is_repetition(progress, today, day)
        return sm2.review(progress, grade, now, today, repeat, repetition=again)
    from studyllm.schedule import fsrs6

    return fsrs6.review(fsrs_of(scheduling), progress, grade, now, day)


def fsrs_of(scheduling: Scheduling) -> "Scheduler":
    """The FSRS scheduler of a deck."""
    from studyllm.schedule import fsrs6

    return fsrs6.scheduler(
        scheduling.weights, scheduling.retention, scheduling.learning_steps, scheduling.relearning_steps
    )
