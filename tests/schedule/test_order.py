"""What is asked today, in which order, and which day near the due one it is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import ceil
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyllm.schedule import (
    Algorithm,
    Day,
    Grade,
    Learned,
    New,
    Progress,
    Scheduling,
    Spread,
    Waiting,
    interleaved,
    new_today,
    portion,
    review,
)
from studyllm.schedule.order import BALANCED_PACE, PLAIN_PACE, RECENT, usual_reviews
from studyllm.schedule.spread import before_exam, lightest, reach, some_day

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = Day(UTC)
ENDLESS = 10**6
"""A limit that is none."""


# The order


def waiting(number: int, section: str = "s", *, line: int = 0, path: str = "a.md") -> Waiting:
    return Waiting(number, "deck", path, line or number, section)


def of_section(one: Waiting) -> tuple[str, str, str]:
    return one.deck, one.path, one.section


def place(one: Waiting) -> tuple[str, int]:
    return one.path, one.line


HANDS = st.lists(
    st.tuples(st.sampled_from(["a.md", "b.md"]), st.sampled_from("xyz"), st.integers(1, 4)), max_size=40
).map(
    lambda told: [waiting(n, section, path=path, line=line) for n, (path, section, line) in enumerate(told)]
)


@given(HANDS)
def test_nothing_is_lost_in_the_order(cards: list[Waiting]) -> None:
    assert sorted(c.id for c in interleaved(cards)) == [c.id for c in cards]


@given(HANDS)
def test_sections_alternate_as_long_as_there_is_another(cards: list[Waiting]) -> None:
    order = interleaved(cards)
    for number, (one, other) in enumerate(pairwise(order)):
        if of_section(one) == of_section(other):
            assert {of_section(c) for c in order[number:]} == {of_section(one)}


@given(HANDS)
def test_no_order_would_have_fewer_neighbours_of_one_section(cards: list[Waiting]) -> None:
    order = interleaved(cards)
    most = max(Counter(map(of_section, cards)).values(), default=0)
    neighbours = sum(of_section(one) == of_section(other) for one, other in pairwise(order))
    assert neighbours == max(0, most - (len(cards) - most) - 1)


@given(st.lists(st.sampled_from("xyz"), max_size=40))
def test_each_section_keeps_its_own_order(sections: list[str]) -> None:
    order = interleaved([waiting(n, section) for n, section in enumerate(sections)])
    for section in "xyz":
        ids = [c.id for c in order if c.section == section]
        assert ids == sorted(ids)


@given(HANDS)
def test_the_order_is_the_same_every_time(cards: list[Waiting]) -> None:
    assert interleaved(cards) == interleaved(cards)


def siblings_meet(order: Sequence[Waiting]) -> int:
    return sum(place(one) == place(other) for one, other in pairwise(order))


@pytest.mark.parametrize("lines", ["112", "1122", "112233", "1123", "12123", "1234"])
def test_siblings_of_one_line_are_apart(lines: str) -> None:
    order = interleaved([waiting(n, line=int(line)) for n, line in enumerate(lines)])
    assert siblings_meet(order) == 0, [c.line for c in order]


@pytest.mark.parametrize("lines", ["211", "2311", "11123", "111223", "123455"])
def test_siblings_of_one_line_are_apart_wherever_they_stand(lines: str) -> None:
    order = interleaved([waiting(n, line=int(line)) for n, line in enumerate(lines)])
    assert siblings_meet(order) == 0, [c.line for c in order]


# How many are due today


@given(st.integers(0, 5000), st.floats(0, 500), st.integers(0, 400), st.integers(0, 400))
def test_never_more_than_are_due_nor_than_the_limit(due: int, usual: float, limit: int, done: int) -> None:
    asked = portion(due, usual, limit, done)
    assert 0 <= asked <= due
    assert asked == 0 or asked + done <= limit


@given(st.integers(0, 5000), st.floats(0, 500), st.integers(0, 400))
def test_a_day_is_a_seventh_of_all_or_half_more_than_usual_or_a_hundred(
    due: int, usual: float, done: int
) -> None:
    asked = portion(due, usual, ENDLESS, done)
    assert asked == 0 or asked + done <= max(100, ceil(1.5 * usual), ceil((due + done) / PLAIN_PACE.share))


@given(st.integers(0, 5000), st.floats(0, 500), st.integers(0, 400), st.data())
def test_a_pause_during_the_day_changes_nothing(
    due: int, usual: float, limit: int, data: st.DataObject
) -> None:
    whole = portion(due, usual, limit, 0)
    done = data.draw(st.integers(0, whole))
    assert done + portion(due - done, usual, limit, done) == whole


@given(st.integers(0, 100), st.floats(0, 100))
def test_a_small_deck_is_asked_whole(due: int, usual: float) -> None:
    assert portion(due, usual, 200, 0) == due


@given(st.integers(0, 1000), st.floats(0, 1000))
def test_an_ordinary_day_is_asked_whole(due: int, usual: float) -> None:
    assert portion(due, max(usual, due / 1.5), ENDLESS, 0) == due


@pytest.mark.parametrize("limit", [200, ENDLESS])
def test_a_backlog_of_two_thousand_is_cleared_in_weeks_and_no_day_is_too_much(limit: int) -> None:
    usual, due, days = 40, 2000, []
    while due > usual:
        asked = portion(due, usual, limit, 0)
        assert asked <= min(limit, max(100, ceil(due / PLAIN_PACE.share)))
        days.append(asked)
        due += usual - asked
    assert len(days) <= 4 * PLAIN_PACE.share
    assert days[0] == min(limit, ceil(2000 / PLAIN_PACE.share))
    assert days == sorted(days, reverse=True), "it becomes less from day to day"


# How many are new today


def shown(unseen: int, limit: int, first: date, exam: date | None, days: int) -> list[int]:
    """New cards on each day of a learner who does all of them, some in the morning and the rest at night."""
    found = []
    for number in range(days):
        today = first + timedelta(days=number)
        whole = new_today(unseen, limit, 0, today, exam)
        morning = whole // 3
        night = new_today(unseen - morning, limit, morning, today, exam)
        assert morning + night == whole
        unseen -= whole
        found.append(whole)
    return found


@given(st.integers(0, 600), st.integers(0, 40), st.integers(1, 120))
def test_before_an_exam_all_have_been_shown_three_days_earlier(unseen: int, limit: int, away: int) -> None:
    days = shown(unseen, limit, TODAY, TODAY + timedelta(days=away), max(1, away - 3))
    assert sum(days) == unseen
    assert max(days) <= max(limit, ceil(unseen / len(days)))


@given(st.integers(0, 600), st.integers(0, 40), st.integers(0, 40), st.integers(-9, 0))
def test_without_an_exam_ahead_the_limit_is_the_limit(unseen: int, limit: int, done: int, ago: int) -> None:
    for exam in (None, TODAY + timedelta(days=ago)):
        assert new_today(unseen, limit, done, TODAY, exam) == max(0, min(unseen, limit - done))


# The day near the due one


@pytest.mark.parametrize(
    ("interval", "wanted"),
    [
        *((1, (1, 1)), (2, (2, 2)), (3, (2, 4)), (7, (5, 9))),
        *((20, (17, 23)), (100, (93, 107)), (365, (345, 385))),
    ],
)
def test_reach_is_that_of_anki(interval: int, wanted: tuple[int, int]) -> None:
    assert reach(interval) == wanted


@given(st.integers(1, 36_500))
def test_reach_is_on_both_sides_and_never_today(interval: int) -> None:
    least, most = reach(interval)
    assert 1 <= least <= interval <= most
    assert most - interval <= 2.5 + 0.15 * interval


@given(st.integers(1, 3000), st.text(max_size=9))
def test_chance_is_within_reach_and_the_same_every_time(interval: int, seed: str) -> None:
    day = some_day(TODAY, interval, seed)
    least, most = reach(interval)
    assert least <= (day - TODAY).days <= most
    assert day == some_day(TODAY, interval, seed)


def test_chance_meets_every_day_within_reach() -> None:
    met = {(some_day(TODAY, 20, str(n)) - TODAY).days for n in range(300)}
    assert met == set(range(17, 24))


@given(st.integers(3, 400), st.text(max_size=9), st.integers(0, 999))
def test_the_lightest_day_is_the_emptiest_within_reach(interval: int, seed: str, load_seed: int) -> None:
    least, most = reach(interval)
    dice = Random(load_seed)
    loads = {TODAY + timedelta(days=n): dice.randint(0, 3) for n in range(least - 5, most + 6)}

    def load(first: date, last: date) -> Mapping[date, int]:
        assert (first, last) == (TODAY + timedelta(days=least), TODAY + timedelta(days=most))
        return {d: n for d, n in loads.items() if first <= d <= last and n}

    day = lightest(TODAY, interval, seed, load)
    within = [TODAY + timedelta(days=n) for n in range(least, most + 1)]
    emptiest = [d for d in within if loads[d] == min(loads[d] for d in within)]
    away = {d: abs((d - TODAY).days - interval) for d in emptiest}
    assert day in emptiest
    assert away[day] == min(away.values()), "of equals the nearest"
    assert day == lightest(TODAY, interval, seed, load)


def test_without_any_load_the_day_is_the_one_that_was_named() -> None:
    assert lightest(TODAY, 30, "", lambda *_: {}) == TODAY + timedelta(days=30)


def test_a_day_or_two_is_left_alone() -> None:
    full = {TODAY + timedelta(days=n): 99 for n in (1, 2)}
    for interval in (1, 2):
        assert lightest(TODAY, interval, "", lambda *_: full) == TODAY + timedelta(days=interval)
        assert some_day(TODAY, interval, "") == TODAY + timedelta(days=interval)


def test_balanced_days_are_more_even_than_plain_ones() -> None:
    def months(spread: Spread) -> Counter[date]:
        cards: dict[int, Progress] = dict.fromkeys(range(100), New())
        due: Counter[date] = Counter()
        for grade in (Grade.GOOD, Grade.GOOD, Grade.GOOD):
            for number, progress in cards.items():
                at = DAY.start(progress.due) if isinstance(progress, Learned) else NOW
                after = review(
                    progress,
                    grade,
                    at,
                    DAY,
                    Scheduling(spread=spread),
                    card=number,
                    load=lambda first, last: {d: n for d, n in due.items() if first <= d <= last},
                )
                due[after.due] += 1
                if isinstance(progress, Learned):
                    due[progress.due] -= 1
                cards[number] = after
        return due

    plain, balanced = (max(months(spread).values()) for spread in (Spread.NONE, Spread.BALANCE))
    assert plain == 100
    assert balanced <= 20


# Before an exam


@given(st.integers(1, 400), st.integers(0, 400), st.text(max_size=9))
def test_nothing_lands_on_the_exam_or_after_it_but_what_had_its_last_look(
    days: int, away: int, seed: str
) -> None:
    due, exam = TODAY + timedelta(days=days), TODAY + timedelta(days=away)
    found = before_exam(TODAY, due, exam, seed)
    assert found == before_exam(TODAY, due, exam, seed)
    if due < exam or away <= 3:
        assert found == due, "it comes before the exam anyhow, or today was a last look"
    else:
        assert TODAY < found < exam
        assert found >= exam - timedelta(days=3)


@given(
    grades=st.lists(st.sampled_from(Grade), min_size=1, max_size=12),
    away=st.integers(1, 90),
    algorithm=st.sampled_from(Algorithm),
    spread=st.sampled_from(Spread),
)
def test_every_card_is_asked_until_the_exam_whatever_the_algorithm(
    grades: list[Grade], away: int, algorithm: Algorithm, spread: Spread
) -> None:
    exam = TODAY + timedelta(days=away)
    scheduling = Scheduling(algorithm=algorithm, spread=spread, exam=exam)
    progress: Progress = New()
    now = NOW
    for grade in grades:
        progress = review(progress, grade, now, DAY, scheduling, load=lambda *_: {})
        today = DAY.of(now)
        if today < exam - timedelta(days=3):
            assert progress.due < exam
        now = progress.again or DAY.start(progress.due)


def test_the_last_looks_are_on_several_days() -> None:
    exam, late = TODAY + timedelta(days=60), TODAY + timedelta(days=90)
    looks = Counter(before_exam(TODAY, late, exam, str(n)) for n in range(300))
    assert sorted(looks) == [exam - timedelta(days=n) for n in (3, 2, 1)]
    assert min(looks.values()) > 60


def test_after_the_exam_days_are_what_they_were() -> None:
    exam = TODAY - timedelta(days=1)
    assert review(New(), Grade.GOOD, NOW, DAY, Scheduling(exam=exam)) == review(New(), Grade.GOOD, NOW, DAY)


def test_a_balanced_deck_works_off_a_backlog_without_a_day_of_twice_the_usual() -> None:
    due, past = 400, [30] * RECENT
    while due > 30:
        asked = portion(due, usual_reviews(past, 0), ENDLESS, 0, BALANCED_PACE)
        assert asked <= 2 * 30
        past.append(asked)
        due += 25 - asked
    assert len(past) < RECENT + 60, "and it comes to an end"


def test_a_usual_day_is_the_median_of_the_last_ones_once_there_are_some() -> None:
    assert usual_reviews([], 12.5) == 12.5
    assert usual_reviews([90] * 9, 12.5) == 12.5
    assert usual_reviews([0] * 50 + [20] * 15 + [24] * 15, 12.5) == 22
