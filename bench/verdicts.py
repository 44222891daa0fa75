"""How soon a verdict and the first words of an explanation come: `python -m bench.verdicts`.

Ratios of medians in one run, the models in this process, each answer new to them, the question prepared as it is while
a learner types and the answer read along up to its last two seconds: the verdict, with the composed first sentence of
the explanation, against one bare `SentenceTransformer.encode` of the answer; the first word that the language model
adds against the time llama.cpp needs for the answer's tokens alone, and against `create_chat_completion` asked the same
with nothing prepared.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

from bench.graded import Row, glossary
from bench.signals import told
from studyllm.grading import explain
from studyllm.grading.combine import combine
from studyllm.grading.embedder import Embedder
from studyllm.grading.signals import from_message
from studyllm.grading.tutor import _SLOTS, _TEACHER, Tutor
from studyllm.models import find, place

MANY, FEW = 60, 12
"""Answers for the embedding model, and for the language model."""
LAST = {"zh": 4, "en": 8}
"""Letters of an answer that are typed in two seconds: it is read along every second."""


def rows(count: int) -> list[Row]:
    """Answers to as many different cards as there are."""
    ours = [row for row in glossary() if row.held and row.kind in ("half", "reversed")]
    step = max(1, len(ours) // count)
    return ours[::step][:count]


def quick(threads: int) -> None:
    """Embedding model and cross-encoder: all that a verdict and the first sentence of an explanation need."""
    embedder = Embedder(place(find("e5-small")), threads=threads)
    bare, ours = [], []
    for row in rows(MANY):
        question = told(row.question)
        embedder.prepare(question)
        since = time.perf_counter()
        embedder._model.encode(row.answer, show_progress_bar=False)
        bare.append(time.perf_counter() - since)
        since = time.perf_counter()
        explain.composed(
            question, combine(question, row.answer, from_message(embedder.see(question, row.answer)))
        )
        ours.append(time.perf_counter() - since)
    said("verdict and first sentence / one bare encode of the answer", ours, bare)


def slow(name: str, threads: int) -> None:
    """The language model: raw llama.cpp, then ours, then the high-level call."""
    path = place(find(name))
    tutor = Tutor(path, threads=threads)
    model, spare = tutor._llama, _SLOTS
    own, first = [], []
    for row in rows(FEW):
        question = told(row.question)
        tutor.prepare(question)
        known = [*tutor._prefix_parts(question)]
        model.follow(spare, known)
        with_answer = [*known, tutor._answer_part(row.answer)]
        since = time.perf_counter()
        model.follow(spare, with_answer)
        own.append(time.perf_counter() - since)
        model._cut(spare, 0)
        tutor.draft(question, row.answer[: -LAST[row.lang]])
        since = time.perf_counter()
        next(tutor.explain(question, row.answer, 1, wrong=False), "")
        first.append(time.perf_counter() - since)
    said(f"{name}: the model's first own word / llama.cpp on the answer's tokens alone", first, own)
    del tutor, model
    import llama_cpp

    plain: Any = llama_cpp.Llama(str(path), n_ctx=4096, n_threads=threads, verbose=False)
    chat = []
    for row in rows(FEW):
        question = told(row.question)
        text = f"{question.text}\n{question.reference}\n{' '.join(question.points)}\n{row.answer}"
        messages = [{"role": "system", "content": _TEACHER[row.lang]}, {"role": "user", "content": text}]
        plain.reset()
        since = time.perf_counter()
        for piece in plain.create_chat_completion(messages, stream=True, max_tokens=8):
            if piece["choices"][0]["delta"].get("content"):
                break
        chat.append(time.perf_counter() - since)
    said(f"{name}: create_chat_completion's first word / the model's first own word", chat, first)


def said(what: str, ours: list[float], other: list[float]) -> None:
    """One line: the ratio of medians."""
    a, b = statistics.median(ours), statistics.median(other)
    print(f"{what}: {a / b:.2f} x   ({1000 * a:.0f} ms / {1000 * b:.0f} ms, {len(ours)} answers)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--models", nargs="*", default=["default"])
    options = parser.parse_args()
    quick(options.threads)
    for name in options.models:
        slow(name, options.threads)


if __name__ == "__main__":
    main()
