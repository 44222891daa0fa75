"""Fit studyllm/grading/weights.toml and say how good it is on questions it has not seen.

    python -m bench.fit_grader signals --language PATH.gguf --embedding FOLDER   # half an hour: asks the models
    python -m bench.fit_grader fit [--write]                        # seconds: cross-validates, fits, writes

Data: ../shared/data/asag/*.dev.jsonl (public sets, never copied here) and bench/glossary_answers.jsonl (ours).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from studyllm.grading import combine as adding
from studyllm.grading import gates
from studyllm.grading.signals import Signals, from_message
from studyllm.grading.verdict import CORRECT_FROM, PARTIAL_FROM, Question

HERE = Path(__file__).parent
DATA = HERE.parent.parent / "shared" / "data" / "asag"
KEPT = Path("/tmp/studyllm-signals")
OUT = HERE.parent / "studyllm" / "grading" / "weights.toml"
SAMPLE = {
    "le_zh": 354,
    "ads_zh": 300,
    "mohler": 500,
    "scientsbank": 600,
    "beetle": 500,
    "saf_en": 150,
    "contradiction": 200,
}
JUDGED = {"le_zh": 64, "mohler": 64, "scientsbank": 64, "beetle": 48, "ads_zh": 16, "contradiction": 30}
"""How many of each a language model is asked about: one to two seconds an answer on two cores."""
WORTH = {"glossary": 2.0, "le_zh": 1.5, "contradiction": 0.5, "saf_en": 0.5}
"""Weight of a set in the fit; 1 unless named. The app grades glossary answers, unlike the public sets."""
KIND_SCORE = {"right": 1.0, "half": 0.5, "reversed": 0.0, "other": 0.0}
UP = {
    "precision",
    "agreed_recall",
    "recall",
    "own_recall",
    "soft_recall",
    "cosine",
    "point_cosine",
    "beyond_question",
    "judge",
    "judged",
    "support",
}
DOWN = {"strange_number", "turned", "only_asked"}
FOLDS = 5
_ENOUGH = 300
"""Rows without which a degree of help is not fitted."""


@dataclass(frozen=True)
class Row:
    """One graded answer."""

    id: str
    set: str
    group: str
    question: Question
    answer: str
    score: float
    kind: str = ""


def rows(sample: dict[str, int]) -> list[Row]:
    """The sample, the same each time, the answers to one question together."""
    found: list[Row] = []
    for name, most in sample.items():
        read = [json.loads(line) for line in (DATA / f"{name}.dev.jsonl").read_text("utf-8").splitlines()]
        found += _sample([_public(name, row) for row in read], most)
    # The sets mixed, so that a run broken off has something of each.
    return [*_glossary(), *sorted(found, key=lambda r: hashlib.sha256(r.group.encode()).digest())]


def _public(name: str, row: dict[str, Any]) -> Row:
    score = row.get("score", 1.0 if row.get("label") == "same" else 0.0)
    question = Question(row.get("question", ""), row["reference"], lang=row["lang"])
    return Row(row["id"], name, f"{name}/{row.get('qid', row['id'])}", question, row["answer"], float(score))


def _glossary() -> Iterator[Row]:
    for line in (HERE / "glossary_answers.jsonl").read_text("utf-8").splitlines():
        card = json.loads(line)
        question = Question(card["question"], card["reference"], term=card["term"], lang=card["lang"])
        # The note's own words, whole and in part: without them words shared with it would count against an answer.
        points = adding.points_of(question)
        lead = "就是" if card["lang"] == "zh" else "it is "
        told = {"right": [lead + card["reference"]], "half": [points[0]] if len(points) > 1 else []}
        for kind, score in KIND_SCORE.items():
            for number, answer in enumerate(card[kind] + told.get(kind, [])):
                name = f"{card['term']}-{kind}-{number}"
                yield Row(name, "glossary", f"glossary/{card['term']}", question, answer, score, kind)


def _sample(found: list[Row], most: int) -> list[Row]:
    """At most so many rows, spread over the questions."""
    dice = random.Random(7)
    by: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        by[row.group].append(row)
    for group in by.values():
        dice.shuffle(group)
    order = list(by)
    dice.shuffle(order)
    kept = [by[g][i] for i in range(max(map(len, by.values()))) for g in order if i < len(by[g])][:most]
    return sorted(kept, key=lambda r: (hashlib.sha256(r.group.encode()).digest(), r.id))


def _kept(model: str) -> dict[str, dict[str, Any]]:
    path = KEPT / f"{model}.jsonl"
    if not path.exists():
        return {}
    read = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return {entry["key"]: entry for entry in read}


def _key(row: Row) -> str:
    text = json.dumps([row.question.text, row.question.reference, adding.points_of(row.question), row.answer])
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def ask(model: str, path: Path, threads: int, sets: set[str]) -> None:
    """Ask one model about every row of the sample that is not known yet."""
    from studyllm.grading import wire
    from studyllm.grading.embedder import Embedder
    from studyllm.grading.judge import Judge

    KEPT.mkdir(exist_ok=True)
    known, since, done = _kept(model), time.monotonic(), 0
    asked: Any = Embedder(path, threads=threads) if model == "embedding" else Judge(path, threads=threads)
    with (KEPT / f"{model}.jsonl").open("a", encoding="utf-8") as out:
        for row in [*rows(JUDGED), *(rows(SAMPLE) if model == "embedding" else [])]:
            if _key(row) in known or (sets and row.set not in sets):
                continue
            question = wire.question_from(
                wire.question_message(
                    row.question, adding.points_of(row.question), adding.language_of(row.question)
                )
            )
            shown = gates.visible(row.answer)[:2000]
            if model == "embedding":
                entry = asked.see(question, shown)
            else:
                judge, judged = asked.judge(question, shown)
                entry = {"judge": judge, "judged": judged, "small": asked.small}
            out.write(json.dumps({"key": _key(row), **entry}) + "\n")
            out.flush()
            known[_key(row)] = entry
            done += 1
    print(f"{model}: {done} answers in {time.monotonic() - since:.0f} s")


DEGREES = {
    "text": (),
    "embedding": ("embedding",),
    "judge": ("default",),
    "embedding+judge": ("embedding", "default"),
    "small": ("small",),
    "embedding+small": ("embedding", "small"),
}


def seen_by(row: Row, kept: dict[str, dict[str, dict[str, Any]]], models: tuple[str, ...]) -> Signals | None:
    """The signals of a degree of help; None where a model was not asked about this row."""
    entry: dict[str, Any] = {}
    for model in models:
        if _key(row) not in kept[model]:
            return None
        entry |= kept[model][_key(row)]
    return from_message(entry)


def _squash(x: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(x, -30, 30)))


def _bounds(names: list[str]) -> list[tuple[float | None, float | None]]:
    """Signs that a weight must have to make sense: nothing that speaks for an answer may count against it."""

    def base(name: str) -> str:
        return name.removesuffix("_zh").removesuffix("_term").removesuffix("_open")

    return [
        (None, None) if n == "bias" else (0, None) if n in UP else (None, 0) if n in DOWN else (None, None)
        for n in map(base, names)
    ]


def fit_points(found: list[list[dict[str, float]]], target: Any, worth: Any) -> dict[str, float]:
    """Weights of a point: the mean of its points' probabilities is to be the score of an answer."""
    names = ["bias", *found[0][0]]
    owner = np.repeat(np.arange(len(found)), [len(r) for r in found])
    matrix = np.array([[1.0, *(p[n] for n in names[1:])] for r in found for p in r])
    count = np.bincount(owner)

    def loss(w: Any) -> tuple[float, Any]:
        p = _squash(matrix @ w)
        mean = np.clip(np.bincount(owner, p) / count, 1e-4, 1 - 1e-4)
        value = (
            -(worth * (target * np.log(mean) + (1 - target) * np.log(1 - mean))).sum()
            + 0.5 * (w[1:] ** 2).sum()
        )
        slope = worth * (mean - target) / (mean * (1 - mean)) / count
        grad = matrix.T @ (slope[owner] * p * (1 - p))
        grad[1:] += w[1:]
        return value, grad

    best = minimize(loss, np.zeros(len(names)), jac=True, bounds=_bounds(names), method="L-BFGS-B")
    return dict(zip(names, map(float, best.x), strict=True))


