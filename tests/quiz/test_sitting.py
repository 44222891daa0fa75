"""A quiz from its first question to its last."""

import random
from datetime import timedelta
from typing import Unpack

import pytest

from studyllm.cards import Deck
from studyllm.errors import InputError
from studyllm.grading import TextGrader
from studyllm.quiz.items import Level, Mode, MultipleChoice, Options, Origin
from studyllm.quiz.prepare import prepare
from studyllm.quiz.sitting import Sitting
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, Learned, New
from studyllm.store import Changes, Store
from studyllm.verdicts import State
from tests.conftest import DAY, NOW
from tests.graders import Says, judged
from tests.quiz.cards import Wishes, asked, deck

CARDS = deck()


@pytest.fixture(autouse=True)
def _filled(store: Store) -> None:
    store.apply(Deck("deck"), Changes(added=tuple(card.card for card in CARDS)), NOW)


def sitting(store: Store, *modes: Mode, **rest: Unpack[Wishes]) -> Sitting:
    options = Options(modes=frozenset(modes), **rest)
    items = prepare(store, options, random.Random(3))
    return Sitting(store, ReviewQueue(store, DAY), options, items, NOW)


def test_each_answer_is_kept_at_once_and_nothing_before_the_first(store: Store) -> None:
    quiz = sitting(store, Mode.CHOOSE_TERM)
    assert store.quizzes.history() == ()
    item = quiz.item
    assert isinstance(item, MultipleChoice)
    quiz.answer(item.right, NOW)
    (summary,) = store.quizzes.history()
    assert (summary.asked, summary.right) == (1, 1)
    assert store.quizzes.result(summary.id) == quiz.result()
    assert store.quizzes.result(summary.id).outcomes == tuple(quiz.outcomes)


def test_it_ends_and_knows_what_was_wrong(store: Store) -> None:
    quiz = sitting(store, Mode.CHOOSE_TERM)
    asked = len(quiz.items)
    for number in range(asked):
        item = quiz.item
        assert isinstance(item, MultipleChoice)
        quiz.answer(item.right if number else (item.right + 1) % 4, NOW)
        quiz.next()
    assert quiz.item is None
    assert quiz.wrong() == quiz.items[:1]
    assert quiz.result().right == asked - 1
    assert quiz.outcomes[0].confused is not None


def test_time_runs_out_and_never_below_nothing(store: Store) -> None:
    quiz = sitting(store, Mode.TERM, minutes=2)
    assert quiz.left(NOW + timedelta(seconds=30)) == timedelta(seconds=90)
    assert quiz.left(NOW + timedelta(hours=1)) == timedelta(0)
    assert sitting(store, Mode.TERM).left(NOW) is None


def test_a_quiz_moves_no_card(store: Store) -> None:
    quiz = sitting(store, Mode.MEANING)
    assert quiz.item is not None
    card = asked(quiz.item).id
    _, verdict, _ = quiz.answer(store.card(card).card.answer, NOW, grader=TextGrader())
    assert verdict is not None
    assert quiz.outcomes[0].right
    assert store.card(card).progress == New()


def test_typed_meanings_count_as_reviews_when_they_are_to(store: Store) -> None:
    quiz = sitting(store, Mode.MEANING, counted=True)
    card = asked(quiz.item).id
    quiz.answer(store.card(card).card.answer, NOW, grader=TextGrader(), seconds=3)
    assert isinstance(store.card(card).progress, Learned)
    (review,) = (entry.review for entry in store.journal.entries() if entry.review)
    assert review.chosen == review.suggested
    assert review.detail.seconds == 3
    store.journal.undo(NOW, imports=False)
    assert store.card(card).progress == New()
    assert len(quiz.result().outcomes) == 1


