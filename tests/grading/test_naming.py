"""A name is as right as its abbreviation, a word as one of its translations, a term with a letter less."""

import pytest

from studyllm.grading import Question, TextGrader
from studyllm.grading.naming import alike, alternatives
from studyllm.verdicts import Label


@pytest.mark.parametrize(
    ("reference", "wanted"),
    [
        ("肌钙蛋白（cTnI/cTnT）", ("肌钙蛋白", "cTnI", "cTnT")),
        ("electrocardiogram (ECG)", ("electrocardiogram", "ECG")),
        ("adj. 突然的；唐突的", ("突然的", "唐突的")),
        ("v. 放弃；抛弃", ("放弃", "抛弃")),
        ("热传导（热沿物体传到低温处）", ()),
        ("钠离子（细胞外）", ()),
        ("先进先出，队尾进（FIFO）", ()),
        ("n. 由多个细胞组成的结构，能执行某种功能", ()),
        ("", ()),
    ],
)
def test_a_name_and_its_parenthesis_stand_for_each_other(reference: str, wanted: tuple[str, ...]) -> None:
    assert alternatives(reference) == wanted


@pytest.mark.parametrize("answer", ["肌钙蛋白", "cTnI", "ctnt", "肌钙蛋白(cTnI/cTnT)"])
def test_each_of_them_is_the_answer(answer: str) -> None:
    question = Question("诊断急性心肌梗死最特异的指标", "肌钙蛋白（cTnI/cTnT）")
    assert TextGrader().grade(question, answer).label is Label.CORRECT


def test_a_term_with_a_letter_less_is_the_answer() -> None:
    assert TextGrader().grade(Question("T 波", "心室复极化"), "心室复极").label is Label.CORRECT


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("快重传", "快速重传", True),
        ("心室复极", "心室复极化", True),
        ("收缩力", "收缩能力", True),
        ("红", "红", True),
        ("氧", "氧化", False),
        ("上皮组织", "上皮下组织", False),
        ("稳定", "不稳定", False),
        ("极性分子", "极化分子", False),
        ("", "", False),
    ],
)
def test_a_light_letter_more_or_less_makes_no_other_term(one: str, two: str, same: bool) -> None:
    assert alike(one, two) is alike(two, one) is same