def fit_whole(found: list[dict[str, float]], target: Any, worth: Any) -> dict[str, float]:
    """Logistic weights with soft targets, so that the result is the score to be expected."""
    names = ["bias", *found[0]]
    matrix = np.array([[1.0, *(r[n] for n in names[1:])] for r in found])

    def loss(w: Any) -> tuple[float, Any]:
        p = np.clip(_squash(matrix @ w), 1e-6, 1 - 1e-6)
        value = (
            -(worth * (target * np.log(p) + (1 - target) * np.log(1 - p))).sum() + 0.5 * (w[1:] ** 2).sum()
        )
        grad = matrix.T @ (worth * (p - target))
        grad[1:] += w[1:]
        return value, grad

    best = minimize(loss, np.zeros(len(names)), jac=True, bounds=_bounds(names), method="L-BFGS-B")
    return dict(zip(names, map(float, best.x), strict=True))


def _dot(weights: dict[str, float], row: dict[str, float]) -> float:
    return weights["bias"] + sum(weights.get(n, 0.0) * v for n, v in row.items())


class Fit:
    """Rows of one degree of help with their features computed once; the support feature is put in by each fold."""

    def __init__(self, found: list[tuple[Row, Signals]]) -> None:
        self.rows = [row for row, _ in found]
        self.points = []
        self.whole = []
        for row, seen in found:
            points, answer = adding.points_of(row.question), gates.visible(row.answer)[:2000]
            defines = adding.asks_for_definition(row.question)
            self.points.append(adding.point_features(points, answer, seen, defines=defines))
            whole = adding.features(row.question, points, answer, seen)
            self.whole.append(whole)
        self.target = np.array([row.score for row in self.rows])
        sizes: dict[str, int] = defaultdict(int)
        for row in self.rows:
            sizes[row.set] += 1
        sighted = any(seen.judge is not None for _, seen in found)
        # Without a judge nothing can be learnt from answers in own words or reversed but to trust nothing.
        worth = WORTH if sighted else WORTH | {"glossary": 0.3, "contradiction": 0.0}
        # Sets count alike, but no single row of a small one counts for more than two.
        self.worth = np.array([worth.get(row.set, 1.0) * min(2.0, 150 / sizes[row.set]) for row in self.rows])

    def train(self, use: list[int]) -> tuple[dict[str, float], dict[str, float]]:
        point = fit_points([self.points[i] for i in use], self.target[use], self.worth[use])
        whole = fit_whole([self._with(point, i) for i in use], self.target[use], self.worth[use])
        return point, whole

    def _with(self, point: dict[str, float], i: int) -> dict[str, float]:
        made = [float(_squash(_dot(point, p))) for p in self.points[i]]
        ending = "term" if self.whole[i]["defines"] else "open"
        return self.whole[i] | {f"support_{ending}": sum(made) / len(made)}

    def predict(self, point: dict[str, float], whole: dict[str, float], i: int) -> float:
        row = self.rows[i]
        if gates.gate(row.question, gates.visible(row.answer)):
            return gates.GATED
        return float(_squash(_dot(whole, self._with(point, i))))

    def unseen(self) -> Any:
        """Score of each row by weights that have not seen its question."""
        fold = [int(hashlib.sha256(r.group.encode()).hexdigest(), 16) % FOLDS for r in self.rows]
        scores = np.zeros(len(self.rows))
        for k in range(FOLDS):
            point, whole = self.train([i for i, f in enumerate(fold) if f != k])
            for i, f in enumerate(fold):
                if f == k:
                    scores[i] = self.predict(point, whole, i)
        return scores


