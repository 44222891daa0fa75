"""A text about a section is judged question by question, by a grader that a test makes up."""

from collections.abc import Sequence

import numpy as np
import pytest

from studyllm.grading import Question, TextGrader, Verdict, foresee, hear, listen
from studyllm.grading.hearing import judged
from studyllm.grading.verdict import QUERY, verdict
from studyllm.verdicts import PointResult, Recalled, State

BOX = Question("box", "numbered boxes", points=("numbered boxes",), term="box")
CURVE = Question("curve", "falls fast", points=("falls fast",), term="curve")
TEXT = "A box has a number on it. The curve is falling fast."


class Seeing(TextGrader):
    """Sees which of two subjects a text is about, and remembers what it was asked."""

    def __init__(self, given: Verdict | None = None) -> None:
        self.given, self.asked, self.foreseen = given, list[tuple[str, str]](), list[str]()

    def embed(self, texts: Sequence[str], prefix: str = QUERY) -> tuple[bytes, ...]:
        return tuple(np.array([("box" in t) + 0.1, ("fall" in t) + 0.1], "<f2").tobytes() for t in texts)

    def grade(self, question: Question, answer: str) -> Verdict:
        self.asked.append((question.term, answer))
        return self.given or super().grade(question, answer)

    def foresee(self, question: Question) -> None:
        self.foreseen.append(question.term)


def said(score: float, confidence: float, *states: State) -> Verdict:
    return verdict(score, tuple(PointResult("p", state) for state in states), confidence=confidence)


def test_each_question_is_judged_by_its_own_sentences() -> None:
    grader = Seeing()
    assert hear(grader, [BOX, CURVE], TEXT) is not None
    assert grader.asked == [("box", "A box has a number on it."), ("curve", "The curve is falling fast.")]


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (said(0.9, 0.95, State.HIT), Recalled.HIT),
        (said(0.9, 0.5, State.HIT), Recalled.PARTLY),
        (said(0.4, 0.95, State.HIT, State.MISSED), Recalled.PARTLY),
        (said(0.4, 0.95, State.HIT, State.CONTRADICTED), Recalled.CONTRADICTED),
        (said(0.1, 0.95, State.MISSED), Recalled.MISSED),
        (said(0.1, 0.5, State.UNSURE), Recalled.MISSED),
    ],
)
def test_only_what_was_surely_said_in_full_is_a_hit(given: Verdict, state: Recalled) -> None:
    heard = hear(Seeing(given), [BOX], TEXT)
    assert heard is not None
    assert heard[0].state is state
    doubtful = state is Recalled.PARTLY and all(point.state is State.HIT for point in given.points)
    said = [State.PARTLY] if doubtful else [point.state for point in given.points]
    assert [point.state for point in heard[0].points] == said, (
        "what is only partly said has not all its points"
    )


@pytest.mark.parametrize(
    ("given", "state"),
    [
        (said(0.9, 0.65, State.HIT, State.HIT, State.HIT), Recalled.HIT),
        (said(0.9, 0.5, State.HIT, State.HIT, State.HIT), Recalled.PARTLY),
        (said(0.9, 0.65, State.HIT, State.HIT, State.UNSURE), Recalled.PARTLY),
        (said(0.5, 0.95, State.HIT, State.HIT, State.HIT), Recalled.PARTLY),
        (said(0.9, 0.65, State.HIT, State.HIT), Recalled.HIT),
        (said(0.9, 0.65, State.HIT), Recalled.PARTLY),
    ],
    ids=[
        "each was heard",
        "each was heard, hardly",
        "one is in doubt",
        "only partly correct",
        "two are several",
        "one is not",
    ],
)
def test_what_has_several_points_was_said_when_each_of_them_likely_was(
    given: Verdict, state: Recalled
) -> None:
    heard = hear(Seeing(given), [BOX], TEXT)
    assert heard is not None
    assert heard[0].state is state


def test_what_stands_there_word_for_word_was_said_unless_the_models_find_it_wrong() -> None:
    for given, state in (
        (said(0.5, 0.5, State.PARTLY), Recalled.HIT),
        (said(0.4, 0.9, State.CONTRADICTED), Recalled.CONTRADICTED),
        (said(0.1, 0.9, State.MISSED), Recalled.MISSED),
    ):
        heard = hear(Seeing(given), [BOX], "There are numbered boxes, of course.")
        assert heard is not None
        assert heard[0].state is state


