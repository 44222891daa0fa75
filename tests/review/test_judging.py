"""Verdicts and explanations, as both faces get them."""

from studyllm.grading import TextGrader
from studyllm.grading.text_grader import LONGEST
from studyllm.review.judging import explain, judge
from studyllm.store import Store
from tests.conftest import fill


def test_the_end_of_a_long_answer_that_was_not_read_is_said(store: Store) -> None:
    fill(store, "dropout")
    grader, card = TextGrader(), store.card(1)

    def explained(answer: str) -> str:
        return "".join(explain(store, grader, card, answer, judge(store, grader, card, answer)))

    words = card.card.answer + " and more"
    long = words + "." * (LONGEST + 1 - len(words))
    assert explained(long).startswith("Only the first 1500 characters of your answer were read.\n")
    assert "Only the first" not in explained(long[:LONGEST])
