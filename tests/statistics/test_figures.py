"""A small log that was counted by hand, and sums that must hold for any."""

import itertools
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyllm.cards import Deck
from studyllm.errors import InputError
from studyllm.schedule import Day, Learned, Progress
from studyllm.statistics import Period, figures, minutes, statistics, year
from studyllm.statistics.bars import across, columns_of, fit, upright
from studyllm.statistics.figures import Rate
from studyllm.statistics.lines import axis
from studyllm.statistics.page import heat_map
from studyllm.statistics.pages import sections
from studyllm.store import Changes, JudgedPoint, Review, ReviewDetail, Store, Update
from studyllm.store.clock import offsets
from studyllm.store.tallies import AGES, Cell, Span
from studyllm.verdicts import State
from tests.conftest import NOW, card, fill

DAY = Day(UTC, 4)
TODAY = date(2026, 3, 2)
"""The study day of NOW."""


def learned(reviewed: datetime, interval: int) -> Learned:
    return Learned(1, interval, 2.5, 0, reviewed, DAY.of(reviewed) + timedelta(days=interval))


def reviewed(
    store: Store,
    card_id: int,
    at: datetime,
    grade: int,
    interval: int = 1,
    *,
    verdict: str | None = None,
    suggested: int | None = None,
    missed: tuple[str, ...] = (),
    seconds: float | None = None,
) -> None:
    """A review that leaves the card with that interval."""
    points = (*(JudgedPoint(text, State.MISSED) for text in missed), JudgedPoint("said", State.HIT))
    before: Progress = store.card(card_id).progress
    store.record(
        Review(
            card_id,
            at,
            grade,
            before,
            learned(at, interval),
            verdict=verdict,
            suggested=suggested,
            detail=ReviewDetail(points=points, seconds=seconds),
        )
    )


def ago(days: int, hour: int = 9) -> datetime:
    return NOW.replace(hour=hour) - timedelta(days=days)


@pytest.fixture
def lived(store: Store) -> Store:
    """Two decks. Reviews by day: 40 days ago 2, 30 ago 1, 2 ago 3, yesterday 1, today 1; one was taken back."""
    fill(store, "softmax", "residual", deck="models")
    fill(store, "vitamin", deck="health")
    reviewed(store, 1, ago(40), 4, 10, seconds=10)
    reviewed(store, 2, ago(40, 23), 1, 1, seconds=500)
    reviewed(store, 1, ago(30), 5, 28, verdict="correct", suggested=4)
    reviewed(store, 2, ago(2, 8), 2, 3, verdict="correct", suggested=4, missed=("adds its input",))
    reviewed(store, 2, ago(2, 8) + timedelta(minutes=20), 4, 3, verdict="partial", suggested=4)
    reviewed(store, 1, ago(2), 1, 1, verdict="incorrect", suggested=1, missed=("sums to one",))
    reviewed(store, 2, ago(1, 3) + timedelta(days=1), 1, 1, missed=("adds its input",), verdict="incorrect")
    reviewed(store, 3, NOW - timedelta(hours=1), 4, 6)
    reviewed(store, 1, NOW, 5, 99)
    store.journal.undo(NOW)
    return store


def test_a_log_is_counted_as_by_hand(lived: Store) -> None:
    found = statistics(lived, DAY, NOW)
    assert (found.reviews, found.reviews_today) == (8, 1)
    assert found.streak == figures.Streak(current=3, longest=3, days=5)
    assert found.retention == Rate(4, 1), (
        "first reviews and repetitions of the same day tell nothing of memory"
    )
    assert found.ages == ((1, Rate(2, 0)), (8, Rate(1, 1)), (21, Rate(1, 0)))
    assert (found.young, found.mature) == (Rate(3, 1), Rate(1, 0))
    assert found.months == (
        (date(2026, 1, 1), Rate(1, 1)),
        (date(2026, 2, 1), Rate(2, 0)),
        (date(2026, 3, 1), Rate(1, 0)),
    )
    assert {hour: each.reviews for hour, each in enumerate(found.hours) if each.reviews} == {
        3: 1,
        8: 3,
        9: 3,
        23: 1,
    }


