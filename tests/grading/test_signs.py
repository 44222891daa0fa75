"""Signs that a comparison of letters drops."""

import pytest

from studyllm.grading import Question
from studyllm.grading.scoring import combine
from studyllm.grading.signals import Signals
from studyllm.grading.signs import another_sign
from studyllm.verdicts import Label

OTHER = [
    ("P < AVC", "P > AVC"),
    ("MR ≥ MC", "mr <= mc"),
    ("exports ↑, imports ↓", "exports ↓, imports ↑"),
    ("M↑ -> i↓ -> I↑", "M↓ -> i↑ -> I↓"),
    ("cmd < file", "cmd > file"),
    ("a || b", "a && b"),
    ("A => B", "A <- B"),
    ("A ⊂ B", "A ⊃ B"),
    ("x = y", "x ≠ y"),
    ("需求＞供给", "需求<供给"),
]
SAME = [
    ("P <= AVC", "P ≤ AVC"),
    ("A → B → C", "a -> b -> c"),
    ("A → B → C", "A > B > C"),
    ("A => B", "A ⇒ B"),
    ("exports ↑", "exports up"),
    ("p ∧ q", "p && q"),
    ("lexing, parsing", "lexing; parsing"),
    ("a != b", "a ≠ b"),
]


@pytest.mark.parametrize(("note", "answer"), OTHER)
def test_another_sign_is_seen_and_never_correct(note: str, answer: str) -> None:
    assert another_sign(note, answer)
    assert combine(Question("When?", note), answer, Signals()).label is not Label.CORRECT


@pytest.mark.parametrize(("note", "answer"), SAME)
def test_the_same_sign_written_otherwise_is_none(note: str, answer: str) -> None:
    assert not another_sign(note, answer)
