"""How sure the learner was, and what was taken for what: asked, kept in the log, and shown at the end."""

from studyllm.grading import Question, TextGrader, Verdict
from studyllm.review.history import Answered, Answers
from studyllm.review.session import Asking, Graded, Judging, ReviewSession, Weighing
from studyllm.schedule import Grade
from studyllm.store import Store
from studyllm.verdicts import Confidence, State
from tests.conftest import DAY, NOW, fill
from tests.graders import Alike, judged


def test_an_answer_is_weighed_before_it_is_judged_and_the_log_keeps_how_sure_it_was(store: Store) -> None:
    fill(store, "residual")
    session = ReviewSession(store, DAY, confidence=True)
    session.next(NOW)
    weighing = session.submit("what residual means", 3.0)
    assert isinstance(weighing, Weighing)
    assert session.verdict is None
    judging = session.weigh(Confidence.SURE)
    assert isinstance(judging, Judging)
    session.judged(judging, session.judge(TextGrader(), judging))
    assert session.weigh(Confidence.GUESS) is session.state, "the verdict is known: it is too late"
    session.grade(Grade.WRONG, 4.0, NOW)
    (review,) = (entry.review for entry in store.journal.entries() if entry.review)
    assert review.detail.own_confidence == 3
    assert [one.sure_and_wrong for one in session.answers.worth_a_look] == [True]
    entry = session.undo(NOW)
    assert entry is not None
    assert entry.review is not None
    assert entry.review.detail.own_confidence == 3
    assert session.answers.worth_a_look == ()


def test_an_answer_that_is_weighed_can_be_written_on(store: Store) -> None:
    fill(store, "residual")
    session = ReviewSession(store, DAY, confidence=True)
    session.next(NOW)
    session.submit("what", 1.0)
    assert isinstance(session.resume(" more"), Asking)
    assert session.begun.drafts == {1: "what more"}


def test_nothing_is_weighed_without_an_answer(store: Store) -> None:
    fill(store, "residual")
    session = ReviewSession(store, DAY, confidence=True)
    session.next(NOW)
    assert isinstance(session.submit("", 1.0), Graded)


def test_what_the_learner_was_sure_of_comes_first_among_the_mistakes(store: Store) -> None:
    fill(store, "residual", "softmax", "dropout")
    answers = Answers()
    for card, confidence in ((1, None), (2, Confidence.FAIR), (3, Confidence.SURE)):
        answers.add(Answered(store.card(card), Grade.WRONG, confidence=confidence))
    assert [one.card.id for one in answers.worth_a_look] == [3, 1, 2]


class Believes(Alike):
    """Finds every answer right."""

    def grade(self, question: Question, answer: str) -> Verdict:
        return judged(State.HIT, score=0.9, sure=True)


def test_in_doubt_an_answer_that_is_another_cards_is_suggested_to_be_wrong(store: Store) -> None:
    fill(store, "residual", "softmax")
    session = ReviewSession(store, DAY)
    session.next(NOW)
    judging = session.submit("this is what softmax means", 3.0)
    assert isinstance(judging, Judging)
    verdict = judged(State.MISSED, score=0.1, sure=False)
    session.judged(judging, verdict)
    assert session.suggested is None
    assert "softmax" in "".join(session.explain(Believes(), judging, verdict))
    assert session.suggested is Grade.WRONG


def test_whose_definition_a_wrong_answer_was_is_kept(store: Store) -> None:
    fill(store, "residual", "softmax")
    session = ReviewSession(store, DAY)
    session.next(NOW)
    judging = session.submit("this is what softmax means", 3.0)
    assert isinstance(judging, Judging)
    verdict = judged(State.MISSED, score=0.1, sure=True)
    session.judged(judging, verdict)
    said = "".join(session.explain(Believes(), judging, verdict))
    assert "softmax" in said
    asked = session.state
    assert isinstance(asked, Graded)
    session.grade(Grade.WRONG, 4.0, NOW)
    (review,) = (entry.review for entry in store.journal.entries() if entry.review)
    assert review.detail.confused == 2
    assert [(one.id, other.id) for one, other in session.answers.confused] == [(1, 2)]
    session.undo(NOW)
    session.state = asked
    session.grade(Grade.BLACKOUT, 4.0, NOW)
    again = store.journal.latest(1)[0].review
    assert again is not None
    assert again.detail.confused == 2, "another grade is about the same answer"
