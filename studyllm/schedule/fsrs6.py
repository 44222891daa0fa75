"""FSRS-6 (J. Ye et al., open-spaced-repetition), through the `fsrs` package; this file speaks its language.

The package counts days as spans of 24 hours. It is told midnights of study days, so that an answer in the evening and
one the next morning are a day apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from fsrs import Card, Rating, ReviewLog, Scheduler, State

from studyllm.schedule.day import Day
from studyllm.schedule.progress import Grade, Learned, Memory, New, Progress, Stage
from studyllm.schedule.sm2 import FIRST_EASE, LONGEST_INTERVAL

ENOUGH = 512
"""Reviews on later days that a fit needs: the package's own least."""
_RATINGS = (Rating.Again, Rating.Again, Rating.Again, Rating.Hard, Rating.Good, Rating.Easy)
_STAGES = {State.Learning: Stage.LEARNING, State.Review: Stage.KNOWN, State.Relearning: Stage.RELEARNING}
_STATES = {stage: state for state, stage in _STAGES.items()}


@lru_cache(maxsize=64)
def scheduler(
    weights: tuple[float, ...], retention: float, learning: tuple[int, ...], relearning: tuple[int, ...]
) -> Scheduler:
    """The package's scheduler: no weights are its defaults, steps are minutes; fuzz is ours to add."""
    return Scheduler(
        **({"parameters": weights} if weights else {}),
        desired_retention=retention,
        learning_steps=[timedelta(minutes=step) for step in learning],
        relearning_steps=[timedelta(minutes=step) for step in relearning],
        maximum_interval=LONGEST_INTERVAL,
        enable_fuzzing=False,
    )


def rating(grade: Grade) -> Rating:
    """0-2 again, 3 hard, 4 good, 5 easy."""
    return _RATINGS[grade]


def review(model: Scheduler, progress: Progress, grade: Grade, now: datetime, day: Day) -> Learned:
    """The progress after a review."""
    today = day.of(now)
    if isinstance(progress, Learned) and progress.again is not None:
        today = max(today, progress.due)  # a flight west between two steps: that day has been
    before = card_of(progress, day)
    after, _ = model.review_card(before, rating(grade), _midnight(today))
    wait = after.due - _midnight(today)
    known = after.state is State.Review
    old = progress if isinstance(progress, Learned) else Learned(0, 0, FIRST_EASE, 0, now, today)
    lapsed = not grade.recalled and before.state is State.Review
    return Learned(
        repetitions=old.repetitions + 1 if grade.recalled else 0,
        interval=wait.days if known else 0,
        ease=old.ease,
        lapses=old.lapses + lapsed,
        reviewed=now,
        due=today + timedelta(days=wait.days) if known else today,
        again=None if known else now + wait,
        memory=Memory(
            stability=_some(after.stability),
            difficulty=_some(after.difficulty),
            stage=_STAGES[after.state],
            step=after.step or 0,
        ),
        failed=old.failed + (not grade.recalled),
    )


def retrievability(model: Scheduler, elapsed: int, stability: float) -> float:
    """The probability, 0-1, that a card of that stability is recalled so many days after its last review, as
    the package has it."""
    decay = -model.parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    return float((1 + factor * elapsed / stability) ** decay)


def card_of(progress: Progress, day: Day) -> Card:
    """The package's card."""
    memory = progress.memory if isinstance(progress, Learned) else None
    if isinstance(progress, New) or memory is None:
        return Card(card_id=0, due=datetime.fromtimestamp(0, UTC))
    return Card(
        card_id=0,
        state=_STATES[memory.stage],
        step=None if memory.stage is Stage.KNOWN else memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_midnight(progress.due),
        last_review=_midnight(day.of(progress.reviewed)),
    )


def fit(histories: Iterable[Sequence[tuple[datetime, Grade]]], day: Day) -> tuple[float, ...] | None:
    """Weights fitted to what was recalled, each card's reviews oldest first; None with fewer than ENOUGH reviews.
    Takes seconds for a thousand reviews, minutes for ten thousand; needs torch."""
    logs = [
        ReviewLog(number, rating(grade), _midnight(day.of(at)), None)
        for number, history in enumerate(histories)
        for at, grade in history
    ]
    if later_reviews(logs) < ENOUGH:
        return None
    from fsrs import Optimizer

    return tuple(float(weight) for weight in Optimizer(logs).compute_optimal_parameters())


def later_reviews(logs: Iterable[ReviewLog]) -> int:
    """How many reviews came on a later day than the one before: only those say something about forgetting."""
    last: dict[int, datetime] = {}
    found = 0
    for log in logs:
        found += log.card_id in last and log.review_datetime > last[log.card_id]
        last[log.card_id] = log.review_datetime
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _some(value: float | None) -> float:
    assert value is not None
    return float(value)
