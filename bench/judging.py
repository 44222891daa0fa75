"""What a language model's opinion would add to the score: `python -m bench.judging [--model default]`, ten minutes.

The probability of one token, "yes" against "no", to "does the answer agree with the reference, without errors?", as one
more feature of the same combination, on the same answers and folds, with and without it.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from dataclasses import replace
from typing import Any

import numpy as np

from bench import fit_grader, signals
from bench.graded import Row
from bench.measures import auc, report
from studyllm.grading import Question
from studyllm.grading.llama import Llama
from studyllm.models import find, place

EACH = {"glossary": 260, "le_zh": 59, "ads_zh": 40, "mohler": 50, "scientsbank": 60, "beetle": 60}
"""Answers asked about: about a second each."""
_SYSTEM = {
    "zh": "你是严谨的阅卷老师。根据参考答案判断学生的回答：用词可以不同，意思一致就算对；"
    "意思相反、有错误或答非所问就算错。学生的回答与参考答案一致、没有错误吗？只回答“是”或“否”。",
    "en": "You are a careful examiner. Judge the student's answer by the reference answer: other words are fine when "
    "the meaning is the same; an answer that is opposite, wrong or about something else is not. Does the student's "
    "answer agree with the reference answer, without errors? Answer only yes or no.",
}
_ASKED = {
    "zh": ("题目：", "\n参考答案：", "\n学生的回答："),
    "en": ("Question: ", "\nReference answer: ", "\nStudent's answer: "),
}
_YES_NO = {"zh": ("是", "否"), "en": ("yes", "no")}


class Opinion:
    """A language model that says yes or no."""

    def __init__(self, name: str) -> None:
        self._llama = Llama(place(find(name)), threads=2, gpu_layers=0, device="cpu", sequences=1)

    def __call__(self, question: Question, answer: str) -> dict[str, Any]:
        model, lang = self._llama, question.lang
        asked, reference, answered = _ASKED[lang]
        begin, end = model.template("<|im_start|>system\n"), model.template("<|im_end|>\n")
        known = (*begin, *model.text(_SYSTEM[lang]), *end, *model.template("<|im_start|>user\n"))
        known = (*known, *model.text(asked + question.text + reference + question.reference + answered))
        turn = (*model.text(answer)[:500], *end, *model.template("<|im_start|>assistant\n"))
        model.follow(0, [known, turn])
        yes, no = (model.text(word)[0] for word in _YES_NO[lang])
        return {"judge": round(model.margin(yes, no), 2)}


def chosen() -> list[Row]:
    """A sample, the answers to one question together."""
    by_set: dict[str, list[Row]] = defaultdict(list)
    for row in signals.unseen():
        by_set[row.set].append(row)
    found: list[Row] = []
    for name, most in EACH.items():
        random.Random(9).shuffle(by_set[name])
        found += by_set[name][:most]
    return sorted(found, key=lambda row: row.group)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="default")
    options = parser.parse_args()
    rows = chosen()
    seen = signals.look(rows, signals.embedder(place(find("e5-small"))))
    opinion = signals.Kept(f"opinion-{options.model}", Opinion(options.model))
    logits = {}
    for number, row in enumerate(rows):
        logits[row.id] = (opinion.see(row.question, row.answer) or {})["judge"]
        if number % 50 == 49:
            print(f"  {number + 1} of {len(rows)}", flush=True)
    data = fit_grader.table(seen)
    alone = np.array([logits[row.id] for row in data.rows])
    for name in dict.fromkeys(r.set for r in data.rows):
        at = np.array([r.set == name for r in data.rows])
        print(f"{name:12} the opinion alone: AUC {auc(alone[at], data.target[at] > 0.5):.3f}")
    report("without", data.rows, fit_grader.cross_validated(data))
    columns = [
        [max(-6.0, min(6.0, x)) if f == form else 0.0 for x, f in zip(alone, data.forms, strict=True)]
        for form in ("term", "open")
    ]
    wider = replace(
        data,
        names=[*data.names, "judge_term", "judge_open"],
        matrix=np.column_stack([data.matrix, *columns]),
    )
    report("with", data.rows, fit_grader.cross_validated(wider))


if __name__ == "__main__":
    main()
