"""`--plain`: how sure an answer is before its verdict, an answer taken back after it, what a card asked early tells,
and what tells two terms apart at the end."""

from io import StringIO

import pytest

from studyllm.cli.plain import PlainReview
from studyllm.cli.prompts import Terminal
from studyllm.config import Settings, default_home
from studyllm.grading import Grader, Question, TextGrader, Verdict
from studyllm.store import Store
from studyllm.store.messages import NUMBER
from tests.conftest import NOW, asked_early, fill
from tests.graders import Alike


def review(
    store: Store,
    *lines: str,
    grader: Grader | None = None,
    confidence: bool = False,
    deck: str | None = None,
) -> list[str]:
    """The lines that a review says when these are typed, then Ctrl-D."""
    source, target = StringIO("".join(f"{line}\n" for line in lines)), StringIO()
    settings = Settings(default_home(), time_zone="UTC", confidence=confidence)
    PlainReview(store, grader or TextGrader(), settings, Terminal(source, target), lambda: NOW, deck).run()
    return target.getvalue().splitlines()


def test_how_sure_an_answer_is_comes_before_its_verdict(store: Store) -> None:
    fill(store, "residual", "softmax")
    said = review(store, "what residual means", "5", "", "2", "4", "no", ":help", "3", "1", confidence=True)
    asked = "How sure are you of it? 1 guess, 2 fairly sure, 3 sure:"
    at = said.index(asked)
    again = "One of 1, 2 and 3; :quit stops."
    assert said[at : at + 5] == [asked, again, asked, again, asked]
    assert said[at + 5] == "Verdict: correct (100% sure, word by word)"
    assert ":bury - not today" in said
    assert not any(line.startswith(":hint") for line in said), "hints are over"
    reviews = [entry.review for entry in store.journal.entries() if entry.review]
    assert [(one.chosen, one.detail.own_confidence) for one in reviews] == [(4, 2), (1, 3)]
    assert said[-1] == "Worth another look, you were sure: softmax"


def test_the_next_deck_of_the_same_review_is_weighed_too(store: Store) -> None:
    fill(store, "residual")
    fill(store, "softmax", deck="others")
    review(store, "what", "2", "5", "n", "what", "3", "5", confidence=True, deck="words")
    reviews = [entry.review for entry in store.journal.entries() if entry.review]
    assert [one.detail.own_confidence for one in reviews] == [2, 3]


@pytest.mark.parametrize("command", [":bury", ":suspend"])
def test_a_card_can_be_left_before_its_verdict(store: Store, command: str) -> None:
    fill(store, "residual")
    review(store, "what", command, confidence=True)
    assert not [entry for entry in store.journal.entries() if entry.review]


class Confusing(Alike):
    """Finds every answer wrong but one to what residual is."""

    def grade(self, question: Question, answer: str) -> Verdict:
        return super().grade(question, answer if "residual" in question.text else "nothing of it")


def test_what_was_confused_is_told_apart_at_the_end(store: Store) -> None:
    fill(store, "residual", "softmax")
    store_before = [card.progress for card in store.cards()]
    lines = (":skip", "what residual means", "0", "what residual means", "5", ":bury")
    said = review(store, *lines, "c", "one is added, the other sums to one", grader=Confusing())
    assert "For softmax you gave the meaning of residual." in said
    at = said.index("c asks what tells them apart, Enter ends:")
    assert said[at + 1 : at + 3] == [
        "Question: What is the difference between “softmax” and “residual”?",
        "Answer:",
    ]
    assert said[-2:] == ["The note: softmax: what softmax means", "residual: what residual means"]
    (quiz,) = store.quizzes.history()
    assert quiz.modes == ("contrast",)
    assert store_before != [card.progress for card in store.cards()], "by the review, not by the contrast"


def test_nothing_is_offered_where_nothing_was_confused(store: Store) -> None:
    fill(store, "residual")
    assert not [line for line in review(store, "what residual means", "5") if "apart" in line]


def test_undo_at_a_verdict_without_a_grade_asks_the_card_again_and_undoes_nothing_older(store: Store) -> None:
    fill(store, "residual", "softmax")
    said = review(store, "an answer", "1", "another answer", ":undo", "what softmax means", "4", ":q")
    asked = [line for line in said if line.startswith("Question: ")]
    assert asked[:3] == ["Question: residual", "Question: softmax", "Question: softmax"]
    assert "Your answer is taken back; the card is asked again." in said
    kept = [entry.review.chosen for entry in store.journal.entries() if entry.review and not entry.undone]
    assert kept == [1, 4]


def test_undo_after_enter_alone_asks_the_card_again_and_undoes_nothing_older(store: Store) -> None:
    fill(store, "residual", "softmax")
    said = review(store, "an answer", "1", "", ":undo", "what softmax means", "4", ":q")
    asked = [line for line in said if line.startswith("Question: ")]
    assert asked[:3] == ["Question: residual", "Question: softmax", "Question: softmax"]
    assert "The card is asked again." in said
    kept = [entry.review.chosen for entry in store.journal.entries() if entry.review and not entry.undone]
    assert kept == [1, 4]


def test_the_number_that_changed_is_told_after_the_answer_alone(store: Store) -> None:
    fill(store, "residual")
    asked_early(store, NUMBER.format(before="6", after="12"))
    said = review(store, "an answer", "4")
    told = [line for line in said if line.startswith("Asked early")]
    assert told == ["Asked early: a number changed.", "Asked early: a number changed: 6 is now 12."]
    assert said.index(told[0]) < said.index("Answer:") < said.index(told[1])
