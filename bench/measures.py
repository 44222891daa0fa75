"""How good scores are: correlation, agreement, ranking, calibration."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from bench.graded import KINDS, RIGHT, Row
from studyllm.grading.verdict import CORRECT_FROM, PARTIAL_FROM


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


def ece(scores: Any, gold: Any, bins: int = 10) -> float:
    """Expected calibration error: mean distance of score and truth over ten equal bins, weighted by their size."""
    at = np.minimum((scores * bins).astype(int), bins - 1)
    return float(
        sum(np.mean(at == b) * abs(scores[at == b].mean() - gold[at == b].mean()) for b in set(at.tolist()))
    )


def report(degree: str, rows: list[Row], scores: Any) -> None:
    """A line for each set, and what became of each kind of glossary answer."""
    gold, sets = np.array([r.score for r in rows]), np.array([r.set for r in rows])
    print(f"== {degree}")
    for name in dict.fromkeys(sets):
        at = sets == name
        s, g = scores[at], gold[at]
        print(
            f"{name:13} n={at.sum():4} r={pearson(s, g):5.2f} QWK={qwk(s, g):5.2f} AUC={auc(s, g > 0.5):.3f} "
            f"F1(.5)={macro_f1(s >= 0.5, g > 0.5):.2f} F1(correct)={macro_f1(s >= CORRECT_FROM, g > 0.5):.2f} "
            f"RMSE={np.sqrt(np.mean((s - g) ** 2)):.3f} ECE={ece(s, g):.3f}"
        )
        if name == "contradiction":
            for lang in ("zh", "en"):
                one = at & np.array([r.lang == lang for r in rows])
                same = one & (gold == 1)
                accepted = np.mean(scores[one & (gold == 0)] >= CORRECT_FROM)
                refused = np.mean(scores[same] < CORRECT_FROM)
                wrong = np.mean(scores[same] < PARTIAL_FROM)
                print(
                    f"   {lang}: contradictions called correct {accepted:.0%}, "
                    f"paraphrases not called correct {refused:.0%}, called wrong {wrong:.0%}"
                )
    kinds = np.array([r.kind for r in rows])
    if (kinds != "").any():
        plain, wrong = np.isin(kinds, RIGHT), np.isin(kinds, ("reversed", "other", "vague"))
        truth, said = np.digitize(gold, [0.29, 0.71]), np.digitize(scores, [PARTIAL_FROM, CORRECT_FROM])
        ours = kinds != ""
        both = plain | wrong
        print(
            f"glossary: right against wrong AUC {auc(scores[both], plain[both]):.3f}, three ways "
            f"{np.mean((truth == said)[ours]):.2f}, ECE {ece(scores[ours], gold[ours]):.3f}"
        )
        for kind in KINDS:
            at = kinds == kind
            if at.any():
                shares = "  ".join(
                    f"{word} {np.mean(said[at] == way):4.0%}"
                    for way, word in ((2, "correct"), (1, "partial"), (0, "incorrect"))
                )
                print(f"   {kind:11} n={at.sum():4}  {shares}")