def test_hard_cards_missed_points_and_overruled_verdicts_are_named(lived: Store) -> None:
    found = statistics(lived, DAY, NOW)
    assert [(one.term, one.failed, one.reviews) for one in found.hardest] == [
        ("residual", 3, 4),
        ("softmax", 1, 3),
    ]
    assert [(one.point, one.times) for one in found.missed] == [("adds its input", 2), ("sums to one", 1)]
    assert {one.label: (one.verdicts, one.raised, one.lowered) for one in found.overruled} == {
        "correct": (2, 0, 1),
        "partial": (1, 0, 0),
        "incorrect": (1, 0, 0),
    }


def test_a_grade_of_the_same_label_overrules_nothing(store: Store) -> None:
    fill(store, "residual")
    told = [("correct", 5, 4), ("correct", 5, 3), ("correct", 4, 2), ("incorrect", 1, 0), ("incorrect", 1, 3)]
    told += [("partial", 2, 3), ("partial", 2, 5), ("partial", 2, 1)]
    for day, (verdict, suggested, chosen) in enumerate(told, 1):
        reviewed(store, 1, ago(20 - day), chosen, verdict=verdict, suggested=suggested)
    found = statistics(store, DAY, NOW).overruled
    assert {one.label: (one.verdicts, one.raised, one.lowered) for one in found} == {
        "correct": (3, 0, 1),
        "incorrect": (2, 1, 0),
        "partial": (3, 1, 1),
    }


def test_work_counts_every_day_and_no_answer_longer_than_two_minutes(lived: Store) -> None:
    work = {one.day: (one.reviews, one.seconds) for one in statistics(lived, DAY, NOW).work}
    first = date(2026, 1, 21)
    assert len(work) == 41
    assert work[first] == (2, 130.0)
    assert work[first + timedelta(days=1)] == (0, 0.0)
    assert [work[TODAY - timedelta(days=number)][0] for number in range(3)] == [1, 1, 3]


def test_what_is_overdue_counts_today(lived: Store) -> None:
    found = statistics(lived, DAY, NOW)
    assert found.forecast[0] == 2, "softmax came due yesterday, residual today"
    assert found.forecast[6] == 1, "vitamin"
    assert sum(found.forecast) == 3
    lived.suspend(1, NOW)
    assert statistics(lived, DAY, NOW).forecast[0] == 1


def test_a_deck_and_a_period_narrow_everything(lived: Store) -> None:
    health = statistics(lived, DAY, NOW, deck="health")
    assert (health.reviews, [count.deck for count in health.counts], sum(health.forecast)) == (
        1,
        ["health"],
        1,
    )
    assert health.hardest == ()
    week = statistics(lived, DAY, NOW, period=Period.WEEK)
    assert (week.since, week.reviews, len(week.work)) == (date(2026, 2, 24), 5, 7)
    assert week.streak.days == 5, "a streak knows no period"
    assert [(one.term, one.failed) for one in week.hardest] == [("residual", 2), ("softmax", 1)]
    with pytest.raises(InputError):
        statistics(lived, DAY, NOW, deck="nothing")


def test_the_future_does_not_count(lived: Store) -> None:
    assert statistics(lived, DAY, NOW - timedelta(days=20)).reviews == 3


def test_the_day_costs_what_answers_and_their_verdicts_took_lately(store: Store) -> None:
    fill(store, "softmax")
    assert (minutes(store, 0), minutes(store, 1), minutes(store, 30)) == (0, 1, 15)
    for number in range(100):
        reviewed(store, 1, NOW + timedelta(minutes=number), 4, seconds=40.0)
    assert minutes(store, 30) in (29, 30), "a minute from card to card, whatever of it was typing"
    assert minutes(store, 0, 30) in (28, 29)


