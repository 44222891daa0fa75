"""Which day near the one that the algorithm names: against clumps, and before an exam."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from studyllm.schedule.day import Day
from studyllm.schedule.easy import Weight, every_day
from studyllm.schedule.progress import Learned
from studyllm.schedule.sm2 import LONGEST_INTERVAL

if TYPE_CHECKING:
    from random import Random

Load = Callable[[date, date], Mapping[date, int]]
"""How many cards are due on each day from the first to the last."""
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""From, to, share: Anki's fuzz, which the `fsrs` package has too. Intervals under 2.5 days are left alone."""
LAST_LOOKS = timedelta(days=3)
"""The days before an exam over which what would come after it is asked once more."""


def _dice(seed: str) -> "Random":
    from random import Random  # late: the first frame needs no chance

    return Random(seed)


def seed_of(card: int, today: date, interval: int) -> str:
    """What chance is seeded by when a card that was reviewed today gets its day."""
    return f"{card} {today} {interval}"


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


def lightest(
    today: date,
    interval: int,
    seed: str,
    load: Load,
    weight: Weight = every_day,
    *,
    after: date | None = None,
) -> date:
    """The day within reach with the fewest cards due for its weight; of equals the one nearest to the interval, then
    chance. A day of weight 0 only where all are. Days up to `after` (today unless told otherwise) are over."""
    least, most = reach(interval)
    if least == most:
        return today + timedelta(days=interval)
    first, last = today + timedelta(days=least), today + timedelta(days=most)
    known, dice = load(first, last), _dice(seed)
    days = [first + timedelta(days=n) for n in range(most - least + 1)]
    chances = {day: dice.random() for day in days}
    days = [day for day in days if day > (after or today)] or [last]
    days = [day for day in days if weight(day)] or days
    wanted = today + timedelta(days=interval)

    def fullness(day: date) -> tuple[float, int, float]:
        full = (known.get(day, 0) + 1) / (weight(day) or 1)
        return full, abs((day - wanted).days), chances[day]

    return min(days, key=fullness)


def eased(
    cards: Iterable[tuple[int, Learned]], today: date, day: Day, weight: Weight, load: Load
) -> dict[int, Learned]:
    """Cards that wait for an easy day or a day off and have a better one within reach, put there. Only days to come are
    looked at; a day out of reach was chosen otherwise, and stays."""
    waiting = [(card, one) for card, one in cards if one.due > today and weight(one.due) < 1]
    if not waiting:
        return {}
    last = max(one.due + timedelta(days=one.interval) for _, one in waiting)
    counts = Counter(load(today, last))
    moved = {}
    for card, one in waiting:
        asked = day.of(one.reviewed)
        least, most = reach(one.interval)
        if least == most or not least <= (one.due - asked).days <= most:
            continue
        counts[one.due] -= 1
        seed = seed_of(card, asked, one.interval)
        due = lightest(asked, one.interval, seed, lambda *_: counts, weight, after=today)
        counts[due] += 1
        if due != one.due:
            moved[card] = replace(one, due=due)
    return moved


def before_exam(today: date, due: date, exam: date, seed: str, *, looked: date | None = None) -> date:
    """What would come on the day of an exam or later is asked once more in the last days before it. `looked` is the
    day of the last review, today unless told otherwise."""
    first = exam - LAST_LOOKS
    if due < exam or today >= exam or (looked or today) >= first:
        return due  # there is a look to come, or that was the last one
    first = max(first, today)
    return first + timedelta(days=_dice(seed).randrange((exam - first).days))
