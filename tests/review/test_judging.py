"""Verdicts and explanations, as both faces get them."""

from dataclasses import replace

import pytest

from studyllm.cards import Deck, Kind
from studyllm.grading import TextGrader
from studyllm.grading.text_grader import LONGEST
from studyllm.review.judging import explain, judge
from studyllm.store import Changes, Store, StudyCard
from studyllm.verdicts import State
from tests.conftest import NOW, card, fill
from tests.graders import judged


def test_the_end_of_a_long_answer_that_was_not_read_is_said(store: Store) -> None:
    fill(store, "dropout")
    grader, card = TextGrader(), store.card(1)

    def explained(answer: str) -> str:
        return "".join(explain(store, grader, card, answer, judge(store, grader, card, answer)))

    words = card.card.answer + " and more"
    long = words + "." * (LONGEST + 1 - len(words))
    assert explained(long).startswith("Only the first 1500 characters of your answer were read.\n")
    assert "Only the first" not in explained(long[:LONGEST])


PRECISION = "查准率：判为正例的里面，真是正例的有多少。"
RECALL = "真正例里面，**被找出来的**有多少（Recall）。"


def _metrics(store: Store) -> tuple[StudyCard, StudyCard]:
    """Two terms of a deck, in notes of their own."""
    both = (card("精确率", PRECISION, lang="zh"), card("召回率", RECALL, path="/notes/b.md", lang="zh"))
    store.apply(Deck("metrics"), Changes(added=both), NOW)
    precision, recall = store.cards("metrics")
    return precision, recall


@pytest.mark.parametrize(
    "answer", [RECALL, "真正例里面,被找出来的有多少(recall)", " 真正例里面，被找出来的有多少（ＲＥＣＡＬＬ）"]
)
@pytest.mark.parametrize("score", [0.1, 0.4, 0.7])
def test_another_definition_of_the_deck_word_for_word_is_named_without_a_model(
    store: Store, answer: str, score: float
) -> None:
    precision, recall = _metrics(store)
    named: list[StudyCard] = []
    verdict = judged(State.UNSURE, score=score)
    said = "".join(explain(store, TextGrader(), precision, answer, verdict, named.append))
    assert said.endswith("你写的是“召回率”。")
    assert named == [recall]


def test_what_is_also_the_cards_own_or_surely_right_is_not_another_ones(store: Store) -> None:
    precision, _ = _metrics(store)
    assert store.defined_so(precision, PRECISION) is None
    assert store.defined_so(precision, "有多少") is None
    named: list[StudyCard] = []
    right = judged(State.HIT, score=0.9, sure=True)
    assert "召回率" not in "".join(explain(store, TextGrader(), precision, RECALL, right, named.append))
    assert named == []


def test_the_items_of_a_list_in_one_line_are_its_definition(store: Store) -> None:
    steps = replace(
        card("training loop", "1. forward pass\n2. loss\n3. backward pass", line=2),
        kind=Kind.SEQUENCE,
        points=("forward pass", "loss", "backward pass"),
    )
    store.apply(Deck("words"), Changes(added=(card("epoch", "one pass over all data"), steps)), NOW)
    epoch, loop = store.cards("words")
    for answer in ("forward pass, loss, backward pass", "1. Forward pass 2. Loss 3. Backward pass"):
        assert store.defined_so(epoch, answer) == loop
