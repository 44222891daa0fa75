"""Answers that look like tricks and are none: they are compared, whatever becomes of them then."""

from studyllm.cards import Kind
from studyllm.grading import Question
from studyllm.grading.gates import gate


def test_names_of_substances_in_the_other_language_are_words() -> None:
    asked = Question("Wall of fungi", "chitin + glucans + mannoproteins")
    assert not gate(asked, "几丁质+葡聚糖+甘露糖蛋白")
    assert not gate(Question("Organic phosphates", "phytic acid and phospholipids"), "肌醇六磷酸、磷脂")
    assert gate(asked, "徂氽揪胙鬯冉")


def test_numbers_that_changed_places_are_compared_as_values() -> None:
    asked = Question("umask 027", "new files 640, new folders 750")
    assert not gate(asked, "files 750, folders 640")
    assert gate(
        Question("Mixing", "two parts of sand and one of lime are mixed dry"), "sand dry two mixed lime parts"
    )


def test_two_words_that_changed_places_in_a_part_of_the_reference_are_compared() -> None:
    asked = Question(
        "Twill", "Twill is a weave with diagonal lines. The warp goes over two, the weft goes under one"
    )
    assert not gate(asked, "a weave with diagonal lines. The weft goes over two, the warp goes under one")


def test_cells_of_a_row_may_be_said_before_the_head_of_their_column() -> None:
    cells = ("yarns: many", "twist: high", "cloth: smooth", "price: low")
    asked = Question("worsted", "\n".join(cells), points=cells, kind=Kind.TABLE)
    assert not gate(asked, "many yarns, high twist")


def test_words_that_are_learnt_together_have_no_order() -> None:
    asked = Question("with the accusative", "durch für gegen ohne um")
    assert not gate(asked, "um, ohne, gegen, für, durch")
    assert not gate(asked, "um ohne gegen für durch")
    assert gate(Question("fulling", "wool is beaten in warm water"), "water warm in beaten is wool")


def test_a_word_of_the_note_with_a_slip_is_a_word() -> None:
    assert not gate(Question("la rabot", "plane"), "plnae")
    assert not gate(Question("l'enclume", "anvil"), "anivl")
    assert not gate(Question("Tools", "chisel, mallet and anvil"), "chsiel, malelt")
    assert gate(Question("l'enclume", "anvil"), "xqzjk") == "no words"
    assert gate(Question("l'enclume", "anvil"), "zqvbl") == "no words"
