"""How much a model that was not measured counts: beside one that was, and alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from studyllm.grading.signals import Reading, Shares

BESIDE, ALONE = 1 / 3, 2 / 3
"""Its share of what is believed, beside the measured reading and where there is none; alone, the rest is "who knows":
nothing is held likelier than .78 on its word, so that most of what it says is in doubt."""
_WHO_KNOWS: Shares = (1 / 3, 1 / 3, 1 / 3)


def with_opinion(measured: Reading | None, opinion: Reading) -> Reading:
    """The reading that goes into a verdict. Where the two agree it is nearly the measured one; where they do not, no
    label is likely, and the verdict says that it is unsure."""
    if measured is None:
        points = tuple(_mixed(_WHO_KNOWS, point, ALONE) for point in opinion.points)
        return Reading(_mixed(_WHO_KNOWS, opinion.whole, ALONE), points)
    pairs = zip_longest(measured.points, opinion.points[: len(measured.points)])
    points = tuple(one if other is None else _mixed(one, other, BESIDE) for one, other in pairs)
    return Reading(_mixed(measured.whole, opinion.whole, BESIDE), points)


def _mixed(one: Shares, other: Shares, weight: float) -> Shares:
    a, b, c = ((1 - weight) * x + weight * y for x, y in zip(one, other, strict=True))
    return a, b, c


_WHOLE = {"right": (0.8, 0.15, 0.05), "partly": (0.1, 0.8, 0.1), "wrong": (0.05, 0.15, 0.8)}
_POINT = {"said": (0.8, 0.15, 0.05), "missed": (0.1, 0.8, 0.1), "wrong": (0.05, 0.15, 0.8)}
"""What a judgement without probabilities is taken for."""


def from_words(whole: object, points: object, count: int) -> Reading | None:
    """The reading of a judgement in words; None for what is none, or is not one of so many points."""
    if not isinstance(whole, str) or whole not in _WHOLE:
        return None
    listed: Sequence[object] = points if isinstance(points, list) else ()
    known = [_POINT[point] for point in listed if isinstance(point, str) and point in _POINT]
    return Reading(_WHOLE[whole], tuple(known)) if len(known) == len(listed) == count else None
