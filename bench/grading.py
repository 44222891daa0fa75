"""How often the grader is wrong: `python -m bench.grading`, ten minutes on two cores.

Every answer is to a question that nothing was trained on: ours to the shipped notes (bench/answers/shipped.jsonl) and a
fifth of the questions of the public sets, where they are on this machine. The combination's few weights are
cross-validated over questions, so that they too are judged on questions they have not seen.
"""

from __future__ import annotations

import argparse

import numpy as np

from bench import fit_grader, graded, signals
from bench.graded import Row, glossary
from bench.measures import auc, ece, macro_f1, pearson, qwk, report
from bench.tricks import tricks
from studyllm.grading import gates, overlap
from studyllm.grading.combine import combine
from studyllm.grading.features import LIST, form_of
from studyllm.grading.signals import Signals, from_message
from studyllm.grading.verdict import Label
from studyllm.models import find, place

GOALS = {
    "le_zh": ("QWK, 11 levels", "8-9B zero-shot .62-.82, 32B .89, trained ERNIE .93", 0.90),
    "ads_zh": ("Pearson r", "none", 0.70),
    "mohler": ("Pearson r", "two raters .59, trained BERT .63", 0.62),
    "scientsbank": ("2-way macro-F1", "best of 2013 .737", 0.75),
    "beetle": ("2-way macro-F1", "overlap of 2013 .725", 0.75),
}
"""Measure, published figures (../shared/reference/grading.md names the papers), and what is aimed at."""


def measure(name: str, scores: np.ndarray, gold: np.ndarray) -> float:
    """The figure that a set is published with."""
    if name == "le_zh":
        return qwk(scores, gold)
    return pearson(scores, gold) if name in ("ads_zh", "mohler") else macro_f1(scores >= 0.5, gold > 0.5)


def floor(row: Row) -> float:
    """Share of the reference's words, those of the question set aside, that an answer has."""
    return overlap.recall(row.question.reference, row.answer, overlap.units(row.question.text))


def public(rows: list[Row], scores: np.ndarray) -> None:
    """The public sets beside their baselines."""
    print(f"{'set':12} {'measure':15} {'mean':>5} {'words':>6} {'ours':>5} {'aim':>5}  answers  published")
    gold = np.array([r.score for r in rows])
    lexical = np.array([floor(r) for r in rows])
    for name, (what, published, aim) in GOALS.items():
        at = np.array([r.set == name for r in rows])
        if not at.any():
            print(f"{name:12} not on this machine")
            continue
        mean = measure(name, np.full(at.sum(), gold[at].mean()), gold[at])
        mean = 0.0 if np.isnan(mean) else mean
        print(
            f"{name:12} {what:15} {mean:5.2f} {measure(name, lexical[at], gold[at]):6.2f} "
            f"{measure(name, scores[at], gold[at]):5.2f} {aim:5.2f}  {at.sum():7}  {published}"
        )
    ours = np.array([r.set == "glossary" for r in rows])
    plain = ours & np.array([r.kind in ("right", "telegraphic") for r in rows])
    wrong = ours & np.array([r.kind in ("reversed", "other", "vague") for r in rows])
    both = plain | wrong
    print(
        f"{'glossary':12} {'AUC':15} {0.5:5.2f} {auc(lexical[both], plain[both]):6.2f} "
        f"{auc(scores[both], plain[both]):5.2f} {0.93:5.2f}  {both.sum():7}  none; one-token logit of 1.5B .79"
    )
    print(f"calibration error over everything: {ece(scores, gold):.3f} (aim .05)")


def counted() -> None:
    """Lists are counted, with nothing fitted or trained: so every question of LE that asks for one is unseen."""
    rows = [row for row in graded.public("le_zh") if form_of(row.question) == LIST]
    if rows:
        scores = np.array([combine(r.question, gates.visible(r.answer), Signals()).score for r in rows])
        value = qwk(scores, np.array([r.score for r in rows]))
        questions = len({row.group for row in rows})
        print(
            f"le_zh, its lists by counting alone: QWK {value:.2f} on {len(rows)} answers, {questions} questions"
        )


def tricked(embedder: signals.Kept) -> None:
    """Each trick on each shipped card, by the shipped weights."""
    cards = list({row.group: row for row in glossary() if row.held}.values())
    found: dict[str, list[tuple[float, Label, str]]] = {}
    for name, row, answer in tricks(cards):
        shown = gates.visible(answer)
        if gates.gate(row.question, shown):
            found.setdefault(name, []).append((0.0, Label.INCORRECT, answer))
            continue
        seen = from_message(embedder.see(row.question, answer) or {})
        given = combine(row.question, shown, seen)
        found.setdefault(name, []).append((given.score, given.label, f"{row.question.term}: {answer}"))
    print("\ntrick: accepted as correct, scored above .3")
    for name, results in found.items():
        high = [answer for score, _, answer in results if score > 0.3]
        accepted = sum(label is Label.CORRECT for _, label, _ in results)
        example = f"   e.g. {high[0][:60]!r}" if high else ""
        print(
            f"  {name:28} {accepted / len(results):4.0%} {len(high) / len(results):4.0%}  of {len(results)}{example}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--degree", default="opinion", choices=fit_grader.DEGREES)
    options = parser.parse_args()
    embedding = place(find("e5-small"))
    data = fit_grader.table(
        fit_grader.seen_with("agreement" if options.degree == "opinion" else options.degree)
    )
    scores = fit_grader.cross_validated(data)
    if options.degree == "opinion":
        # The language model is asked about longer questions alone.
        asked = fit_grader.table(fit_grader.seen_with("opinion"))
        told = dict(zip((row.id for row in asked.rows), fit_grader.cross_validated(asked), strict=True))
        scores = np.array([told.get(row.id, s) for row, s in zip(data.rows, scores, strict=True)])
    public(data.rows, scores)
    counted()
    print()
    report(options.degree, data.rows, scores)
    tricked(signals.embedder(embedding))


if __name__ == "__main__":
    main()
