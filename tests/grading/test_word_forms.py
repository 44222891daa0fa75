"""Japanese words: another form is another answer, kana are as right as kanji."""

import pytest

from studyllm.grading import Question
from studyllm.grading.gates import gate
from studyllm.grading.scoring import combine
from studyllm.grading.signals import Signals
from studyllm.grading.word_forms import Form, behind_label, form, forms_said, may_be_form, may_be_tense
from studyllm.verdicts import Label
from tests.grading.test_scoring import RIGHT


@pytest.mark.parametrize(
    ("reference", "answer", "found"),
    [
        ("歩いて", "歩って", Form.OTHER),
        ("歩いて", "あるいて", Form.READING),
        ("つくえ", "机", None),
        ("いぬ", "猫", None),
        ("しかし", "けれども", None),
        ("コンピューター", "コンピュータ", Form.SAME),
        ("バイオリン", "ヴァイオリン", Form.SAME),
        ("引っ越し", "引越し", None),
        ("行う", "行なう", None),
        ("お茶", "茶", None),
        ("静かな", "静かだ", None),
        ("ありがとう", "ありがとうございます", None),
        ("食べない", "食べらない", Form.OTHER),
        ("きれいじゃない", "きれくない", Form.OTHER),
        ("子ども", "子供", None),
        ("つくえ", "つけえ", Form.OTHER),
        ("開ける(あける)", "開ける", Form.SAME),
        ("カメラ", "かめら", Form.SAME),
        ("静かじゃない", "静かではない", Form.SAME),
        ("静かじゃない", "静かくない", Form.OTHER),
        ("駅(えき)车站", "车站", None),
        ("走る", "to run", None),
        ("车站", "火车站", None),
    ],
)
def test_forms_of_a_word(reference: str, answer: str, found: Form | None) -> None:
    assert form(reference, answer) is found


def test_another_form_is_wrong_and_a_reading_is_not_sure() -> None:
    asked = Question("歩く 的て形", "歩いて")
    wrong, read = (combine(asked, answer, Signals()) for answer in ("歩んで", "あるいて"))
    assert (wrong.label, wrong.unsure) == (Label.INCORRECT, False)
    assert (read.label, read.unsure) == (Label.CORRECT, True)


def test_kanji_of_the_question_in_another_form_are_no_echo() -> None:
    assert not gate(Question("する的ない形", "しない"), "しない")
    assert not gate(Question("見る的ない形", "みない"), "見ない")
    assert gate(Question("病院 の読み方", "びょういん"), "病院")


def test_another_name_of_a_card_is_right_whatever_its_form() -> None:
    asked = Question("but", "しかし", names=("しかも",))
    assert combine(asked, "しかも", Signals()).label is Label.CORRECT


@pytest.mark.parametrize(
    ("asked", "reference", "answer", "found"),
    [
        ("voir", "vu", "voyé", True),
        ("write", "written", "wrote", True),
        ("être", "été", "ete", False),
        ("le trottoir", "sidewalk", "pavement", False),
        ("rot", "red", "red", False),
        ("write", "written", "writen", False),
        ("write", "written", "set down on paper", False),
    ],
)
def test_a_word_may_be_another_form(asked: str, reference: str, answer: str, *, found: bool) -> None:
    assert may_be_form(asked, reference, answer) is found


@pytest.mark.parametrize(
    ("answer", "doubted"),
    [
        ("She does not weave linen.", True),
        ("She did not wove linen.", True),
        ("She didn't weave linen", False),
        ("She did not weave any flax", False),
    ],
)
def test_a_sentence_may_have_its_verb_in_another_form(answer: str, doubted: bool) -> None:
    assert may_be_tense("She wove linen.", "She did not weave linen.", answer) is doubted
    assert not may_be_tense("Who wove?", "She did not weave linen.", answer)
    assert (
        combine(Question("She wove linen.", "She did not weave linen."), answer, RIGHT).unsure or not doubted
    )


@pytest.mark.parametrize(
    ("answer", "label", "sure"),
    [
        ("sang, gesungen", Label.CORRECT, True),
        ("sang gesungn", Label.CORRECT, True),
        ("singte - gesingt", Label.INCORRECT, True),
        ("sang - gesingt", Label.PARTIAL, True),
    ],
)
def test_forms_of_a_word_are_compared_as_they_are_written(answer: str, label: Label, sure: bool) -> None:
    found = combine(Question("singen", "sang - gesungen"), answer, RIGHT)
    assert (found.label, not found.unsure) == (label, sure)


def test_two_meanings_of_a_word_are_no_forms_of_it() -> None:
    assert forms_said("fast", "fast, quick", "rapid, speedy") == ()
    assert forms_said("Zellteilung", "Mitose / Meiose", "Meiose, Mitose") == ()
    assert forms_said("singen", "sang - gesungen", "he sang a song") == ()
    assert forms_said("groß", "big - bold", "bulky - bald") == ()


def test_another_vowel_makes_another_form() -> None:
    assert forms_said("trinken", "trank - getrunken", "trank - getranken") == (True, False)
    assert forms_said("nehmen", "nahm - genommen", "nahm - genomen") == (True, True)


@pytest.mark.parametrize(
    ("reference", "answer", "sure"),
    [
        ("底楼", "地下室", False),
        ("所有权", "占有", False),
        ("租金", "房租租金", True),
        ("spoon", "a spoon", True),
    ],
)
def test_a_word_without_a_word_of_the_notes_is_right_only_where_that_is_very_likely(
    reference: str, answer: str, sure: bool
) -> None:
    found = combine(Question("das Wort", reference), answer, RIGHT)
    assert found.label is Label.CORRECT
    assert found.unsure is not sure


def test_a_word_behind_its_label_is_compared_with_each_part_of_an_answer() -> None:
    assert behind_label("て形：書いて", (), "かいて、かかない") == (Form.READING, "")
    assert behind_label("ない形：しない", (), "して、すない") == (Form.OTHER, "すない")
    assert behind_label("意味：書く", (), "write") == (None, "")
    forms = ("ない形：食べない", "て形：食べて")
    assert behind_label(forms[0], forms, "食べて") == (None, "")
    assert behind_label(forms[0], forms, "ない形 食べて て形 食べない") == (Form.OTHER, "食べて")
    assert behind_label(forms[0], forms, "て形：食べて、ない形：食べない") == (Form.SAME, "")
