"""The points that a learner made of a card, and what is left of them when its note changes."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from studyllm.text import key

_EXTRA = ("+", "＋")
"""Signs before a point that an answer may leave out."""
_ALIKE = 0.6
"""From which likeness on a point of the changed note is one of before, reworded."""


def own_points(own: Mapping[str, Any] | None, answer: str, points: Sequence[str]) -> tuple[str, ...]:
    """A learner's points of a card. Where its note has changed since, the note's points with the extras that the
    learner made of those before; nothing where the learner had put points of his own in their place."""
    if not own:
        return ()
    if own.get("answer") == answer:
        return tuple(own["points"])
    before, told = key(str(own.get("answer", ""))), [str(point).lstrip() for point in own["points"]]
    extras = [key(_bare(point)) for point in told if point.startswith(_EXTRA)]
    if not extras or len(points) < 2 or not all(key(_bare(point)) in before for point in told):
        return ()
    kept = set[int]()
    for extra in extras:
        shares = [(_share(extra, key(point)), -at) for at, point in enumerate(points) if at not in kept]
        share, at = max(shares, default=(0.0, 0))
        kept |= {-at} if share >= _ALIKE else set()
    if not kept or len(kept) == len(points):
        return ()
    return tuple(f"+ {point}" if at in kept else point for at, point in enumerate(points))


def _bare(point: str) -> str:
    return point.lstrip("".join(_EXTRA))


def _share(one: str, other: str) -> float:
    return 1.0 if one == other else SequenceMatcher(None, one, other, autojunk=False).ratio()
