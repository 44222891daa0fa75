"""How likely cards are recalled, told how long ago they were asked."""

import math

from studyllm.cards import Scheduling
from studyllm.schedule.scheduler import fsrs_of


def retrievability(scheduling: Scheduling, elapsed: int, interval: int, stability: float | None) -> float:
    """The probability, 0-1, so many days after the last review. Where FSRS knows no stability it is the exponential
    curve that passes 0.9 at the interval."""
    if stability is None:
        return math.pow(0.9, elapsed / max(1, interval))
    from studyllm.schedule import fsrs6

    return fsrs6.retrievability(fsrs_of(scheduling), elapsed, stability)
