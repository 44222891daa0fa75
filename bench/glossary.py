"""How the shipped grader does on glossary answers as learners type them: `python -m bench.glossary`.

bench/glossary_answers.jsonl holds, for each card, right answers in other words, halves, reversals and definitions of
another concept, written and judged by us. Some weights were fitted on these answers too (bench/fit_grader.py prints
the cross-validated figures of the same weights); settings and models are those of the learner.
"""

import json
from collections import Counter, defaultdict
from pathlib import Path

from studyllm.cli.session import grader
from studyllm.config import load
from studyllm.grading import Label, Question

WANTED = {
    "right": Label.CORRECT,
    "half": Label.PARTIAL,
    "reversed": Label.INCORRECT,
    "other": Label.INCORRECT,
}


def main() -> None:
    judge = grader(load())
    labels: dict[str, Counter[Label]] = defaultdict(Counter)
    by: Counter[tuple[str, ...]] = Counter()
    try:
        for line in (Path(__file__).parent / "glossary_answers.jsonl").read_text("utf-8").splitlines():
            card = json.loads(line)
            question = Question(card["question"], card["reference"], term=card["term"], lang=card["lang"])
            for kind in WANTED:
                for answer in card[kind]:
                    verdict = judge.grade(question, answer)
                    labels[kind][verdict.label] += 1
                    by[verdict.by] += 1
    finally:
        judge.close()
    total = sum(count for counted in labels.values() for count in counted.values())
    for kind, counted in labels.items():
        shares = "  ".join(f"{label.value} {counted[label] / counted.total():4.0%}" for label in Label)
        print(f"{kind:<9} {counted.total():4} answers   {shares}")
    right = sum(labels[kind][wanted] for kind, wanted in WANTED.items())
    print(f"three-way accuracy {right / total:.2f} of {total}, judged by {dict(by)}")


if __name__ == "__main__":
    main()
