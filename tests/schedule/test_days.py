"""Study days: where they begin and end, through every change of clocks."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyllm.cards import Deck
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import (
    Day,
    Grade,
    New,
    review,
)
from studyllm.store import Changes, Store
from tests.conftest import card
from tests.schedule.zones import BEGIN, LORD_HOWE, NEW_YORK, ROLLOVER, SHANGHAI, ZONES, moment

NEIGHBOURS = (
    *(("Africa/Casablanca", 0), ("America/Havana", 0), ("America/Sao_Paulo", 0), ("Pacific/Chatham", 4)),
    *(("Europe/Dublin", 2), ("Asia/Tehran", 0), ("Asia/Kathmandu", 4), ("UTC", 0), ("Pacific/Kiritimati", 4)),
    *((zone.key, rollover) for zone in ZONES for rollover in (0, 1, 2, 3, 4, 6)),
)


@given(
    st.sampled_from(NEIGHBOURS),
    st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
)
def test_every_moment_is_in_the_study_day_that_it_is_said_to_be_in(
    place: tuple[str, int], now: datetime
) -> None:
    day = Day(ZoneInfo(place[0]), place[1])
    today = day.of(now)
    assert day.start(today) <= now < day.start(today + timedelta(days=1))


@pytest.mark.parametrize("place", NEIGHBOURS, ids=lambda p: f"{p[0]} at {p[1]}")
def test_study_days_follow_each_other_through_every_change_of_clocks(place: tuple[str, int]) -> None:
    day = Day(ZoneInfo(place[0]), place[1])
    first = date(2026, 1, 1)
    starts = [day.start(first + timedelta(days=n)) for n in range(731)]
    for number, (start, end) in enumerate(pairwise(starts)):
        today = first + timedelta(days=number)
        assert timedelta(hours=23) <= end - start <= timedelta(hours=25)
        assert day.of(start) == today == day.of(end - timedelta(microseconds=1))
        assert day.of(start - timedelta(microseconds=1)) == today - timedelta(days=1)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (NEW_YORK, date(2026, 3, 7), 23),
        (NEW_YORK, date(2026, 10, 31), 25),
        (LORD_HOWE, date(2026, 4, 4), 24.5),
        (LORD_HOWE, date(2026, 10, 3), 23.5),
        (SHANGHAI, date(2026, 3, 7), 24),
    ],
    ids=str,
)
def test_a_study_day_is_as_long_as_its_clocks_make_it(zone: ZoneInfo, day: date, hours: float) -> None:
    calendar = Day(zone, ROLLOVER)
    long = calendar.start(day + timedelta(days=1)) - calendar.start(day)
    assert long == timedelta(hours=hours)


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_the_late_evening_is_still_today(zone: ZoneInfo) -> None:
    day = Day(zone, ROLLOVER)
    for clock in ("01:30", "03:59"):
        assert day.of(moment(BEGIN, clock, zone)) == BEGIN
    assert day.of(moment(BEGIN, "04:00", zone)) == BEGIN


def test_the_hour_that_comes_twice_is_one_day_both_times() -> None:
    day = Day(NEW_YORK, ROLLOVER)
    for fold in (0, 1):
        now = datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK, fold=fold)
        assert day.of(now.astimezone(UTC)) == date(2026, 10, 31)


def test_a_flight_west_does_not_bring_back_what_was_done_on_that_date() -> None:
    done = review(New(), Grade.GOOD, moment(BEGIN, "19:45", SHANGHAI), Day(SHANGHAI, ROLLOVER))
    landed = moment(BEGIN, "19:45", SHANGHAI) + timedelta(hours=14)
    assert Day(NEW_YORK, ROLLOVER).of(landed) == BEGIN, "the same date once more"
    assert done.due == BEGIN + timedelta(days=1)


def test_the_limit_of_new_cards_is_one_for_the_whole_day(store: Store) -> None:
    day, zone = Day(SHANGHAI, ROLLOVER), SHANGHAI
    limit_is_one_a_day(store, day, date(2026, 3, 7), zone)


def test_the_limit_of_new_cards_is_one_for_a_day_of_25_hours(store: Store) -> None:
    limit_is_one_a_day(store, Day(NEW_YORK, ROLLOVER), date(2026, 10, 31), NEW_YORK)


def limit_is_one_a_day(store: Store, day: Day, today: date, zone: ZoneInfo) -> None:
    cards = tuple(card(f"term {n}", line=n + 1) for n in range(4))
    store.apply(Deck("words", new_per_day=2), Changes(added=cards), day.start(today))
    now = moment(today, "03:30", zone)
    queue = ReviewQueue(store, day)
    for _ in range(2):
        found = queue.next(now)
        assert found is not None
        queue.record(found[0], Grade.GOOD, now)
        queue.refresh()
    assert queue.next(now) is None
