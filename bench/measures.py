"""How good scores are: correlation, agreement, ranking, calibration."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.graded import KINDS, RIGHT, WRONG, Row
from studyllm.cards import Kind


def pearson(scores: Any, gold: Any) -> float:
    return float(np.corrcoef(scores, gold)[0, 1]) if np.std(scores) and np.std(gold) else math.nan


def qwk(scores: Any, gold: Any, levels: int = 11) -> float:
    """Quadratic weighted kappa on so many levels."""
    a, b = np.rint(np.asarray(scores) * (levels - 1)), np.rint(np.asarray(gold) * (levels - 1))
    return float(1 - np.mean((a - b) ** 2) / np.mean((a[:, None] - b[None]) ** 2))


def auc(scores: Any, right: Any) -> float:
    """Chance that a right one scores higher than a wrong one."""
    yes, no = scores[right], scores[~right]
    if not len(yes) or not len(no):
        return math.nan
    return float(np.mean((yes[:, None] > no[None]) + 0.5 * (yes[:, None] == no[None])))


def macro_f1(said: Any, right: Any) -> float:
    """Mean of the F1 of yes and of no."""
    values = []
    for side in (True, False):
        hit = np.sum((said == side) & (right == side))
        values.append(2 * hit / max(1, np.sum(said == side) + np.sum(right == side)))
    return float(np.mean(values))


LABELS = ("correct", "partial", "incorrect")


@dataclass(frozen=True)
class Judged:
    """An answer and the verdict on it."""

    row: Row
    label: str
    score: float
    sure: bool
    points: str = ""
    """For each point H, M, C or ? (not sure); empty when they were not those of the row."""
    confidence: float = 0.0


def by_kind(judged: Sequence[Judged]) -> None:
    """What became of each kind of answer."""
    print("kind              n  correct  partial  incorrect  sure")
    for kind in KINDS:
        own = [one for one in judged if one.row.kind == kind]
        if own:
            shares = [sum(one.label == label for one in own) / len(own) for label in LABELS]
            sure = sum(one.sure for one in own) / len(own)
            print(f"{kind:14} {len(own):4} " + " ".join(f"{share:8.0%}" for share in (*shares, sure)))


def risk_and_coverage(judged: Sequence[Judged]) -> list[tuple[float, float]]:
    """(share of the answers, share of right labels among them), the most confident first."""
    ranked = sorted(judged, key=lambda one: -one.confidence)
    right = np.cumsum([one.label == one.row.label for one in ranked])
    counts = np.arange(1, len(ranked) + 1)
    return [(float(n / len(ranked)), float(k / n)) for n, k in zip(counts, right, strict=True) if n >= 20]


def report(title: str, judged: Sequence[Judged]) -> None:
    """A line for each hand and one for all: what the issue of a grader is measured by."""
    print(f"== {title}")
    print(
        f"{'hand':16} {'n':>5} {'AUC':>5} {'3-way':>5} {'sure':>5} {'right':>5}  {'own words':>10} {'reversed':>10} "
        f"{'neighbour':>9} {'vague':>5} {'lists':>5} {'off>.25':>7} {'missed':>6} {'found C':>7}"
    )
    hands = sorted({one.row.hand for one in judged})
    for hand in [*hands, ""] if len(hands) > 1 else hands:
        _line(hand or "all", [one for one in judged if hand in ("", one.row.hand)])


def _line(name: str, judged: Sequence[Judged]) -> None:
    def of(*kinds: str) -> list[Judged]:
        return [one for one in judged if one.row.kind in kinds]

    def share(chosen: Sequence[Judged], holds: Callable[[Judged], bool]) -> float:
        return sum(map(holds, chosen)) / len(chosen) if chosen else math.nan

    def accepted(one: Judged) -> bool:
        return one.label == "correct"

    def right(one: Judged) -> bool:
        return one.label == one.row.label

    both = of(*RIGHT, *WRONG)
    ranked = auc(np.array([j.score for j in both]), np.array([j.row.kind in RIGHT for j in both]))
    sure = [one for one in judged if one.sure]
    own, reversed_ = of("right"), of("reversed")
    lists = [one for one in judged if one.row.question.kind in (Kind.LIST, Kind.SEQUENCE)]
    states = [pair for one in judged if one.points for pair in zip(one.row.states, one.points, strict=True)]
    said, turned = [g for s, g in states if s == "H"], [g for s, g in states if s == "C"]
    print(
        f"{name:16} {len(judged):5} {ranked:5.3f} {share(judged, right):5.3f} {len(sure) / len(judged):5.0%} "
        f"{share(sure, right):5.1%}  {share(own, accepted):4.0%}/"
        f"{share(own, lambda j: j.sure and j.label == 'incorrect'):4.1%} "
        f"{share(reversed_, accepted):5.1%}/{share(reversed_, lambda j: j.sure and accepted(j)):4.1%} "
        f"{share(of('neighbour', 'other'), accepted):9.1%} {share(of('vague'), accepted):5.1%} "
        f"{share(lists, right):5.2f} {share(of('off_topic'), lambda j: j.score > 0.25):7.1%} "
        f"{said.count('M') / max(1, len(said)):6.1%} {turned.count('C') / max(1, len(turned)):7.1%}",
        flush=True,
    )
