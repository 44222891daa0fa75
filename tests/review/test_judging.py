"""Verdicts and explanations, as both faces get them."""

from dataclasses import replace

import pytest

from studyllm.cards import Deck, Kind
from studyllm.grading import Question, TextGrader, Verdict
from studyllm.grading.text_grader import LONGEST
from studyllm.review.judging import explain, judge
from studyllm.store import Changes, Store, StudyCard
from studyllm.verdicts import Label, State
from tests.conftest import NOW, card, fill
from tests.graders import Alike, Says, judged


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
    assert said.endswith("你写的是“召回率”的意思。")
    assert named == [recall]


def test_of_what_is_another_cards_it_is_not_said_that_all_points_are_there(store: Store) -> None:
    precision, _ = _metrics(store)
    doubtful = judged(State.HIT, score=0.7)
    assert "".join(explain(store, TextGrader(), precision, RECALL, doubtful)) == "你写的是“召回率”的意思。"


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


class Knows(Alike):
    """Grades by the references of what it is asked, and says how much of it an answer was."""

    def __init__(self, **worth: Verdict) -> None:
        self.worth = worth

    def grade(self, question: Question, answer: str) -> Verdict:
        return self.worth[question.term]


def _protocols(store: Store) -> tuple[StudyCard, StudyCard]:
    rows = (
        card("OSPF", "finds the shortest path by link states and cost", line=1),
        card("RIP", "distance vector protocol that counts hops up to fifteen", line=2),
    )
    store.apply(Deck("words"), Changes(added=rows), NOW)
    ospf, rip = store.cards("words")
    return ospf, rip


WRONG = judged(State.MISSED, score=0.1, sure=True)


@pytest.mark.parametrize(
    ("given", "other", "said"),
    [
        (WRONG, judged(State.HIT, score=0.9), True),
        (WRONG, judged(State.HIT, State.MISSED, score=0.4), True),
        (WRONG, judged(State.HIT, State.CONTRADICTED, score=0.4), False),
        (WRONG, judged(State.MISSED, score=0.1), False),
        (judged(State.HIT, State.CONTRADICTED, score=0.4), judged(State.HIT, score=0.9), True),
        (judged(State.HIT, State.CONTRADICTED, score=0.4), judged(State.HIT, State.MISSED, score=0.4), False),
        (judged(State.HIT, State.MISSED, score=0.4), judged(State.HIT, score=0.9), False),
    ],
)
def test_what_is_another_cards_of_the_note_is_named_though_only_half_of_it_was_said(
    store: Store, given: Verdict, other: Verdict, said: bool
) -> None:
    ospf, rip = _protocols(store)
    named: list[StudyCard] = []
    grader = Knows(OSPF=given, RIP=other)
    told = "".join(explain(store, grader, ospf, "distance vector that counts hops", given, named.append))
    assert ("What you wrote is the meaning of “RIP”." in told, named) == (said, [rip] if said else [])


def test_an_item_of_a_list_is_not_told_apart_from_the_list(store: Store) -> None:
    listed = card("protocols", "- OSPF: link states\n- RIP: distance vector")
    rows = (
        replace(listed, source=replace(listed.source, end_line=3)),
        card("RIP", "distance vector protocol that counts hops up to fifteen", line=3),
    )
    store.apply(Deck("words"), Changes(added=rows), NOW)
    whole, _rip = store.cards("words")
    grader = Knows(protocols=WRONG, RIP=judged(State.HIT, score=0.9))
    assert "meaning of" not in "".join(
        explain(store, grader, whole, "distance vector that counts hops", WRONG)
    )


@pytest.mark.parametrize(
    ("answer", "sure", "said"),
    [
        ("distance vector that sends tables", False, True),
        ("distance learning at a university", False, False),
        ("distance learning at a university", True, True),
    ],
)
def test_where_half_of_another_card_is_not_sure_its_words_have_to_be_there(
    store: Store, answer: str, sure: bool, said: bool
) -> None:
    ospf, _rip = _protocols(store)
    grader = Knows(OSPF=WRONG, RIP=judged(State.HIT, State.MISSED, score=0.4, sure=sure))
    assert ("RIP" in "".join(explain(store, grader, ospf, answer, WRONG))) is said


def test_the_translation_of_another_word_is_named_without_a_model(store: Store) -> None:
    rows = (
        card("el techo", "the roof, the ceiling", line=1),
        card("el suelo", "the floor, the ground", line=2),
    )
    store.apply(Deck("words"), Changes(added=rows), NOW)
    roof, floor = store.cards("words")
    named: list[StudyCard] = []
    "".join(explain(store, TextGrader(), roof, "ground", WRONG, named.append))
    assert named == [floor]


def _verbs(store: Store) -> tuple[StudyCard, StudyCard]:
    """A verb of a list, and the card that asks for it by its meaning."""
    rows = (card("levantarse", "to get up", line=1), card("despertarse", "to wake up", line=2))
    asked = replace(card("to wake up", "despertarse", line=2), kind=Kind.MEANING)
    store.apply(Deck("verbs"), Changes(added=(*rows, asked)), NOW)
    _up, wake, named = store.cards("verbs")
    return wake, named


def test_the_name_of_another_card_of_the_deck_is_none_of_what_is_asked(store: Store) -> None:
    _, named = _verbs(store)
    liked = Says(judged(State.HIT, score=0.9, sure=True))
    given = judge(store, liked, named, "levantarse")
    assert given.label is Label.INCORRECT
    assert not given.unsure
    assert "“levantarse” is “to get up”." in "".join(explain(store, liked, named, "levantarse", given))
    assert judge(store, liked, named, "despertarse").label is Label.CORRECT


def test_what_another_word_means_word_for_word_is_not_surely_right(store: Store) -> None:
    wake, _ = _verbs(store)
    liked = Says(judged(State.HIT, score=0.9, sure=True))
    given = judge(store, liked, wake, "to get up")
    assert given.unsure
    assert "“levantarse”" in "".join(explain(store, liked, wake, "to get up", given))
    assert not judge(store, liked, wake, "to stop sleeping").unsure


@pytest.mark.parametrize(
    ("term", "meaning", "other", "its", "answer"),
    [
        ("comenzar", "to begin", "empezar", "to begin, to start", "empezar"),
        ("T cell", "kills infected cells", "B cell", "makes antibodies", "cell"),
        ("der Band", "volume", "das Band", "ribbon", "Band"),
    ],
)
def test_a_synonym_half_a_name_and_ones_own_word_are_not_another_cards(
    store: Store, term: str, meaning: str, other: str, its: str, answer: str
) -> None:
    rows = (card(term, meaning, line=1), card(other, its, line=2))
    named = replace(card(meaning, term, line=1), kind=Kind.MEANING)
    store.apply(Deck("words"), Changes(added=(*rows, named)), NOW)
    (asked,) = [one for one in store.cards("words") if one.card.kind is Kind.MEANING]
    assert store.defined_so(asked, answer) is None
