"""Figures as pure functions of what the store counted; all days are study days."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from studyllm.store import Counts
from studyllm.store.tallies import AGES, Cell, Hard, MissedPoint, Overruled
from studyllm.verdicts import Confidence

MATURE = 21
"""Days: from this interval on a card is mature, before it is young."""
LEVELS = 4
"""How many strengths a day with reviews can have in the heat map."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some reviews were recalled."""

    reviews: int = 0
    recalled: int = 0

    @property
    def share(self) -> float | None:
        """0-1; None without a review."""
        return self.recalled / self.reviews if self.reviews else None


@dataclass(frozen=True, slots=True)
class DayWork:
    """What was done on a day."""

    day: date
    reviews: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row with a review."""

    current: int
    """Up to today or, where today has none yet, yesterday."""
    longest: int
    days: int
    """All days with a review."""


@dataclass(frozen=True, slots=True)
class Heat:
    """Reviews a day, week by week: a week has seven days from Monday, of which the future ones are None."""

    monday: date
    """The first day."""
    weeks: tuple[tuple[int | None, ...], ...]
    steps: tuple[int, ...]
    """From how many reviews on a day has level 2, 3 and so on; a day with any has level 1."""

    def level(self, reviews: int) -> int:
        """0 without a review, up to LEVELS."""
        return 1 + sum(reviews >= step for step in self.steps) if reviews else 0

    @property
    def reviews(self) -> int:
        return sum(count or 0 for week in self.weeks for count in week)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How much is known today, by what the schedulers foretell."""

    known: float
    """Cards: the sum of the probabilities that each is recalled; of one that waits to be repeated, none."""
    seen: int
    """Cards that were asked at least once, those that are never asked again left out."""


@dataclass(frozen=True, slots=True)
class Retained:
    """What was recalled on a later day, of young cards and of mature ones."""

    young: Rate
    mature: Rate

    @property
    def both(self) -> Rate:
        return Rate(self.young.reviews + self.mature.reviews, self.young.recalled + self.mature.recalled)


class Maturity(StrEnum):
    """How far a card was when it was asked."""

    LEARNING = "learning"
    """For the first time, or on a day on which it was asked before."""
    YOUNG = "young"
    MATURE = "mature"


@dataclass(frozen=True, slots=True)
class Spread:
    """How many cards lie in each class of some number; the lower edge of each class comes with it."""

    classes: tuple[tuple[float, int], ...] = ()
    median: float | None = None
    step: float = 1
    """From one number to the next."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the cards stand now, by what their scheduler keeps: intervals and ease of SM-2, stability and difficulty of
    FSRS."""

    knowledge: Knowledge
    intervals: Spread
    eases: Spread
    stabilities: Spread
    difficulties: Spread


@dataclass(frozen=True, slots=True)
class Statistics:
    """All figures as of one day."""

    today: date
    deck: str | None
    """None: of all decks."""
    since: date | None
    """The first day that counts for retention, hours, workload, the hardest and the overruled; None: all days."""
    counts: tuple[Counts, ...]
    reviews: int
    reviews_today: int
    retention: Rate
    young: Rate
    mature: Rate
    ages: tuple[tuple[int, Rate], ...]
    """By the lower edge of the interval, in days."""
    months: tuple[tuple[date, Rate], ...]
    """By the first of the month."""
    hours: tuple[Rate, ...]
    """By hour of the clock, 24 of them; all reviews."""
    work: tuple[DayWork, ...]
    """Every day, those without a review as well, up to today."""
    forecast: tuple[int, ...]
    """Cards due from today on; what is overdue counts today."""
    streak: Streak
    heat: Heat
    standing: Standing
    retained: tuple[tuple[str, Retained], ...]
    """True retention of today, yesterday, and the last 7, 30 and 365 days, and of all; by name."""
    retained_by_day: tuple[tuple[date, Rate], ...]
    """Every day from the first with a review on a later day, up to today."""
    grades: Mapping[Maturity, tuple[int, ...]]
    """How often each grade, 0-5, was given."""
    confidence: tuple[Rate, ...]
    """Of answers at each `Confidence`, how many were recalled."""
    hardest: tuple[Hard, ...]
    missed: tuple[MissedPoint, ...]
    overruled: tuple[Overruled, ...]


def rate(cells: Iterable[Cell]) -> Rate:
    """Of all those reviews."""
    reviews = recalled = 0
    for cell in cells:
        reviews += cell.reviews
        recalled += cell.recalled
    return Rate(reviews, recalled)