def test_an_extra_that_was_said_otherwise_contradicts_nothing() -> None:
    points = (PointResult("p", State.HIT), PointResult("q", State.CONTRADICTED, extra=True))
    heard = hear(Seeing(verdict(0.9, points, confidence=0.95)), [BOX], TEXT)
    assert heard is not None
    assert heard[0].state is Recalled.HIT


def test_it_tells_how_far_it_is_and_can_be_stopped() -> None:
    seen: list[tuple[int, int]] = []

    def progress(done: int, of: int) -> bool:
        seen.append((done, of))
        return done < 1

    grader = Seeing()
    assert hear(grader, [BOX, CURVE], TEXT, progress) is None
    assert seen == [(0, 2), (1, 2)]
    assert len(grader.asked) == 1


def test_without_an_embedding_model_sentences_are_found_by_their_words() -> None:
    heard = hear(TextGrader(), [BOX, CURVE], "Numbered boxes are a box. The curve falls fast.")
    assert heard is not None
    assert [one.words for one in heard] == ["Numbered boxes are a box.", "The curve falls fast."]


def test_a_blank_text_says_nothing() -> None:
    assert hear(TextGrader(), [BOX], " \n") == (hear(TextGrader(), [BOX], "") or ())
    heard = hear(TextGrader(), [BOX], "")
    assert heard is not None
    assert (heard[0].state, heard[0].words) == (Recalled.MISSED, "")


def test_of_what_was_missed_no_words_are_quoted() -> None:
    missed = judged(verdict(0.1, (PointResult("a", State.MISSED, "b"),), confidence=0.95), "about a curve")
    assert (missed.state, missed.words, missed.points[0].evidence) == (Recalled.MISSED, "", "")
    about = judged(verdict(0.1, confidence=0.95), "A box is a curve.", named=True)
    assert (about.state, about.words) == (Recalled.MISSED, "A box is a curve.")
    half = judged(verdict(0.4, (PointResult("a", State.PARTLY),), confidence=0.95), "about a box")
    assert half.words == "about a box"


def test_questions_are_read_beforehand_as_long_as_the_text_is_written() -> None:
    grader, left = Seeing(), iter((True, False))
    foresee(grader, [BOX, CURVE], lambda: next(left))
    assert grader.foreseen == ["box"]
    foresee(TextGrader(), [BOX], lambda: True)  # which has nothing to read


def test_a_text_is_read_along_up_to_its_last_whole_sentence() -> None:
    grader, typed = Seeing(), iter(("A box has", "A box has a number on it. The curve", TEXT))
    written, looks = "", iter((True,) * 40)

    def grown() -> str:
        nonlocal written
        written = next(typed, written)
        return written

    listen(grader, [BOX], grown, lambda: next(looks, False) and written != TEXT)
    assert grader.asked == [("box", "A box has a number on it.")]
    listen(TextGrader(), [BOX], grown, lambda: True)  # which would not be quicker for it


def test_what_is_said_of_another_term_contradicts_nothing() -> None:
    given = said(0.1, 0.95, State.CONTRADICTED)
    assert judged(given, "A box is round.").state is Recalled.CONTRADICTED
    heard = judged(given, "A box is round.", of_others=True)
    assert heard.state is Recalled.MISSED
    assert [point.state for point in heard.points] == [State.MISSED]
    both = hear(Seeing(given), [BOX, CURVE], "A box is falling fast.")
    assert both is not None
    assert [one.state for one in both] == [Recalled.CONTRADICTED, Recalled.MISSED]


def test_a_term_of_the_own_answer_speaks_of_no_other_card() -> None:
    given = said(0.1, 0.95, State.CONTRADICTED)
    fall = Question("fall", "a curve that drops", points=("a curve that drops",), term="fall")
    heard = hear(Seeing(given), [fall, CURVE], "A curve that rises is falling.")
    assert heard is not None
    assert heard[0].state is Recalled.CONTRADICTED
