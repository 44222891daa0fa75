"""Two terms that were taken for one another: what tells them apart, asked beside the schedule."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from studyllm.cards import Deck, Source
from studyllm.errors import InputError
from studyllm.grading import TextGrader
from studyllm.quiz.confusion import Means, mixed_up
from studyllm.quiz.items import USUAL, Contrast, Mode, Options
from studyllm.quiz.prepare import confusions, known_confusions, prepare
from studyllm.quiz.sitting import Sitting
from studyllm.review.asking import contrast
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, New
from studyllm.store import Changes, Store
from studyllm.store.quizzes import Outcome
from tests.conftest import DAY, NOW
from tests.quiz.cards import deck, steps, study

CARDS = deck()
ONLY = frozenset({Mode.CONTRAST})
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _filled(store: Store) -> None:
    store.apply(Deck("deck"), Changes(added=tuple(card.card for card in CARDS)), NOW)


def confused(store: Store, card: int, other: int) -> None:
    """A review in which a card was answered with what another is."""
    answer = store.card(other).card.answer
    ReviewQueue(store, DAY).record(store.card(card), Grade.WRONG, NOW, answer=answer, confused=other)


def sitting(store: Store, options: Options) -> Sitting:
    items = prepare(store, options, random.Random(1))
    return Sitting(store, ReviewQueue(store, DAY), options, items, LATER)


def test_both_notes_are_asked_for() -> None:
    list_of = steps(8, "甲", "一", "二")
    asked = contrast(CARDS[0], list_of)
    assert asked.text == "What is the difference between “遗忘曲线” and “甲”?"
    assert asked.reference == f"遗忘曲线：{CARDS[0].card.answer}\n甲：{list_of.card.answer}"
    assert asked.points[-2:] == ("甲：一", "甲：二")
    assert all(point.startswith(("遗忘曲线：", "甲：")) for point in asked.points)


def test_a_contrast_is_asked_only_of_what_was_confused_and_once_of_each_pair(store: Store) -> None:
    with pytest.raises(InputError, match="taken for each other"):
        prepare(store, Options(modes=ONLY), random.Random(1))
    confused(store, 1, 2)
    items = prepare(store, Options(modes=ONLY), random.Random(1))
    assert [{item.card.id, item.other.id} for item in items if isinstance(item, Contrast)] == [{1, 2}]
    assert len(items) == 1


@pytest.mark.parametrize("term", ["为什么会忘？", "1912.1.1"])
def test_of_a_question_or_a_date_nothing_tells_it_apart(store: Store, term: str) -> None:
    named = replace(CARDS[1].card, term=term, source=Source("q.md", 90, 90))
    store.apply(Deck("deck"), Changes(added=(named,)), NOW)
    (card,) = (card.id for card in store.cards() if card.card.term == named.term)
    confused(store, 1, card)
    with pytest.raises(InputError, match="None of these cards"):
        prepare(store, Options(modes=ONLY), random.Random(1))


def test_beside_other_kinds_those_that_were_confused_come_up(store: Store) -> None:
    confused(store, 4, 2)
    options = Options(modes=USUAL | ONLY, length=3)
    for seed in range(5):
        items = prepare(store, options, random.Random(seed))
        assert sum(isinstance(item, Contrast) for item in items) == 1


def test_an_answer_is_kept_with_both_cards_and_moves_none(store: Store) -> None:
    confused(store, 1, 2)
    before = [card.progress for card in store.cards()]
    quiz = sitting(store, Options(modes=ONLY, counted=True))
    item = quiz.item
    assert isinstance(item, Contrast)
    (outcome,), verdict, _ = quiz.answer(item.question.reference, LATER, grader=TextGrader())
    assert verdict is not None
    assert {outcome.card, outcome.confused} == {1, 2}
    assert outcome.wanted == item.question.reference
    assert [card.progress for card in store.cards()] == before
    assert isinstance(store.card(3).progress, New)


def test_what_is_told_apart_is_confused_no_more_until_it_is_again(store: Store) -> None:
    confused(store, 1, 2)
    assert known_confusions(store) == {1: [2], 2: [1]}
    quiz = store.quizzes.begin(LATER, None, {})
    right = Outcome(1, "contrast", 1, "", "", "", "said", True, 1.0, 2)
    store.quizzes.add(quiz, [right], LATER)
    assert known_confusions(store) == {}
    assert store.quizzes.accepted() == frozenset(), "nothing was said of the one as an answer to the other"
    chosen = Outcome(2, "choose-meaning", 2, "", "", "", "", False, 0.0, 1)
    store.quizzes.add(quiz, [chosen], LATER + timedelta(minutes=1))
    assert known_confusions(store) == {
        1: [
            2,
        ],
        2: [1],
    }


def test_a_contrast_that_is_overruled_is_right(store: Store) -> None:
    confused(store, 1, 2)
    quiz = sitting(store, Options(modes=ONLY))
    quiz.answer("no idea at all", LATER, grader=TextGrader())
    assert quiz.decide(right=True)
    assert known_confusions(store) == {}


def test_an_answer_in_other_words_is_known_by_its_meaning() -> None:
    one, two, three = study(1, "甲", "一二三四"), study(2, "乙", "五六七八"), study(3, "丙", "子丑寅卯")
    cosines = {1: 0.84, 2: 0.93, 3: 0.90}
    answer = "完全不同的说法"
    assert mixed_up(one, answer, [one, two, three]) is None
    assert mixed_up(one, answer, [one, two, three], lambda _answer, card: cosines[card.id]) == 2
    near = {1: 0.92, 2: 0.93, 3: 0.90}
    assert mixed_up(one, answer, [one, two, three], lambda _answer, card: near[card.id]) is None


def test_no_model_is_asked_about_answers_that_tell_nothing(store: Store) -> None:
    ReviewQueue(store, DAY).record(store.card(1), Grade.WRONG, NOW, answer="不知道")

    def asked(_mistakes: object) -> Means:
        raise AssertionError

    assert confusions(store, None, asked) == {}


def test_confusions_by_meaning_are_found_in_the_log(store: Store) -> None:
    ReviewQueue(store, DAY).record(store.card(1), Grade.WRONG, NOW, answer="完全不同的说法")
    assert confusions(store, None) == {}
    found = confusions(store, None, lambda _mistakes: lambda _answer, card: {1: 0.8, 5: 0.95}.get(card.id))
    assert found == {1: [5], 5: [1]}
