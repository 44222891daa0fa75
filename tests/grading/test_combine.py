"""How text and models add up, without either model."""

from dataclasses import replace

import pytest

from studyllm.cards import Kind
from studyllm.grading import Label, Question, State, TextGrader, overlap
from studyllm.grading.combine import combine, confidence, in_order, weights
from studyllm.grading.signals import Signals, from_message
from studyllm.grading.verdict import CORRECT_FROM, PARTIAL_FROM

STEPS = Question("编译的步骤", "词法分析\n语法分析\n代码生成", kind=Kind.SEQUENCE)
LIST = Question("Primary colours of light", "red, green, blue", kind=Kind.LIST)
HEAP = Question("堆是什么", "一种完全二叉树；取最大值很快。", term="堆")


def test_steps_count_in_their_order() -> None:
    grader = TextGrader()
    right = grader.grade(STEPS, "先词法分析，再语法分析，最后代码生成")
    turned = grader.grade(STEPS, "先代码生成，再语法分析，最后词法分析")
    assert right.label is Label.CORRECT
    assert turned.label is Label.PARTIAL
    assert in_order(("a b", "c d"), "a then c")
    assert not in_order(("apple", "cherry"), "cherry then apple")


def test_items_of_a_list_are_counted() -> None:
    scores = [
        TextGrader().grade(LIST, answer).score
        for answer in ("blue red green", "green and red", "blue", "pink")
    ]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 4
    states = [p.state for p in TextGrader().grade(LIST, "green and red").points]
    assert states == [State.HIT, State.HIT, State.MISSED]


def test_the_words_of_the_reference_are_right() -> None:
    found = TextGrader().grade(HEAP, "一种完全二叉树, 取最大值很快")
    assert (found.label, found.score) == (Label.CORRECT, 1.0)
    assert {p.state for p in found.points} == {State.HIT}


def test_a_model_that_says_yes_to_points_nobody_made_is_capped() -> None:
    seen = Signals(whole=0.75, points=(0.75, 0.75), says=30.0, said=(-8.0, -8.0))
    assert combine(HEAP, "一些别的话题", seen).label is not Label.CORRECT


def test_the_opinion_of_a_language_model_counts_for_longer_questions() -> None:
    why = Question("为什么取堆的最大值很快？", "最大的元素总在根上，不必查找。")
    base = Signals(says=0.0, said=(0.0, 0.0), denied=(0.0, 0.0))
    low, high = (combine(why, "它在最上面", replace(base, opinion=x)) for x in (-5.0, 5.0))
    assert low.score < high.score
    assert high.by[-1] == "language model"


@pytest.mark.parametrize(
    "better",
    [
        {"says": 3.0},
        {"denies": -3.0},
        {"said": (3.0, 3.0)},
        {"whole": 0.99},
        {"points": (0.99, 0.99)},
    ],
)
def test_nothing_that_speaks_for_an_answer_lowers_it(better: dict[str, object]) -> None:
    base: dict[str, object] = {"whole": 0.85, "points": (0.85, 0.85), "says": 0.0}
    base |= {"denies": 0.0, "said": (0.0, 0.0), "denied": (0.0, 0.0)}
    scores = []
    for values in (base, base | better):
        message = {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}
        scores.append(combine(HEAP, "一棵树，堆顶最大", from_message(message)).score)
    assert scores[1] >= scores[0]


def test_confidence_is_greatest_far_from_the_edges() -> None:
    for table in weights().values():
        assert confidence(1.0, table) > confidence(CORRECT_FROM, table)
        assert confidence(0.0, table) > confidence(PARTIAL_FROM, table)


def test_overlap_sees_through_form() -> None:
    assert overlap.recall("缓存 Cache", "ＣＡＣＨＥ，缓存") == 1.0
    assert overlap.soft_recall("optimise parameters", "optimising a parameter") > 0.6
    assert overlap.negations("不能没有") == 2
    assert overlap.negations("it's not, can't, never") == 3
    assert overlap.negations("不仅不同") == 0
    assert overlap.numbers("用 8 位，1.50 倍") == {"8", "1.5"}
