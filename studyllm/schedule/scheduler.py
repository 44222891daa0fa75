"""The one function that moves a card: what the deck's algorithm says, then the day that suits best."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from studyllm.cards import Algorithm, Scheduling, Spread
from studyllm.schedule import sm2
from studyllm.schedule.day import Day
from studyllm.schedule.easy import weight_of
from studyllm.schedule.progress import Grade, Learned, Progress, Stage
from studyllm.schedule.relearning import owed, step
from studyllm.schedule.spread import Load, before_exam, lightest, reach, seed_of, some_day

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
    earlier: Sequence[Grade] = (),
) -> Learned:
    """The progress after a review. The same card, history and load give the same day: chance is seeded by them.
    `earlier` are the grades that the card had on this day before, the first one first."""
    today = day.of(now)
    after = _reviewed(progress, grade, now, day, scheduling)
    if after.again is None and owed((*earlier, grade), scheduling.correct):
        after = replace(after, again=now + step(scheduling))
    if after.due == today or _stays(progress, today, day, scheduling):
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
    today = day.of(now)
    if scheduling.algorithm is Algorithm.SM2:
        again = is_repetition(progress, today, day)
        steps = scheduling.relearning_steps
        repeat = timedelta(minutes=steps[0]) if steps else None
        early = _early(progress, today, day, scheduling)
        return sm2.review(progress, grade, now, today, repeat, repetition=again, early=early)
    if isinstance(progress, Learned) and _stays(progress, today, day, scheduling):
        return replace(progress, again=None, reviewed=now, failed=progress.failed + (not grade.recalled))
    from studyllm.schedule import fsrs6

    return fsrs6.review(fsrs_of(scheduling), progress, grade, now, day)


def _stays(progress: Progress, today: date, day: Day, scheduling: Scheduling) -> bool:
    """Whether an answer is a repetition that moves nothing else: under SM-2 each is, under FSRS those that its own
    steps do not ask for."""
    if scheduling.algorithm is Algorithm.FSRS:
        memory = progress.memory if isinstance(progress, Learned) else None
        if memory is None or memory.stage is not Stage.KNOWN:
            return False
    return is_repetition(progress, today, day)


def _early(progress: Progress, today: date, day: Day, scheduling: Scheduling) -> int | None:
    """The days since the last review of a card of which fewer were tested than its interval has; None where all were.

    The interval decides and not the day that the card waits for: that may have been set by hand or drawn forward by an
    exam, of which a replay of the log knows nothing. Where days are spread, all within reach are the card's day: a
    replay does not know either how full they were.
    """
    if not isinstance(progress, Learned):
        return None
    elapsed = (today - day.of(progress.reviewed)).days
    whole = progress.interval if scheduling.spread is Spread.NONE else reach(progress.interval)[0]
    return elapsed if elapsed < whole else None


def fsrs_of(scheduling: Scheduling) -> "Scheduler":
    """The FSRS scheduler of a deck."""
    from studyllm.schedule import fsrs6

    return fsrs6.scheduler(
        scheduling.weights, scheduling.retention, scheduling.learning_steps, scheduling.relearning_steps
    )
