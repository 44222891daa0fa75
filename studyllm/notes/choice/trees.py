"""Boosted trees over the numbers of a candidate: what several of them say together, where a sum weighs each by itself.

trees.json is written by bench/fit_importer.py: for each node the number that it looks at, up to which value the left
branch is taken, both branches, and at a leaf the log-odds that it adds.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FORM = "form:"
"""Before the name of a form: 1 for the candidates of that form."""


@dataclass(frozen=True)
class Trees:
    """The nodes of all trees one after another; a leaf leads to itself."""

    names: Mapping[str, int]
    base: float
    roots: Any
    looks_at: Any
    up_to: Any
    left: Any
    right: Any
    adds: Any
    depth: int

    def probabilities(self, rows: Sequence[Mapping[str, float]], forms: Sequence[str]) -> list[float]:
        """How likely each candidate, by its row and its form, is wanted: 0..1."""
        import numpy as np

        table = np.zeros((len(rows), len(self.names)))
        for at, (row, form) in enumerate(zip(rows, forms, strict=True)):
            for name, value in row.items():
                if value and (column := self.names.get(name)) is not None:
                    table[at, column] = value
            if (column := self.names.get(FORM + form)) is not None:
                table[at, column] = 1.0
        own = np.arange(len(rows))[:, None]
        nodes = np.repeat(self.roots[None, :], len(rows), axis=0)
        for _ in range(self.depth):
            goes_left = table[own, self.looks_at[nodes]] <= self.up_to[nodes]
            nodes = np.where(goes_left, self.left[nodes], self.right[nodes])
        odds = self.base + self.adds[nodes].sum(axis=1)
        found: list[float] = (1 / (1 + np.exp(-odds))).tolist()
        return found


@cache
def shipped() -> Trees:
    """The trees that come with the program."""
    return trees(json.loads(files(__package__).joinpath("trees.json").read_text("utf-8")))


def trees(written: Mapping[str, Any]) -> Trees:
    """The trees as they stand in the file."""
    import numpy as np

    nodes = {
        name: np.array(written[name]) for name in ("looks_at", "up_to", "left", "right", "adds", "roots")
    }
    names = {name: at for at, name in enumerate(written["names"])}
    return Trees(names, float(written["base"]), **nodes, depth=int(written["depth"]))
