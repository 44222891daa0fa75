"""What a learner's own log says about schedulers: how well each foretells what is recalled, and what work it makes.

Both need a probability of recall. FSRS has one; SM-2 never claimed any: it is given the exponential curve that passes
0.9 at the interval it chose, as the srs-benchmark of open-spaced-repetition bolts one on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from studyllm.cards import Algorithm, Scheduling
from studyllm.schedule.day import Day
from studyllm.schedule.progress import Grade, Learned, New, Progress
from studyllm.schedule.recall import retrievability
from studyllm.schedule.scheduler import review

History = tuple[tuple[datetime, Grade], ...]
"""The reviews of one card, oldest first."""
BINS = 10
LEAST, MOST = 0.001, 0.999
"""Probabilities are kept off nought and one: one surprise must not decide a log loss."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """One review on a later day than the last: the probability that was foretold, and what came."""

    at: datetime
    probability: float
    recalled: bool


@dataclass(frozen=True, slots=True)
class Report:
    """How well one scheduler foretells, and what it asks for."""

    name: str
    reviews: int
    log_loss: float
    """Mean of -ln of the probability given to what came; lower is better."""
    error: float
    """Root mean square distance of foretold and real share over BINS bins (the benchmark's RMSE(bins))."""
    bins: tuple[tuple[float, float, int], ...]
    """Foretold share, real share and reviews of each bin that has any."""
    workload: tuple[float, ...] = ()
    """Reviews on each of the coming days."""
    scheduling: Scheduling | None = None
    """What would be chosen with it; None for what is no scheduler."""
    earlier: int = 0
    """Reviews on a later day that came before those: what is fitted has seen these alone."""

    @property
    def given(self) -> float:
        """The probability, 0-1, that it gave on average to what then came: the geometric mean, which is the log loss in
        other words. Higher is better."""
        return math.exp(-self.log_loss)


def replay(history: History, day: Day, scheduling: Scheduling, *, card: int = 0) -> Progress:
    """Where a card would stand had it always been scheduled so."""
    progress: Progress = New()
    for at, grade, earlier in _answers(history, day):
        progress = review(progress, grade, at, day, scheduling, card=card, earlier=earlier)
    return progress


def _answers(history: History, day: Day) -> Iterator[tuple[datetime, Grade, Sequence[Grade]]]:
    """Each answer, with the grades that came before it on its day."""
    today, earlier = None, list[Grade]()
    for at, grade in history:
        if (now := day.of(at)) != today:
            today, earlier = now, []
        yield at, grade, earlier
        earlier.append(grade)


def recall(progress: Learned, now: datetime, day: Day, scheduling: Scheduling) -> float:
    """The probability, 0-1, that a card is recalled now."""
    elapsed = max(0, (day.of(now) - day.of(progress.reviewed)).days)
    memory = progress.memory if scheduling.algorithm is Algorithm.FSRS else None
    return retrievability(scheduling, elapsed, progress.interval, memory.stability if memory else None)


def foretell(histories: Sequence[History], day: Day, scheduling: Scheduling) -> list[Foretold]:
    """What a scheduler would have said before each review that came on a later day, oldest first."""
    found = []
    for history in histories:
        progress: Progress = New()
        for at, grade, earlier in _answers(history, day):
            if isinstance(progress, Learned) and day.of(at) > day.of(progress.reviewed):
                found.append(Foretold(at, recall(progress, at, day, scheduling), grade.recalled))
            progress = review(progress, grade, at, day, scheduling, earlier=earlier)
    return sorted(found, key=lambda one: one.at)


def later_reviews(histories: Iterable[History], day: Day) -> int:
    """How many reviews came on a later day than the last of their card: only these say something about forgetting, and
    a fit counts no others."""
    return sum(len({day.of(at) for at, _grade in history}) - 1 for history in histories if history)


def report(
    name: str,
    foretold: Sequence[Foretold],
    workload: tuple[float, ...] = (),
    scheduling: Scheduling | None = None,
) -> Report:
    """Log loss and calibration of what was foretold; NaN where nothing was."""
    if not foretold:
        return Report(name, 0, math.nan, math.nan, (), workload, scheduling)
    loss, sums = 0.0, [[0.0, 0.0, 0] for _ in range(BINS)]
    for one in foretold:
        p = min(MOST, max(LEAST, one.probability))
        loss -= math.log(p if one.recalled else 1 - p)
        entry = sums[min(BINS - 1, int(one.probability * BINS))]
        entry[0] += one.probability
        entry[1] += one.recalled
        entry[2] += 1
    bins = tuple((said / n, came / n, int(n)) for said, came, n in sums if n)
    error = math.sqrt(sum(n * (said - came) ** 2 for said, came, n in bins) / len(foretold))
    return Report(name, len(foretold), loss / len(foretold), error, bins, workload, scheduling)


def constant(foretold: Sequence[Foretold], share: float) -> list[Foretold]:
    """The same reviews foretold by one number: what any scheduler has to beat."""
    return [Foretold(one.at, share, one.recalled) for one in foretold]


def workload(
    histories: Sequence[History],
    day: Day,
    now: datetime,
    scheduling: Scheduling,
    truth: Callable[[Learned, datetime], float],
    believed: Scheduling,
    *,
    days: int = 30,
    seed: int = 0,
) -> tuple[float, ...]:
    """Reviews on each coming day if `scheduling` had always been in force and goes on; no new cards come in.

    What is recalled is drawn by `truth`, told the progress that `believed` (FSRS) has of the card: the same for every
    scheduler, so that they are compared on one memory. Repetitions within a day count as one review.
    """
    dice = Random(seed)
    cards: list[tuple[Learned, Learned]] = []
    for history in histories:
        mine, memory = replay(history, day, scheduling), replay(history, day, believed)
        if isinstance(mine, Learned) and isinstance(memory, Learned):
            cards.append((mine, memory))
    today, counts = day.of(now), [0.0] * days
    for mine, memory in cards:
        while (at := max(0, (mine.due - today).days)) < days:
            then = day.start(today + timedelta(days=at)) + timedelta(hours=6)
            grade = Grade.GOOD if dice.random() < truth(memory, then) else Grade.WRONG
            counts[at] += 1
            mine = _settled(mine, grade, then, day, scheduling)
            memory = _settled(memory, grade, then, day, believed)
    return tuple(counts)


def _settled(progress: Learned, grade: Grade, now: datetime, day: Day, scheduling: Scheduling) -> Learned:
    """After a review and the repetitions that the same day asks for, all of them good."""
    after = review(progress, grade, now, day, scheduling)
    for _ in range(8):
        if after.again is None:
            break
        after = review(after, Grade.GOOD, after.again, day, scheduling)
    return after
