"""Words that are learnt: one translation is enough, and spelling is told but does not fail."""

import pytest

from studyllm.cards import Kind
from studyllm.grading import Question, TextGrader, is_extra, points_of, translations
from studyllm.grading.scoring import combine
from studyllm.grading.signals import Reading, Signals
from studyllm.grading.vocabulary import (
    has_wrong_article,
    is_guessing,
    is_word,
    lacks_article,
    meanings,
    misspelt,
    with_use,
)
from studyllm.verdicts import Label, State

RIGHT = Signals(
    reading=Reading((0.97, 0.02, 0.01), ((0.97, 0.02, 0.01),)), says=3.0, said=(3.0,), denied=(-6.0,)
)


@pytest.mark.parametrize(
    ("asked", "reference", "context"),
    [
        ("el techo", "the roof, the ceiling", ""),
        ("darse cuenta de", "to realize, to notice", ""),
        ("éxito", "success; hit", ""),
        ("enchufe", "plug, socket", "Spanish › Vocabulario"),
        ("abrupt", "突然的；唐突的", "CET-6 Day 12"),
    ],
)
def test_each_translation_of_a_word_is_a_full_answer(asked: str, reference: str, context: str) -> None:
    question = Question(asked, reference, term=asked, context=context)
    one, other = meanings(asked, reference, context)
    assert points_of(question) == (reference,)
    for answer in (one, other.removeprefix("the ").removeprefix("to "), f"{other} / {one}"):
        assert TextGrader().grade(question, answer).grade == 5
    assert TextGrader().grade(question, f"{one}, something else").label is not Label.CORRECT


def test_a_cell_of_a_table_beside_how_the_word_is_spoken_has_translations() -> None:
    points = ("+ 音标：/əˈbrʌpt/", "中文：突然的；唐突的")
    question = Question("abrupt", "\n".join(points), points, "abrupt", kind=Kind.TABLE, context="六级单词")
    assert TextGrader().grade(question, "突然的").label is Label.CORRECT
    row = Question(
        "sound", "noun: Ton, Klang\nadj: gesund", ("noun: Ton, Klang", "adj: gesund"), kind=Kind.TABLE
    )
    assert translations(row) == ()


@pytest.mark.parametrize(
    ("asked", "reference"),
    [
        ("primary colours", "red, green, blue"),
        ("RGB", "red, green, blue"),
        ("digestive glands", "the liver, the pancreas"),
        ("big-endian", "高位在前；低位在后"),
        ("to commit", "to save, to record"),
        ("éclair", "a long cake that is filled with cream, and glazed"),
    ],
)
def test_the_parts_of_a_thing_are_no_translations(asked: str, reference: str) -> None:
    assert meanings(asked, reference) == ()


@pytest.mark.parametrize(
    ("typed", "word", "same"),
    [
        ("metar la pata", "meter la pata", True),
        ("hechar de menos", "echar de menos", True),
        ("exito", "éxito", True),
        ("ueber", "über", True),
        ("judgement", "judgment", True),
        ("echar de menos", "echar de menos", False),
        ("Éxito", "éxito", False),
        ("agreement", "contract", False),
        ("abduction", "adduction", False),
        ("mitosis", "meiosis", False),
        ("la pata", "meter la pata", False),
    ],
)
def test_a_slip_is_told_from_another_word(typed: str, word: str, same: bool) -> None:
    assert misspelt(typed, word) is same


@pytest.mark.parametrize("typed", ["exito", "éxitto"])
def test_a_word_that_is_spelt_otherwise_is_right_but_not_easy(typed: str) -> None:
    question = Question("success", "éxito", exact=True)
    found = combine(question, typed, RIGHT)
    assert (found.label, found.grade) == (Label.CORRECT, 4)
    assert "".join(TextGrader().explain(question, typed, found)) == "It is written “éxito”."
    right = combine(question, "Éxito", RIGHT)
    assert right.grade == 5
    assert "written" not in "".join(TextGrader().explain(question, "Éxito", right))


def test_another_word_for_a_gap_is_for_the_learner_to_judge() -> None:
    gap = Question("A ＿＿ is an agreement that the law enforces.", "contract", exact=True)
    assert combine(gap, "bargain", RIGHT).unsure
    assert not combine(gap, "a contract in law", RIGHT).unsure
    named = Question(gap.text, "agreement", names=("covenant", "contract"), exact=True)
    assert combine(named, "contract", RIGHT).grade == 5
    slip = combine(named, "covenent", RIGHT)
    assert (slip.grade, slip.unsure) == (4, False)
    assert "".join(TextGrader().explain(named, "covenent", slip)) == "It is written “covenant”."
    assert combine(gap, "Contract.", RIGHT).points[0].state is State.HIT
    phrase = Question("Roaming is when ＿＿.", "a client moves from one access point to another", exact=True)
    assert not combine(phrase, "a client goes over to another access point", RIGHT).unsure