def test_in_doubt_the_learner_decides_and_no_card_moves(store: Store) -> None:
    quiz = sitting(store, Mode.MEANING, counted=True)
    unsure = Says(judged(State.HIT, score=0.9))
    outcomes, _, told = quiz.answer("something", NOW, grader=unsure)
    assert (outcomes[0].right, quiz.waits) == (False, True), "not right until the learner says so"
    assert told == "Not counted as a review: the verdict is unsure."
    assert store.card(asked(quiz.item).id).progress == New()
    assert quiz.decide(right=True)
    assert (quiz.outcomes[0].right, store.quizzes.history()[0].right, quiz.waits) == (True, 1, False)
    assert quiz.decide(right=False)
    assert (quiz.outcomes[0].right, store.quizzes.history()[0].right) == (False, 0)


def test_what_is_sure_cannot_be_made_wrong(store: Store) -> None:
    quiz = sitting(store, Mode.MEANING)
    quiz.answer("something", NOW, grader=Says(judged(State.HIT, score=0.9, sure=True)))
    assert not quiz.decide(right=False)
    assert quiz.outcomes[0].right


def test_what_is_not_a_typed_meaning_never_counts(store: Store) -> None:
    quiz = sitting(store, Mode.TERM, counted=True)
    item = quiz.item
    assert item is not None
    quiz.answer(asked(item).card.term, NOW, grader=TextGrader())
    assert quiz.outcomes[0].right
    assert store.card(asked(item).id).progress == New()


def test_no_answer_is_wrong(store: Store) -> None:
    quiz = sitting(store, Mode.MEANING, counted=True)
    outcomes, verdict, _ = quiz.answer("", NOW, grader=TextGrader())
    assert (outcomes[0].right, outcomes[0].given, verdict) == (False, "", None)
    assert [entry.event for entry in store.journal.entries()] == ["import"]


def test_only_what_was_wrong_before(store: Store) -> None:
    with pytest.raises(InputError, match="wrong"):
        sitting(store, Mode.TERM, origin=Origin.WRONG)
    ReviewQueue(store, DAY).record(store.card(4), Grade.WRONG, NOW, answer="x")
    quiz = sitting(store, Mode.TERM, origin=Origin.WRONG)
    assert [asked(item).id for item in quiz.items] == [4]
    quiz.answer("生成效应", NOW + timedelta(minutes=1))
    with pytest.raises(InputError, match="wrong"):
        sitting(store, Mode.TERM, origin=Origin.WRONG)


def test_levels(store: Store) -> None:
    ReviewQueue(store, DAY).record(store.card(2), Grade.GOOD, NOW)
    learning = sitting(store, Mode.TERM, level=Level.LEARNING)
    assert [asked(item).id for item in learning.items] == [2]
    new = sitting(store, Mode.TERM, level=Level.NEW)
    assert {asked(item).id for item in new.items} == {1, 3, 4, 5, 6}
    with pytest.raises(InputError, match="no such cards"):
        sitting(store, Mode.TERM, level=Level.MATURE)


def test_kinds_that_no_card_lends_itself_to_are_said(store: Store) -> None:
    with pytest.raises(InputError, match="no such cards"):
        sitting(store, Mode.ORDER)


def test_the_learner_overrules_and_the_two_never_stand_against_each_other_again(store: Store) -> None:
    quiz = sitting(store, Mode.CHOOSE_TERM)
    item = quiz.item
    assert isinstance(item, MultipleChoice)
    assert not quiz.decide(right=True), "nothing was answered"
    wrong = (item.right + 1) % 4
    quiz.answer(wrong, NOW)
    pair = {item.card.id, item.cards[wrong]}
    assert set(*store.quizzes.confused()) == pair
    assert quiz.decide(right=True)
    assert not quiz.decide(right=True)
    assert quiz.result().right == 1
    assert store.quizzes.result(1).right == 1
    assert store.quizzes.confused() == {}
    assert set(*store.quizzes.accepted()) == pair
    for seed in range(8):
        items = prepare(store, Options(modes=frozenset({Mode.CHOOSE_TERM})), random.Random(seed))
        assert not any(
            pair <= set(one.cards) and one.card.id in pair for one in items if isinstance(one, MultipleChoice)
        )


def test_what_was_not_answered_cannot_be_called_right(store: Store) -> None:
    quiz = sitting(store, Mode.TERM)
    quiz.answer("", NOW)
    assert not quiz.decide(right=True)
