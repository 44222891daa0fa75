"""What a simulation is made of: how cards stand, how the learner answers, and what is said of it."""

from datetime import timedelta

import pytest

from studyllm.cards import Algorithm, Scheduling
from studyllm.errors import InputError
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.schedule.simulation import Outlook
from studyllm.statistics.bars import columns_of
from studyllm.statistics.gather import statistics
from studyllm.statistics.simulated import Simulation, habits_of, simulation
from studyllm.statistics.simulated_page import as_json, notes, table
from studyllm.store import Store
from studyllm.store.tallies import Answers, Turn
from tests.conftest import DAY, NOW, fill


def answer(store: Store, card: int, grade: int, days_ago: float, seconds: float) -> None:
    at = NOW - timedelta(days=days_ago)
    ReviewQueue(store, DAY).record(store.card(card), Grade(grade), at, answer="mine", seconds=seconds)


def test_answers_are_told_by_turn_and_grade(store: Store) -> None:
    fill(store, "residual", "softmax")
    answer(store, 1, 4, 9, 10)
    answer(store, 2, 1, 9, 30)
    answer(store, 2, 4, 8.99, 5)
    answer(store, 1, 4, 8, 8)
    answer(store, 1, 3, 2, 300)
    found = set(store.figures.answers("words", 100))
    assert found == {
        Answers(Turn.FIRST, 4, 1, 1, 10),
        Answers(Turn.FIRST, 1, 1, 1, 30),
        Answers(Turn.AGAIN, 4, 1, 1, 5),
        Answers(Turn.LATER, 4, 1, 1, 8),
        Answers(Turn.LATER, 3, 1, 1, 120),
    }, "an answer counts for two minutes at most"
    store.journal.undo(NOW)
    assert len(store.figures.answers(None, 100)) == 4
    assert sum(one.reviews for one in store.figures.answers(None, 1)) == 1, "the latest"


def test_habits_are_the_learners_own_where_the_log_says_enough() -> None:
    habits = habits_of(
        [
            Answers(Turn.FIRST, 0, 400, 400, 4000.0),
            Answers(Turn.FIRST, 4, 600, 600, 6000.0),
            Answers(Turn.LATER, 1, 100, 100, 3000.0),
            Answers(Turn.LATER, 3, 250, 250, 1000.0),
            Answers(Turn.LATER, 5, 750, 750, 3000.0),
        ]
    )
    assert habits.first == pytest.approx((0.4, 0, 0.6, 0), abs=0.01)
    assert habits.recalled == pytest.approx((0.25, 0, 0.75), abs=0.01)
    assert habits.seconds_first == pytest.approx(10, abs=0.2)
    assert habits.seconds_recalled == pytest.approx(4, abs=0.2)
    assert habits.seconds_forgotten == pytest.approx(30, abs=1)


def test_habits_of_nobody_are_those_of_others() -> None:
    habits = habits_of([])
    assert sum(habits.first) == pytest.approx(1)
    assert sum(habits.recalled) == pytest.approx(1)
    assert habits.seconds_recalled == 20


@pytest.mark.slow
def test_a_deck_is_simulated_as_it_stands_under_either_algorithm(store: Store) -> None:
    fill(store, "residual", "softmax", "logit")
    for card in (1, 2):
        for ago in (9, 8, 2):
            answer(store, card, 4, ago, 6)
    plain = simulation(store, DAY, NOW, "words")
    assert (plain.seen, plain.unseen, plain.retention, plain.fitted) == (2, 1, None, False)
    assert 1.5 < plain.known <= 2
    assert plain.known == statistics(store, DAY, NOW, deck="words").standing.knowledge.known
    store.suspend(2, NOW)
    assert simulation(store, DAY, NOW, "words").seen == 1
    store.journal.undo(NOW)
    store.reschedule("words", Scheduling(algorithm=Algorithm.FSRS, retention=0.93), {}, NOW)
    asked: list[str] = []
    found = simulation(store, DAY, NOW, progress=asked.append)
    assert found.retention == 0.93
    assert 0.93 in [one.retention for one in found.outlooks]
    assert asked[-1].startswith("playing a year forward")


@pytest.mark.slow
def test_other_weights_are_another_memory(store: Store) -> None:
    fill(store, "residual", "softmax")
    for card in (1, 2):
        for ago in (40, 30, 20):
            answer(store, card, 4, ago, 6)
    from studyllm.schedule.fsrs6 import scheduler

    usual = tuple(map(float, scheduler((), 0.9, (), ()).parameters))
    forgetful = (*(one / 10 for one in usual[:4]), *usual[4:])
    other = simulation(store, DAY, NOW, weights=forgetful)
    assert other.outlooks != simulation(store, DAY, NOW).outlooks
    assert other.fitted


def test_without_cards_there_is_nothing_to_simulate(store: Store) -> None:
    with pytest.raises(InputError, match="nothing to simulate"):
        simulation(store, DAY, NOW)


def made(**rest: object) -> Simulation:
    outlooks = (Outlook(0.8, (3, 2), (40, 30), (80, 90)), Outlook(0.9, (6, 4), (99, 50), (90, 99)))
    usual = {
        "deck": None,
        "outlooks": outlooks,
        "seen": 100,
        "unseen": 0,
        "new_a_day": 0,
        "limit": 100,
        "known": 70.0,
        "retention": 0.9,
        "fitted": True,
        "later": 900,
        "timed": 400,
        "seconds": 8.0,
    }
    return Simulation(**{**usual, **rest})  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [60, 74, 100])
def test_the_table_is_as_wide_as_it_may_be(width: int) -> None:
    lines = ["".join(text for text, _style in line) for line in table(made(), width)]
    assert len(lines) == 4
    assert {columns_of(line) for line in lines} <= {width, width - 1}
    assert lines[-1].startswith("▸ 90%")


def test_what_has_to_be_known_is_said() -> None:
    said = " ".join(notes(made()))
    assert "limit of 100 reviews a day holds cards back" in said
    assert "From 90% on" in said
    assert "fitted to your reviews" in said
    assert "last 400 answers" in said
    assert "partly a guess" in " ".join(notes(made(timed=3)))
    assert "no answer was timed yet" in " ".join(notes(made(timed=0)))
    assert "there are 411." in " ".join(notes(made(fitted=False, later=411))), "the reviews that a fit counts"
    assert "there are" not in " ".join(notes(made(fitted=False, later=512)))
    assert "SM-2 aims at no retention" in " ".join(notes(made(retention=None)))
    assert as_json(made())["retentions"][1]["after"][0]["minutes_per_day"] == 6
