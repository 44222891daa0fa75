"""Lists are known by what is asked or by how they are written, and counted item by item."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studyllm.grading.listing import items, named, recited, stated


@pytest.mark.parametrize(
    ("question", "reference", "wanted"),
    [
        ("水循环有哪些环节？", "水循环的环节：蒸发、输送、降水、径流。", ("蒸发", "输送", "降水", "径流")),
        ("三原色包括什么", "包括红、绿和蓝", ("红", "绿", "蓝")),
        ("咖啡的优缺点是什么？", "优点——提神、味香。缺点——影响睡眠。", ("提神、味香", "影响睡眠")),
        ("Name the parts of a plant", "The parts are: roots; stem; leaves", ("roots", "stem", "leaves")),
        ("热传递的方式", "有三种：传导、对流、辐射。", ("传导", "对流", "辐射")),
        ("五脏", "心、肝、脾、肺、肾", ("心", "肝", "脾", "肺", "肾")),
        ("阿托品的禁忌症", "青光眼、前列腺肥大", ("青光眼", "前列腺肥大")),
        ("不用钥匙的门", "推拉门、自动门", ("推拉门", "自动门")),
        ("死锁的三个条件", "互斥、请求与保持、循环等待", ("互斥", "请求与保持", "循环等待")),
        ("如何切换？", "系统调用、中断、异常三种方式。", ("系统调用", "中断", "异常")),
        ("UML 图", "类图（含对象、接口）、顺序图、用例图", ("类图（含对象、接口）", "顺序图", "用例图")),
    ],
)
def test_items_of_a_list(question: str, reference: str, wanted: tuple[str, ...]) -> None:
    assert items(question, reference) == wanted


@pytest.mark.parametrize(
    ("question", "reference"),
    [
        ("堆", "一种完全二叉树，父节点总比子节点大，取最大值很快。"),
        ("肥大", "细胞、组织或器官体积增大"),
        ("看门的", "守门人、门卫"),
        ("机化", "肉芽组织取代坏死组织、血栓、异物的过程。"),
        ("二叉树前序遍历的顺序", "根、左、右"),
        ("缓存", "缓存：把常用的数据放在近处，下次读取更快，但要处理失效。"),
        ("What is a stack?", "A list where the last element put in is the first taken out."),
        ("", ""),
    ],
)
def test_a_definition_is_no_list(question: str, reference: str) -> None:
    assert items(question, reference) == ()


def test_an_item_is_named_by_what_is_its_own() -> None:
    wanted = ("安全性原则", "及时性原则", "准确性原则")
    assert named(wanted, "选择的原则有哪些", "安全性、准确性") == (1.0, 0.0, 1.0)
    assert named(wanted, "选择的原则有哪些", "这些原则很重要") == (0.0, 0.0, 0.0)
    assert named(("red", "green"), "Name the colours", "Green, of course") == (0.0, 1.0)


@settings(deadline=None)
@given(st.text(max_size=80), st.text(max_size=120), st.text(max_size=80))
def test_any_text_can_be_counted(question: str, reference: str, answer: str) -> None:
    wanted = items(question, reference) or (reference,)
    assert all(0.0 <= share <= 1.0 for share in named(wanted, question, answer))


def test_items_of_other_scripts_are_counted_too() -> None:
    wanted = items("Name the three types of radiation", "α, β, γ")
    assert wanted == ("α", "β", "γ")
    assert named(wanted, "Name the three types", "α") == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("wanted", "answer", "there"),
    [
        (("就绪", "运行", "阻塞"), "新建、就绪、终止", (True, False, False)),
        (("红", "绿", "蓝"), "有黄、红、紫", (True, False, False)),
        (("红", "绿", "蓝"), "红外线、不是绿，蓝", (False, False, True)),
        (("solid", "liquid", "gas"), "plasma, solid, ether", (True, False, False)),
        (("solid", "liquid", "gas"), "It is a solid; there is no gas and liquids", (True, False, False)),
        (("前负荷", "心率", "收缩能力"), "前负荷 心率 收缩力", (True, True, True)),
        (("互斥条件", "循环等待条件"), "互斥、循环等待", (True, True)),
        (("血压升高", "血糖升高"), "血压、血糖降低", (False, False)),
        (("慢开始", "快重传"), "慢启动、快速重传", (False, True)),
        (("红", "绿"), "没有 红 有绿", (False, False)),
        (("词法分析", "语法分析"), "先语法分析，然后词法分析", (True, True)),
    ],
)
def test_an_item_that_stands_in_the_answer_is_stated(
    wanted: tuple[str, ...], answer: str, there: tuple[bool, ...]
) -> None:
    assert stated(wanted, answer) == there


def test_items_lose_the_marks_of_their_list() -> None:
    assert items("Name the states of matter", "- solid\n- liquid\n* gas") == ("solid", "liquid", "gas")


def test_items_that_share_their_noun_are_said_without_it() -> None:
    kinds = ("positive reinforcement", "negative reinforcement")
    assert stated(kinds, "positive and negative") == (True, True)
    assert stated(kinds, "positive") == (True, False)
    assert stated(kinds, "reinforcement") == (False, False)
    assert stated(("red cells", "white cells", "cells"), "red and white") == (False, False, False)


@pytest.mark.parametrize(
    ("question", "wanted", "answer", "all_of_it"),
    [
        ("五脏", ("心", "肝", "脾", "肺", "肾"), "肾肺脾肝心", True),
        ("五脏", ("心", "肝", "脾", "肺", "肾"), "肾 肺 脾 肝 心", True),
        ("五脏", ("心", "肝", "脾", "肺", "肾"), "心肝脾肺", False),
        ("五脏", ("心", "肝", "脾", "肺", "肾"), "心、肝、脾、肺、肾、胃", False),
        ("五脏", ("心", "肝"), "不是心，肝", False),
        ("ACID", ("原子性", "一致性", "隔离性"), "隔离、原子、一致", True),
        ("states", ("solid", "liquid", "gas"), "gas, liquid and solid", True),
        ("states", ("solid", "liquid", "gas"), "gas, liquid, solid and plasma", False),
        ("前序遍历的顺序", ("根", "左", "右"), "左、根、右", False),
        ("anything", ("one",), "one", False),
    ],
)
def test_a_list_recited_in_any_order_and_nothing_else(
    question: str, wanted: tuple[str, ...], answer: str, all_of_it: bool
) -> None:
    assert recited(question, wanted, answer) is all_of_it


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("左支：细长、较水平；右支：短粗、较垂直", ("左支：细长、较水平", "右支：短粗、较垂直")),
        (
            "时间：收缩期开始\n听诊特点：音调低，持续时间长",
            ("时间：收缩期开始", "听诊特点：音调低，持续时间长"),
        ),
        ("优点：稳定；缺点：要额外空间", ("稳定", "要额外空间")),
        ("包括以下：红；黄；蓝", ("红", "黄", "蓝")),
    ],
)
def test_labels_of_items_stay_with_them(reference: str, expected: tuple[str, ...]) -> None:
    assert items("有哪些特点？", reference) == expected


def test_a_series_that_is_the_whole_text_is_its_items() -> None:
    fall = "Barbarian invasions, economic decline, and political instability"
    assert items("Fall of Rome", fall) == ("Barbarian invasions", "economic decline", "political instability")
    assert items("apple", "a small, red, and round fruit") == ()
    assert items("TCP", "fast, but it keeps order, and it is old") == ()


def test_a_name_before_a_list_is_said_as_well_and_brackets_hold_no_list() -> None:
    assert items("偏旱", "叶面失水：卷叶、萎蔫、落叶") == ("叶面失水", "卷叶", "萎蔫", "落叶")
    assert items("环流", "大气在高低纬之间的运动（三个圈：低纬、中纬、高纬）") == ()
