"""Models that forgot grade as if nothing had been graded before."""

import pytest

from studyllm.grading import Forgetful, ModelGrader, Question, Verdict
from studyllm.grading.buffered import Buffered
from studyllm.models import find, path

EMBEDDING, LANGUAGE = path(find("e5-small")), path(find("default"))
pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(EMBEDDING is None or LANGUAGE is None, reason="`make models` fetches them"),
]
ANSWERS = (
    ("spacing", "reviewing again after some time", "you look at it again some days later"),
    ("spacing", "reviewing again after some time", "you look at it once more after a while"),
    ("电阻", "导体对电流的阻碍作用，单位是欧姆", "导体阻碍电流的能力"),
    ("电阻", "导体对电流的阻碍作用，单位是欧姆", "导体阻碍电流的能力，用欧姆表示"),
)


def verdicts(grader: ModelGrader) -> list[tuple[float, float]]:
    def told(given: Verdict) -> tuple[float, float]:
        return given.score, given.confidence

    return [told(grader.grade(Question(text, reference), answer)) for text, reference, answer in ANSWERS]


def test_what_was_graded_before_leaves_no_trace() -> None:
    grader = ModelGrader(EMBEDDING, LANGUAGE, threads=2)
    try:
        assert isinstance(grader, Forgetful)
        first = verdicts(grader)
        for _round in range(2):
            verdicts(grader)
            Buffered(grader).forget()
            assert verdicts(grader) == first
    finally:
        grader.close()
