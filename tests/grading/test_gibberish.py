"""Words that no list of common ones has are words."""

from studyllm.grading import Question
from studyllm.grading.gates import gate


def test_names_of_drugs_are_words() -> None:
    asked = Question(
        "Proton pump blockers",
        "omeprazole and its like, which stop acid for a day",
        term="Proton pump blockers",
    )
    assert gate(asked, "pantoprazole, rabeprazole") == ""
    assert gate(asked, "etoricoxib, celecoxib") == ""