def cuts(raw: Any, fit: Fit) -> dict[str, float]:
    """Raw scores from which an answer is partial and correct, for each form of question: best three-way accuracy."""
    found: dict[str, float] = {}
    defines = np.array([row["defines"] for row in fit.whole])
    for form, at in (("term", defines == 1), ("open", defines == 0)):
        truth, worth, scores = np.digitize(fit.target[at], [0.35, 0.75]), fit.worth[at], raw[at]
        best = max(
            (float(np.sum(worth * (np.digitize(scores, [low, high]) == truth))), -high, low, high)
            for low in np.arange(0.2, 0.6, 0.02)
            for high in np.arange(low + 0.08, 0.9, 0.02)
        )
        found |= {f"partial_from_{form}": float(best[2]), f"correct_from_{form}": float(best[3])}
    return found


def _auc(scores: Any, right: Any) -> float:
    yes, no = scores[right], scores[~right]
    if not len(yes) or not len(no):
        return float("nan")
    return float(np.mean((yes[:, None] > no[None]) + 0.5 * (yes[:, None] == no[None])))


def _qwk(scores: Any, gold: Any) -> float:
    a, b = np.rint(scores * 10), np.rint(gold * 10)
    return float(1 - np.mean((a - b) ** 2) / np.mean((a[:, None] - b[None]) ** 2))