HALF = Signals(
    whole=0.9, says=0.0, said=(0.0,), denied=(0.0,), reading=Reading((0.2, 0.6, 0.2), ((0.5, 0.4, 0.1),))
)
SAID = Signals(
    whole=0.95,
    says=5.0,
    denies=-6.0,
    said=(5.0,),
    denied=(-6.0,),
    reading=Reading((0.98, 0.01, 0.01), ((0.98, 0.01, 0.01),)),
)


@pytest.mark.parametrize(("reference", "whole"), [("肾", True), ("kidney", True), ("一种完全二叉树", False)])
def test_there_is_no_half_of_a_word(reference: str, whole: bool) -> None:
    found = combine(Question("nephr/o", reference), "跟它有关的", HALF)
    assert found.unsure
    assert (found.label is not Label.PARTIAL) is whole


def test_where_only_one_of_two_words_is_a_negation_nothing_is_sure() -> None:
    asked = Question("by no means", "决不", term="by no means")
    for answer, unsure in (("绝对不", False), ("一定", True)):
        assert combine(asked, answer, SAID).unsure is unsure


def test_of_many_guesses_one_that_is_right_is_not_surely_the_answer() -> None:
    asked = Question("cardi/o", "心脏")
    assert not combine(asked, "跟心有关", SAID).unsure
    guesses = combine(asked, "心脏\n肝脏\n跟肾有关的\n发炎\n开刀切掉", SAID)
    assert (guesses.label, guesses.unsure) == (Label.CORRECT, True)
    assert combine(asked, "心脏、肝脏、脑、肺", SAID).unsure
    assert not is_guessing("心脏，这个词根用在 cardiology 里，是讲心脏病的学科，例如心内科"), "a sentence"


@pytest.mark.parametrize(
    ("word", "note", "meaning"),
    [
        ("el techo", "roof. *El techo es de paja.*", "roof"),
        ("la manta", 'blanket. "Dos mantas, por favor."', "blanket"),
        ("la cuenta", "bill; account (La cuenta, por favor.)", "bill; account"),
    ],
)
def test_a_sentence_that_uses_the_word_need_not_be_said(word: str, note: str, meaning: str) -> None:
    said, use = with_use(word, note)
    assert said == meaning
    assert is_extra(use)


@pytest.mark.parametrize(
    ("word", "note"),
    [
        ("rent", "what is paid for a house (each month.)"),
        ("la sal", "salt"),
        ("Ohm", 'law of "current and voltage"'),
    ],
)
def test_what_does_not_use_the_word_is_part_of_its_meaning(word: str, note: str) -> None:
    assert with_use(word, note) == ()


def test_a_noun_with_its_plural_is_known_by_its_article() -> None:
    for plural in (", -e", ", -¨e", ', "-er', ""):
        assert has_wrong_article("der Tuch", f"das Tuch{plural}")
        assert lacks_article("Tuch", f"das Tuch{plural}")
        assert not has_wrong_article("das Tuch", f"das Tuch{plural}")
        assert is_word(f"das Tuch{plural}")


DENIED = Signals(
    whole=0.7,
    says=-5.0,
    denies=3.0,
    said=(-5.0,),
    denied=(3.0,),
    reading=Reading((0.01, 0.01, 0.98), ((0.01, 0.05, 0.94),)),
)


@pytest.mark.parametrize(
    ("meaning", "typed"),
    [("anvil", "anivl"), ("to weave", "waeve"), ("to weave, to knit", "konit"), ("nail (metal)", "a nial")],
)
def test_a_slip_in_the_meaning_of_a_word_is_never_surely_wrong(meaning: str, typed: str) -> None:
    given = combine(Question("l'outil", meaning, term="l'outil"), typed, DENIED)
    assert (given.label, given.unsure) == (Label.CORRECT, True)


@pytest.mark.parametrize(("meaning", "typed"), [("anvil", "hammer"), ("nail", "nails"), ("word", "world")])
def test_another_word_is_no_slip(meaning: str, typed: str) -> None:
    given = combine(Question("l'outil", meaning, term="l'outil"), typed, DENIED)
    assert given.label is not Label.CORRECT
