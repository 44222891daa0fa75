"""What it costs in time to repeat what was missed, from the log of a deck."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from studyllm.schedule import Day, Grade, Scheduling, tries

if TYPE_CHECKING:
    from studyllm.store import Store

_DAYS = 30
"""Days that are looked at."""
_SECONDS = 20.0
"""An answer, where none was timed."""
_TIMED = 500
"""Answers that tell how long one usually takes."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Minutes on a day of study."""

    minutes: float
    """For all answers to cards that were missed on that day."""
    more: float
    """Of those, for what `correct` adds to what the deck's steps ask for anyway."""


def cost(store: "Store", day: Day, deck: str, scheduling: Scheduling, now: datetime) -> Cost | None:
    """What a deck's `correct` would have taken in the last days of study; None where nothing was missed in them."""
    since = day.start(day.of(now) - timedelta(days=_DAYS))
    days: defaultdict[date, list[list[Grade]]] = defaultdict(list)
    for history in store.journal.histories(deck, since).values():
        for today, answers in groupby(history, key=lambda answer: day.of(answer[0])):
            days[today].append([grade for _, grade in answers])
    asked_anyway = 1 if scheduling.relearning_steps else 0
    needed = max(scheduling.correct, asked_anyway)
    every = [grades for day_ in days.values() for grades in day_]
    count, anyway = (sum(tries(grades, correct) for grades in every) for correct in (needed, asked_anyway))
    if not count:
        return None
    from statistics import median  # late: it takes twenty milliseconds

    taken = [one.seconds for one in store.figures.timed(_TIMED)]
    minutes = (median(taken) if taken else _SECONDS) / 60 / len(days)
    return Cost(count * minutes, (count - anyway) * minutes)
