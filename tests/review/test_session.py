"""The rules of a review, which the app and `--plain` share."""

from datetime import timedelta

import pytest

from studyllm import messages
from studyllm.errors import InputError
from studyllm.grading import Question, TextGrader, Verdict
from studyllm.review.begun import Begun
from studyllm.review.queue import Left, ReviewQueue
from studyllm.review.session import Asking, Done, Graded, Judging, ReviewSession
from studyllm.schedule import Grade, Scheduling
from studyllm.store import Store
from studyllm.verdicts import State
from tests.conftest import DAY, NOW, fill
from tests.graders import Says, judged

RIGHT = judged(State.HIT, State.HIT, score=0.9, sure=True)
WRONG = judged(State.MISSED, State.MISSED, score=0.1, sure=True)


@pytest.fixture
def session(store: Store) -> ReviewSession:
    fill(store, "dropout", "softmax", "attention")
    return ReviewSession(store, DAY)


def answer(session: ReviewSession, verdict: Verdict = RIGHT, text: str = "an answer") -> Graded:
    """Submits an answer to the card that is on, and takes the verdict."""
    judging = session.submit(text, 4.0)
    assert isinstance(judging, Judging)
    assert session.judged(judging, session.judge(Says(verdict), judging))
    assert isinstance(session.state, Graded)
    return session.state


def test_a_card_is_asked_answered_judged_and_graded(session: ReviewSession, store: Store) -> None:
    asking = session.next(NOW)
    assert isinstance(asking, Asking)
    assert (asking.card.card.term, asking.left) == ("dropout", Left(3, 0))
    assert answer(session).verdict == RIGHT
    assert session.suggested is Grade.PERFECT
    moved = session.grade(Grade.PERFECT, 9.0, NOW)
    assert session.card is None
    assert (moved.answered.seconds, moved.wrong) == (9.0, None)
    *_, entry = store.journal.entries()
    assert entry.review is not None
    assert (entry.review.chosen, entry.review.answer) == (5, "an answer")
    assert entry.review.detail.seconds == 4.0
    following = session.next(NOW)
    assert isinstance(following, Asking)
    assert following.card.card.term == "softmax"


def test_what_is_left_counts_what_comes_back_before_its_time_has_come(session: ReviewSession) -> None:
    counted = []
    for grade in (Grade.WRONG, Grade.PERFECT, Grade.WRONG, Grade.PERFECT):
        asking = session.next(NOW)
        assert isinstance(asking, Asking)
        counted.append((asking.left, messages.left(asking.left)))
        answer(session)
        session.grade(grade, 9.0, NOW)
    assert counted == [
        (Left(3, 0), "3 to go"),
        (Left(2, 1), "2 to go + 1 to repeat"),
        (Left(1, 1), "1 to go + 1 to repeat"),
        (Left(0, 2), "2 to repeat"),
    ]


def test_an_empty_answer_needs_no_verdict_and_suggests_nothing(session: ReviewSession) -> None:
    session.next(NOW)
    graded = session.submit("", 2.0)
    assert isinstance(graded, Graded)
    assert (graded.verdict, session.suggested, session.knew) == (None, None, Grade.GOOD)


def test_a_verdict_that_comes_too_late_is_left(session: ReviewSession) -> None:
    session.next(NOW)
    judging = session.submit("an answer", 4.0)
    assert isinstance(judging, Judging)
    session.bury(NOW)
    session.next(NOW)
    assert not session.judged(judging, RIGHT)
    assert isinstance(session.state, Asking)
    assert session.verdict is None


def test_i_knew_it_is_no_worse_than_the_verdict(session: ReviewSession) -> None:
    session.next(NOW)
    answer(session)
    knew = session.knew
    assert knew is Grade.PERFECT
    session.grade(knew, 5.0, NOW)
    session.next(NOW)
    answer(session, WRONG)
    assert session.knew is Grade.GOOD


def test_a_hint_costs_the_top_grade_also_when_the_session_was_left(store: Store) -> None:
    fill(store, "dropout")
    store.set_points(store.card(1), ["drops units at random", "scales the others", "only in training"], NOW)
    begun = Begun()
    first = ReviewSession(store, DAY, begun=begun)
    first.next(NOW)
    assert first.hint()
    assert first.hint()
    assert not first.hint(), "the last point is left to the learner"
    second = ReviewSession(store, DAY, begun=begun)
    second.next(NOW)
    assert second.hints == ("drops units at random", "scales the others")
    answer(second)
    assert (second.best, second.suggested, second.knew) == (Grade.GOOD, Grade.GOOD, Grade.GOOD)
    second.grade(Grade.GOOD, 5.0, NOW)
    *_, entry = store.journal.entries()
    assert entry.review is not None
    assert entry.review.detail.hints == 2
    assert begun == Begun()


def test_a_point_is_the_learners_to_say(session: ReviewSession) -> None:
    session.next(NOW)
    assert not session.point(0)
    answer(session, WRONG)
    assert not session.point(2)
    assert session.point(0)
    assert session.point(1)
    assert session.verdict is not None
    assert [point.state for point in session.verdict.points] == [State.HIT, State.HIT]


