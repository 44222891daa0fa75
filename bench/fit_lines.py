"""Fit studyllm/grading/lines.toml: `python -m bench.fit_lines --folders DIR… [--write]`.

A linear read-out of the language model's states at the ends of a candidate's first and last line, beside the log-odds
that its form has (bench.fit_importer), for candidates that no author marked. Each folder is a hand, and judged by what
the others teach. Reading takes the language model a second for 70 tokens; the states are kept in --kept.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.decomposition import PCA  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.metrics import roc_auc_score  # type: ignore[import-untyped]

from bench.fit_importer import page_of
from bench.note_gold import labelled
from studyllm.grading import note_lines
from studyllm.grading.reader import ANSWER, Reader
from studyllm.models import find, place
from studyllm.notes.choice import score

OUT = Path(note_lines.__file__).parent / "lines.toml"
LEAST = 0.1
"""Share by form from which on a candidate is learnt from."""
PARTS, RIDGE = 64, 0.03
"""Directions of the states that are used, and how little they are trusted."""
CONTEXT = 16_384
"""Tokens of a note that are read."""
Grid = Any


class States:
    """The states at the ends of the lines of notes, each note read once."""

    def __init__(self, kept: Path) -> None:
        kept.mkdir(exist_ok=True)
        self._kept = kept
        self._reader: Reader | None = None

    def of(self, text: str) -> Grid:
        """(lines, width), scaled to a mean square of 1; zeros for what is too long."""
        file = self._kept / f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.npy"
        if not file.exists():
            np.save(file, self._read(text.split("\n")).astype(np.float16))
        return np.load(file).astype(np.float32)

    def _read(self, lines: Sequence[str]) -> Grid:
        if self._reader is None:
            from studyllm.grading import llama

            llama.CONTEXT = CONTEXT
            self._reader = Reader(place(find("default")), threads=2)
        read = self._reader
        tokens = [*read.opening, *read.llama.text(note_lines.ASKED), *read.between]
        tokens += read.llama.text(note_lines.NOTES)
        ends = []
        for line in lines:
            tokens += read.llama.text(line + "\n")
            ends.append(len(tokens) - 1)
        states = read.llama.states(ANSWER, tokens[: CONTEXT - 1])
        assert states is not None
        read.forget()
        found = np.array([states[end] if end < len(states) else 0 * states[0] for end in ends])
        return found / np.sqrt(np.square(found).mean(-1, keepdims=True) + 1e-6)


def data(folders: Sequence[Path], states: States) -> tuple[Grid, Grid, Grid, Grid, Grid]:
    """Of all candidates: states at the first and the last line, log-odds by form, whether wanted, and the hand."""
    first, last, form, wanted, hand = [], [], [], [], []
    for folder in folders:
        for note in labelled([folder], shared=False):
            page, seen = page_of(note), states.of(note.text)
            shares = score.scores(page.found, page.rows)
            for one, share, want in zip(page.found, shares, page.wanted, strict=True):
                if not one.explicit and share >= LEAST and one.end <= len(seen):
                    first.append(seen[one.line - 1])
                    last.append(seen[one.end - 1])
                    form.append(score.logit(share))
                    wanted.append(want > 0)
                    hand.append(folder.name)
    return np.array(first), np.array(last), np.array(form), np.array(wanted), np.array(hand)


def fit(first: Grid, last: Grid, form: Grid, wanted: Grid) -> tuple[Grid, Grid, float, float]:
    """Weights of both states, of the form, and the bias."""
    parts, columns = [], []
    for states in (first, last):
        middle = states.mean(0)
        found = PCA(PARTS, random_state=0, svd_solver="randomized").fit(states - middle)
        some = found.transform(states - middle)
        columns.append(some / some.std(0))
        parts.append((middle, found.components_ / some.std(0)[:, None]))
    rows = np.c_[columns[0], columns[1], form]
    model = LogisticRegression(C=RIDGE, max_iter=800).fit(rows, wanted)
    weights = model.coef_[0]
    plain = [part.T @ weights[i * PARTS : (i + 1) * PARTS] for i, (_, part) in enumerate(parts)]
    bias = model.intercept_[0] - sum(
        middle @ weight for (middle, _), weight in zip(parts, plain, strict=True)
    )
    return plain[0], plain[1], float(weights[-1]), float(bias)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folders", type=Path, nargs="+", required=True)
    parser.add_argument("--kept", type=Path, default=Path("/tmp/studyllm-states"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    first, last, form, wanted, hand = data(options.folders, States(options.kept))
    print(f"{len(wanted)} candidates, {wanted.mean():.0%} wanted")
    told = np.zeros(len(wanted))
    for one in sorted(set(hand)):
        use = hand != one
        opens, ends, by_form, bias = fit(first[use], last[use], form[use], wanted[use])
        told[~use] = first[~use] @ opens + last[~use] @ ends + by_form * form[~use] + bias
        print(
            f"{one}: AUC {roc_auc_score(wanted[~use], told[~use]):.3f}, by form alone "
            f"{roc_auc_score(wanted[~use], form[~use]):.3f}"
        )
    print(f"all: {roc_auc_score(wanted, told):.3f}, {roc_auc_score(wanted, form):.3f}")
    if options.write:
        _write(*fit(first, last, form, wanted))


def _write(opens: Grid, ends: Grid, form: float, bias: float) -> None:
    from studyllm.grading.reader import read_out_of

    model = place(find("default"))
    known = read_out_of(model)
    assert known is not None
    text = (
        "# Written by bench/fit_lines.py: do not edit. A linear read-out of the states of the language model with this "
        f'digest.\nsize = {model.stat().st_size}\nsha256 = "{known.sha256}"\nlayer = {known.layer}\n'
        f"form = {form:.4f}\nbias = {bias:.4f}\n"
    )
    for name, weights in (("first", opens), ("last", ends)):
        numbers = ", ".join(f"{weight:.5f}" for weight in weights)
        text += f"{name} = [{numbers}]\n"
    OUT.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