def test_a_handful_of_reviews_tells_little_of_how_long_the_day_takes(store: Store) -> None:
    fill(store, "softmax")
    before = minutes(store, 40)
    for number in range(5):
        reviewed(store, 1, NOW + timedelta(seconds=3 * number), 4, seconds=1.5)
    assert before / 2 < minutes(store, 40) < before


def test_a_pause_is_no_part_of_an_answer_and_what_is_missed_is_asked_again(store: Store) -> None:
    fill(store, "softmax")
    for number in range(60):
        reviewed(store, 1, NOW + timedelta(hours=number), 4, seconds=20.0)
    assert minutes(store, 100) == 43
    for number in range(60, 120):
        reviewed(store, 1, NOW + timedelta(hours=number), 1, seconds=20.0)
    assert minutes(store, 100) == 79


def test_names_of_months_stand_apart() -> None:
    assert axis([(0, "Oct"), (3, "Nov"), (5, "Dec")]) == (("Oct  Dec", "muted"),)
    assert axis([(0, "10月"), (4, "11月"), (6, "12月"), (8, "1月")]) == (("10月  12月", "muted"),)


def test_the_streak_is_longer_than_the_heat_map(store: Store) -> None:
    fill(store, "softmax")
    for number in range(400, -1, -1):
        reviewed(store, 1, ago(number), 4)
    found = year(store, DAY, NOW)
    assert (found.streak.current, found.heat.reviews) == (401, 52 * 7 + 1)


def test_days_follow_the_clock_on_the_wall(store: Store) -> None:
    """New York turns its clocks on 2026-03-08; 4 am is 9 o'clock UTC before and 8 o'clock after."""
    new_york = Day(ZoneInfo("America/New_York"), 4)
    fill(store, "softmax")
    moments = [
        datetime(2026, month, day, hour, minute, tzinfo=UTC)
        for month, day in ((3, 7), (3, 8), (3, 9), (11, 1), (11, 2))
        for hour in (7, 8, 9)
        for minute in (0, 59)
    ]
    for moment in moments:
        reviewed(store, 1, moment, 4)
    cells = store.figures.cells(new_york, Span(datetime(2027, 1, 1, tzinfo=UTC)))
    told = sorted((cell.day, cell.hour) for cell in cells for _ in range(cell.reviews))
    assert told == sorted((new_york.of(at), at.astimezone(new_york.zone).hour) for at in moments)


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(
        ("Asia/Shanghai", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Pacific/Apia")
    ),
    st.integers(1_200_000_000, 1_900_000_000),
)
def test_offsets_are_those_of_the_zone(name: str, second: int) -> None:
    zone = ZoneInfo(name)
    first, last = datetime(2008, 1, 1, tzinfo=UTC), datetime(2030, 6, 1, tzinfo=UTC)
    *some, (_, after) = offsets(zone, first, last)
    found = next((offset for until, offset in some if second < until), after)
    real = datetime.fromtimestamp(second, UTC).astimezone(zone).utcoffset()
    assert real == timedelta(seconds=found)


cells = st.builds(
    Cell,
    day=st.dates(date(2024, 1, 1), TODAY),
    hour=st.integers(0, 23),
    age=st.sampled_from((0, *AGES)),
    later=st.booleans(),
    reviews=st.integers(1, 50),
    recalled=st.just(0),
    seconds=st.floats(0, 1000),
)


@settings(deadline=None)
@given(st.lists(cells))
def test_no_review_is_lost_on_the_way(some: list[Cell]) -> None:
    every = sum(cell.reviews for cell in some)
    assert sum(figures.per_day(some).values()) == every
    assert sum(one.reviews for one in figures.workload(some, None, TODAY)) == every
    assert sum(each.reviews for each in figures.by_hour(some)) == every
    assert sum(each.reviews for _, each in figures.by_month(some)) == every
    assert sum(each.reviews for _, each in figures.by_age(some)) == sum(c.reviews for c in some if c.age)


