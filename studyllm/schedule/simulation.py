"""What another desired retention would cost a day, and how much would be known: FSRS-6 played forward over a learner's
own cards. In go how the cards stand and how the learner answers, out come minutes a day and cards known."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from studyllm.schedule.fsrs_arrays import Floats, Formulas, Ints

RETENTIONS = (0.70, 0.75, 0.80, 0.85, 0.88, 0.90, 0.92, 0.95, 0.97)
HORIZONS = (90, 365)
"""Days after which it is told what is known."""
_SEEDS = 3
"""Each course is run so often, and the mean taken."""


class Cancelled(Exception):
    """Nobody waits for the rest."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How a learner answers."""

    first: tuple[float, float, float, float]
    """Shares of again, hard, good and easy among the first answers to cards."""
    recalled: tuple[float, float, float]
    """Shares of hard, good and easy among what is recalled later."""
    seconds_first: float
    """Of a first answer; the others are of a later day, recalled or not, and of a repetition on the same day."""
    seconds_recalled: float
    seconds_forgotten: float
    seconds_again: float


@dataclass(frozen=True, slots=True)
class Standing:
    """One card that was seen: what FSRS knows of it, and the days since it was last asked."""

    stability: float
    difficulty: float
    elapsed: int


@dataclass(frozen=True, slots=True)
class Pile:
    """What there is to learn."""

    cards: tuple[Standing, ...]
    coming: tuple[tuple[int, int], ...]
    """Of each deck the cards never seen, and how many of them come a day."""
    reviews_per_day: int
    each: float = 1.0
    """How many cards each of `cards` stands for, where they are a sample."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The learner's memory, and the steps of a day."""

    weights: tuple[float, ...]
    """All 21 weights of FSRS-6."""
    learning_steps: int
    relearning_steps: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """What one desired retention comes to, at each of HORIZONS."""

    retention: float
    minutes: tuple[float, ...]
    """A day, on average up to then."""
    reviews: tuple[float, ...]
    """Cards asked a day, on average up to then; repetitions on the same day do not count."""
    known: tuple[float, ...]
    """Cards that would be recalled if all were asked that day."""


def outlooks(
    pile: Pile,
    habits: Habits,
    memory: Memory,
    retentions: Sequence[float] = RETENTIONS,
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
    seed: int = 0,
) -> tuple[Outlook, ...]:
    """One for each retention; `progress` is told how many courses are done, of how many. Raises Cancelled soon after
    `stopped` says so."""
    import numpy as np

    found = []
    for number, retention in enumerate(retentions):
        runs = []
        for run in range(_SEEDS):
            progress(number * _SEEDS + run, len(retentions) * _SEEDS)
            course = _Course(pile, habits, memory, retention, np.random.default_rng((seed, run)))
            runs.append(course.run(stopped))
        means = [tuple(float(one) for one in np.mean(column, axis=0)) for column in zip(*runs, strict=True)]
        found.append(Outlook(retention, *means))
    return tuple(found)


def new_cards(coming: Sequence[tuple[int, int]], days: int) -> list[int]:
    """How many new cards have come by the end of each day."""
    return list(
        accumulate(sum(min(a_day, max(0, left - a_day * n)) for left, a_day in coming) for n in range(days))
    )


class _Course:
    """One retention, one run of luck, day after day."""

    def __init__(
        self, pile: Pile, habits: Habits, memory: Memory, retention: float, luck: np.random.Generator
    ) -> None:
        import numpy as np

        from studyllm.schedule.fsrs_arrays import Formulas

        self.formulas: Formulas = Formulas(memory.weights)
        self.habits, self.memory, self.retention, self.luck = habits, memory, retention, luck
        self.each, self.limit = pile.each, max(1, round(pile.reviews_per_day / pile.each))
        self.coming = [round(count / pile.each) for count in new_cards(pile.coming, HORIZONS[-1])]
        seen, room = len(pile.cards), len(pile.cards) + self.coming[-1]
        self.seen = seen
        self.stability: Floats = np.ones(room)
        self.difficulty: Floats = np.ones(room)
        self.last: Ints = np.zeros(room, dtype=np.int64)
        self.due: Ints = np.zeros(room, dtype=np.int64)
        self.stability[:seen] = [card.stability for card in pile.cards]
        self.difficulty[:seen] = [card.difficulty for card in pile.cards]
        self.last[:seen] = [-card.elapsed for card in pile.cards]
        self._rest(np.arange(seen))
        self.seconds = 0.0
        self.asked = 0

    def run(self, stopped: Callable[[], bool]) -> tuple[list[float], list[float], list[float]]:
        """Minutes and reviews a day, and cards known, at each horizon."""
        minutes, reviews, known = [], [], []
        old = self.seen
        for day in range(HORIZONS[-1]):
            if stopped():
                raise Cancelled
            self._review(day)
            self._learn(day, old + self.coming[day] - self.seen)
            if day + 1 in HORIZONS:
                minutes.append(self.seconds * self.each / 60 / (day + 1))
                reviews.append(self.asked * self.each / (day + 1))
                since = day + 1 - self.last[: self.seen]
                known.append(self.formulas.known(since, self.stability[: self.seen]) * self.each)
        return minutes, reviews, known

    def _review(self, day: int) -> None:
        """What is due, the longest overdue first, up to the day's limit."""
        import numpy as np

        cards = np.flatnonzero(self.due[: self.seen] <= day)
        if len(cards) > self.limit:
            cards = cards[np.argsort(self.due[cards], kind="stable")[: self.limit]]
        recall = self.formulas.recall(day - self.last[cards], self.stability[cards])
        forgotten = self.luck.random(len(cards)) >= recall
        rating = np.where(forgotten, 1, self.luck.choice((2, 3, 4), len(cards), p=self.habits.recalled))
        self._set(cards, *self.formulas.later(self.stability[cards], self.difficulty[cards], recall, rating))
        lapses = cards[forgotten]
        for _ in range(self.memory.relearning_steps):
            self._again(lapses)
        self.last[cards] = day
        self._rest(cards)
        self.asked += len(cards)
        self.seconds += self.habits.seconds_recalled * (len(cards) - len(lapses))
        self.seconds += self.habits.seconds_forgotten * len(lapses)

    def _learn(self, day: int, count: int) -> None:
        """So many new cards, through the learning steps: what is not easy has to be recalled once a step."""
        import numpy as np

        cards = np.arange(self.seen, self.seen + count)
        rating = self.luck.choice((1, 2, 3, 4), count, p=self.habits.first)
        self._set(cards, *self.formulas.first(rating))
        for step in range(self.memory.learning_steps):
            # A good first answer is the first step's.
            self._again(cards[(rating < 3) | ((rating == 3) & (step > 0))])
        self.last[cards] = day
        self.seen += count
        self._rest(cards)
        self.seconds += self.habits.seconds_first * count

    def _again(self, cards: Ints) -> None:
        """A good repetition on the same day."""
        self._set(cards, *self.formulas.same_day(self.stability[cards], self.difficulty[cards]))
        self.seconds += self.habits.seconds_again * len(cards)

    def _set(self, cards: Ints, stability: Floats, difficulty: Floats) -> None:
        self.stability[cards], self.difficulty[cards] = stability, difficulty

    def _rest(self, cards: Ints) -> None:
        """Until recall falls to the retention."""
        self.due[cards] = self.last[cards] + self.formulas.interval(self.stability[cards], self.retention)
