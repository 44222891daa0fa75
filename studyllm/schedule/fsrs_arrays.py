"""FSRS-6 on many cards at once: the formulas that the `fsrs` package applies to one card, on arrays of numpy. A test
holds the two together. Ratings are 1 (again) to 4 (easy)."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studyllm.schedule.sm2 import LONGEST_INTERVAL

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
LEAST_STABILITY = 0.001
GOOD = 3


@dataclass(frozen=True, slots=True)
class Formulas:
    """FSRS-6 with its 21 weights."""

    weights: tuple[float, ...]

    @property
    def decay(self) -> float:
        return -self.weights[20]

    @property
    def factor(self) -> float:
        return float(0.9 ** (1 / self.decay) - 1)

    def recall(self, days: Ints, stability: Floats) -> Floats:
        """The probability of recall so many days after the last review."""
        found: Floats = (1 + self.factor * np.maximum(days, 0) / stability) ** self.decay
        return found

    def known(self, days: Ints, stability: Floats) -> float:
        """How many would be recalled if all were asked so many days after their last reviews."""
        return float(self.recall(days, stability).sum())

    def interval(self, stability: Floats, retention: float) -> Ints:
        """Days until recall falls to the retention."""
        days = np.round(stability / self.factor * (retention ** (1 / self.decay) - 1))
        whole: Ints = np.clip(days, 1, LONGEST_INTERVAL).astype(np.int64)
        return whole

    def first(self, rating: Ints) -> tuple[Floats, Floats]:
        """Stability and difficulty after the first answer to a card."""
        stability = np.maximum(np.array(self.weights[:4])[rating - 1], LEAST_STABILITY)
        return stability, np.clip(self._first_difficulty(rating), 1, 10)

    def later(
        self, stability: Floats, difficulty: Floats, recall: Floats, rating: Ints
    ) -> tuple[Floats, Floats]:
        """Stability and difficulty after an answer on a later day, given the probability of recall before it."""
        w = self.weights
        bonus = np.array((1.0, w[15], 1.0, w[16]))[rating - 1]
        growth = np.exp(w[8]) * (11 - difficulty) * stability ** -w[9] * (np.exp((1 - recall) * w[10]) - 1)
        kept = stability * (1 + growth * bonus)
        forgotten = (
            w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * np.exp((1 - recall) * w[14])
        )
        lost = np.minimum(forgotten, stability / np.exp(w[17] * w[18]))
        after = np.maximum(np.where(rating > 1, kept, lost), LEAST_STABILITY)
        return after, self._next_difficulty(difficulty, rating)

    def same_day(self, stability: Floats, difficulty: Floats) -> tuple[Floats, Floats]:
        """Stability and difficulty after a good answer on the day of the last one."""
        w = self.weights
        growth = np.exp(w[17] * w[18]) * stability ** -w[19]
        after = np.maximum(stability * np.maximum(growth, 1), LEAST_STABILITY)
        return after, self._next_difficulty(difficulty, np.full(len(difficulty), GOOD))

    def _first_difficulty(self, rating: Any) -> Any:
        return self.weights[4] - np.exp(self.weights[5] * (rating - 1)) + 1

    def _next_difficulty(self, difficulty: Floats, rating: Ints) -> Floats:
        w = self.weights
        moved = difficulty - w[6] * (rating - GOOD) * (10 - difficulty) / 9
        after: Floats = np.clip(w[7] * self._first_difficulty(4) + (1 - w[7]) * moved, 1, 10)
        return after
