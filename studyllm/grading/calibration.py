"""Learning from the learner: overrides move the scores of this learner's answers, a little and for all to see."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from studyllm.grading.features import sigmoid
from studyllm.grading.verdict import Verdict, in_keeping, label_of, middle_of, verdict

MOVED, SETTLED = "your grades", "your grade"
"""Who had a say, as such verdicts name it: all the learner's overrides, or the one of this very answer."""
ENOUGH = 5
"""Overrides before anything moves: fewer may be slips."""
_PRIOR = 10.0
"""Answers' worth of belief that the shipped scores are right (a Gaussian prior on the shift, in logits)."""
_FARTHEST = 1.5
"""Logits that a learner can move a score; .5 becomes .82 at most."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What was thought of an answer, and what the learner thought of that."""

    score: float
    """The grader's own, before this learner's grades moved it."""
    shown: float
    """The score that the learner saw."""
    suggested: int
    """The grade, 0-5, that the shown score suggested."""
    chosen: int

    @property
    def overrides(self) -> bool:
        return self.chosen != self.suggested


@dataclass(frozen=True, slots=True)
class Calibration:
    """How this learner's scores are moved: by `shift` logits, learnt from so many answers."""

    shift: float = 0.0
    answers: int = 0
    overrides: int = 0

    def moved(self, score: float) -> float:
        """A score, 0..1, as this learner would have it."""
        if not self.shift or not 0.0 < score < 1.0:
            return score
        return sigmoid(math.log(score / (1 - score)) + self.shift)

    def apply(self, given: Verdict) -> Verdict:
        """A verdict with its score moved; what a gate stopped or the note's own words won stays as it is."""
        score = self.moved(given.score)
        if given.reason or score == given.score:
            return given
        return _by_the_learner(given, score, given.confidence, MOVED)


def learn(opinions: Sequence[Opinion]) -> Calibration:
    """The shift under which the scores come nearest to the learner's own grades.

    Where the learner agreed, the shown score is what is wanted; where not, the middle of the chosen grade. Found by
    bisection of the slope of a logistic log-likelihood with a Gaussian prior, which falls steadily.
    """
    opinions = [o for o in opinions if 0.0 < o.score < 1.0]
    overrides = sum(o.overrides for o in opinions)
    known = Calibration(0.0, len(opinions), overrides)
    if overrides < ENOUGH:
        return known
    wanted = [
        (min(0.99, max(0.01, o.score)), middle_of(o.chosen) if o.overrides else o.shown) for o in opinions
    ]
    low, high = -_FARTHEST, _FARTHEST
    for _ in range(40):
        shift = (low + high) / 2
        tried = replace(known, shift=shift)
        slope = sum(want - tried.moved(score) for score, want in wanted) - _PRIOR * shift / 4
        low, high = (shift, high) if slope > 0 else (low, shift)
    return replace(known, shift=round((low + high) / 2, 3))


def settled(given: Verdict, chosen: int) -> Verdict:
    """The verdict on an answer that this learner has graded before, against the one suggested then."""
    return given if given.grade == chosen else _by_the_learner(given, middle_of(chosen), 1.0, SETTLED)


def _by_the_learner(given: Verdict, score: float, confidence: float, who: str) -> Verdict:
    """A verdict with another score, its points in keeping with the label that this gives it."""
    points = in_keeping(given.points, label_of(score))
    moved = verdict(score, points, confidence=confidence, by=(*given.by, who), ms=given.ms)
    return replace(moved, unmoved=given.score)
