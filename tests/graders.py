"""Graders that say what a test wants to hear."""

from collections.abc import Sequence

from studyllm.grading import Question, TextGrader, Verdict
from studyllm.grading.verdict import verdict
from studyllm.verdicts import PointResult, State


def judged(*states: State, score: float = 0.4, sure: bool = False, extra: tuple[int, ...] = ()) -> Verdict:
    """A verdict on "point 0", "point 1" …, with the learner's words for what was said and for what was wrong."""
    points = tuple(
        PointResult(
            f"point {number}",
            state,
            f"words {number}" if state in (State.HIT, State.CONTRADICTED) else "",
            extra=number in extra,
        )
        for number, state in enumerate(states)
    )
    return verdict(score, points, confidence=0.96 if sure else 0.3)


class Says(TextGrader):
    """Has the same verdict on every answer."""

    def __init__(self, said: Verdict) -> None:
        self.said = said

    def grade(self, question: Question, answer: str) -> Verdict:
        return self.said


class Alike(TextGrader):
    """An embedding model to which texts with the same words are the same."""

    def embed(self, texts: Sequence[str], prefix: str = "") -> tuple[bytes, ...]:
        import numpy

        words = sorted({word for text in texts for word in text.split()})
        rows = [[float(word in text.split()) for word in words] for text in texts]
        return tuple(
            (numpy.array(row) / max(1e-6, numpy.linalg.norm(row))).astype("<f2").tobytes() for row in rows
        )
