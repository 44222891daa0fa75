"""How often the grader is wrong: `python -m bench.grading [--degree both] [--hands …]`.

Every answer is of a hand that nothing was learnt, tuned or chosen on: those of ../shared/data/asag and bench/answers'
own unseen one. The verdicts are those of the shipped weights, from the answer to the label, as the app gives them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench import graded, signals
from bench.graded import DEV, UNSEEN, Row, by_each
from bench.measures import Judged, by_kind, macro_f1, pearson, qwk, report, risk_and_coverage
from bench.tricks import tricks
from studyllm.grading import Question, gates
from studyllm.grading.scoring import combine
from studyllm.grading.signals import DEGREES, Signals
from studyllm.grading.verdict import LABELS, Verdict, verdict
from studyllm.models import find, place
from studyllm.verdicts import State

GOALS = {
    "le_zh": ("QWK, 11 levels", "8-9B zero-shot .62-.82, 32B .89, trained ERNIE .93", 0.90),
    "mohler": ("Pearson r", "two raters .59, trained BERT .63", 0.62),
    "scientsbank": ("2-way macro-F1", "best of 2013 .737", 0.73),
    "beetle": ("2-way macro-F1", "overlap of 2013 .725", 0.77),
}
"""Measure, published figures (../shared/reference/grading.md names the papers), and what is aimed at."""
MOST = {"mohler": 200, "scientsbank": 360, "beetle": 360}
VALUES = Path(__file__).parent / "answers_values.jsonl"
LETTERS = {State.HIT: "H", State.MISSED: "M", State.CONTRADICTED: "C", State.UNSURE: "?", State.PARTLY: "?"}


class Shipped:
    """The shipped grader, with its models' looks kept from one run to the next."""

    def __init__(self, degree: str, threads: int = 2) -> None:
        self._degree, self._threads = degree, threads
        self._embedder = signals.embedder(place(find("e5-small")), threads, alone=degree == "embedding")
        self._reader = signals.reader(place(find("default")), threads)

    def grade(self, row: Row) -> Verdict:
        """The verdict on one answer."""
        answer = gates.visible(row.answer[: signals.LONGEST])
        if reason := gates.gate(row.question, answer):
            return verdict(gates.GATED, confidence=1.0, reason=reason)
        return combine(row.question, answer, self._seen(row))

    def _seen(self, row: Row) -> Signals:
        seen = Signals()
        if self._degree in ("embedding", "encoder", "both"):
            ((_, seen),) = signals.look([row], self._embedder)
        if self._degree in ("reader", "both"):
            ((_, read),) = signals.look([row], self._reader)
            seen = replace(seen, reading=read.reading)
        return seen


def judged(row: Row, found: Verdict) -> Judged:
    """A verdict beside the marks of the writer."""
    points = "".join(LETTERS[point.state] for point in found.points)
    return Judged(
        row,
        found.label.value,
        found.score,
        not found.unsure,
        points if len(points) == len(row.states) else "",
        found.confidence,
    )


def curve(judged: Sequence[Judged], file: Path) -> None:
    """The risk-coverage curve of each hand as a picture."""
    width, height, left, low = 560, 320, 60, 0.5
    colours = ("#3b82c4", "#c4603b", "#3ba55d", "#8a5bc4")

    def at(x: float, y: float) -> str:
        return f"{left + x * (width - left - 20):.1f},{20 + (1 - y) / (1 - low) * (height - 60):.1f}"

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif"'
        ' font-size="12">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
    ]
    for tick in (0.5, 0.6, 0.7, 0.8, 0.9, 0.93, 1.0):
        x, y = at(0, tick).split(",")
        dash = ' stroke-dasharray="5 3"' if tick == 0.93 else ""
        end = at(1, tick).split(",")[0]
        lines.append(f'<line x1="{x}" y1="{y}" x2="{end}" y2="{y}" stroke="#bbbbbb"{dash}/>')
        lines.append(f'<text x="{left - 8}" y="{float(y) + 4:.1f}" text-anchor="end">{tick:.0%}</text>')
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        x = at(tick, low).split(",")[0]
        lines.append(f'<text x="{x}" y="{height - 22}" text-anchor="middle">{tick:.0%}</text>')
    for number, hand in enumerate(dict.fromkeys(one.row.hand for one in judged)):
        points = risk_and_coverage([one for one in judged if one.row.hand == hand])
        colour = colours[number % len(colours)]
        path = " ".join(at(x, max(low, y)) for x, y in points)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines.append(f'<text x="{left + 16}" y="{210 + 18 * number}" fill="{colour}">{hand}</text>')
    lines.append(
        f'<text x="{width / 2}" y="{height - 6}" text-anchor="middle">'
        "share of the answers, most confident first</text>"
    )
    lines.append('<text x="14" y="14">labels that are right</text></svg>')
    file.write_text("\n".join(lines) + "\n", "utf-8")


