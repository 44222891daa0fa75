"""Statements that are true or false: what says yes and what says no."""

import pytest

from studyllm.grading import Question
from studyllm.grading.text_grader import grade_by_text
from studyllm.verdicts import Label

DRONES = Question("雄蜂会采蜜。（对还是错？）", "错", term="雄蜂会采蜜。（对还是错？）")
WORKERS = Question(
    "Workers are female. (true or false?)", "true", term="Workers are female. (true or false?)", lang="en"
)


@pytest.mark.parametrize("answer", ["错", "×", "不对", "错误", "不是", "F", "false", "wrong", "错的"])
def test_no_is_said_in_many_ways(answer: str) -> None:
    given = grade_by_text(DRONES, answer)
    assert given.label is Label.CORRECT
    assert not given.unsure


@pytest.mark.parametrize("answer", ["对", "√", "正确", "是的", "T", "yes"])
def test_yes_where_the_note_says_no_is_wrong(answer: str) -> None:
    assert grade_by_text(DRONES, answer).label is Label.INCORRECT


@pytest.mark.parametrize("answer", ["T", "True.", "yes", "right", "Correct", "√"])
def test_yes_is_said_in_many_ways(answer: str) -> None:
    assert grade_by_text(WORKERS, answer).label is Label.CORRECT


@pytest.mark.parametrize("answer", ["no", "F", "wrong", "not true", "×"])
def test_no_where_the_note_says_yes_is_wrong(answer: str) -> None:
    assert grade_by_text(WORKERS, answer).label is Label.INCORRECT


def test_a_word_to_translate_is_no_statement() -> None:
    asked = Question("verdadero", "true", term="verdadero", lang="en")
    assert grade_by_text(asked, "yes").label is not Label.CORRECT


@pytest.mark.parametrize("answer", ["no idea", "non so", "否，是对的", "yes and no"])
def test_what_does_not_judge_is_not_taken_for_a_judgement(answer: str) -> None:
    assert grade_by_text(DRONES, answer).label is not Label.CORRECT
