"""Which day near the one that the algorithm names: against clumps, and before an exam."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from studyllm.schedule.sm2 import LONGEST_INTERVAL

if TYPE_CHECKING:
    from random import Random

_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""From, to, share: Anki's fuzz, which the `fsrs` package has too. Intervals under 2.5 days are left alone."""
_LAST_LOOK = 3
"""Days before an exam over which what would come after it is asked once more."""


def _dice(seed: str) -> "Random":
    from random import Random  # late: the first frame needs no chance

    return Random(seed)


def reach(interval: int) -> tuple[int, int]:
    """The shortest and the longest interval that may stand for one, in days."""
    if interval < 2.5:
        return interval, interval
    delta = 1.0 + sum(share * max(0.0, min(interval, end) - start) for start, end, share in _FUZZ)
    least, most = round(interval - delta), round(interval + delta)
    return max(2, least), min(most, LONGEST_INTERVAL)


def some_day(today: date, interval: int, seed: str) -> date:
    """A day within reach, by seeded chance."""
    least, most = reach(interval)
    return today + timedelta(days=_dice(seed).randint(least, most))


def lightest(today: date, interval: int, seed: str, load: Callable[[date, date], Mapping[date, int]]) -> date:
    """The day within reach with the fewest cards due; of equals the one nearest to the interval, then chance."""
    least, most = reach(interval)
    if least == most:
        return today + timedelta(days=interval)
    first, last = today + timedelta(days=least), today + timedelta(days=most)
    known, dice = load(first, last), _dice(seed)
    days = [first + timedelta(days=n) for n in range(most - least + 1)]
    wanted = today + timedelta(days=interval)
    return min(days, key=lambda d: (known.get(d, 0), abs((d - wanted).days), dice.random()))


def before_exam(today: date, due: date, exam: date, seed: str, *, looked: date | None = None) -> date:
    """What would come on the day of an exam or later is asked once more in the last days before it. `looked` is the
    day of the last review, today unless told otherwise."""
    first = exam - timedelta(days=_LAST_LOOK)
    if due < exam or today >= exam or (looked or today) >= first:
        return due  # there is a look to come, or that was the last one
    first = max(first, today)
    return first + timedelta(days=_dice(seed).randrange((exam - first).days))