def remembered(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """The reviews that tell of memory: those on a later day than the card's last one."""
    return tuple(cell for cell in cells if cell.later)


def by_age(cells: Collection[Cell]) -> tuple[tuple[int, Rate], ...]:
    """Each class of intervals that came up, the shortest first."""
    found = ((age, rate(cell for cell in cells if cell.age == age)) for age in AGES)
    return tuple((age, each) for age, each in found if each.reviews)


def by_month(cells: Iterable[Cell]) -> tuple[tuple[date, Rate], ...]:
    """Each month with a review, the earliest first."""
    months: dict[date, list[Cell]] = {}
    for cell in cells:
        months.setdefault(cell.day.replace(day=1), []).append(cell)
    return tuple((month, rate(months[month])) for month in sorted(months))


def by_hour(cells: Iterable[Cell]) -> tuple[Rate, ...]:
    """24 hours of the clock."""
    hours: tuple[list[Cell], ...] = tuple([] for _ in range(24))
    for cell in cells:
        hours[cell.hour].append(cell)
    return tuple(map(rate, hours))


def per_day(cells: Iterable[Cell]) -> dict[date, int]:
    """Reviews of each day that has any."""
    days: dict[date, int] = {}
    for cell in cells:
        days[cell.day] = days.get(cell.day, 0) + cell.reviews
    return days


def workload(cells: Iterable[Cell], first: date | None, today: date) -> tuple[DayWork, ...]:
    """Every day from `first`, or from the first with a review, up to today."""
    days: dict[date, tuple[int, float]] = {}
    for cell in cells:
        reviews, seconds = days.get(cell.day, (0, 0.0))
        days[cell.day] = reviews + cell.reviews, seconds + cell.seconds
    begin = first or min(days, default=today)
    span = (begin + timedelta(days=number) for number in range((today - begin).days + 1))
    return tuple(DayWork(day, *days.get(day, (0, 0.0))) for day in span)


def streak(days: Collection[date], today: date) -> Streak:
    """Of the days with a review."""
    known = {day for day in days if day <= today}
    one = timedelta(days=1)
    lengths: dict[date, int] = {}
    for day in sorted(known):
        lengths[day] = lengths.get(day - one, 0) + 1
    current = lengths.get(today) or lengths.get(today - one, 0)
    return Streak(current, max(lengths.values(), default=0), len(known))


def heat(days: Mapping[date, int], today: date, weeks: int = 53) -> Heat:
    """So many weeks up to the one of today; the levels are quarters of the days that have reviews."""
    monday = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    each = [
        tuple(
            None if (day := monday + timedelta(weeks=week, days=number)) > today else days.get(day, 0)
            for number in range(7)
        )
        for week in range(weeks)
    ]
    busy = sorted(count for week in each for count in week if count)
    steps = tuple(
        busy[min(len(busy) - 1, len(busy) * quarter // LEVELS)] for quarter in range(1, LEVELS) if busy
    )
    if busy and busy[0] == busy[-1]:
        steps = (busy[0], busy[0] + 1, busy[0] + 2)  # all days alike: the middle, not the strongest
    return Heat(monday, tuple(each), steps)


_SPANS = (("today", 1, 0), ("yesterday", 1, 1), ("week", 7, 0), ("month", 30, 0), ("year", 365, 0))
"""Name of a span, days of it, and how many days ago its last one is."""


def retained(memory: Collection[Cell], today: date) -> tuple[tuple[str, Retained], ...]:
    """True retention of each span of days, of reviews that tell of memory; the longest last."""
    found = []
    for name, days, ago in _SPANS:
        last = today - timedelta(days=ago)
        first = last - timedelta(days=days - 1)
        found.append((name, _retained(cell for cell in memory if first <= cell.day <= last)))
    return (*found, ("all", _retained(memory)))


def _retained(memory: Iterable[Cell]) -> Retained:
    young: list[Cell] = []
    mature: list[Cell] = []
    for cell in memory:
        (mature if cell.age >= MATURE else young).append(cell)
    return Retained(rate(young), rate(mature))


def retained_by_day(memory: Iterable[Cell], today: date) -> tuple[tuple[date, Rate], ...]:
    """Every day from the first that has such a review up to today."""
    days: dict[date, list[Cell]] = {}
    for cell in memory:
        days.setdefault(cell.day, []).append(cell)
    if not days:
        return ()
    first = min(days)
    span = (first + timedelta(days=number) for number in range((today - first).days + 1))
    return tuple((day, rate(days.get(day, ()))) for day in span)


def by_grade(cells: Iterable[Cell]) -> dict[Maturity, tuple[int, ...]]:
    """How often each grade was given, by how far the cards were."""
    found = {maturity: [0] * 6 for maturity in Maturity}
    for cell in cells:
        mature = Maturity.MATURE if cell.age >= MATURE else Maturity.YOUNG
        counts = found[mature if cell.later else Maturity.LEARNING]
        for grade, count in enumerate(cell.grades):
            counts[grade] += count
    return {maturity: tuple(counts) for maturity, counts in found.items()}


def by_confidence(cells: Iterable[Cell]) -> tuple[Rate, ...]:
    """What was recalled of the answers at each confidence."""
    sums = [[0, 0] for _ in Confidence]
    for cell in cells:
        for sum_, (answers, recalled) in zip(sums, cell.weighed, strict=True):
            sum_[0] += answers
            sum_[1] += recalled
    return tuple(Rate(answers, recalled) for answers, recalled in sums)


def spread(counted: Mapping[float, int], edges: Sequence[float], step: float = 1) -> Spread:
    """Numbers that so many cards have, in classes from each edge up to the next; nothing of no cards. What lies below
    the first edge counts there."""
    total = sum(counted.values())
    if not total:
        return Spread()
    classes = [0] * len(edges)
    for value, count in counted.items():
        classes[max(0, bisect_right(edges, value) - 1)] += count
    passed, median = 0, 0.0
    for value in sorted(counted):
        passed += counted[value]
        median = value
        if 2 * passed >= total:
            break
    return Spread(tuple(zip(edges, classes, strict=True)), median, step)
