"""Words for one place or direction."""

import pytest

from studyllm.grading.equal_words import as_placed


@pytest.mark.parametrize(
    ("note", "answer", "read"),
    [
        ("the dorsal horn", "posterior horn", "dorsal horn"),
        ("anterior to the trachea", "ventral to the trachea", "anterior to the trachea"),
        ("thigh medially rotated", "thigh internally rotated", "thigh medially rotated"),
        ("external rotation of the hip", "lateral rotation of the hip", "external rotation of the hip"),
        ("turns anticlockwise", "turns counterclockwise", "turns anticlockwise"),
        ("大腿旋内", "大腿内旋", "大腿旋内"),
        ("逆时针转", "反时针转", "逆时针转"),
    ],
)
def test_a_word_for_the_same_place_is_the_notes(note: str, answer: str, read: str) -> None:
    assert as_placed(note, answer) == read


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("the dorsal horn", "anterior horn"),
        ("medial forearm", "internal forearm"),
        ("anterior root: ventral horn", "anterior root"),
        ("大腿旋内", "大腿外旋"),
        ("thigh medially rotated", "thigh laterally rotated"),
        ("the tail", "posterior"),
    ],
)
def test_another_place_stays_what_it_is(note: str, answer: str) -> None:
    assert as_placed(note, answer) == answer
