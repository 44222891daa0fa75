"""FSRS on arrays against the package that it copies, and what the simulation makes of it."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from fsrs import Card, Rating, Scheduler, State
from hypothesis import given
from hypothesis import strategies as st

from studyllm.schedule.fsrs_arrays import Formulas
from studyllm.schedule.simulation import (
    HORIZONS,
    Cancelled,
    Habits,
    Memory,
    Outlook,
    Pile,
    Standing,
    new_cards,
    outlooks,
)

PACKAGE = Scheduler(enable_fuzzing=False)
WEIGHTS = tuple(map(float, PACKAGE.parameters))
HABITS = Habits((0.2, 0.1, 0.5, 0.2), (0.2, 0.6, 0.2), 20, 10, 15, 5)
MEMORY = Memory(WEIGHTS, 2, 1)
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
STABILITY, DIFFICULTY, DAYS = st.floats(0.1, 2000), st.floats(1, 10), st.integers(1, 800)
RATING = st.sampled_from(list(Rating))


def known_card(stability: float, difficulty: float) -> Card:
    return Card(
        card_id=1,
        state=State.Review,
        stability=stability,
        difficulty=difficulty,
        due=BEGIN,
        last_review=BEGIN,
    )


@given(STABILITY, DIFFICULTY, DAYS, RATING)
def test_a_review_is_what_the_package_makes_of_it(
    stability: float, difficulty: float, days: int, rating: Rating
) -> None:
    card, at = known_card(stability, difficulty), BEGIN + timedelta(days=days)
    after, _ = PACKAGE.review_card(card, rating, at)
    formulas = Formulas(WEIGHTS)
    recall = formulas.recall(np.array([days]), np.array([stability]))
    assert recall[0] == pytest.approx(PACKAGE.get_card_retrievability(card, at))
    found = formulas.later(np.array([stability]), np.array([difficulty]), recall, np.array([int(rating)]))
    assert [one[0] for one in found] == pytest.approx([after.stability, after.difficulty])
    if rating is Rating.Again:
        again, _ = PACKAGE.review_card(after, Rating.Good, at)
        assert [one[0] for one in formulas.same_day(*found)] == pytest.approx(
            [again.stability, again.difficulty]
        )
    else:
        assert formulas.interval(found[0], 0.9)[0] == (after.due - at).days


@given(RATING)
def test_a_first_answer_is_what_the_package_makes_of_it(rating: Rating) -> None:
    after, _ = PACKAGE.review_card(Card(card_id=1), rating, BEGIN)
    stability, difficulty = Formulas(WEIGHTS).first(np.array([int(rating)]))
    assert (stability[0], difficulty[0]) == pytest.approx((after.stability, after.difficulty))


def pile(cards: int = 300, unseen: int = 200, a_day: int = 5, **rest: float) -> Pile:
    standing = tuple(Standing(5.0 + n % 40, 4.0 + n % 5, n % 20) for n in range(cards))
    return Pile(standing, ((unseen, a_day),), 200, **rest)


def test_a_higher_retention_costs_more_and_more_is_known() -> None:
    found = outlooks(pile(), HABITS, MEMORY, (0.75, 0.85, 0.92))
    for at in range(len(HORIZONS)):
        assert sorted(found, key=lambda one: one.minutes[at]) == list(found)
        assert sorted(found, key=lambda one: one.known[at]) == list(found)
    assert all(300 * 0.75 < one.known[-1] <= 500 for one in found)


def test_what_is_known_is_about_what_was_desired() -> None:
    (found,) = outlooks(pile(unseen=0), HABITS, MEMORY, (0.9,))
    assert 0.9 < found.known[-1] / 300 < 0.97, "cards are asked when they fall to it, and are above it else"


def test_time_is_what_the_answers_take() -> None:
    slow = Habits(HABITS.first, HABITS.recalled, 40, 20, 30, 10)
    quick, twice = (outlooks(pile(), habits, MEMORY, (0.9,))[0] for habits in (HABITS, slow))
    assert twice.minutes == pytest.approx([2 * one for one in quick.minutes])
    assert (twice.known, twice.reviews) == (quick.known, quick.reviews)


def test_a_sample_stands_for_all() -> None:
    whole = outlooks(pile(2000, 0), HABITS, MEMORY, (0.9,))[0]
    part = outlooks(pile(500, 0, each=4), HABITS, MEMORY, (0.9,))[0]
    assert part.known == pytest.approx(whole.known, rel=0.03)
    assert part.minutes == pytest.approx(whole.minutes, rel=0.1)


def test_the_daily_limit_holds() -> None:
    few = Pile(pile(2000, 0).cards, ((0, 5),), 10)
    (found,) = outlooks(few, HABITS, MEMORY, (0.95,))
    assert found.reviews == (10, 10)


def test_the_same_seed_gives_the_same_answer() -> None:
    def one(seed: int) -> tuple[Outlook, ...]:
        return outlooks(pile(), HABITS, MEMORY, (0.9,), seed=seed)

    assert one(1) == one(1) != one(2)


def test_new_cards_come_until_there_are_none() -> None:
    assert new_cards(((5, 2), (1, 3)), 4) == [3, 5, 6, 6]


def test_nothing_seen_yet_is_learned_from_the_start() -> None:
    (found,) = outlooks(Pile((), ((50, 5),), 200), HABITS, MEMORY, (0.9,))
    assert 40 < found.known[0] <= 50


def test_it_stops_when_nobody_waits() -> None:
    asked = []

    def stopped() -> bool:
        asked.append(1)
        return len(asked) > 3

    with pytest.raises(Cancelled):
        outlooks(pile(), HABITS, MEMORY, stopped=stopped)
    assert len(asked) == 4, "the same day"
