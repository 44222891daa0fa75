"""An answer gets a verdict. Importing this loads no model and no library of one."""

from collections.abc import Iterable, Iterator

from studyllm.grading.client import ModelGrader
from studyllm.grading.points import split_points
from studyllm.grading.text_grader import TextGrader
from studyllm.grading.verdict import (
    Grader,
    Help,
    Label,
    PointResult,
    Question,
    Readiness,
    State,
    Verdict,
    grade_of,
    label_of,
    verdict,
)


def grade_all(grader: Grader, items: Iterable[tuple[Question, str]]) -> Iterator[Verdict]:
    """Verdicts in the order of the items; the answers to one question are graded together: it is read once."""
    asked = list(items)
    found: dict[int, Verdict] = {}
    for number in sorted(range(len(asked)), key=_together(asked).__getitem__):
        found[number] = grader.grade(*asked[number])
    yield from (found[number] for number in range(len(asked)))


def _together(asked: list[tuple[Question, str]]) -> list[int]:
    """For each item, the place of the first one with the same question."""
    first: dict[Question, int] = {}
    return [first.setdefault(question, number) for number, (question, _) in enumerate(asked)]


__all__ = [
    "Grader",
    "Help",
    "Label",
    "ModelGrader",
    "PointResult",
    "Question",
    "Readiness",
    "State",
    "TextGrader",
    "Verdict",
    "grade_all",
    "grade_of",
    "label_of",
    "split_points",
    "verdict",
]
