"""Fit studyllm/grading/weights.toml: `python -m bench.fit_grader [--write]`.

Learnt from what the models see in hands that they were not trained on (bench/left_out.py): nothing that a weight is
given for has seen the hand. What is doubt, and when a point is called missed or contradicted, is chosen on predictions
for hands left out as well.
"""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from bench import left_out, signals
from bench.graded import UNSEEN, Row, glossary
from bench.measures import Judged, report
from bench.value_lessons import value_rows
from studyllm.grading import gates
from studyllm.grading import scoring as adding
from studyllm.grading.features import of_certainty, of_points, sigmoid
from studyllm.grading.scoring import points_of
from studyllm.grading.signals import DEGREES, Signals
from studyllm.grading.verdict import LABELS, SURE
from studyllm.models import find, place

OUT = Path(adding.__file__).parent / "weights.toml"
UP = {
    "said": {"named", "own_recall", "soft_recall", "cosine", "said", "read_said", "value_same"},
    "contradicted": {"denied", "read_contradicted", "turned", "value_other"},
    "partial": {"recall", "own_recall", "mean_said", "least_said", "most_said", "cosine", "beyond_question"}
    | {"says", "read_correct", "value_same"},
}
UP["correct"] = UP["partial"]
DOWN = {
    "said": {"denied", "read_contradicted", "turned", "value_other"},
    "contradicted": {"said", "read_said", "value_same"},
    "partial": {"most_contradicted", "mean_contradicted", "denies", "read_incorrect", "disorder"}
    | {"value_other"},
}
DOWN["correct"] = DOWN["partial"]
UP["right"] = {"likely", "margin", "least_clear", "by_points", "encoder", "reader", "recall"}
DOWN["right"] = {"figurative"}
"""Signs that weights must have to make sense: nothing that speaks for an answer may count against it."""
PENALTY = 3.0
FOLDS = 5
"""Parts that the hands, or the questions, are divided into."""
MISSED_WRONGLY = 0.06
"""Share of the points said that may be called missed."""
CONTRADICTED_FOUND = 0.75
"""Share of the points contradicted that are to be called so."""
CONTRADICTED_WRONGLY = 0.08
"""Share of the points said that may be called contradicted; it comes first."""

Table = dict[str, Any]


