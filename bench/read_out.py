"""The read-out of a language model's states: `python -m bench.read_out [--model default] [--write]`.

Collects the states of a few layers for every answer of bench/answers (about a second an answer on one core, kept in
/tmp as they come, so that it can be stopped and go on), fits a logistic regression for the whole and one for the
points, says by leaving out one hand after the other how good they are, and writes the file that ships.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

from bench.graded import UNSEEN, Row, glossary
from bench.measures import auc
from bench.signals import KEPT, LONGEST, told
from studyllm.grading.gates import visible
from studyllm.grading.reader import MOST_POINTS, READOUTS, ReadOut
from studyllm.grading.signals import Reading
from studyllm.models import find, place
from studyllm.models.places import hash_file

SEEN = (15, 16, 17, 18)
"""Layers whose states are collected, of 28: in a first look those in the middle told more than the last (AUC .84
against .76 with 290 answers learnt from)."""
LAYERS = (16, 17, 18)
"""Those that are read out."""
PENALTY = {"whole": 3e-3, "point": 3e-3}
"""Inverse strength of the ridge (scikit-learn's C) on standardised states."""
LABELS, STATES = ("correct", "partial", "incorrect"), "HMC"
_TOGETHER = 150
"""Answers whose states are written at once."""


class States:
    """The states of answers, by content, in files of /tmp; (1 + points, layers, width) in 16 bits each."""

    def __init__(self, model: Path) -> None:
        self._folder = KEPT / f"states-{model.stem}"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._model = model
        self._at = {name: file for file in sorted(self._folder.glob("*.npz")) for name in np.load(file).files}
        self._read: dict[str, Any] = {}

    def load(self) -> None:
        """Read all that is kept."""
        for file in sorted(self._folder.glob("*.npz")):
            with np.load(file) as opened:
                self._read |= {name: opened[name] for name in opened.files}

    def __getitem__(self, row: Row) -> Any:
        return self._read[key(row)]

    def __contains__(self, row: Row) -> bool:
        return key(row) in self._at

    def collect(self, rows: Iterable[Row], threads: int) -> None:
        """The states of those answers that are not kept yet."""
        from studyllm.grading.reader import Reader

        missing = [row for row in rows if row not in self]
        if not missing:
            return
        reader = Reader(self._model, threads=threads, layers=SEEN)
        since, fresh = time.monotonic(), {}
        for number, row in enumerate(missing, 1):
            states = reader.states(told(row.question), visible(row.answer[:LONGEST]))
            fresh[key(row)] = states.astype(np.float16)
            if len(fresh) == _TOGETHER or number == len(missing):
                np.savez(self._folder / f"{time.time_ns()}.npz", **fresh)
                fresh = {}
                print(f"  {number} of {len(missing)} answers, {time.monotonic() - since:.0f} s", flush=True)


@cache
def key(row: Row) -> str:
    """What tells an answer to a question from all others."""
    asked = told(row.question)
    content = (asked.lang, asked.text, asked.reference, asked.points, row.answer)
    return hashlib.sha256(repr(content).encode()).hexdigest()[:20]


def flat(states: Any, layers: Sequence[int]) -> Any:
    """(rows, layers × width) of the chosen layers."""
    chosen = [SEEN.index(layer) for layer in layers]
    return states[:, chosen].reshape(len(states), -1).astype(np.float32)


def fit(rows: Sequence[Row], states: States, layers: Sequence[int] = LAYERS) -> ReadOut:
    """The read-out learnt from these answers."""
    whole = [flat(states[row], layers)[0] for row in rows]
    labels = [LABELS.index(row.label) for row in rows]
    points, told_of = [], []
    for row in rows:
        for state, seen in zip(row.states, flat(states[row], layers)[1:], strict=False):
            points.append(seen)
            told_of.append(STATES.index(state))
    return ReadOut(
        tuple(layers),
        _logistic(np.array(whole), np.array(labels), PENALTY["whole"]),
        _logistic(np.array(points), np.array(told_of), PENALTY["point"]),
    )


def _logistic(features: Any, wanted: Any, strength: float) -> Any:
    """(3, features + 1) weights of a ridge regression, standardisation and bias folded in."""
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

    mean, spread = features.mean(0), features.std(0) + 1e-3
    found = LogisticRegression(C=strength, max_iter=300).fit((features - mean) / spread, wanted)
    weights = found.coef_ / spread
    return np.hstack([weights, (found.intercept_ - weights @ mean)[:, None]]).astype(np.float32)


def read(read_out: ReadOut, row: Row, states: States) -> Reading:
    """What a read-out makes of an answer."""
    chosen = [SEEN.index(layer) for layer in read_out.layers]
    return read_out.read(states[row][:, chosen].astype(np.float32))


def left_out(states: States, rows: Sequence[Row]) -> dict[str, Reading]:
    """Readings of answers by their ids, by read-outs that have not learnt from their hands."""
    known = [row for row in learnt_from() if row in states]
    hands, found = {row.hand for row in rows}, {}
    whole = fit(known, states) if hands - {row.hand for row in known} else None
    for hand in sorted(hands):
        others = [row for row in known if row.hand != hand]
        learnt = fit(others, states) if len(others) < len(known) else whole
        assert learnt is not None
        found |= {row.id: read(learnt, row, states) for row in rows if row.hand == hand and row in states}
    return found


def learnt_from() -> list[Row]:
    """The answers that a read-out may learn from, those of each hand in turn."""
    hands: dict[str, list[Row]] = {}
    for row in glossary():
        if row.hand not in UNSEEN and not row.held:
            hands.setdefault(row.file, []).append(row)
    longest = max(map(len, hands.values()))
    return [rows[i] for i in range(longest) for rows in hands.values() if i < len(rows)]


def report(found: Sequence[tuple[Row, Reading]]) -> None:
    """For each hand: right against wrong, three ways, points said and contradicted."""
    from bench.graded import RIGHT, WRONG

    for hand in sorted({row.hand for row, _ in found}):
        own = [(row, reading) for row, reading in found if row.hand == hand]
        shares = np.array([reading.whole for _, reading in own])
        score = shares[:, 0] + shares[:, 1] / 2
        kinds = np.array([row.kind for row, _ in own])
        right = np.isin(kinds, RIGHT)
        both = right | np.isin(kinds, WRONG)
        truth = np.array([LABELS.index(row.label) for row, _ in own])
        made = [(p, s) for row, r in own for p, s in zip(r.points, row.states, strict=False)]
        points, states = np.array([p for p, _ in made]), np.array([s for _, s in made])
        print(
            f"{hand:16} n={len(own):5}  AUC {auc(score[both], right[both]):.3f}  "
            f"three ways {np.mean(shares.argmax(1) == truth):.3f}  points: said AUC "
            f"{auc(points[:, 0], states == 'H'):.3f}, contradicted AUC {auc(points[:, 2], states == 'C'):.3f}",
            flush=True,
        )


def write(read_out: ReadOut, model: Path, name: str) -> None:
    """The file that ships, with the model that it is for; in 32 bits, because large terms cancel out."""
    READOUTS.mkdir(exist_ok=True)
    made_for = {
        "size": str(model.stat().st_size),
        "sha256": hash_file(model),
        "layers": ",".join(map(str, read_out.layers)),
    }
    weights = {"whole": read_out.whole, "point": read_out.point}
    file = READOUTS / f"{name}.safetensors"
    save_file({k: np.ascontiguousarray(v, np.float32) for k, v in weights.items()}, file, made_for)
    print(f"{file}: {file.stat().st_size / 1e3:.0f} kB")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="default")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--most", type=int, default=100_000, help="answers to collect states for")
    parser.add_argument("--layers", type=int, nargs="+", default=LAYERS)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    chosen = find(options.model)
    states = States(place(chosen))
    states.collect(learnt_from()[: options.most], options.threads)
    states.load()
    rows = [row for row in learnt_from() if row in states and len(row.states) <= MOST_POINTS]
    readings = left_out(states, rows)
    report([(row, readings[row.id]) for row in rows])
    if options.write:
        write(fit(rows, states, options.layers), place(chosen), chosen.name)


if __name__ == "__main__":
    main()
