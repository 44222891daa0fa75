"""Fit studyllm/grading/weights.toml: `python -m bench.fit_grader [--write]`.

Fitted on answers that the cross-encoder was not trained on (bench/signals.py), and said, by cross-validation over
questions, how good it is.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from bench import signals
from bench.graded import Row
from bench.measures import report
from studyllm.grading import combine as adding
from studyllm.grading import gates
from studyllm.grading.features import FORMS, LIST, features, form_of
from studyllm.grading.signals import Signals
from studyllm.grading.verdict import CORRECT_FROM, PARTIAL_FROM
from studyllm.models import find, place

OUT = Path(adding.__file__).parent / "weights.toml"
WORTH = {"glossary": 3.0, "contradiction": 0.5}
"""Weight of a set in the fit; 1 unless named. The app grades glossary answers."""
BLIND = {"glossary": 0.3, "contradiction": 0.0}
"""The same without a cross-encoder: from answers in own words or reversed it could only learn to trust nothing."""
UP = {
    "precision",
    "recall",
    "own_recall",
    "soft_recall",
    "cosine",
    "point_cosine",
    "beyond_question",
    "opinion",
}
UP |= {"support", "says", "least"}
DOWN = {"strange_number", "turned", "only_asked", "denies", "denied"}
FOLDS = 5
PENALTY = 1.0
SALT = 3.0
"""Answers' worth of belief that a label is as often right as wrong."""


@dataclass(frozen=True)
class Table:
    """Rows as numbers."""

    rows: list[Row]
    seen: list[Signals]
    names: list[str]
    matrix: Any
    target: Any
    worth: Any
    forms: list[str]


def table(found: list[tuple[Row, Signals]]) -> Table:
    """Features of every answer that the gates let through."""
    kept = [(r, s) for r, s in found if not gates.gate(r.question, gates.visible(r.answer))]
    forms = [form_of(r.question) for r, _ in kept]
    numbers = [
        features(r.question, adding.points_of(r.question), gates.visible(r.answer)[:1500], s, form)
        for (r, s), form in zip(kept, forms, strict=True)
    ]
    names = ["bias", *numbers[0]]
    sizes: dict[str, int] = defaultdict(int)
    for row, _ in kept:
        sizes[row.set] += 1
    worth = WORTH if any(s.says is not None for _, s in kept) else BLIND
    return Table(
        [r for r, _ in kept],
        [s for _, s in kept],
        names,
        np.array([[1.0, *(n[name] for name in names[1:])] for n in numbers]),
        np.array([r.score for r, _ in kept]),
        np.array([worth.get(r.set, 1.0) * min(2.0, 250 / sizes[r.set]) for r, _ in kept]),
        forms,
    )


def squash(x: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


def bounds(names: list[str]) -> list[tuple[float | None, float | None]]:
    """Signs that a weight must have to make sense: nothing that speaks for an answer may count against it."""

    def base(name: str) -> str:
        stem, _, form = name.rpartition("_")
        return stem if form in FORMS else name

    return [(0, None) if n in UP else (None, 0) if n in DOWN else (None, None) for n in map(base, names)]


def fit(data: Table, use: list[int]) -> dict[str, float]:
    """Logistic weights with soft targets, so that the result is the score to be expected."""
    use = [i for i in use if data.forms[i] != LIST]  # lists are counted
    matrix, target, worth = data.matrix[use], data.target[use], data.worth[use]

    def loss(w: Any) -> tuple[float, Any]:
        p = np.clip(squash(matrix @ w), 1e-6, 1 - 1e-6)
        value = -(worth * (target * np.log(p) + (1 - target) * np.log(1 - p))).sum()
        slope = matrix.T @ (worth * (p - target))
        slope[1:] += PENALTY * w[1:]
        return value + 0.5 * PENALTY * (w[1:] ** 2).sum(), slope

    best = minimize(loss, np.zeros(len(data.names)), jac=True, bounds=bounds(data.names), method="L-BFGS-B")
    return dict(zip(data.names, map(float, best.x), strict=True))


def raw(data: Table, weights: dict[str, float], use: list[int]) -> Any:
    """Scores before the bands."""
    return squash(data.matrix[use] @ np.array([weights[n] for n in data.names]))


def cross_validated(data: Table) -> Any:
    """Score of each row by weights that have not seen its question."""
    fold = [int(hashlib.sha256(f"fold {r.group}".encode()).hexdigest(), 16) % FOLDS for r in data.rows]
    scores = np.zeros(len(data.rows))
    for k in range(FOLDS):
        use, rest = [i for i, f in enumerate(fold) if f != k], [i for i, f in enumerate(fold) if f == k]
        weights = fit(data, use)
        for i, score in zip(rest, raw(data, weights, rest), strict=True):
            answer = gates.visible(data.rows[i].answer)[:1500]
            scores[i] = adding.settle(data.rows[i].question, answer, data.seen[i], score, weights).score
    return scores


def sure(data: Table, scores: Any) -> dict[str, float]:
    """For each tenth of the score, the share of labels that were right; a few answers are taken with salt."""
    right = np.digitize(scores, [PARTIAL_FROM, CORRECT_FROM]) == np.digitize(data.target, [0.29, 0.71])
    at, found = np.minimum((scores * adding.BINS).astype(int), adding.BINS - 1), {}
    for step in range(adding.BINS):
        here = at == step
        weight = data.worth[here].sum()
        found[f"sure_{step}"] = float((data.worth[here] @ right[here] + 0.5 * SALT) / (weight + SALT))
    return found


DEGREES = ("text", "embedding", "agreement", "opinion")


def seen_with(degree: str) -> list[tuple[Row, Signals]]:
    """The unseen answers with the signals of a degree of help; the opinion is on longer questions alone."""
    rows, model = signals.unseen(), place(find("e5-small"))
    if degree == "text":
        return [(row, Signals()) for row in rows]
    if degree == "embedding":
        return signals.look(rows, signals.embedder(model, alone=True))
    if degree == "agreement":
        return signals.look(rows, signals.embedder(model))
    rows.sort(key=lambda row: row.group)  # the answers to one question share what is evaluated
    both = signals.look(rows, signals.embedder(model), signals.opinions(place(find("default"))))
    return [(row, seen) for row, seen in both if seen.opinion is not None]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = [
        "# Written by bench/fit_grader.py: do not edit. Logistic weights of each degree of help on the features of\n"
        "# features.py; `sure_n` is the share of right labels in each tenth of the score, on unseen questions.\n"
    ]
    for degree in DEGREES:
        data = table(seen_with(degree))
        scores = cross_validated(data)
        report(degree, data.rows, scores)
        weights = fit(data, list(range(len(data.rows))))
        weights |= sure(data, scores)
        lines = "\n".join(f"{n} = {v:.3f}" for n, v in weights.items() if abs(v) >= 0.0005 or n == "bias")
        text.append(f'["{degree}"]\n{lines}\n')
    if options.write:
        OUT.write_text("\n".join(text), "utf-8")


if __name__ == "__main__":
    main()