def _macro_f1(said: Any, right: Any) -> float:
    values = []
    for side in (True, False):
        hit = np.sum((said == side) & (right == side))
        values.append(2 * hit / max(1, np.sum(said == side) + np.sum(right == side)))
    return float(np.mean(values))


def report(degree: str, fit: Fit, scores: Any) -> None:
    """One line a set, on unseen questions."""
    gold, sets = fit.target, np.array([r.set for r in fit.rows])
    for name in dict.fromkeys(sets):
        at = sets == name
        s, g = scores[at], gold[at]
        r = float(np.corrcoef(s, g)[0, 1]) if s.std() else float("nan")
        print(
            f"{degree:16} {name:13} n={at.sum():4} r={r:5.2f} QWK={_qwk(s, g):5.2f} AUC={_auc(s, g > 0.5):.2f} "
            f"F1={_macro_f1(s >= 0.5, g > 0.5):.2f} RMSE={np.sqrt(np.mean((s - g) ** 2)):.3f}"
        )
    kinds = np.array([r.kind for r in fit.rows])
    line = " ".join(
        f"{k}: {np.mean(scores[kinds == k] >= CORRECT_FROM):.0%} correct, "
        f"{np.mean(scores[kinds == k] >= PARTIAL_FROM):.0%} partial+;"
        for k in KIND_SCORE
    )
    at = (kinds != "") & (kinds != "half")
    truth, said = np.digitize(gold, [0.35, 0.75]), np.digitize(scores, [PARTIAL_FROM, CORRECT_FROM])
    three = np.mean((truth == said)[kinds != ""])
    print(
        f"{'':16} glossary three-way accuracy {three:.2f}, accepted: {line} "
        f"AUC right/wrong {_auc(scores[at], gold[at] > 0.5):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("do", choices=("signals", "fit"))
    parser.add_argument("--embedding", type=Path)
    parser.add_argument("--language", type=Path)
    parser.add_argument("--small", type=Path)
    parser.add_argument("--sets", nargs="*", default=[])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if options.do == "signals":
        for model, path in (
            ("embedding", options.embedding),
            ("default", options.language),
            ("small", options.small),
        ):
            if path:
                ask(model, path, options.threads, set(options.sets))
        return
    kept = {model: _kept(model) for model in ("embedding", "default", "small")}
    text = [
        "# Written by bench/fit_grader.py: do not edit. Logistic weights of each degree of help on the features of\n"
        "# combine.py; `sigma` is the spread of the true score round the predicted one on unseen questions.\n"
    ]
    for degree, models in DEGREES.items():
        found = [
            (row, seen)
            for row in rows(JUDGED if {"default", "small"} & {*models} else SAMPLE)
            if (seen := seen_by(row, kept, models)) is not None
        ]
        if len(found) < _ENOUGH:
            # A judge that was not measured has no say: the weights without it.
            print(f"{degree}: too few rows, the weights without it")
            without = "text" if degree in ("small", "judge") else "embedding"
            text += [
                block.replace(f'"{without}"', f'"{degree}"').replace(f"-{without}", f"-{degree}")
                for block in text
                if block.startswith((f'["{without}"]', f'["point-{without}"]'))
            ]
            continue
        fit = Fit(found)
        raw = fit.unseen()
        # Blind to meaning, a grader had better stay near the middle than call own words wrong.
        edges = cuts(raw, fit) if "default" in models else {}
        scores = np.array(
            [adding.in_bands(r, edges, bool(w["defines"])) for r, w in zip(raw, fit.whole, strict=True)]
        )
        report(degree, fit, scores)
        point, whole = fit.train(list(range(len(found))))
        whole |= edges
        whole["sigma"] = float(np.sqrt(np.average((scores - fit.target) ** 2, weights=fit.worth)))
        for name, table in ((degree, whole), (f"point-{degree}", point)):
            lines = "\n".join(f"{n} = {v:.3f}" for n, v in table.items() if abs(v) >= 0.0005 or n == "bias")
            text.append(f'["{name}"]\n{lines}\n')
    if options.write:
        OUT.write_text("\n".join(text), "utf-8")


if __name__ == "__main__":
    main()
