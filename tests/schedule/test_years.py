"""Whole years of one learner, with flights, and a clock that was wrong for a while."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import pytest

from studyllm.review.queue import ReviewQueue
from studyllm.schedule import (
    LEARN_AHEAD,
    Algorithm,
    Day,
    Grade,
    Learned,
    New,
    Progress,
    Scheduling,
    Spread,
    review,
)
from studyllm.store import Store
from tests.conftest import fill
from tests.schedule.zones import BEGIN, LORD_HOWE, NEW_YORK, ROLLOVER, SHANGHAI, ZONES, moment, told

CARDS = 12
TIMES = ("04:00", "04:30", "07:30", "12:00", "19:45", "23:30", "00:30", "01:30", "02:15", "02:45", "03:30")
"""When the learner sits down; those before four o'clock are in the night after."""
LAST = "03:59"
PLAIN = Scheduling()
FSRS = Scheduling(algorithm=Algorithm.FSRS)
SCHEDULINGS = pytest.mark.parametrize("scheduling", [PLAIN, FSRS], ids=["sm2", "fsrs"])


@dataclass(frozen=True)
class Sitting:
    """A moment at which the learner begins to study, and where."""

    now: datetime
    zone: ZoneInfo


def stay(zone: ZoneInfo, first: date, days: int, dice: Random) -> Iterator[Sitting]:
    """Every study day at some time, and sometimes once more just before it ends."""
    for number in range(days):
        day = first + timedelta(days=number)
        clocks = [dice.choice(TIMES)] + [LAST] * (dice.random() < 0.3)
        for clock in clocks:
            yield Sitting(moment(day, clock, zone), zone)


def journey(legs: Sequence[tuple[ZoneInfo, int]], dice: Random) -> list[Sitting]:
    """Days in one zone, a flight of 9 to 20 hours, days in the next: dates come twice, or only in part."""
    sittings: list[Sitting] = []
    arrival = moment(BEGIN, "04:00", legs[0][0])
    for zone, days in legs:
        sittings += [s for s in stay(zone, told(arrival, zone), days, dice) if s.now >= arrival]
        arrival = sittings[-1].now + timedelta(hours=dice.randint(9, 20))
    return sittings


def set_back(sittings: Sequence[Sitting], first: int, last: int, by: timedelta) -> list[Sitting]:
    """The same sittings by a clock that was wrong from one of them to another."""
    return [Sitting(s.now - by, s.zone) if first <= number < last else s for number, s in enumerate(sittings)]


@dataclass
class Diary:
    """What the learner sees happen, by the calendar on the wall alone."""

    exact: bool = True
    """Whether a card is due as many days on as its interval has."""
    asked: set[tuple[int, date]] = field(default_factory=set)
    due: dict[int, date] = field(default_factory=dict)
    questions: int = 0

    def ask(self, card_id: int, before: Progress, after: Learned, now: datetime, zone: ZoneInfo) -> None:
        """A question: on a day on which the card was not asked yet, and not before its day."""
        today = told(now, zone)
        old = before if isinstance(before, Learned) and before.again else None
        step = old is not None and old.memory is not None
        if old and old.again and (step or (today < old.due and told(old.again, zone) >= today)):
            kept = None if step else old.due
            assert old.again <= now + LEARN_AHEAD, "a repetition within the day"
        else:
            kept = None
            self.questions += 1
            assert (card_id, today) not in self.asked, f"card {card_id} came twice on {today}"
            assert self.due.get(card_id, today) <= today, f"card {card_id} came early on {today}"
            self.asked.add((card_id, today))
        if after.again is None or not after.memory:
            assert after.due > today, f"card {card_id} would come again on {today}"
            if self.exact:
                since = (
                    max(today, old.due) if old and step else today
                )  # a flight west makes a date come again
                assert after.due == (kept or since + timedelta(days=after.interval))
        self.due[card_id] = after.due

    def end(self, cards: dict[int, Progress], now: datetime, zone: ZoneInfo) -> None:
        """All is done: no card whose day has come is left, but for repetitions that are still to come today."""
        for card_id, progress in cards.items():
            assert isinstance(progress, Learned), f"card {card_id} was never shown"
            if not progress.again or told(progress.again, zone) < told(now, zone):
                assert self.due[card_id] > told(now, zone), f"card {card_id} was skipped"


def some_grade(dice: Random) -> Grade:
    return dice.choices(tuple(Grade), weights=(1, 3, 3, 5, 10, 2))[0]


def study(sittings: Sequence[Sitting], scheduling: Scheduling, dice: Random) -> Diary:
    """Lives through all sittings with the pure functions alone."""
    diary = Diary(exact=scheduling.spread is Spread.NONE)
    cards: dict[int, Progress] = {number: New() for number in range(CARDS)}

    def load(first: date, last: date) -> Mapping[date, int]:
        return Counter(p.due for p in cards.values() if isinstance(p, Learned) and first <= p.due <= last)

    for sitting in sittings:
        now, day = sitting.now, Day(sitting.zone, ROLLOVER)
        patient = dice.random() < 0.8
        while (card_id := wanted(cards, now, day, ahead=patient)) is not None:
            before = cards[card_id]
            after = review(before, some_grade(dice), now, day, scheduling, card=card_id, load=load)
            assert day.of(now) == told(now, sitting.zone)
            diary.ask(card_id, before, after, now, sitting.zone)
            cards[card_id] = after
            now += timedelta(seconds=dice.randint(5, 90))
        diary.end(cards, now, sitting.zone)
    return diary


