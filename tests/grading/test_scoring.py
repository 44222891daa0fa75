"""How text and models add up, without either model."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyllm.cards import Kind
from studyllm.grading import Question, TextGrader, lexical
from studyllm.grading.explain import composed
from studyllm.grading.scoring import (
    combine,
    label_shares,
    out_of_order,
    required,
    weights,
    with_extras,
    within,
)
from studyllm.grading.signals import DEGREES, Reading, Signals, from_message
from studyllm.grading.verdict import BANDS, label_of, verdict
from studyllm.verdicts import Label, PointResult, State

STEPS = Question("编译的步骤", "词法分析\n语法分析\n代码生成", kind=Kind.SEQUENCE)
LIST = Question("Primary colours of light", "red, green, blue", kind=Kind.LIST)
HEAP = Question("堆是什么", "一种完全二叉树；取最大值很快。", term="堆")
RIGHT = Signals(
    whole=0.9,
    points=(0.9, 0.9),
    says=4.0,
    denies=-5.0,
    said=(4.0, 4.0),
    denied=(-5.0, -5.0),
    reading=Reading((0.95, 0.04, 0.01), ((0.95, 0.04, 0.01),) * 2),
)
WRONG = replace(
    RIGHT,
    says=-3.0,
    denies=4.0,
    said=(-3.0, 3.0),
    denied=(4.0, -4.0),
    reading=Reading((0.02, 0.3, 0.68), ((0.02, 0.05, 0.93), (0.9, 0.05, 0.05))),
)


def test_what_both_models_find_right_is_surely_correct() -> None:
    found = combine(HEAP, "一棵树，每层都填满，堆顶就是最大的", RIGHT)
    assert found.label is Label.CORRECT
    assert not found.unsure
    assert found.suggested == found.grade
    assert {p.state for p in found.points} == {State.HIT}
    assert found.by[-1] == "language model"


@pytest.mark.parametrize(
    ("note", "answer"),
    [("−39 °C", "39 °C"), ("1.5 V", "15 V"), ("10²³", "10⁻²³"), ("x ≤ 5", "x ≥ 5"), ("O(n²)", "O(n log n)")],
)
def test_another_value_is_never_correct_whatever_the_models_say(note: str, answer: str) -> None:
    asked = Question("the value", note)
    sure = replace(
        RIGHT, points=(0.99,), said=(6.0,), denied=(-6.0,), reading=Reading((1, 0, 0), ((1, 0, 0),))
    )
    for seen in (sure, Signals()):
        assert combine(asked, answer, seen).label is not Label.CORRECT
        assert combine(asked, note, seen).label is Label.CORRECT
    found = combine(asked, answer, sure)
    assert [p.state for p in found.points] == [State.CONTRADICTED]
    assert found.points[0].evidence in answer


def test_a_contradicted_point_is_shown_with_the_learners_words() -> None:
    found = combine(HEAP, "一棵链表，取最大值很快", WRONG)
    assert found.label is not Label.CORRECT
    assert found.points[0].state is State.CONTRADICTED
    assert found.points[0].evidence == "一棵链表，取最大值很快", (
        "the sentence: what is wrong may stand beside"
    )
    assert found.points[1].state is State.HIT


def test_the_longer_form_of_a_word_is_not_called_wrong() -> None:
    asked = Question("前负荷", "心室舒张末期充盈量，决定心肌初长度")
    found = combine(
        asked,
        "舒张末期充盈量，决定心肌收缩前的初始长度",
        replace(WRONG, said=(3.0, -3.0), denied=(-4.0, 4.0)),
    )
    assert found.points[1].state is State.HIT


@pytest.mark.parametrize("points", [(), ("窦房结→心房肌→房室束→心室肌",)])
def test_a_chain_of_arrows_is_asked_step_by_step_and_in_its_order(points: tuple[str, ...]) -> None:
    asked = Question("兴奋传导的顺序", "窦房结→心房肌→房室束→心室肌", points)
    found = TextGrader().grade(asked, "窦房结→房室束→心房肌→心室肌")
    assert [point.text for point in found.points] == ["窦房结", "心房肌", "房室束", "心室肌"]
    assert (found.label, found.turned) == (Label.PARTIAL, ((1, 2),))
    assert TextGrader().grade(asked, "窦房结、心房肌、房室束、心室肌").label is Label.CORRECT
    half = TextGrader().grade(asked, "窦房结→心房肌")
    assert [point.state is State.HIT for point in half.points] == [True, True, False, False]


def test_in_doubt_no_grade_is_suggested() -> None:
    found = TextGrader().grade(HEAP, "一棵树，堆顶最大")
    assert found.unsure
    assert found.suggested is None


def test_the_words_of_the_reference_are_right() -> None:
    found = TextGrader().grade(HEAP, "一种完全二叉树, 取最大值很快")
    assert (found.label, found.score) == (Label.CORRECT, 1.0)
    assert not found.unsure
    assert {p.state for p in found.points} == {State.HIT}


@pytest.mark.parametrize(
    "elsewhere",
    [
        "今天早上下了一场雨，我走到车站的时候鞋子都湿了，买了一个包子和一杯豆浆，车上人很多，一直站到公司。",
        "We drove to the coast, had fish and chips by the harbour and watched the boats come in until it got dark.",
    ],
)
def test_without_a_model_what_shares_no_word_with_the_note_is_worth_nothing(elsewhere: str) -> None:
    asked = Question("GPU", "graphics chip; 许多核心同时算")
    found = TextGrader().grade(asked, elsewhere * 3)
    assert found.label is Label.INCORRECT
    assert found.score < 0.25


def test_steps_out_of_order_are_found() -> None:
    said = (0.9, 0.9, 0.9)
    assert out_of_order(STEPS, "先词法分析，再语法分析，最后代码生成", Signals(), said) == ()
    assert out_of_order(STEPS, "先语法分析，再词法分析，最后代码生成", Signals(), said) == ((0, 1),)
    by_meaning = Signals(where=(2, 0, 1))
    assert out_of_order(STEPS, "甲，乙，丙", by_meaning, said) == ((0, 1),)
    two_in_words = "先语法分析、再词法分析、末了生成机器码"
    assert out_of_order(STEPS, two_in_words, Signals(where=(0, -1, -1)), said) == ((0, 1),)
    assert out_of_order(STEPS, "词法分析、语法分析、机器码", Signals(where=(1, 0, 2)), said) == ()
    assert out_of_order(LIST, "blue, red, green", Signals(), said) == ()


def test_items_of_a_list_are_counted_without_a_model() -> None:
    scores = [
        TextGrader().grade(LIST, answer).score for answer in ("blue red green", "green and red", "pink")
    ]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[2]


MIDDLING = replace(
    RIGHT,
    says=0.0,
    denies=0.0,
    said=(0.0, 0.0),
    denied=(0.0, 0.0),
    reading=Reading((0.4, 0.3, 0.3), ((0.4, 0.3, 0.3),) * 2),
)


@pytest.mark.parametrize(
    "better",
    [
        replace(MIDDLING, says=6.0),
        replace(MIDDLING, denies=-6.0),
        replace(MIDDLING, said=(6.0, 6.0)),
        replace(MIDDLING, denied=(-6.0, -6.0)),
        replace(MIDDLING, reading=Reading((0.99, 0.005, 0.005), ((0.99, 0.005, 0.005),) * 2)),
    ],
    ids=["says", "denies", "said", "denied", "reading"],
)
def test_nothing_that_speaks_for_an_answer_lowers_it(better: Signals) -> None:
    scores = [combine(HEAP, "一棵树，堆顶最大", seen).score for seen in (MIDDLING, better)]
    assert scores[1] >= scores[0]


IDLE = ("Yesterday we had soup by the harbour.", "明天去海边吃面条吧。", "The bus was late and it rained.")


@settings(deadline=None)
@given(
    st.sampled_from(("red and blue", "green", "blue red green")),
    st.lists(st.sampled_from(IDLE), min_size=1, max_size=6),
    st.booleans(),
)
def test_words_about_something_else_change_nothing_however_many(
    answer: str, idle: list[str], first: bool
) -> None:
    alone = TextGrader().grade(LIST, answer)
    parts = [*idle, answer] if first else [answer, *idle]
    longer = TextGrader().grade(LIST, "\n".join(parts))
    assert (longer.label, [p.state for p in longer.points]) == (alone.label, [p.state for p in alone.points])


def test_the_weights_have_no_number_for_length() -> None:
    for degree in DEGREES:
        names = {name for table in weights()[degree].values() if isinstance(table, dict) for name in table}
        assert not names & {"length", "precision", "only_asked"}


def test_examples_and_disagreement_make_a_verdict_less_sure() -> None:
    plain = combine(HEAP, "一棵树，每层都填满，堆顶就是最大的", RIGHT)
    figurative = combine(HEAP, "就像一座金字塔，每层都填满，塔尖就是最大的", RIGHT)
    divided = combine(HEAP, "一棵树，每层都填满，堆顶就是最大的", replace(RIGHT, says=-4.0))
    assert plain.confidence > figurative.confidence
    assert plain.confidence > divided.confidence


def test_scores_stay_in_the_band_of_their_label() -> None:
    for label, (low, high) in BANDS.items():
        for credit in (-1.0, low, high, 2.0, 0.5):
            assert label_of(round(within(credit, label), 4)) is label
    assert sum(label_shares(-2.0, 3.0)) == pytest.approx(1.0)


def test_extras_are_not_asked_of_an_answer() -> None:
    dated = replace(HEAP, points=("一种完全二叉树", "+ 1964 年提出"))
    assert required(dated).points == ("一种完全二叉树",)
    found = TextGrader().grade(dated, "一种完全二叉树")
    assert found.label is Label.CORRECT
    assert [(p.text, p.extra) for p in found.points] == [("一种完全二叉树", False), ("1964 年提出", True)]


def test_what_the_child_says_is_read() -> None:
    seen = from_message({"reading": [[0.5, 0.3, 0.2], [0.7, 0.2, 0.1]], "where": [1], "points": [0.9]})
    assert seen.reading == Reading((0.5, 0.3, 0.2), ((0.7, 0.2, 0.1),))
    assert seen.degree == "reader"
    assert from_message({}).degree == "text"


def test_overlap_sees_through_form() -> None:
    assert lexical.recall("缓存 Cache", "ＣＡＣＨＥ，缓存") == 1.0
    assert lexical.soft_recall("optimise parameters", "optimising a parameter") > 0.6
    assert lexical.negations("不能没有") == 2
    assert lexical.negations("it's not, can't, never") == 3
    assert lexical.negations("不仅不同") == 0
    assert lexical.numbers("用 8 位，1.50 倍") == {"8", "1.5"}


@pytest.mark.parametrize(
    ("note", "points", "answer", "said"),
    [
        ("就绪、运行、阻塞", (), "新建、就绪、终止", "就绪"),
        ("红、绿、蓝", (), "黄、红、紫", "红"),
        ("solid, liquid, gas", ("- solid", "- liquid", "- gas"), "plasma, solid, ether", "solid"),
    ],
)
def test_an_item_that_was_said_is_never_contradicted(
    note: str, points: tuple[str, ...], answer: str, said: str
) -> None:
    asked = Question("有哪些", note, points=points, kind=Kind.LIST)
    against = Signals(
        whole=0.8,
        points=(0.8,) * 3,
        says=-5.0,
        denies=5.0,
        said=(-5.0,) * 3,
        denied=(5.0,) * 3,
        reading=Reading((0.0, 0.1, 0.9), ((0.01, 0.0, 0.99),) * 3),
    )
    for seen in (Signals(), against):
        states = {point.text: point.state for point in combine(asked, answer, seen).points}
        assert states[said] is State.HIT
        assert list(states.values()).count(State.HIT) == 1


@pytest.mark.parametrize("sure", [True, False])
def test_steps_in_another_order_were_said_and_are_not_correct(sure: bool) -> None:
    phases = Question(
        "Phases of mitosis", "Prophase\nMetaphase\nAnaphase\nTelophase", kind=Kind.SEQUENCE, term="Mitosis"
    )
    reading = Reading((0.9, 0.1, 0.0), ((0.9, 0.1, 0.0),) * 2 + ((0.0, 0.05, 0.95),) * 2)
    seen = Signals(
        whole=0.95,
        points=(0.9,) * 4,
        says=3.0,
        denies=0.0,
        said=(3.0,) * 4,
        denied=(0.0,) * 4,
        reading=reading,
    )
    found = combine(phases, "prophase, metaphase, telophase, anaphase", seen if sure else Signals())
    assert found.label is Label.PARTIAL
    assert found.grade == 2, "not recalled: the order is what was asked for"
    assert {point.state for point in found.points} == {State.HIT}
    assert found.turned == ((2, 3),)
    assert composed(phases, found) == "The order is wrong: “Anaphase” comes before “Telophase”."
    back = combine(phases, "telophase, anaphase, metaphase, prophase", Signals())
    assert "Prophase → Metaphase → Anaphase → Telophase" in composed(phases, back)
    assert not combine(phases, "prophase, metaphase, anaphase, telophase", Signals()).turned


def test_what_is_quoted_for_a_point_is_the_stretch_that_has_its_words() -> None:
    question = Question("影响心输出量的因素", "前负荷\n后负荷", kind=Kind.LIST)
    seen = Signals(where=(2, 1))
    given = combine(question, "前负荷 后负荷\n心房到心室", seen)
    assert [point.evidence for point in given.points] == ["前负荷", "后负荷"]


def test_a_sign_of_logic_that_folding_drops_is_another_one() -> None:
    asked = Question("Not both is?", "¬(p ∧ q) ≡ ¬p ∨ ¬q")
    assert combine(asked, "¬(p∧q) ≡ ¬p∨¬q", Signals()).label is Label.CORRECT
    assert combine(asked, "¬(p ∧ q) ≡ ¬p ∧ ¬q", Signals()).label is not Label.CORRECT


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("a plain weave, such as calico", State.HIT),
        ("calico or muslin, one over and one under", State.HIT),
        ("one over and one under, for example", State.MISSED),
    ],
)
def test_one_of_the_examples_says_an_extra(answer: str, state: State) -> None:
    question = Question(
        "tabby", "one over, one under", points=("+ Example: calico, muslin", "one over, one under")
    )
    found = verdict(1.0, (PointResult("one over, one under", State.HIT),), confidence=1.0)
    assert [point.state for point in with_extras(question, answer, found).points] == [state, State.HIT]