def test_undo_brings_the_answer_back_and_takes_it_out_of_the_summary(session: ReviewSession) -> None:
    session.next(NOW)
    answer(session, WRONG, "what I typed")
    session.grade(Grade.BLACKOUT, 5.0, NOW)
    assert [one.card.id for one in session.answers.worth_a_look] == [1]
    assert session.undo(NOW) is not None
    assert not session.answers.count
    asking = session.next(NOW)
    assert isinstance(asking, Asking)
    assert asking.card.id == 1
    assert session.begun.drafts[1] == "what I typed"
    assert ReviewSession(session.store, DAY).undo(NOW) is None


def test_what_leaves_a_card_asks_the_next(session: ReviewSession, store: Store) -> None:
    session.next(NOW)
    assert session.skip()
    session.next(NOW)
    session.bury(NOW)
    session.next(NOW)
    session.suspend(NOW)
    last = session.next(NOW)
    assert isinstance(last, Asking)
    assert last.card.card.term == "dropout"
    assert not session.skip(), "there is no other"
    assert store.card(3).suspended
    session.suspend(NOW)
    assert isinstance(session.next(NOW), Done)


def test_a_leech_asks_for_attention_with_what_went_wrong(store: Store) -> None:
    fill(store, "dropout")
    store.reschedule("words", Scheduling(leech=2, relearning_steps=()), {}, NOW)
    queue = ReviewQueue(store, DAY)
    for days_ago, grade in ((9, Grade.GOOD), (8, Grade.WRONG), (7, Grade.GOOD)):
        queue.record(store.card(1), grade, NOW - timedelta(days=days_ago), answer="no idea")
    session = ReviewSession(store, DAY)
    session.next(NOW)
    answer(session, WRONG, "none at all")
    moved = session.grade(Grade.WRONG, 5.0, NOW)
    assert moved.wrong is not None
    assert [one.answer for one in moved.wrong] == ["no idea", "none at all"]
    session.reset(1, NOW)
    assert store.card(1).lapses == 0


def test_a_card_that_never_gets_learnt_asks_for_attention(store: Store) -> None:
    fill(store, "dropout")
    session = ReviewSession(store, DAY)
    asked = []
    for number in range(20):
        at = NOW + timedelta(minutes=30 * number)
        session.next(at)
        answer(session, WRONG, "no idea")
        asked += [number + 1] if session.grade(Grade.WRONG, 5.0, at).wrong else []
    assert store.card(1).lapses == 0
    assert asked == [12, 16, 20]
    (row,) = store.entries.rows(DAY.of(NOW), DAY.start(DAY.of(NOW)))
    assert row.leech, "the glossary counts like that too"


def test_a_card_that_was_moved_elsewhere_can_be_asked_again(session: ReviewSession, store: Store) -> None:
    session.next(NOW)
    answer(session)
    other = ReviewSession(store, DAY)
    other.next(NOW)
    answer(other)
    other.grade(Grade.GOOD, 5.0, NOW)
    with pytest.raises(InputError):
        session.grade(Grade.PERFECT, 5.0, NOW)
    assert session.card is None
    assert session.begun.drafts[1] == "an answer"
    assert isinstance(session.next(NOW), Asking)


def test_an_edit_asks_for_a_new_verdict_only_where_the_question_changed(
    session: ReviewSession, store: Store
) -> None:
    session.next(NOW)
    answer(session)
    assert not session.changed(store.card(1))
    assert isinstance(session.state, Graded)
    store.set_points(store.card(1), ["something else"], NOW)
    assert session.changed(store.card(1))
    assert isinstance(session.state, Judging)
    assert not isinstance(session.state, Graded)
    assert session.answer == "an answer"


class InTurn(TextGrader):
    """Has one verdict after the other."""

    def __init__(self, *given: Verdict) -> None:
        self.given = iter(given)

    def grade(self, question: Question, answer: str) -> Verdict:
        return next(self.given)


@pytest.mark.parametrize(
    ("longer", "states", "sure"),
    [
        ("the fortress, and Robespierre", (State.HIT, State.UNSURE), False),
        ("the fortress, with the powder", (State.HIT, State.HIT), True),
        ("something else", (State.HIT, State.UNSURE), True),
    ],
)
def test_who_goes_on_after_a_doubt_makes_it_no_surer_without_a_point(
    store: Store, longer: str, states: tuple[State, ...], sure: bool
) -> None:
    fill(store, "one")
    session = ReviewSession(store, DAY)
    session.next(NOW)
    grader = InTurn(judged(State.HIT, State.UNSURE, score=0.7), judged(*states, score=0.7, sure=True))
    for answer in ("the fortress", longer):
        judging = session.submit(answer, 1.0)
        assert isinstance(judging, Judging)
        session.judged(judging, session.judge(grader, judging))
        said = session.verdict
        session.resume("")
    assert said is not None
    assert said.unsure is not sure
