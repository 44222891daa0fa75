"""Fit studyllm/library/words.toml: `python -m bench.fit_words [--folders DIR…] [--also DIR…] [--write]`.

A linear read-out of the embedding model's vectors of front and answer, on top of what the form of a candidate says
(bench.fit_importer), for the candidates that form leaves open. Judged by leaving out whole repositories; what is in
`--also` is learnt from and never judged. The vectors take some minutes and are kept in --vectors.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]

from bench.fit_importer import (
    FILE,
    MADE,
    OPTIONAL,
    OUT,
    Page,
    bands_for,
    excerpts,
    judge,
    left_out,
    page_of,
    show,
)
from bench.note_gold import labelled
from studyllm.cli.session import grader
from studyllm.config import OFF, Settings
from studyllm.embeddings import raw_vectors
from studyllm.grading import Grader, TextGrader
from studyllm.library import words
from studyllm.notes.choice import score
from studyllm.notes.choice.borderline import borderline, shifted, words_of
from studyllm.notes.choice.choose import Bands
from studyllm.store.vectors import Vectors

RIDGE = 30.0
SCALE = 769 / 20
"""Squared length of a row of standardised numbers, divided by twenty: the ridge was looked for on this scale."""
TRUST = 0.5
"""Part of the fitted log-odds that is used: whole, they lose cards on topics far from those that were learnt from."""
WIDE = 3.0
"""Log-odds up to which a candidate is learnt from."""
Grid = Any


@dataclass
class Data:
    rows: Grid
    """(candidates, 769): front, answer, and how alike they are."""
    logits: Grid
    wanted: Grid
    weight: Grid
    fold: Grid


def data(pages: Sequence[Page], shares: Sequence[Sequence[float]], kept: Vectors, settings: Settings) -> Data:
    """All candidates of some notes as numbers."""
    texts = [text for page in pages for one in page.found for text in words_of(one)]
    with_model = grader(settings)
    try:
        raw_vectors(
            sorted(texts, key=len), kept, _Plain(with_model), went
        )  # alike ones together: less padding
    finally:
        with_model.close()
    raw = raw_vectors(texts, kept, TextGrader())
    assert raw is not None, "the embedding model is not here"
    vectors = np.frombuffer(b"".join(raw), "<f2").reshape(len(texts), -1).astype(np.float32)
    front, answer = vectors[::2], vectors[1::2]
    wanted = np.array([w for page in pages for w in page.wanted])
    share = [
        min(1.0, FILE / len(page.found)) * (0.2 if one.explicit else 1)
        for page in pages
        for one in page.found
    ]
    return Data(
        np.c_[front, answer, (front * answer).sum(1)],
        np.array([score.logit(p) for some in shares for p in some]),
        np.where(wanted == 0.5, OPTIONAL[0], wanted),
        np.array(share) * np.where(wanted == 0.5, OPTIONAL[1], 1.0),
        np.array([page.fold for page in pages for _ in page.found]),
    )


class _Plain(TextGrader):
    """A grader whose texts are embedded as they are."""

    def __init__(self, inner: Grader) -> None:
        self._inner = inner

    def embed(self, texts: Sequence[str], prefix: str = "") -> tuple[bytes, ...]:
        return self._inner.embed(texts, prefix="")


def went(done: int, of: int) -> bool:
    print(f"\r{done} of {of} texts", end="", flush=True)
    return True


def fit(some: Sequence[Data]) -> Grid:
    """Weights of the rows and, last, a constant, added to the log-odds by form."""
    rows = np.concatenate([d.rows for d in some])
    logits, wanted, weight = (
        np.concatenate(x) for x in zip(*((d.logits, d.wanted, d.weight) for d in some), strict=True)
    )
    keep = np.abs(logits) < WIDE
    rows, logits, wanted, weight = rows[keep], logits[keep], wanted[keep], weight[keep]
    middle, spread = rows.mean(0), rows.std(0) * np.sqrt(SCALE)
    rows = np.c_[(rows - middle) / spread, np.ones(len(rows))]
    ridge = np.r_[np.full(rows.shape[1] - 1, RIDGE), 0.0]

    def loss(w: Grid) -> tuple[float, Grid]:
        z = rows @ w + logits
        p = np.clip(1 / (1 + np.exp(-z)), 1e-6, 1 - 1e-6)
        value = (
            -(weight * (wanted * np.log(p) + (1 - wanted) * np.log(1 - p))).sum()
            + 0.5 * (ridge * w * w).sum()
        )
        return value, rows.T @ (weight * (p - wanted)) + ridge * w

    w = minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    w = TRUST * w
    plain = w[:-1] / spread
    return np.r_[plain, w[-1] - plain @ middle]


def part(d: Data, chosen: Grid) -> Data:
    return Data(d.rows[chosen], d.logits[chosen], d.wanted[chosen], d.weight[chosen], d.fold[chosen])


def with_words(pages: Sequence[Page], shares: Sequence[Sequence[float]], shifts: Grid) -> list[list[float]]:
    """The shares of the notes' candidates with what their words add."""
    found, at = [], 0
    for page, own in zip(pages, shares, strict=True):
        by_words = dict(zip(map(words_of, page.found), shifts[at : at + len(own)].tolist(), strict=True))
        found.append(shifted(page.found, own, by_words))
        at += len(own)
    return found


