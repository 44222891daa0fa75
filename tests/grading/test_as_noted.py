"""Answers as their note writes them: numbers of names, words without accents."""

import pytest

from studyllm.cards import Kind
from studyllm.grading import Question, TextGrader
from studyllm.grading.as_noted import as_noted
from studyllm.grading.by_words import by_words
from studyllm.grading.gates import gate
from studyllm.grading.points import chain


@pytest.mark.parametrize(
    ("reference", "answer", "read"),
    [
        ("binds collagen IV", "binds collagen 4", "binds collagen IV"),
        ("carried by factor 8", "carried by factor VIII", "carried by factor 8"),
        ("binds collagen IV", "binds collagen 5", "binds collagen 5"),
        (
            "nosotros vivimos, vosotros vivís",
            "nosotros vivimos, vosotros vivis",
            "nosotros vivimos, vosotros vivís",
        ),
        ("el papá", "la papa", "la papa"),
        ("habló", "hablo", "hablo"),
        ("かがく", "かかく", "かかく"),
        ("variable X", "variable 10", "variable 10"),
        ("If I go", "if 1 go", "if 1 go"),
        ("cells without MHC I", "no MHC 1", "no MHC I"),
    ],
)
def test_numbers_and_accents_are_read_as_the_note_has_them(reference: str, answer: str, read: str) -> None:
    assert as_noted(Question(text="it", reference=reference), answer) == read


def test_how_a_word_is_written_is_left_as_it_was_typed_where_that_is_asked() -> None:
    asked = Question(text="to live, you", reference="vivís", exact=True)
    assert as_noted(asked, "vivis") == "vivis"


def test_a_name_is_enough_of_a_thing_of_a_list_that_says_more_of_each() -> None:
    points = ("warp - runs lengthwise", "weft - runs across, no tension", "selvage - the edge")
    asked = Question(text="threads of a cloth", reference="\n".join(points), points=points, kind=Kind.LIST)
    said, contradicted, absent = by_words(asked, points, "warp, weft, selvage", (0.4,) * 3, (0.3,) * 3)
    assert min(said) > 0.9
    assert max(contradicted) < 0.1
    assert not absent


def test_pairs_with_arrows_are_no_chain_of_steps() -> None:
    assert chain("spin → weave → full → dye")
    assert not chain("spinning = fibre -> thread, weaving = thread -> cloth")


@pytest.mark.parametrize("typed", ["escoba", "escova"])
def test_a_word_without_its_article_is_right_and_one_with_another_is_half(typed: str) -> None:
    asked = Question(text="broom", reference="la escoba", exact=True)
    lacking = TextGrader().grade(asked, typed)
    assert lacking.label.value == "correct"
    assert not lacking.unsure
    assert "The article is missing" in "".join(TextGrader().explain(asked, typed, lacking))
    other = TextGrader().grade(asked, f"el {typed}")
    assert other.label.value == "partial"
    assert "The article is another one" in "".join(TextGrader().explain(asked, f"el {typed}", other))


def test_a_word_made_of_the_one_that_is_asked_about_is_no_repetition() -> None:
    asked = Question(text="escribir", reference="escrito", term="escribir")
    assert gate(asked, "escribido") == ""
    assert gate(asked, "escribir") == "repeats the question"


@pytest.mark.parametrize(
    ("reference", "answer"),
    [("die out", "out"), ("sich freuen", "freuen"), ("il faut", "faut"), ("a dog", "the dog")],
)
def test_what_is_no_article_is_not_missed(reference: str, answer: str) -> None:
    asked = Question(text="it", reference=reference, exact=True)
    given = TextGrader().grade(asked, answer)
    assert given.unsure or given.label.value == "incorrect"
    assert "article" not in "".join(TextGrader().explain(asked, answer, given))


def test_another_name_of_a_word_is_not_told_to_lack_its_article() -> None:
    asked = Question(text="teacher", reference="der Lehrer", names=("Lehrer",), exact=True)
    assert "article" not in "".join(
        TextGrader().explain(asked, "Lehrer", TextGrader().grade(asked, "Lehrer"))
    )
