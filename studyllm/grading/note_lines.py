"""What a language model makes of the lines of a note that it reads once: a linear read-out of its states at the ends of
the lines, fitted by bench/fit_lines.py for one file of weights."""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import convert

ASKED = (
    "You prepare flashcards from a student's notes. A good flashcard asks for a term, a question or a heading and its "
    "answer says what the note teaches about it; to-dos, links, instructions, code, chatter and fragments that cannot "
    "be asked on their own make no card."
)
NOTES = "The notes:\n"
Marks = tuple[tuple[float, float], ...]
"""For each line the log-odds that it adds to a card that begins, and to one that ends there."""
SoFar = Callable[[int], bool]
"""Told how many lines are read; says whether to go on."""


def on(_read: int) -> bool:
    """Goes on to the end."""
    return True


@dataclass(frozen=True)
class LineReadOut:
    """How the states at the ends of lines are read."""

    size: int
    sha256: str
    """Hash of the file of weights that it was fitted for."""
    layer: int
    form: float
    """The weight of what the form of a candidate says."""
    bias: float
    first: tuple[float, ...]
    last: tuple[float, ...]
    digest: str
    """Hash of this read-out."""

    def read(self, states: Any) -> Marks:
        """The marks of lines, given the (lines, width) states at their ends, scaled to a mean square of 1."""
        import numpy

        first = states @ numpy.asarray(self.first, numpy.float32) + self.bias
        last = states @ numpy.asarray(self.last, numpy.float32)
        return tuple((round(float(a), 4), round(float(b), 4)) for a, b in zip(first, last, strict=True))


def padded(marks: Sequence[Sequence[float]], count: int) -> Marks:
    """Marks for so many lines: no numbers for the last ones, which were too long to be read."""
    read = tuple((float(first), float(last)) for first, last in marks)
    return (*read, *((math.nan, math.nan) for _ in range(count - len(read))))


@cache
def line_read_out() -> LineReadOut:
    """The one that ships."""
    text = files(__package__).joinpath("lines.toml").read_text("utf-8")
    known = tomllib.loads(text) | {"digest": hashlib.sha256(text.encode()).hexdigest()[:16]}
    return convert(known, LineReadOut)