def wanted(cards: dict[int, Progress], now: datetime, day: Day, *, ahead: bool) -> int | None:
    """The card to ask now, in the order of a queue; a patient learner waits for the last repetitions."""
    today = day.of(now)
    learned = {i: p for i, p in cards.items() if isinstance(p, Learned)}
    again = sorted((p.again, i) for i, p in learned.items() if p.again and day.of(p.again) >= today)
    if again and again[0][0] <= now:
        return again[0][1]
    for card_id, progress in cards.items():
        if not isinstance(progress, Learned):
            return card_id
        left_out = progress.again and day.of(progress.again) < today
        if progress.due <= today and (not progress.again or left_out):
            return card_id
    return again[0][1] if ahead and again and again[0][0] <= now + LEARN_AHEAD else None


def drilled(store: Store, sittings: Sequence[Sitting], dice: Random) -> Diary:
    """Lives through all sittings with a queue on a database."""
    diary = Diary()
    drills = {zone: ReviewQueue(store, Day(zone, ROLLOVER)) for zone in ZONES}
    for sitting in sittings:
        now, queue = sitting.now, drills[sitting.zone]
        while found := queue.next(now):
            asked, left = found
            assert left.all >= 1
            recorded = queue.record(asked, some_grade(dice), now)
            after = recorded.card.progress
            assert isinstance(after, Learned)
            diary.ask(asked.id, asked.progress, after, now, sitting.zone)
            now += timedelta(seconds=dice.randint(5, 90))
        diary.end({c.id: c.progress for c in store.cards()}, now, sitting.zone)
    return diary


@SCHEDULINGS
@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("seed", range(3))
def test_a_year_at_home_asks_every_card_once_on_its_day(
    zone: ZoneInfo, seed: int, scheduling: Scheduling
) -> None:
    dice = Random(seed)
    diary = study(list(stay(zone, BEGIN, 400, dice)), scheduling, dice)
    assert diary.questions > 10 * CARDS, "a year in which something happened"


@pytest.mark.parametrize("zone", ZONES, ids=str)
@pytest.mark.parametrize("spread", [Spread.FUZZ, Spread.BALANCE])
def test_a_year_with_days_that_vary(zone: ZoneInfo, spread: Spread) -> None:
    dice = Random(4)
    diary = study(list(stay(zone, BEGIN, 400, dice)), Scheduling(spread=spread), dice)
    assert diary.questions > 10 * CARDS


@SCHEDULINGS
@pytest.mark.parametrize("seed", range(8))
def test_a_year_of_flights_asks_every_card_once_on_its_day(seed: int, scheduling: Scheduling) -> None:
    dice = Random(seed)
    legs = [
        (zone, dice.randint(1, 9)) for _ in range(14) for zone in (SHANGHAI, NEW_YORK, LORD_HOWE, NEW_YORK)
    ]
    sittings = journey(legs, dice)
    days = [told(s.now, s.zone) for s in sittings]
    assert any(later < day for day, later in pairwise(days)) or len(set(days)) < len(days)
    diary = study(sittings, scheduling, dice)
    assert diary.questions > 10 * CARDS


@SCHEDULINGS
@pytest.mark.parametrize("hours", [1, 24, 26, 24 * 9])
@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_a_clock_set_back_and_put_right_again_asks_nothing_twice(
    zone: ZoneInfo, hours: int, scheduling: Scheduling
) -> None:
    dice = Random(hours)
    sittings = list(stay(zone, BEGIN, 150, dice))
    for first in (10, 50, 90):
        sittings = set_back(sittings, first, first + 12, timedelta(hours=hours))
    diary = study(sittings, scheduling, dice)
    assert diary.questions > 5 * CARDS


def at_home(dice: Random) -> list[Sitting]:
    """Lord Howe, over the change of its clocks on 5 April."""
    return list(stay(LORD_HOWE, date(2026, 3, 25), 20, dice))


def around_the_world(dice: Random) -> list[Sitting]:
    return journey([(SHANGHAI, 5), (NEW_YORK, 4), (LORD_HOWE, 4), (NEW_YORK, 4), (SHANGHAI, 5)], dice)


def with_a_wrong_clock(dice: Random) -> list[Sitting]:
    return set_back(list(stay(NEW_YORK, date(2026, 2, 26), 20, dice)), 8, 14, timedelta(days=1))


@SCHEDULINGS
@pytest.mark.parametrize("life", [at_home, around_the_world, with_a_wrong_clock], ids=lambda f: f.__name__)
def test_a_queue_on_a_database_asks_every_card_once_on_its_day(
    store: Store, life: Callable[[Random], list[Sitting]], scheduling: Scheduling
) -> None:
    dice = Random(7)
    fill(store, *(f"term {n}" for n in range(CARDS)))
    store.reschedule("words", scheduling, {}, datetime(2026, 1, 1, tzinfo=UTC))
    diary = drilled(store, life(dice), dice)
    assert diary.questions > 2 * CARDS
    assert store.journal.differences() == ()
