"""Where the cards stand now: what of them is known, and how strong and how hard they are."""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from studyllm.schedule import Day
from studyllm.schedule.recall import retrievability
from studyllm.statistics.figures import Knowledge, Standing, spread

if TYPE_CHECKING:
    from studyllm.store import Store

_DAYS = (0, 1, 7, 21, 60, 180, 365)
"""Lower edges of the classes of intervals and stabilities."""
_EASES = (1.3, 1.7, 2.1, 2.5, 2.9)
_LEAST = 0.1
"""Days of stability of what was rounded to none."""
_DIFFICULTIES = (1, 3, 5, 7, 9)


def standing(store: "Store", day: Day, now: datetime, deck: str | None) -> Standing:
    """Of a deck or of all."""
    strengths, eases = store.figures.strengths(day, now, deck), store.figures.eases(deck)
    schedulings = store.schedulings()
    intervals: Counter[float] = Counter()
    stabilities: Counter[float] = Counter()
    known, seen = 0.0, 0
    for one in strengths:
        seen += one.cards
        stability = None if one.stability is None else max(_LEAST, one.stability)
        if not one.owed:
            known += one.cards * retrievability(schedulings[one.deck], one.elapsed, one.interval, stability)
        if one.stability is None:
            intervals[one.interval] += one.cards
        else:
            stabilities[one.stability] += one.cards
    hard: Counter[float] = Counter()
    easy: Counter[float] = Counter()
    for each in eases:
        if each.difficulty is None:
            easy[each.ease] += each.cards
        else:
            hard[each.difficulty] += each.cards
    return Standing(
        Knowledge(known, seen),
        intervals=spread(intervals, _DAYS),
        eases=spread(easy, _EASES, 0.1),
        stabilities=spread(stabilities, _DAYS),
        difficulties=spread(hard, _DIFFICULTIES),
    )
