"""How long a day's cards take: answering them, reading the verdicts, and repeating what was missed."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from studyllm.schedule import Grade
from studyllm.store.tallies import Timed

if TYPE_CHECKING:
    from studyllm.store import Store

_LATELY = 500
"""Reviews that are looked at."""
_USUAL, _READING = 25.0, 5.0
"""Seconds from one card to the next while nobody knows better, and those of them that a verdict is read."""
_PAUSE = 120.0
"""More seconds than that after an answer, and the learner was away."""
_MISSED = 0.15
"""The share of cards that are asked again on the same day while nobody knows better."""
_WEIGHT = 10
"""So many reviews weigh as much as what is usual: a handful tells little."""
_MOST_MISSED = 0.6


def minutes(store: "Store", cards: int, again: int = 0) -> int:
    """How long so many cards take and so many that are to be repeated, as the learner's latest reviews went; at least
    1 for any."""
    if not cards and not again:
        return 0
    latest = store.figures.timed(_LATELY)
    missed = sum(one.grade < Grade.HARD for one in latest)
    share = min(_MOST_MISSED, (_WEIGHT * _MISSED + missed) / (_WEIGHT + len(latest)))
    taken = _taken(latest)
    each = (_WEIGHT * _USUAL + sum(taken)) / (_WEIGHT + len(taken))
    return max(1, round((cards / (1 - share) + again) * each / 60))


def _taken(latest: Sequence[Timed]) -> list[float]:
    """Seconds from card to card, the newest first; after a pause an answer and the usual time to read its verdict."""
    found = []
    for one, before in pairwise(latest):
        gap = (one.at - before.at).total_seconds()
        found.append(gap if one.seconds <= gap <= one.seconds + _PAUSE else one.seconds + _READING)
    return found + [one.seconds + _READING for one in latest[-1:]]
