"""What the words of borderline candidates say about whether they are wanted: a linear read-out of the vectors of the
embedding model, fitted by bench/fit_words.py. Each is computed once and kept by content."""

import hashlib
import struct
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studyllm.library.readers import ReadWords, Went
from studyllm.notes import Borderline, Shifts
from studyllm.store.vectors import Vectors

if TYPE_CHECKING:
    from studyllm.grading import Grader

_STEP = 32
"""Candidates computed between two words about how far it is."""


@cache
def _weights() -> Mapping[str, Any]:
    text = files(__package__).joinpath("words.toml").read_text("utf-8")
    return tomllib.loads(text) | {"digest": hashlib.sha256(text.encode()).hexdigest()[:16]}


def words(home: Path, model: str) -> "Words | None":
    """The reader for an embedding model, with what it keeps in a home; None where no read-out was made for it."""
    fitted = _weights()
    if fitted["model"] != model:
        return None
    return Words(Vectors(home / "vectors.db", f"words {model} {fitted['digest']}"))


class Words:
    """Log-odds of borderline candidates, those that are kept and those that a grader's model computes."""

    def __init__(self, kept: Vectors) -> None:
        self._kept = kept

    def known(self, some: Sequence[Borderline]) -> Shifts:
        """What is kept of those candidates."""
        found = self._kept.get(map(_text, some))
        return {one: _number(found[_text(one)]) for one in some if _text(one) in found}

    def read(
        self, some: Sequence[Borderline], grader: "Grader", went: Went = lambda done, of: True
    ) -> Shifts | None:
        """What the words of candidates say, computed where it is not kept, some 30 ms each; None without an
        embedding model, or when `went` says to stop. What was computed by then is kept."""
        shifts = dict(self.known(some))
        missing = [one for one in dict.fromkeys(some) if one not in shifts]
        missing.sort(key=lambda one: len(one[1]))  # texts of one length are computed fastest
        for at in range(0, len(missing), _STEP):
            if not went(at, len(missing)):
                return None
            step = missing[at : at + _STEP]
            vectors = grader.embed([front for front, _ in step] + [answer for _, answer in step], prefix="")
            if len(vectors) < 2 * len(step):
                return None
            found = dict(zip(step, _read_out(vectors), strict=True))
            self._kept.put({_text(one): struct.pack("<f", shift) for one, shift in found.items()})
            shifts |= found
        if missing:
            went(len(missing), len(missing))
        return shifts

    def reading(self, grader: Callable[[], "Grader | None"], went: Went = lambda done, of: True) -> ReadWords:
        """The same for a plan. The grader is asked for only where something is not kept; without one, or without its
        embedding model, what is kept has to do."""

        def read(some: Sequence[Borderline]) -> Shifts | None:
            known = self.known(some)
            if len(known) == len(set(some)):
                return known
            model = grader()
            return (self.read(some, model, went) if model else None) or known or None

        return read


def _read_out(vectors: Sequence[bytes]) -> list[float]:
    """Log-odds from the vectors of the fronts, then of their answers."""
    import numpy

    found = numpy.frombuffer(b"".join(vectors), "<f2").reshape(len(vectors), -1).astype(numpy.float32)
    front, answer = numpy.split(found, 2)
    fitted = _weights()
    alike = (front * answer).sum(1)
    total = fitted["bias"] + front @ fitted["front"] + answer @ fitted["answer"] + alike * fitted["alike"]
    return [float(x) for x in total]


def _text(one: Borderline) -> str:
    return "\0".join(one)


def _number(raw: bytes) -> float:
    return float(struct.unpack("<f", raw)[0])
