"""Grading without any model: gates, folding and shared words. Quick, and honest about how little it sees."""

import time
from collections.abc import Iterator, Sequence

from studyllm.grading import explain, gates
from studyllm.grading.combine import combine, points_of
from studyllm.grading.signals import Signals
from studyllm.grading.verdict import PointResult, Question, Readiness, State, Verdict, verdict
from studyllm.i18n import _

LONGEST = 1500
"""Characters of an answer that are read; more is no answer to a card."""


def stopped(question: Question, shown: str, since: float) -> Verdict | None:
    """The verdict of the gates on an answer (already made visible), or None when it passes."""
    reason = gates.gate(question, shown)
    if not reason:
        return None
    missed = tuple(PointResult(point, State.MISSED) for point in points_of(question))
    return verdict(
        gates.GATED, missed, confidence=0.98, reason=reason, ms=1000 * (time.perf_counter() - since)
    )


def grade_by_text(question: Question, answer: str) -> Verdict:
    """The verdict of gates and shared words alone."""
    since = time.perf_counter()
    shown = gates.visible(answer[:LONGEST])
    return stopped(question, shown, since) or combine(
        question, shown, Signals(), ms=1000 * (time.perf_counter() - since)
    )


class TextGrader:
    """A Grader that needs nothing but the text."""

    def readiness(self) -> Readiness:
        """Both models are off."""
        return Readiness(note=_("No models: answers are compared word by word."))

    def prepare(self, question: Question, draft: str = "") -> None:
        """Nothing to prepare."""

    def grade(self, question: Question, answer: str) -> Verdict:
        """The verdict by text."""
        return grade_by_text(question, answer)

    def explain(self, question: Question, answer: str, verdict: Verdict) -> Iterator[str]:
        """The composed explanation."""
        yield explain.composed(question, verdict)

    def reply(self, question: Question, passage: str, asked: str) -> Iterator[str]:
        """The sentences of the note that come nearest."""
        yield explain.quoted(question, passage, gates.visible(asked[:LONGEST]))

    def embed(self, texts: Sequence[str]) -> tuple[bytes, ...]:
        """None: there is no embedding model."""
        return ()

    def close(self) -> None:
        """Nothing to close."""
