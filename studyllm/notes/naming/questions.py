"""Labels in the answer of a question, which are no cards of their own."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from studyllm.notes.candidates import Candidate
from studyllm.notes.candidates.asking import asks
from studyllm.notes.words.labels import is_label

_TOLD = ("line ", "lead ", "short ", "item ")
"""Forms of what tells of something in a line or an item."""


def without_labels_of_answers(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without labels in the answer of a question that asks for more than what something is: there a
    label tells of no thing that it could be asked of."""
    asked = sorted((one.line, one.end) for one in found if "question" in one.form and asks(one.term))
    begins, ends = [line for line, _end in asked], list(accumulate((end for _line, end in asked), max))

    def answers(one: Candidate) -> bool:
        at = bisect_left(begins, one.line) - 1
        return at >= 0 and ends[at] >= one.line

    return [
        one
        for one in found
        if one.explicit or not one.form.startswith(_TOLD) or not is_label(one.term) or not answers(one)
    ]
