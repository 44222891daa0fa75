"""How much a model that was not measured counts: beside one that was, and alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from studyllm.grading.signals import Reading, Shares

BESIDE = 0.5
"""The exponent of an opinion beside a measured reading: it speaks half as loud. Mixed in as a share, even a tenth of a
poor opinion left a third of the sure verdicts sure; so it leaves nearly all (bench/servers.py)."""
_LEAST = 0.05
"""No opinion is held to be surer than this of what it denies: it moves the odds by a factor of four and a half at
most."""
ALONE = 2 / 3
"""The share of an opinion where nothing was measured; the rest is "who knows": nothing is held likelier than .78 on its
word, and no verdict is sure by it (`scoring.combine`)."""
_WHO_KNOWS: Shares = (1 / 3, 1 / 3, 1 / 3)


def with_opinion(measured: Reading | None, opinion: Reading) -> Reading:
    """The reading that goes into a verdict: the measured one, moved by the opinion; or the opinion, held in doubt."""
    if measured is None:
        return Reading(_doubted(opinion.whole), tuple(map(_doubted, opinion.points)))
    pairs = zip_longest(measured.points, opinion.points[: len(measured.points)])
    points = tuple(one if other is None else _moved(one, other) for one, other in pairs)
    return Reading(_moved(measured.whole, opinion.whole), points)


def _doubted(shares: Shares) -> Shares:
    a, b, c = (ALONE * x + (1 - ALONE) * y for x, y in zip(shares, _WHO_KNOWS, strict=True))
    return a, b, c


def _moved(measured: Shares, opinion: Shares) -> Shares:
    a, b, c = (x * max(_LEAST, y) ** BESIDE for x, y in zip(measured, opinion, strict=True))
    total = a + b + c
    return (a / total, b / total, c / total) if total else measured


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
