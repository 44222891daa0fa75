"""Made-up learners for bench/simulate.py, and their memory.

What is remembered is drawn from the declarative memory of ACT-R, which none of the schedulers knows: P. I. Pavlik and
J. R. Anderson, Practice and forgetting effects on vocabulary memory: an activation-based model of the spacing effect,
Cognitive Science 29 (2005); the offsets of learner and item are those of the same authors' Using a model to compute
the optimal schedule of practice, Journal of Experimental Psychology: Applied 14 (2008). Every reading and answer
leaves a trace; activation m = learner + item + ln sum age^-d; each trace has its own decay d = C e^m + a, by the
activation it was laid down at; recall is logistic in m; time outside a session counts for a fraction of time
within. The constants are about those fitted there; the offsets are set so that SM-2 keeps what is plausible.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from studyllm.schedule import Grade

SETTLED = 60
"""Days until a collection is one: loads are compared after them."""
READ = 14
"""Days since the note was read when its card is first asked."""
C, A, TAU, S = 0.217, 0.177, -0.704, 0.255
A_DAY = 2160.0
"""Seconds that a day counts for: 0.025 of it."""
OFFSET, OF_LEARNERS, OF_ITEMS = 1.6, 0.15, 0.25
"""Mean of the offsets, and how far learners and items are from it (standard deviation)."""
HARD, EASY = 1.0, 4.5
"""Logits above the threshold up to which an answer is hard, and from which it is easy."""


@dataclass(frozen=True, slots=True)
class Learner:
    """One learner, the same under every scheduler."""

    name: str
    offset: float
    pace: int
    """New cards a day."""
    strict: float
    """Factor on what it takes to call an answer easy."""
    studies: tuple[bool, ...]
    """Whether each day is one of study."""


@dataclass(slots=True)
class Item:
    """One card in one learner's memory."""

    offset: float
    luck: Random
    traces: list[tuple[float, float]]
    """Time and decay of each."""

    def activation(self, at: float) -> float:
        return self.offset + math.log(sum(max(1.0, at - laid) ** -d for laid, d in self.traces))

    def answer(self, at: float) -> float:
        """Logits by which an answer is over the threshold, chance included; it leaves a trace."""
        m = self.activation(at)
        chance = self.luck.random() or 0.5
        self.traces.append((at, C * math.exp(m) + A))
        return (m - TAU) / S + math.log(chance / (1 - chance))

    def recall(self, at: float) -> float:
        return 1 / (1 + math.exp((TAU - self.activation(at)) / S))


def learner_of(seed: int, number: int, days: int) -> Learner:
    """A learner, with a calendar of missed days and one holiday a year."""
    dice = Random(f"{seed} {number}")
    missed = dice.uniform(0, 0.1)
    studies = [dice.random() >= missed for _ in range(days)]
    for year in range(0, days, 365):
        start = year + dice.randrange(SETTLED, 340)
        for day in range(start, min(days, start + dice.randint(7, 14))):
            studies[day] = False
    return Learner(
        name=f"{seed} {number}",
        offset=OFFSET + dice.gauss(0, OF_LEARNERS),
        pace=dice.randint(2, 10),
        strict=math.exp(dice.gauss(0, 0.2)),
        studies=tuple(studies),
    )


def item_of(learner: Learner, card: int, day: int) -> Item:
    """A card that is first asked on that day."""
    luck = Random(f"{learner.name} {card}")
    offset = learner.offset + luck.gauss(0, OF_ITEMS)
    return Item(offset, luck, [((day - READ) * A_DAY, A)])


def grade_of(margin: float, strict: float, repeated: bool) -> Grade:
    """How a learner grades; what was read minutes ago is not called easy."""
    if margin < 0:
        return Grade.FAMILIAR if margin > -1 else Grade.WRONG if margin > -2.5 else Grade.BLACKOUT
    if margin < HARD:
        return Grade.HARD
    return Grade.GOOD if repeated or margin < EASY * strict else Grade.PERFECT
