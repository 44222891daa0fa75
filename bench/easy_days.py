"""Easy days in the simulation: half of a day's reviews on Saturdays, none on Sundays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import fmean
from typing import TYPE_CHECKING

from bench.learners import SETTLED
from studyllm.cards import Algorithm, Scheduling, Spread

if TYPE_CHECKING:
    from bench.simulate import Outcome

_WEEK = (1, 1, 1, 1, 1, 0.5, 0)
EASY = {
    "SM-2 easy days": Scheduling(spread=Spread.BALANCE, easy_days=_WEEK),
    "FSRS easy days": Scheduling(algorithm=Algorithm.FSRS, spread=Spread.BALANCE, easy_days=_WEEK),
}


def weekends(outcomes: Sequence[Outcome], names: Sequence[str], first: date) -> None:
    """Reviews asked on the days of the week, once a learner has settled."""
    print(f"\n{'asked on a day of study':23}{'Mon-Fri':>9}{'Sat':>9}{'Sun':>9}")
    for name in names:
        loads: dict[int, list[int]] = {5: [], 6: [], 0: []}
        for one in outcomes:
            for number, load in enumerate(one.courses[name].asked):
                if number >= SETTLED and one.learner.studies[number]:
                    weekday = (first + timedelta(days=number)).weekday()
                    loads[weekday if weekday > 4 else 0].append(load)
        print(f"{name:23}" + "".join(f"{fmean(loads[at]):9.1f}" for at in (0, 5, 6)))
