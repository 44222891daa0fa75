"""Labels in the answer of a question, which are no cards of their own."""

from collections.abc import Sequence

from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.asking import marked
from studyllm.notes.words.labels import is_label

_OVER = ("line question", "heading question")
"""Forms of titles that ask."""
_TOLD = ("line ", "lead ", "short ")
"""Forms of what a line right below them tells of something."""


def without_labels_of_answers(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without labels right below a title that asks, and for more than what something is: there a label
    tells of no thing that it could be asked of."""
    asked = {id(one.node): one for one in found if one.form in _OVER and marked(one.term)}
    return [one for one in found if one.explicit or not _tells_more(one, asked.get(id(one.node)))]


def _tells_more(one: Candidate, question: Candidate | None) -> bool:
    """Whether a candidate is a label in the answer of a question."""
    if question is None or one is question or not one.form.startswith(_TOLD):
        return False
    return question.line < one.line and one.end <= question.end and is_label(one.term)
