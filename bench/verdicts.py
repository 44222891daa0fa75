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
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench.graded import Row, glossary
from studyllm.grading import explain
from studyllm.grading.client import ModelGrader
from studyllm.grading.embedder import Embedder
from studyllm.grading.reader import _EXAMINER, SPEECH, Reader
from studyllm.grading.scoring import combine, filled
from studyllm.grading.signals import from_message
from studyllm.grading.tutor import Tutor
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
    """Embedding model and cross-encoder: a verdict without a language model."""
    embedder = Embedder(place(find("e5-small")), threads=threads)
    bare, ours = [], []
    for row in rows(MANY):
        question = filled(row.question)
        embedder.prepare(question)
        since = time.perf_counter()
        embedder._encode([row.answer])
        bare.append(time.perf_counter() - since)
        since = time.perf_counter()
        explain.composed(
            question, combine(question, row.answer, from_message(embedder.see(question, row.answer)))
        )
        ours.append(time.perf_counter() - since)
    said("verdict without a language model / one bare encode of the answer", ours, bare)


def typed(name: str, threads: int, busy: bool) -> None:
    """The whole verdict, both models, after an answer typed at five letters a second and read along every second; with
    another program on one of the cores if `busy`."""
    embedder = Embedder(place(find("e5-small")), threads=threads)
    reader = Reader(place(find(name)), threads=threads)
    other = subprocess.Popen([sys.executable, "-c", "while True: pass"]) if busy else None
    taken = []
    try:
        for row in rows(MANY):
            question = filled(row.question)
            embedder.prepare(question)
            reader.prepare(question)
            for end in range(5, len(row.answer), 5):
                reader.draft(question, row.answer[:end])
            since = time.perf_counter()
            seen = embedder.see(question, row.answer)
            if reading := reader.read(question, row.answer):
                seen |= {"reading": [reading.whole, *reading.points]}
            combine(question, row.answer, from_message(seen))
            taken.append(time.perf_counter() - since)
    finally:
        if other:
            other.kill()
    taken.sort()
    median, late = statistics.median(taken), taken[int(0.95 * len(taken))]
    beside = "beside a busy core" if busy else "on idle cores"
    print(f"{name}: verdict after submit {beside}: median {median:.2f} s, p95 {late:.2f} s", flush=True)


def slow(name: str, threads: int) -> None:
    """The language model: raw llama.cpp, then ours, then the high-level call."""
    path = place(find(name))
    reader = Reader(path, threads=threads)
    if reader.llama.small:
        print(f"{name}: judges and does not speak; the explanation comes with the verdict", flush=True)
        return
    tutor, model = Tutor(reader), reader.llama
    own, first = [], []
    for row in rows(FEW):
        question = filled(row.question)
        reader.prepare(question)
        known = [*reader.prefix_parts(question)]
        model.follow(SPEECH, known)
        with_answer = [*known, reader.answered(row.answer)]
        since = time.perf_counter()
        model.follow(SPEECH, with_answer)
        own.append(time.perf_counter() - since)
        model._cut(SPEECH, 0)
        reader.draft(question, row.answer[: -LAST[row.lang]])
        reader.prepare_speech(question)
        since = time.perf_counter()
        next(tutor.explain(question, row.answer, 1, wrong=False), "")
        first.append(time.perf_counter() - since)
    said(f"{name}: the model's first own word / llama.cpp on the answer's tokens alone", first, own)
    del tutor, model, reader
    import llama_cpp

    plain: Any = llama_cpp.Llama(str(path), n_ctx=4096, n_threads=threads, verbose=False)
    chat = []
    for row in rows(FEW):
        question = filled(row.question)
        text = f"{question.text}\n{question.reference}\n{' '.join(question.points)}\n{row.answer}"
        messages = [
            {"role": "system", "content": _EXAMINER[question.lang]},
            {"role": "user", "content": text},
        ]
        plain.reset()
        since = time.perf_counter()
        for piece in plain.create_chat_completion(messages, stream=True, max_tokens=8):
            if piece["choices"][0]["delta"].get("content"):
                break
        chat.append(time.perf_counter() - since)
    said(f"{name}: create_chat_completion's first word / the model's first own word", chat, first)


def memory(name: str, threads: int) -> None:
    """What the models' process takes, after it judged some answers."""
    grader = ModelGrader(place(find("e5-small")), place(find(name)), threads=threads)
    for row in rows(FEW):
        grader.prepare(row.question, row.answer[: len(row.answer) // 2])
        grader.grade(row.question, row.answer)
    status = Path(f"/proc/{grader.pid}/status").read_text()
    sizes = {line.split(":")[0]: int(line.split()[1]) >> 10 for line in status.splitlines() if "kB" in line}
    print(
        f"{name}: the models' process holds {sizes['VmRSS']} MiB, {sizes['RssAnon']} of them its own, "
        f"{sizes['VmHWM']} at most",
        flush=True,
    )
    grader.close()


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
        typed(name, options.threads, busy=False)
        typed(name, options.threads, busy=True)
        slow(name, options.threads)
        memory(name, options.threads)


if __name__ == "__main__":
    main()