def toml(w: Grid, model: str) -> str:
    size = (len(w) - 2) // 2
    lists = {"front": w[:size], "answer": w[size : 2 * size]}
    return "\n".join(
        [
            "# Written by bench/fit_words.py: do not edit. Log-odds by the vectors of front and answer.",
            f'model = "{model}"',
            f"bias = {w[-1]:.4f}",
            f"alike = {w[-2]:.4f}",
            *(f"{name} = [{', '.join(f'{x:.3f}' for x in some)}]" for name, some in lists.items()),
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folders", type=Path, nargs="*", default=[])
    parser.add_argument("--also", type=Path, nargs="*", default=[])
    parser.add_argument("--vectors", type=Path, default=Path("/tmp/studyllm-words.db"))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    settings = Settings(home=options.vectors.parent, language_model=OFF)
    kept = Vectors(options.vectors, f"plain {settings.embedding_model}")
    notes, dice = labelled(options.folders), random.Random(0)
    pages = [page_of(note) for note in notes]
    pieces = [page_of(piece) for note in notes for piece in excerpts(note, dice)]
    shares = left_out(pages, pieces)
    own = data(pages, shares, kept, settings)
    more = []
    if options.also:
        others = [page_of(note) for note in labelled(options.also, shared=False)]
        more = [data(others, [score.scores(p.found, p.rows) for p in others], kept, settings)]
    print()
    shifts = np.zeros(len(own.fold))
    for k in sorted(set(own.fold.tolist())):
        w = fit([part(own, own.fold != k), *more])
        shifts[own.fold == k] = own.rows[own.fold == k] @ w[:-1] + w[-1]
    read = with_words(pages, shares, shifts)
    offered = bands_for(pages, read).offered
    print(f"by form, then with words; offered from {offered}")
    for some in (shares, read):
        show(judge(pages, some, Bands(MADE, offered)))
    unclear = sum(len(borderline(p.found, s)) for p, s in zip(pages, shares, strict=True))
    print(f"borderline: {unclear} of {len(own.fold)}")
    if options.write:
        Path(words.__file__).with_suffix(".toml").write_text(
            toml(fit([own, *more]), settings.embedding_model), "utf-8"
        )
        text = OUT.read_text("utf-8")
        lines = [line for line in text.split("\n") if not line.startswith("offered_words")]
        lines.insert(
            next(i for i, line in enumerate(lines) if line.startswith("offered")) + 1,
            f"offered_words = {offered}",
        )
        OUT.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