@settings(deadline=None)
@given(st.dictionaries(st.dates(date(2025, 1, 1), TODAY), st.integers(1, 500)), st.integers(1, 60))
def test_the_heat_map_holds_each_review_of_its_weeks(days: dict[date, int], weeks: int) -> None:
    heat = figures.heat(days, TODAY, weeks)
    assert heat.reviews == sum(count for day, count in days.items() if day >= heat.monday)
    assert all(len(week) == 7 for week in heat.weeks)
    levels = [heat.level(count) for count in sorted(c for week in heat.weeks for c in week if c is not None)]
    assert levels == sorted(levels)
    assert set(levels) <= {0, 1, 2, 3, 4}
    for width in (40, 56, 76, 116):
        assert all(columns_of("".join(text for text, _ in line)) <= width for line in heat_map(heat, width))


@settings(deadline=None)
@given(st.sets(st.dates(date(2026, 1, 1), TODAY)))
def test_a_streak_ends_where_a_day_is_missing(days: set[date]) -> None:
    found = figures.streak(days, TODAY)
    last = TODAY if TODAY in days else TODAY - timedelta(days=1)
    assert all(last - timedelta(days=number) in days for number in range(found.current))
    assert last - timedelta(days=found.current) not in days
    assert found.current <= found.longest <= found.days == len(days)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(-20, 60), max_size=12))
def test_every_card_that_comes_due_is_foretold_once(
    tmp_path_factory: pytest.TempPathFactory, offs: list[int]
) -> None:
    with Store(tmp_path_factory.mktemp("home") / "study.db") as store:
        fill(store, *(f"term {number}" for number in range(len(offs))), "unseen")
        for number, off in enumerate(offs, 1):
            reviewed(store, number, NOW - timedelta(days=30), 4, 30 + off)
        told = store.figures.forecast(TODAY, 30)
    assert sum(told) == sum(off < 30 for off in offs)
    assert told[0] == sum(off <= 0 for off in offs)


def test_no_history_makes_a_page_as_well(store: Store) -> None:
    store.apply(Deck("words"), Changes(added=(card("softmax"),)), NOW)
    found = statistics(store, DAY, NOW)
    assert found.retention.share is None
    assert all(section.lines for section in sections(found, 40))


@pytest.mark.parametrize("width", [40, 56, 80, 116])
def test_a_page_is_no_wider_than_the_screen(lived: Store, width: int) -> None:
    for section in sections(statistics(lived, DAY, NOW), width):
        for line in section.lines:
            assert columns_of("".join(text for text, _ in line)) <= width, section.title


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    assert (across(0, 8), across(0.5, 8), across(1, 8), across(0.001, 8)) == ("", "████", "████████", "▏")
    assert upright([0, 1, 4], 2) == ("  █", " ▄█")
    assert (fit("注意力机制", 7), fit("ab", 4)) == ("注意力…", "ab  ")


@pytest.mark.parametrize("width", [58, 76, 120])
def test_the_months_of_a_year_stand_evenly_and_the_last_is_among_them(width: int) -> None:
    for start in range(0, 365, 5):
        heat = figures.heat({}, TODAY + timedelta(days=start))
        named = "".join(text for text, _ in heat_map(heat, width)[0])
        columns = [found.start() for found in re.finditer(r"\S+", named)]
        apart = [after - one for one, after in itertools.pairwise(columns)]
        assert max(apart) - min(apart) <= 2, named
        assert columns_of(named) <= width


def test_a_card_that_is_asked_before_its_day_is_foretold_for_today(store: Store) -> None:
    fill(store, "softmax", "residual")
    for number in (1, 2):
        reviewed(store, number, NOW - timedelta(days=2), 4, 60)
    assert sum(store.figures.forecast(TODAY, 30)) == 0
    changed = Update(
        1, replace(store.card(1).card, answer="quite another thing"), early_look="a number changed"
    )
    store.apply(Deck("words"), Changes(updated=(changed,)), NOW)
    assert store.figures.forecast(TODAY, 30)[0] == 1
