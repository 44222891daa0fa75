"""What an answer to each kind of question is worth."""

import random

import pytest

from studyllm.grading.verdict import verdict
from studyllm.quiz import score
from studyllm.quiz.compose import Composer
from studyllm.quiz.distractors import Distracting
from studyllm.quiz.items import Cloze, Grid, GridRow, Item, Mode, MultipleChoice, Order, Typed
from tests.quiz.cards import deck, steps, study, table

CARDS = deck()
GRID = Grid(
    Mode.MATCH,
    ("", ""),
    tuple(GridRow(card, (card.card.term, ""), 1, card.card.answer) for card in CARDS[:3]),
    tuple(card.card.answer for card in reversed(CARDS[:3])),
)
ORDER = Order(steps(9, "流程", "一", "二", "三"), "流程", ("一", "二", "三"), (2, 0, 1))


def test_a_choice_is_right_or_names_what_it_was_taken_for() -> None:
    item = MultipleChoice(Mode.CHOOSE_TERM, CARDS[0], "?", ("甲", "乙", "丙"), (2, 1, 3), 1)
    right, wrong, none = (score.chosen(item, index, 4) for index in (1, 2, score.DONT_KNOW))
    assert (right.right, right.score, right.confused, right.number) == (True, 1.0, None, 4)
    assert (wrong.right, wrong.given, wrong.confused, wrong.wanted) == (False, "丙", 3, "乙")
    assert (none.right, none.given, none.confused) == (False, "", None)


@pytest.mark.parametrize(("given", "right"), [("2.5", True), ("２.５０", True), ("2.4", False), ("", False)])
def test_a_gap_is_filled_by_what_folds_to_the_same(given: str, right: bool) -> None:
    assert score.filled(Cloze(CARDS[0], "取 ", "。", "2.5", ("2.5",)), given, 1).right is right


@pytest.mark.parametrize(
    ("term", "given", "right"),
    [
        ("une valise", "valise", True),
        ("une valise", "valisse", True),
        ("une valise", "un valise", False),
        ("l'orage", "orage", True),
        ("to lend", "lend", True),
        ("Der Koffer", "koffer", True),
        ("der Koffer", "die Koffer", False),
    ],
)
def test_a_term_is_right_without_its_article_and_not_with_another(term: str, given: str, right: bool) -> None:
    item = Typed(Mode.TERM, study(1, term, "…"), "?")
    assert score.named(item, given, 1).right is right


def test_a_term_is_right_under_any_of_its_names() -> None:
    item = Typed(Mode.TERM, study(1, "字节对编码", "…", aliases=("BPE",)), "一种算法")
    assert score.named(item, "bpe", 1).right
    assert score.named(item, "字节对编码", 1).right
    wrong = score.named(item, "词表", 1, confused=7)
    assert (wrong.right, wrong.wanted, wrong.confused) == (False, "字节对编码 / BPE", 7)


def test_one_slip_is_let_pass_where_it_makes_no_other_term() -> None:
    gap = Cloze(CARDS[0], "", " removes CO2", "decarboxylase", ("decarboxylase",))
    assert score.filled(gap, "decarboxilase", 1).right
    assert not score.filled(gap, "carboxylase", 1).right
    item = Typed(Mode.TERM, study(1, "有效滤过压", "…"), "血管内外的压力差")
    assert score.named(item, "有效虑过压", 1).right
    assert not score.named(item, "有效虑过压", 1, confused=7).right


def test_a_typed_meaning_is_worth_its_verdict() -> None:
    item = Typed(Mode.MEANING, CARDS[0], "遗忘曲线")
    good = score.explained(item, "先快后慢", verdict(0.9, confidence=1.0), 1, confused=3)
    half = score.explained(item, "先快", verdict(0.4, confidence=1.0), 1, confused=3)
    assert (good.right, good.score, good.confused) == (True, 1.0, None), "what is right is right in full"
    assert (half.right, half.score, half.confused) == (False, 0.4, 3)


def test_each_pair_counts_for_itself() -> None:
    one, two, three = (card.card.answer for card in CARDS[:3])
    outcomes = score.placed(GRID, {0: one, 1: three}, 2)
    assert [o.right for o in outcomes] == [True, False, False]
    assert [o.confused for o in outcomes] == [None, 3, None]
    assert outcomes[2].given == ""
    assert outcomes[1].wanted == two


def test_order_counts_pairs_and_equal_steps_may_change_places() -> None:
    assert score.ordered(ORDER, (0, 1, 2), 1).right
    assert score.ordered(ORDER, (1, 0, 2), 1).score == pytest.approx(2 / 3)
    assert score.ordered(ORDER, (2, 1, 0), 1).score == 0
    twice = Order(steps(9, "洗", "洗", "晾", "洗"), "洗", ("洗", "晾", "洗"), (0, 1, 2))
    assert score.ordered(twice, (2, 1, 0), 1).score == 1


def test_what_is_skipped_is_wrong_and_says_what_was_wanted() -> None:
    cards = [
        *CARDS,
        table(20, "甲", "第一个词的含义", "例一"),
        table(21, "乙", "第二个词另有所指", "例二"),
        ORDER.card,
    ]
    composer = Composer(Distracting(cards), random.Random(1), {})
    items: list[Item | None] = [
        composer.item(CARDS[0], m)
        for m in (Mode.CHOOSE_TERM, Mode.MEANING, Mode.TERM, Mode.CLOZE, Mode.MATCH)
    ]
    items += [composer.item(cards[6], Mode.TABLE), composer.item(ORDER.card, Mode.ORDER)]
    for item in items:
        assert item is not None
        for outcome in score.skipped(item, 3):
            assert (outcome.right, outcome.score, outcome.given, outcome.number) == (False, 0.0, "", 3)
            assert outcome.wanted


def test_a_chain_that_is_mostly_in_order_is_right_in_part() -> None:
    found = [score.ordered(ORDER, order, 1) for order in ([0, 1, 2], [0, 2, 1], [2, 1, 0])]
    assert [score.in_part(one) for one in found] == [False, True, False]


@pytest.mark.parametrize(
    ("term", "given", "told"),
    [
        ("der Mietvertrag", "das Mietvertrag", "The article is another one: “der Mietvertrag”."),
        ("der Mietvertrag", "das Mietvertrga", "The article is another one: “der Mietvertrag”."),
        ("el problema", "la problema", "The article is another one: “el problema”."),
        ("die Nebenkosten", "die Nebenkostn", "It is written “die Nebenkosten”."),
        ("die Nebenkosten", "Nebenkostn", "It is written “die Nebenkosten”."),
        ("Geschäftsfähigkeit", "Geschaftsfahigkeit", "It is written “Geschäftsfähigkeit”."),
        ("der Mietvertrag", "der mietvertrag", ""),
        ("der Mietvertrag", "Mietvertrag", ""),
        ("der Mietvertrag", "die Kaution", ""),
        ("der Mietvertrag", "", ""),
    ],
)
def test_what_is_written_otherwise_is_told(term: str, given: str, told: str) -> None:
    item = Typed(Mode.TERM, study(1, term, "租房合同"), "租房合同")
    assert score.written(item, given) == told
