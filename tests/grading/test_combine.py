"""How text and models add up, without either model."""

import pytest

from studyllm.cards import Kind
from studyllm.grading import Label, Question, State, TextGrader, overlap
from studyllm.grading.combine import combine, confidence, in_order
from studyllm.grading.signals import Signals, from_message

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


def test_a_judge_that_says_yes_to_points_nobody_made_is_capped() -> None:
    seen = Signals(whole=0.75, points=(0.75, 0.75), judge=30.0, judged=(-8.0, -8.0))
    assert combine(HEAP, "一些别的话题", seen).label is not Label.CORRECT


@pytest.mark.parametrize(
    "better", [{"judge": 3.0}, {"judged": (3.0, 3.0)}, {"whole": 0.99}, {"points": (0.99, 0.99)}]
)
def test_nothing_that_speaks_for_an_answer_lowers_it(better: dict[str, object]) -> None:
    base: dict[str, object] = {"whole": 0.85, "points": (0.85, 0.85), "judge": 0.0, "judged": (0.0, 0.0)}
    worse = combine(
        HEAP, "一棵树，堆顶最大", from_message(base | {"points": [0.85, 0.85], "judged": [0.0, 0.0]})
    )
    values = {k: list(v) if isinstance(v, tuple) else v for k, v in (base | better).items()}
    assert combine(HEAP, "一棵树，堆顶最大", from_message(values)).score >= worse.score


def test_confidence_is_least_at_the_edges() -> None:
    assert confidence(0.65, 0.2) < confidence(0.95, 0.2)
    assert confidence(0.4, 0.2) < confidence(0.05, 0.2)
    assert confidence(0.05, 0.4) < confidence(0.05, 0.2)


def test_overlap_sees_through_form() -> None:
    assert overlap.recall("缓存 Cache", "ＣＡＣＨＥ，缓存") == 1.0
    assert overlap.soft_recall("optimise parameters", "optimising a parameter") > 0.6
    assert overlap.negations("不能没有") == 2
    assert overlap.negations("it's not, can't, never") == 3
    assert overlap.negations("不仅不同") == 0
    assert overlap.numbers("用 8 位，1.50 倍") == {"8", "1.5"}
