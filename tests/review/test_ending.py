"""The end of a session: what is left today, and what went wrong, also before the learner came back."""

from datetime import timedelta

from studyllm.cards import Scheduling
from studyllm.grading import TextGrader, toggled
from studyllm.grading.verdict import verdict
from studyllm.review.ending import ending
from studyllm.review.history import Answered
from studyllm.review.session import Asking, Done, Judging, ReviewSession
from studyllm.schedule import Grade
from studyllm.store import Pick, Store, Want
from studyllm.verdicts import Confidence, PointResult, State
from tests.conftest import DAY, NOW, fill
from tests.graders import judged

LATER = NOW + timedelta(hours=2)


def answer(session: ReviewSession, grade: Grade, said: str = "no idea") -> None:
    """One card, answered and graded."""
    assert isinstance(session.next(NOW), Asking)
    judging = session.submit(said, 3.0)
    assert isinstance(judging, Judging)
    session.judged(judging, session.judge(TextGrader(), judging))
    session.grade(grade, 5.0, NOW)


def test_all_is_done_when_no_deck_waits(store: Store) -> None:
    fill(store, "one")
    session = ReviewSession(store, DAY, "words")
    answer(session, Grade.GOOD)
    state = session.next(NOW)
    assert isinstance(state, Done)
    assert state.ending.all_done
    assert state.ending.more is None


def test_another_deck_that_waits_is_the_next_one(store: Store) -> None:
    fill(store, "one", deck="a")
    fill(store, "two", "three", deck="b")
    fill(store, "four", deck="c")
    assert (found := ending(store, DAY, "b", NOW)).following is not None
    assert (found.following.deck, found.waiting, found.all_done) == ("c", 3, False)
    assert (found := ending(store, DAY, "c", NOW)).following is not None
    assert found.following.deck == "a", "round to the first"


def test_a_card_that_comes_back_today_is_no_end(store: Store) -> None:
    fill(store, "one")
    store.reschedule("words", Scheduling(relearning_steps=(60,)), {}, NOW)
    session = ReviewSession(store, DAY)
    answer(session, Grade.WRONG)
    state = session.next(NOW)
    assert isinstance(state, Done)
    assert state.ending.again == NOW + timedelta(minutes=60)
    assert not state.ending.all_done


def test_more_new_cards_are_offered_beyond_the_limit(store: Store) -> None:
    fill(store, *(f"term {number}" for number in range(14)), new_per_day=1)
    session = ReviewSession(store, DAY, "words")
    answer(session, Grade.GOOD)
    state = session.next(NOW)
    assert isinstance(state, Done)
    assert state.ending.more == Pick(Want.NEW, 10, "words")
    more = ReviewSession(store, DAY, pick=state.ending.more)
    for _ in range(10):
        answer(more, Grade.GOOD)
    state = more.next(NOW)
    assert isinstance(state, Done)
    assert state.ending.more == Pick(Want.NEW, 3, "words")


def test_who_comes_back_on_the_same_day_finds_the_mistakes_again(store: Store) -> None:
    fill(store, "one", "two", "three")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    first = ReviewSession(store, DAY)
    answer(first, Grade.WRONG)
    answer(first, Grade.GOOD, "what two means")
    second = ReviewSession(store, DAY)
    second.next(LATER)
    second.submit("", 1.0)
    second.grade(Grade.WRONG, 1.0, LATER)
    assert isinstance(second.next(LATER), Done)
    found = second.answers.worth_a_look
    assert [(one.card.card.term, one.answer, one.before) for one in found] == [
        ("three", "", False),
        ("one", "no idea", True),
    ]
    assert found[1].missed == ("what one means",)
    assert second.answers.count == 1, "what was done before was counted before"


def test_who_comes_back_is_told_again_of_what_they_were_sure(store: Store) -> None:
    fill(store, "one", "two")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    first = ReviewSession(store, DAY, confidence=True)
    first.next(NOW)
    first.submit("no idea", 1.0)
    judging = first.weigh(Confidence.SURE)
    assert isinstance(judging, Judging)
    first.judged(judging, first.judge(TextGrader(), judging))
    first.grade(Grade.WRONG, 1.0, NOW)
    second = ReviewSession(store, DAY)
    second.next(LATER)
    second.submit("", 1.0)
    second.grade(Grade.WRONG, 1.0, LATER)
    assert isinstance(second.next(LATER), Done)
    assert [one.sure_and_wrong for one in second.answers.worth_a_look] == [False, True], "this session first"


def test_yesterdays_mistakes_are_yesterdays(store: Store) -> None:
    fill(store, "one", "two")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    answer(ReviewSession(store, DAY), Grade.WRONG)
    tomorrow = NOW + timedelta(days=1)
    second = ReviewSession(store, DAY)
    while isinstance(second.next(tomorrow), Asking):
        second.submit("", 1.0)
        second.grade(Grade.GOOD, 1.0, tomorrow)
    assert second.answers.worth_a_look == ()


def test_the_time_that_repeating_takes_is_known(store: Store) -> None:
    fill(store, "one", "two")
    session = ReviewSession(store, DAY)
    answer(session, Grade.WRONG)
    answer(session, Grade.GOOD)
    assert session.answers.relearning == 0
    answer(session, Grade.GOOD)
    assert session.answers.relearning == 5.0


def test_who_took_what_was_suggested_overruled_nothing(store: Store) -> None:
    fill(store, "one")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    half = verdict(
        0.5, (PointResult("a", State.HIT, "a"), PointResult("b", State.CONTRADICTED, "c")), confidence=0.95
    )
    first = ReviewSession(store, DAY)
    first.next(NOW)
    judging = first.submit("a, c", 1.0)
    assert isinstance(judging, Judging)
    first.judged(judging, half)
    assert first.suggested == Grade.HARD - 1
    first.grade(first.suggested, 1.0, NOW)
    second = ReviewSession(store, DAY)
    second.next(LATER)
    [before] = second.answers.earlier
    assert not before.overruled


def test_a_grade_that_is_another_than_suggested_is_no_other_verdict(store: Store) -> None:
    fill(store, "residual")
    judged_so = judged(State.HIT, score=0.9, sure=True)
    graded = Answered(store.card(1), Grade.HARD, "x", judged_so)
    assert (graded.suggested, graded.changed) == (Grade(judged_so.suggested or 0), False)
    said = Answered(store.card(1), Grade.GOOD, "x", toggled(judged_so, 0))
    assert (said.suggested, said.changed) == (graded.suggested, True)
