"""Asks the store for what the figures are made of."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from studyllm.grading import shown
from studyllm.schedule import Day
from studyllm.statistics import figures
from studyllm.statistics.figures import MATURE, Heat, Statistics, Streak
from studyllm.statistics.standing import standing
from studyllm.store.tallies import Cell, Span

if TYPE_CHECKING:
    from studyllm.store import Store

FORECAST = 30
"""Days that are foretold."""
LISTED = 10
"""Rows of the hardest cards and of the points most often missed."""
_WEEKS = 53


class Period(StrEnum):
    """How far back figures look."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"

    def since(self, today: date) -> date | None:
        """The first day of the period that ends today; None: there is none."""
        days = {Period.WEEK: 7, Period.MONTH: 30, Period.YEAR: 365}.get(self)
        return today - timedelta(days=days - 1) if days else None


@dataclass(frozen=True, slots=True)
class Year:
    """What the home screen says of the days so far."""

    heat: Heat
    streak: Streak


def statistics(
    store: "Store",
    day: Day,
    now: datetime,
    *,
    deck: str | None = None,
    period: Period = Period.ALL,
    cells: Sequence[Cell] | None = None,
) -> Statistics:
    """Everything, of a deck or of all; raises InputError when there is no deck of that name. `cells`, where they are
    known already, are those of the deck's whole log, see `counted`."""
    if deck is not None:
        store.require(deck)
    today = day.of(now)
    counts = tuple(each for each in store.counts(today, day) if deck in (None, each.deck))
    every = counted(store, day, now, deck) if cells is None else cells
    since = period.since(today)
    some = tuple(cell for cell in every if since is None or cell.day >= since)
    memory = figures.remembered(some)
    days = figures.per_day(every)
    span = Span(now, day.start(since) if since else None, deck)
    return Statistics(
        today=today,
        deck=deck,
        since=since,
        counts=counts,
        reviews=sum(cell.reviews for cell in some),
        reviews_today=days.get(today, 0),
        retention=figures.rate(memory),
        young=figures.rate(cell for cell in memory if cell.age < MATURE),
        mature=figures.rate(cell for cell in memory if cell.age >= MATURE),
        ages=figures.by_age(memory),
        months=figures.by_month(memory),
        hours=figures.by_hour(some),
        work=figures.workload(some, since, today),
        forecast=store.figures.forecast(today, FORECAST, deck),
        streak=figures.streak(days, today),
        heat=figures.heat(days, today, _WEEKS),
        standing=standing(store, day, now, deck),
        retained=figures.retained(figures.remembered(every), today),
        retained_by_day=figures.retained_by_day(memory, today),
        grades=figures.by_grade(some),
        confidence=figures.by_confidence(some),
        hardest=store.figures.hardest(span, LISTED),
        missed=tuple(replace(one, point=shown(one.point)) for one in store.figures.missed(span, LISTED)),
        overruled=store.figures.overruled(span),
    )


def counted(store: "Store", day: Day, now: datetime, deck: str | None) -> tuple[Cell, ...]:
    """The whole log of a deck or of all, in groups: what takes longest, and holds for every period."""
    return store.figures.cells(day, Span(now, deck=deck))


def year(store: "Store", day: Day, now: datetime) -> Year:
    """The last 53 weeks, and the streak, however long it is."""
    today = day.of(now)
    first = today - timedelta(weeks=_WEEKS)
    days = store.figures.per_day(day, Span(now, day.start(first)))
    streak = figures.streak(days, today)
    if streak.current > _WEEKS * 7 - 14:
        days = store.figures.per_day(day, Span(now))
        streak = figures.streak(days, today)
    return Year(figures.heat(days, today, _WEEKS), streak)
