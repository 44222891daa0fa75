"""Learning from the learner: what they overrule is doubted more, kind by kind. No score is moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from studyllm.grading.verdict import (
    CORRECT_FROM,
    GRADES,
    PROMISED,
    SURE,
    Verdict,
    in_keeping,
    label_of,
    middle_of,
    verdict,
)
from studyllm.verdicts import GOES_WITH, Label, PointResult, State

SETTLED = "your grade"
"""Who had a say, as a verdict names it that this very answer got from the learner."""
ENOUGH = 5
"""Overrides before anything changes: fewer may be slips."""
_PRIOR, _RIGHT = 20, 0.95
"""As many sure verdicts, and so many of them right, are believed in before the learner has said anything."""
_TOLERATED = 0.2
"""Share of the points of one state that a learner may turn round before that state is doubted."""
_MOST = 0.995
_RECALLED_FROM = 3
"""The grade from which a card was recalled."""

_HALF = 2
"""The grade of an answer of which a part was lacking."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A verdict as it was shown, and what the learner made of it."""

    label: Label
    confidence: float
    chosen: int
    """The learner's grade, 0-5."""
    points: tuple[tuple[State, State], ...] = ()
    """For each point the state that was shown and the one that the learner left."""

    @property
    def overrules(self) -> bool:
        return self.chosen not in GOES_WITH[self.label]


@dataclass(frozen=True, slots=True)
class Calibration:
    """What is doubted for this learner: verdicts less confident than `needed`, and points said to be in a state."""

    needed: float = SURE
    doubted: frozenset[State] = frozenset()
    answers: int = 0
    overruled: int = 0
    turned: Mapping[State, tuple[int, int]] = field(default_factory=dict)
    """For each state, how many points the learner turned round, of how many shown."""

    def apply(self, given: Verdict) -> Verdict:
        """A verdict with doubt where this learner has overruled others like it; what a gate stopped stays as it is."""
        if given.reason:
            return given
        points = tuple(
            replace(p, state=State.UNSURE, evidence="") if p.state in self.doubted else p
            for p in given.points
        )
        confidence = given.confidence
        if confidence < self.needed:
            confidence = min(confidence, round(SURE - 0.001, 3))
        return replace(given, points=points, confidence=confidence)


def learn(opinions: Sequence[Opinion]) -> Calibration:
    """What to doubt, from the learner's grades of earlier verdicts.

    The sure verdicts that were overruled, with a prior of _PRIOR of which _RIGHT are right, say how often "sure" is
    right for this learner; what is lacking to PROMISED is asked for on top. A state of points is doubted when the
    learner turned more than _TOLERATED of its points round.
    """
    sure = [o for o in opinions if o.confidence >= SURE]
    overruled = sum(o.overrules for o in sure)
    turned: dict[State, tuple[int, int]] = {}
    for shown, left in (pair for o in opinions for pair in o.points):
        changed, count = turned.get(shown, (0, 0))
        turned[shown] = changed + (shown is not left), count + 1
    needed = SURE
    if overruled >= ENOUGH:
        right = (_PRIOR * _RIGHT + len(sure) - overruled) / (_PRIOR + len(sure))
        needed = min(_MOST, max(SURE, SURE + PROMISED - right))
    doubted = frozenset(
        state
        for state, (changed, count) in turned.items()
        if state is not State.UNSURE and changed >= ENOUGH and changed > _TOLERATED * (count + _PRIOR / 2)
    )
    return Calibration(round(needed, 3), doubted, len(opinions), overruled, turned)


def settled(given: Verdict, chosen: int) -> Verdict:
    """The verdict on an answer that this learner has graded before, against the one suggested then. A grade that goes
    with the label says nothing against it; what was recalled is not made less than correct, and no point of it is
    called wrong, unless it was recalled with effort where a point was."""
    if given.grade == chosen and not given.unsure:
        return given
    recalled = chosen >= _RECALLED_FROM
    wrong = given.label is not Label.CORRECT and any(p.state is State.CONTRADICTED for p in given.points)
    with_effort = chosen == _RECALLED_FROM and wrong
    counts_as = _HALF if with_effort else chosen
    score = given.score
    if counts_as not in GRADES[given.label]:
        score = max(middle_of(counts_as), CORRECT_FROM if counts_as >= _RECALLED_FROM else 0.0)
    points: tuple[PointResult, ...] = given.points
    if not with_effort:
        points = in_keeping(points, label_of(score))
        points = tuple(map(_doubted, points)) if recalled else points
    found = verdict(score, points, confidence=1.0, by=(*given.by, SETTLED), ms=given.ms, grade=chosen)
    return found if score == given.score else replace(found, unmoved=given.score)


def _doubted(point: PointResult) -> PointResult:
    """A point that was called wrong as one that is not sure; any other as it is."""
    return replace(point, state=State.UNSURE, evidence="") if point.state is State.CONTRADICTED else point