def public(shipped: Shipped) -> None:
    """The public sets, questions that nothing has learnt from, beside their published figures. Where a question has
    several references each of them is enough; right, of two, is what is called correct."""
    import random

    for name, (what, published, aim) in GOALS.items():
        rows = [row for row in graded.public(name) if graded.held_out(row)]
        random.Random(5).shuffle(rows)
        rows = rows[: MOST.get(name, len(rows))]
        if not rows:
            print(f"{name:12} not on this machine")
            continue
        best = [max(map(shipped.grade, by_each(row)), key=lambda v: v.score) for row in rows]
        gold = np.array([row.score for row in rows])
        scores, right = np.array([v.score for v in best]), np.array([v.label is LABELS[0] for v in best])
        found = {"le_zh": qwk, "mohler": pearson}.get(name)
        value = found(scores, gold) if found else macro_f1(right, gold > 0.5)
        print(
            f"{name:12} {what:15} {value:5.2f} (aim {aim:.2f})  {len(rows)} answers; {published}", flush=True
        )


def tricked(shipped: Shipped, rows: Sequence[Row]) -> None:
    """Each trick on each card: how many are accepted, and how many score over .25."""
    cards = list({row.group: row for row in rows}.values())
    tried = [(name, replace(row, answer=answer, kind=name)) for name, row, answer in tricks(cards)]
    found: dict[str, list[tuple[Verdict, Row]]] = {}
    for name, row in tried:
        found.setdefault(name, []).append((shipped.grade(row), row))
    print("trick: accepted as correct, scored above .25")
    for name, results in found.items():
        high = [row for given, row in results if given.score > 0.25]
        accepted = sum(given.label.value == "correct" for given, _ in results)
        example = f"   e.g. {high[0].question.text}: {high[0].answer[:60]!r}" if high else ""
        count = len(results)
        print(f"  {name:28} {accepted / count:4.0%} {len(high) / count:4.0%}  of {count}{example}")


def valued(shipped: Shipped) -> None:
    """Answers whose values are others, or the note's in another form, hand by hand (answers_values.jsonl)."""
    cases = [json.loads(line) for line in VALUES.read_text("utf-8").splitlines()]
    found: dict[tuple[str, str], list[Verdict]] = {}
    for number, case in enumerate(cases):
        question = Question(case["question"], case["note"])
        row = Row(str(number), "values", "values", str(number), question, case["answer"], 0.0, 0.0, "")
        found.setdefault((case.get("hand", "first three"), case["verdict"]), []).append(shipped.grade(row))
    for (hand, name), verdicts in found.items():
        shares = {
            f"{label.value}{'' if sure else ' in doubt'}": sum(
                v.label is label and v.unsure is not sure for v in verdicts
            )
            for label in LABELS
            for sure in (True, False)
        }
        shown = ", ".join(f"{k} {n}" for k, n in shares.items() if n)
        print(f"values {hand:12} {name:6} of {len(verdicts)}: {shown}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--degree", default="both", choices=DEGREES)
    parser.add_argument("--hands", nargs="*", default=[*DEV, *UNSEEN])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--public", action="store_true", help="the public sets too")
    parser.add_argument("--curve", type=Path, metavar="SVG", help="draw the risk-coverage curve")
    parser.add_argument("--tricks", action="store_true", help="tricks on every card too")
    parser.add_argument("--values", action="store_true", help="wrong values, and right ones in other forms")
    options = parser.parse_args()
    rows = [
        row
        for hand in options.hands
        for row in (graded.dev(hand) if hand in DEV else [r for r in graded.glossary() if r.hand == hand])
    ]
    shipped = Shipped(options.degree, options.threads)
    found = [judged(row, shipped.grade(row)) for row in rows]
    if found:
        report(options.degree, found)
        by_kind(found)
    if options.curve:
        curve(found, options.curve)
    if options.tricks:
        tricked(shipped, rows)
    if options.values:
        valued(shipped)
    if options.public:
        public(shipped)


if __name__ == "__main__":
    main()
