"""Chinese that was typed in pinyin, for want of other letters."""

import pytest

from studyllm.grading import Question, TextGrader
from studyllm.grading.romanised import meant_in_pinyin
from studyllm.verdicts import Label

MORTISE = Question("榫眼是什么？", "榫头插进去的孔，绿色的不算")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("suntou", "榫头"),
        ("sun tou, lv se", "榫头，绿色"),
        ("lu se", "绿色"),
        ("Sun'tou", "榫头"),
        ("sun", "sun"),
        ("a hole for a tenon", "a hole for a tenon"),
        ("suntou de dongxi", "suntou de dongxi"),
    ],
)
def test_words_of_the_note_are_read_in_pinyin_where_all_that_was_typed_is_pinyin(
    typed: str, read: str
) -> None:
    assert meant_in_pinyin(MORTISE, typed) == read


def test_latin_words_of_the_note_stand_between_what_is_typed_in_pinyin() -> None:
    asked = Question("榫卯的两半", "榫头 vs 榫眼")
    assert meant_in_pinyin(asked, "suntou vs sunyan") == "榫头，vs，榫眼"
    latin = Question("木工软件", "mortise layout，tenon，榫眼图")
    assert meant_in_pinyin(latin, "mortise layout, tenon") == "mortise layout, tenon"


def test_how_a_word_is_written_is_not_answered_by_how_it_sounds() -> None:
    asked = Question("mortise", "榫眼", exact=True)
    assert meant_in_pinyin(asked, "sunyan") == "sunyan"


def test_syllables_may_stand_apart_and_a_name_in_the_question_is_no_answer() -> None:
    asked = Question("PRC", "中华人民共和国")
    assert meant_in_pinyin(asked, "zhong hua ren min gong he guo") == "中华人民共和国"
    assert meant_in_pinyin(Question("Beijing", "北京"), "Beijing") == "Beijing"


def test_pinyin_of_a_word_is_right_as_the_word_is() -> None:
    grader = TextGrader()
    assert grader.grade(Question("die Kaution", "押金"), "yajin").label is Label.CORRECT
    assert grader.grade(Question("die Kaution", "押金"), "zujin").label is Label.INCORRECT


def test_umlauts_may_be_typed_in_two_letters() -> None:
    asked = Question("Wechselpräpositionen", "an, über, unter, zwischen")
    found = TextGrader().grade(asked, "an ueber unter zwischen")
    assert (found.label, found.score) == (Label.CORRECT, 1.0)
