"""Chinese words that were typed as they sound."""

import pytest

from studyllm.grading import Question, TextGrader
from studyllm.grading.homophones import as_typed, meant, sounds_like
from studyllm.grading.scoring import combine
from studyllm.grading.signals import Signals
from studyllm.verdicts import Label

HEPARIN = Question("肝素的拮抗剂", "鱼精蛋白，用量按肝素的剩余量算", term="肝素")


@pytest.mark.parametrize(
    ("answer", "read"),
    [
        ("用鱼精旦白", "用鱼精蛋白"),
        ("鱼精蛋白，按肝素的胜余量算", "鱼精蛋白，按肝素的剩余量算"),
        ("鱼精蛋白", "鱼精蛋白"),
        ("protamine", "protamine"),
        ("白蛋", "白蛋"),
    ],
)
def test_a_word_of_the_note_is_read_as_it_was_meant(answer: str, read: str) -> None:
    assert meant(HEPARIN, answer) == read


@pytest.mark.parametrize(
    ("reference", "answer"),
    [
        ("先买入，后抛出", "先卖入，后抛出"),  # another tone, and the opposite
        ("公民的权利", "公民的权力"),  # both are words
        ("由法院受理", "由法院处理"),
        ("声部依次进入", "声部移到上方"),
    ],
)
def test_what_is_a_word_or_sounds_otherwise_is_left_alone(reference: str, answer: str) -> None:
    assert meant(Question("？", reference), answer) == answer


def test_the_learners_words_are_shown_as_they_were_typed() -> None:
    given = combine(HEPARIN, "鱼精蛋白", Signals())
    shown = as_typed(given, "鱼精旦白", "鱼精蛋白")
    assert "蛋" not in "".join(point.evidence for point in shown.points)


def test_a_word_that_is_asked_for_and_typed_as_it_sounds_is_right_but_not_easy() -> None:
    asked = Question("肝素的拮抗剂", "鱼精蛋白", exact=True)
    assert sounds_like("鱼精旦白", "鱼精蛋白")
    assert not sounds_like("鱼精蛋白", "鱼精蛋白")
    found = TextGrader().grade(asked, "鱼精旦白")
    assert (found.label, found.grade) == (Label.CORRECT, 4)
    assert "".join(TextGrader().explain(asked, "鱼精旦白", found)) == "写作“鱼精蛋白”。"
