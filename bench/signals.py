"""What the models see in graded answers that they have not learnt from, kept so that it is computed once."""

from __future__ import annotations

import hashlib
import json
import time
from pathlib import Path
from typing import Any, Protocol

from bench.graded import Row
from studyllm.grading import Question
from studyllm.grading.gates import visible
from studyllm.grading.scoring import filled
from studyllm.grading.signals import Signals, from_message

KEPT = Path("/tmp/studyllm-signals")
LONGEST = 1500


class Model(Protocol):
    """Something that looks at an answer."""

    def __call__(self, question: Question, answer: str) -> dict[str, Any]: ...


class Kept:
    """The answers of one model, by content, in a file."""

    def __init__(self, name: str, model: Model | None) -> None:
        KEPT.mkdir(exist_ok=True)
        self._path, self._model = KEPT / f"{name}.jsonl", model
        self._known: dict[str, dict[str, Any]] = {}
        if self._path.exists():
            for line in self._path.read_text("utf-8").splitlines():
                entry = json.loads(line)
                self._known[entry.pop("key")] = entry

    def see(self, question: Question, answer: str) -> dict[str, Any] | None:
        """What the model sees; None when it was not asked and cannot be."""
        asked, shown = filled(question), visible(answer[:LONGEST])
        key = hashlib.sha256(repr((asked, shown)).encode()).hexdigest()[:24]
        if key not in self._known:
            if self._model is None:
                return None
            self._known[key] = self._model(asked, shown)
            with self._path.open("a", encoding="utf-8") as out:
                out.write(json.dumps({"key": key, **self._known[key]}) + "\n")
        return self._known[key]


def embedder(path: Path, threads: int = 2, *, alone: bool = False) -> Kept:
    """The embedding model with its cross-encoder, or without: as a model is used that the adapter was not made for."""
    from studyllm.grading.cross_encoder import ADAPTER

    made: list[Any] = []

    def see(question: Question, answer: str) -> dict[str, Any]:
        from studyllm.grading.embedder import Embedder

        if not made:
            made.append(Embedder(path, threads=threads))
            if alone:
                made[0]._agreement = None
        found: dict[str, Any] = made[0].see(question, answer)
        return found

    version = hashlib.sha256(ADAPTER.read_bytes()).hexdigest()[:8] if ADAPTER.exists() else "none"
    return Kept("embedding-alone" if alone else f"embedding-{version}", see)


def reader(path: Path, threads: int = 2) -> Kept:
    """The language model with the adapter that ships."""
    from studyllm.grading.reader import read_out_of

    made: list[Any] = []
    known = read_out_of(path)
    assert known is not None, f"{path} has no read-out"

    def see(question: Question, answer: str) -> dict[str, Any]:
        from studyllm.grading.reader import Reader

        if not made:
            made.append(Reader(path, threads=threads))
        reading = made[0].read(question, answer)
        return {"reading": [reading.whole, *reading.points]}

    version = hashlib.sha256(known.adapter.read_bytes()).hexdigest()[:8]
    return Kept(f"reader-{version}", see)


def look(rows: list[Row], *models: Kept) -> list[tuple[Row, Signals]]:
    """Rows with what all of these models saw; those that one of them was not asked about are left out."""
    since, found = time.monotonic(), []
    for number, row in enumerate(rows):
        entry: dict[str, Any] | None = {}
        for model in models:
            seen = model.see(row.question, row.answer)
            entry = None if entry is None or seen is None else entry | seen
        if entry is not None:
            found.append((row, from_message(entry)))
        if number % 200 == 199:
            print(f"  {number + 1} of {len(rows)} answers, {time.monotonic() - since:.0f} s", flush=True)
    return found
