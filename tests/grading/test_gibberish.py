"""Words that no list of common ones has are words."""

from studyllm.grading import Question
from studyllm.grading.gates import gate
from studyllm.grading.values import compare


def test_names_of_drugs_are_words() -> None:
    asked = Question(
        "Proton pump blockers",
        "omeprazole and its like, which stop acid for a day",
        term="Proton pump blockers",
    )
    assert gate(asked, "pantoprazole, rabeprazole") == ""
    assert gate(asked, "etoricoxib, celecoxib") == ""


def test_signed_numbers_in_chinese_are_no_gibberish() -> None:
    asked = Question("铁的化合价", "+2, +3, +6", term="铁的化合价")
    assert gate(asked, "正二 正三 正六") == ""
    found = compare("+2, +3, -1", "正二价、正三价、负一价")
    assert len(found.same) == 3
    assert not found.absent
