"""An answer gets a verdict. Importing this loads no model and no library of one."""

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
    "grade_of",
    "label_of",
    "split_points",
    "verdict",
]
