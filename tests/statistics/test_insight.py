"""What is known, how well it is kept, and how well the learner knows that; counted by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyllm.cards import Algorithm, Scheduling
from studyllm.schedule import Grade, Learned, Memory
from studyllm.schedule.compare import recall
from studyllm.schedule.recall import retrievability
from studyllm.statistics import Period, figures, statistics
from studyllm.statistics.figures import Maturity, Rate, Retained, spread
from studyllm.statistics.insight import class_names, known, minutes, sure
from studyllm.statistics.lines import bar_of, by_calendar
from studyllm.statistics.page import summary, workload
from studyllm.statistics.pages import PAGES, sections
from studyllm.store import Review, ReviewDetail, Store
from tests.conftest import NOW, fill
from tests.statistics.test_figures import DAY, TODAY, ago, learned, reviewed


def weighed(store: Store, card: int, days: int, grade: int, confidence: int | None) -> None:
    """A review whose answer was as sure as that."""
    at = ago(days)
    before = store.card(card).progress
    detail = ReviewDetail(own_confidence=confidence)
    store.record(Review(card, at, grade, before, learned(at, 1), detail=detail))


def test_how_often_the_learner_is_right_when_sure(store: Store) -> None:
    fill(store, "softmax")
    for days, grade, confidence in ((9, 4, 3), (8, 1, 3), (7, 5, 3), (6, 0, 1), (5, 3, 1), (4, 4, None)):
        weighed(store, 1, days, grade, confidence)
    found = statistics(store, DAY, NOW)
    assert found.confidence == (Rate(2, 1), Rate(0, 0), Rate(3, 2))
    assert sure(found) == "When you are sure you are right 67% of the time."
    week = statistics(store, DAY, NOW, period=Period.WEEK)
    assert week.confidence == (Rate(2, 1), Rate(0, 0), Rate(0, 0))
    assert sure(week) == ""
    store.journal.undo(NOW)
    store.journal.undo(NOW)
    assert statistics(store, DAY, NOW).confidence[0] == Rate(1, 0), "what was taken back does not count"


def test_grades_are_counted_by_how_far_the_cards_were(store: Store) -> None:
    fill(store, "softmax")
    reviewed(store, 1, ago(60), 4, 10)
    reviewed(store, 1, ago(60, 10), 2, 10)
    reviewed(store, 1, ago(50), 5, 30)
    reviewed(store, 1, ago(20), 3, 99)
    found = statistics(store, DAY, NOW)
    assert found.grades == {
        Maturity.LEARNING: (0, 0, 1, 0, 1, 0),
        Maturity.YOUNG: (0, 0, 0, 0, 0, 1),
        Maturity.MATURE: (0, 0, 0, 1, 0, 0),
    }


def test_true_retention_of_days_and_of_young_and_mature_cards(store: Store) -> None:
    fill(store, "softmax", "residual")
    reviewed(store, 1, ago(40), 4, 30)
    reviewed(store, 2, ago(40), 4, 5)
    reviewed(store, 1, ago(1), 4, 60)
    reviewed(store, 2, ago(0, 8), 1, 1)
    found = statistics(store, DAY, NOW, period=Period.WEEK)
    retained = dict(found.retained)
    assert retained["today"] == Retained(Rate(1, 0), Rate())
    assert retained["yesterday"] == Retained(Rate(), Rate(1, 1))
    assert retained["all"].both == Rate(2, 1)
    assert list(retained) == ["today", "yesterday", "week", "month", "year", "all"]
    assert found.retained_by_day == ((TODAY - timedelta(days=1), Rate(1, 1)), (TODAY, Rate(1, 0)))


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_what_is_known_today_is_what_the_scheduler_foretells(store: Store, algorithm: Algorithm) -> None:
    fill(store, "softmax", "residual", "dropout")
    scheduling = Scheduling(algorithm=algorithm)
    store.reschedule("words", scheduling, {}, NOW)
    memory = Memory(12.3, 4.4) if algorithm is Algorithm.FSRS else None
    told = 0.0
    for card, days in ((1, 3), (2, 30)):
        at = ago(days)
        after = Learned(1, 10, 2.3, 0, at, DAY.of(at) + timedelta(days=10), memory=memory)
        store.record(Review(card, at, 4, store.card(card).progress, after))
        told += recall(after, NOW, DAY, scheduling)
    found = statistics(store, DAY, NOW).standing
    assert found.knowledge.known == pytest.approx(told)
    assert found.knowledge.seen == 2
    if algorithm is Algorithm.FSRS:
        assert (found.stabilities.median, found.difficulties.median) == (12.3, 4)
        assert (found.intervals.classes, found.eases.classes) == ((), ())
    else:
        assert (found.intervals.median, found.eases.median) == (10, 2.3)
        assert (found.stabilities.classes, found.difficulties.classes) == ((), ())
    store.suspend(1, NOW)
    assert statistics(store, DAY, NOW).standing.knowledge.seen == 1
    assert known(statistics(store, DAY, NOW)).endswith("of the 1 card you have seen.")


def test_a_card_missed_today_or_waiting_to_be_repeated_is_not_known(store: Store) -> None:
    fill(store, "softmax", "residual", "dropout", "attention")
    waiting = replace(learned(ago(3), 4), again=ago(3) + timedelta(minutes=10))
    for card, at, grade, after in (
        (1, ago(0), 1, learned(ago(0), 1)),
        (2, ago(3), 2, waiting),
        (3, ago(0), 0, learned(ago(0), 1)),
        (3, ago(0, 10), 4, learned(ago(0, 10), 1)),
        (4, ago(0), 4, learned(ago(0), 1)),
    ):
        store.record(Review(card, at, grade, store.card(card).progress, after))
    found = statistics(store, DAY, NOW)
    assert known(found) == "By their schedules you know about 2 of the 4 cards you have seen."


def test_the_share_recalled_says_of_which_reviews_it_speaks(store: Store) -> None:
    fill(store, "softmax", "residual")
    for card, days, grade in ((1, 9, 1), (2, 9, 0), (1, 5, 4), (1, 1, 4), (2, 1, 2)):
        reviewed(store, card, ago(days), grade, 4)
    assert summary(statistics(store, DAY, NOW)).startswith("5 reviews · 67% recalled of 3 on a later day · ")


def test_a_card_is_known_less_the_longer_ago_it_was_asked() -> None:
    for scheduling, stability in ((Scheduling(), None), (Scheduling(algorithm=Algorithm.FSRS), 10.0)):
        shares = [retrievability(scheduling, days, 10, stability) for days in (0, 1, 10, 100)]
        assert shares == sorted(shares, reverse=True)
        assert shares[0] == 1.0
        assert shares[2] == pytest.approx(0.9)


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 40), st.integers(1, 9), min_size=1))
def test_no_card_is_lost_in_the_classes(counted: dict[float, int]) -> None:
    found = spread(counted, (1, 5, 20))
    total = sum(counted.values())
    assert sum(count for _edge, count in found.classes) == total
    assert found.median is not None
    below = sum(count for value, count in counted.items() if value < found.median)
    above = sum(count for value, count in counted.items() if value > found.median)
    assert max(below, above) * 2 <= total


def test_classes_are_named_by_their_first_and_last_number() -> None:
    assert [name for name, _ in class_names(spread({0: 1}, (0, 1, 7)))] == ["0", "1–6", "7+"]
    assert [name for name, _ in class_names(spread({1.5: 1}, (1.3, 1.7), 0.1))] == ["1.3–1.6", "1.7+"]


def test_many_days_become_weeks_and_then_months() -> None:
    days = [(date(2026, 1, 1) + timedelta(days=number), number) for number in range(90)]
    assert len(by_calendar(days, 90)) == 90
    weeks = by_calendar(days, 20)
    assert all(day.weekday() == 0 for day, _some in weeks)
    assert sum(len(some) for _day, some in weeks) == 90
    assert [day for day, _some in by_calendar(days, 5)] == [date(2026, month, 1) for month in (1, 2, 3)]
    said = [bar_of([day for day, _some in by_calendar(days, most)]) for most in (90, 20, 5)]
    assert said == ["", " · a bar a week", " · a bar a month"]


def test_answers_that_were_not_timed_took_no_nought_minutes(store: Store) -> None:
    fill(store, "softmax")
    for number in range(30):
        reviewed(store, 1, ago(60 - 2 * number), int(Grade.GOOD), 2)
    said = ["".join(text for text, _style in line) for line in workload(statistics(store, DAY, NOW), 40)]
    assert said[-1] == "1 review a day (30 days) · a bar a week"


def test_every_page_has_something_to_say(store: Store) -> None:
    fill(store, "softmax")
    empty = statistics(store, DAY, NOW)
    assert all(page.sections(empty, 40) for page in PAGES)
    for number in range(30):
        reviewed(store, 1, ago(60 - 2 * number), int(Grade.GOOD), 2, seconds=20)
    titles = [section.title for section in sections(statistics(store, DAY, NOW), 76)]
    assert len(titles) == len(set(titles)) == sum(len(page.makers) for page in PAGES) - 2, (
        "FSRS knows nothing"
    )


def test_the_first_days_count_as_well() -> None:
    assert figures.retained_by_day((), TODAY) == ()


def test_the_minutes_of_a_day_are_those_of_days_that_were_timed(store: Store) -> None:
    fill(store, "softmax")
    for days in range(3, 30):
        reviewed(store, 1, ago(days), 4)
    reviewed(store, 1, ago(0), 4, seconds=90)
    found = statistics(store, DAY, NOW)
    for lines in (workload(found, 100), minutes(found, 100)):
        assert "1.5 minutes on the 1 day that was timed" in "".join(text for text, _ in list(lines)[-1])