@dataclass
class Answers:
    """Answers with what the models saw, their points in one row after the other."""

    rows: list[Row]
    seen: list[Signals]
    points: list[list[dict[str, float]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.points = self.points or [
            of_points(row.question, points_of(row.question), shown(row), seen)
            for row, seen in zip(self.rows, self.seen, strict=True)
        ]

    def some(self, use: Sequence[int]) -> Answers:
        return Answers(
            [self.rows[i] for i in use], [self.seen[i] for i in use], [self.points[i] for i in use]
        )


def shown(row: Row) -> str:
    return gates.visible(row.answer)[: signals.LONGEST]


def bounds(target: str, names: Sequence[str]) -> list[tuple[float | None, float | None]]:
    return [(0, None) if n in UP[target] else (None, 0) if n in DOWN[target] else (None, None) for n in names]


def fit(target: str, rows: Sequence[dict[str, float]], wanted: Any, worth: Any) -> Table:
    """Logistic weights with bounds on their signs."""
    names = ["bias", *sorted({name for row in rows for name in row})]
    matrix = np.array([[1.0, *(row.get(name, 0.0) for name in names[1:])] for row in rows])

    def loss(w: Any) -> tuple[float, Any]:
        p = np.clip(1 / (1 + np.exp(-np.clip(matrix @ w, -30, 30))), 1e-6, 1 - 1e-6)
        value = -(worth * (wanted * np.log(p) + (1 - wanted) * np.log(1 - p))).sum()
        slope = matrix.T @ (worth * (p - wanted))
        slope[1:] += PENALTY * w[1:]
        return value + 0.5 * PENALTY * (w[1:] ** 2).sum(), slope

    best = minimize(loss, np.zeros(len(names)), jac=True, bounds=bounds(target, names), method="L-BFGS-B")
    return {
        n: round(float(w), 3) for n, w in zip(names, best.x, strict=True) if abs(w) >= 0.0005 or n == "bias"
    }


def worth_of(rows: Sequence[Row]) -> Any:
    """Every hand counts alike, those of the cases of values together as one."""
    hands = [row.set if row.set == "values" else row.hand for row in rows]
    count = Counter(hands)
    return np.array([len(rows) / len(count) / count[hand] for hand in hands])


def fit_points(data: Answers) -> Table:
    """Weights of `said` and `contradicted`."""
    rows, states, worth = [], [], []
    for row, points, weight in zip(data.rows, data.points, worth_of(data.rows), strict=True):
        if len(points) == len(row.states):
            rows += points
            states += list(row.states)
            worth += [weight / len(points)] * len(points)
    state = np.array(states)
    return {
        "said": fit("said", rows, (state == "H").astype(float), np.array(worth)),
        "contradicted": fit("contradicted", rows, (state == "C").astype(float), np.array(worth)),
    }


def whole_rows(data: Answers, tables: Callable[[int], Table]) -> list[dict[str, float]]:
    """Rows of the whole; `tables(i)` are the weights of the points for the i-th answer."""
    found = []
    for i, (row, seen) in enumerate(zip(data.rows, data.seen, strict=True)):
        said, contradicted = adding.states_of(data.points[i], tables(i))
        found.append(adding.whole_of(row.question, shown(row), seen, said, contradicted))
    return found


def fit_whole(data: Answers, rows: Sequence[dict[str, float]]) -> Table:
    worth = worth_of(data.rows)
    least = np.array([row.label != "incorrect" for row in data.rows], float)
    most = np.array([row.label == "correct" for row in data.rows], float)
    return {"partial": fit("partial", rows, least, worth), "correct": fit("correct", rows, most, worth)}


def fitted(data: Answers) -> Table:
    """All weights; those of the whole on points judged by weights that have not seen the hand."""
    return fit_points(data) | fit_whole(data, _left_out_rows(data))


def _left_out_rows(data: Answers) -> list[dict[str, float]]:
    part = parts(data.rows)
    tables = {k: fit_points(data.some(np.flatnonzero(part != k).tolist())) for k in {*part.tolist()}}
    return whole_rows(data, lambda i: tables[part[i]])


def parts(rows: Sequence[Row]) -> Any:
    """For each answer the part that its hand belongs to: what is fitted for a part has not seen its hands."""
    hands = sorted({row.hand for row in rows})
    return np.array([hands.index(row.hand) % FOLDS for row in rows])


@dataclass
class LeftOut:
    """What weights that have not seen an answer's hand make of it."""

    shares: Any
    """(answers, 3) probabilities of the labels, caps applied."""
    certainty: list[dict[str, float]]
    points: list[tuple[float, float, str, str]]
    """(said, contradicted, state, hand) of all points."""


def leave_out(data: Answers) -> LeftOut:
    """Each answer by weights that have not seen its hand."""
    found = LeftOut(np.zeros((len(data.rows), 3)), [{}] * len(data.rows), [])
    part = parts(data.rows)
    for k in {*part.tolist()}:
        table = fitted(data.some(np.flatnonzero(part != k).tolist()))
        for i in np.flatnonzero(part == k).tolist():
            row = data.rows[i]
            shares, certainty, said, contradicted = shares_of(data, i, table)
            found.shares[i], found.certainty[i] = shares, certainty
            if len(said) == len(row.states):
                states = zip(said, contradicted, row.states, strict=True)
                found.points += [(s, c, state, row.hand) for s, c, state in states]
    return found


def shares_of(
    data: Answers, i: int, table: Table
) -> tuple[Any, dict[str, float], tuple[float, ...], tuple[float, ...]]:
    """Of the i-th answer: probabilities of its labels, what their certainty follows from, and its points."""
    row, seen, answer = data.rows[i], data.seen[i], shown(data.rows[i])
    said, contradicted = adding.states_of(data.points[i], table)
    whole = adding.whole_of(row.question, answer, seen, said, contradicted)
    shares = adding.label_shares(adding.dot(table["partial"], whole), adding.dot(table["correct"], whole))
    shares = adding.capped(row.question, answer, seen, shares)
    return shares, of_certainty(shares, whole, said, seen, answer), said, contradicted


def right_labels(data: Answers, shares: Any) -> Any:
    """Whether the likeliest label is the writer's."""
    labels = [LABELS[i].value for i in shares.argmax(1)]
    return np.array([label == row.label for label, row in zip(labels, data.rows, strict=True)])


def fit_right(data: Answers, found: LeftOut) -> tuple[Table, Any]:
    """Weights of the probability that the likeliest label is right, and that probability for each answer by weights
    that have not seen its question. What they weigh comes from weights that have not seen its hand."""
    right, worth = right_labels(data, found.shares).astype(float), worth_of(data.rows)
    fold = np.array([int(hashlib.sha256(row.group.encode()).hexdigest(), 16) % FOLDS for row in data.rows])
    sure_of = np.zeros(len(right))
    for k in range(FOLDS):
        use = fold != k
        chosen = [row for row, kept in zip(found.certainty, use, strict=True) if kept]
        table = fit("right", chosen, right[use], worth[use])
        for i in np.flatnonzero(~use):
            sure_of[i] = sigmoid(adding.dot(table, found.certainty[i]))
    return fit("right", found.certainty, right, worth), sure_of


def complete(data: Answers) -> tuple[Table, list[Judged]]:
    """All that a degree of help needs, and how it judges hands that it has not seen."""
    found = leave_out(data)
    table = fitted(data) | edges(found.points)
    table["right"], sure_of = fit_right(data, found)
    judged = []
    for row, shares, share in zip(data.rows, found.shares, sure_of, strict=True):
        label = LABELS[int(shares.argmax())]
        score = adding.within(float(shares[0] + shares[1] / 2), label)
        judged.append(Judged(row, label.value, score, float(share) >= SURE))
    return table, judged


def edges(points: Sequence[tuple[float, float, str, str]]) -> Table:
    """From where on a point is called said, missed, contradicted."""
    said, contradicted = (np.array([p[i] for p in points]) for i in (0, 1))
    state = np.array([p[2] for p in points])
    found = np.quantile(contradicted[state == "C"], 1 - CONTRADICTED_FOUND)
    spared = np.quantile(contradicted[state == "H"], 1 - CONTRADICTED_WRONGLY)
    return {
        "said_from": 0.5,
        "missed_to": round(min(0.5, float(np.quantile(said[state == "H"], MISSED_WRONGLY))), 3),
        "contradicted_from": round(float(max(found, spared)), 3),
    }


def seen_with(degree: str, rows: list[Row]) -> list[tuple[Row, Signals]]:
    """Answers with the signals of a degree of help, by models that have not learnt from their hands."""
    if degree in ("text", "reader"):
        found = [(row, Signals()) for row in rows]
    else:
        found = signals.look(rows, signals.embedder(place(find("e5-small")), alone=True))
    if degree in ("encoder", "both"):
        found = [(row, left_out.encoded(row.id, seen)) for row, seen in found]
    if degree in ("reader", "both"):
        found = [(row, left_out.read(row.id, seen)) for row, seen in found]
    return found


def fit_rows(degree: str) -> list[Row]:
    """The answers that the weights of a degree of help are fitted on."""
    needed = {"reader": {"reading"}, "encoder": {"whole"}, "both": {"reading", "whole"}}.get(degree, set())
    known = left_out.known()
    return [
        row
        for row in (*glossary(), *value_rows())
        if row.id in known
        and needed <= known[row.id].keys()
        and row.hand not in UNSEEN
        and not gates.gate(row.question, gates.visible(row.answer))
    ]


def toml(name: str, table: Table) -> str:
    head = "\n".join(f"{k} = {v}" for k, v in table.items() if not isinstance(v, dict))
    parts = [
        f'["{name}".{k}]\n' + "\n".join(f"{n} = {w}" for n, w in v.items())
        for k, v in table.items()
        if isinstance(v, dict)
    ]
    return "\n\n".join([f'["{name}"]\n{head}', *parts])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = [
        "# Written by bench/fit_grader.py: do not edit. Logistic weights of each degree of help on the features of\n"
        "# features.py: of points said and contradicted, of answers at least partly correct and correct, and of the\n"
        "# likeliest label being right."
    ]
    for degree in DEGREES:
        found = seen_with(degree, fit_rows(degree))
        data = Answers([row for row, _ in found], [seen for _, seen in found])
        table, judged = complete(data)
        report(degree, judged)
        text.append(toml(degree, table))
    if options.write:
        OUT.write_text("\n\n".join(text) + "\n", "utf-8")


if __name__ == "__main__":
    main()
