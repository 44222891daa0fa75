"""Grading without any model: gates, folding and shared words. Quick, and honest about how little it sees."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studyllm.grading import explain, gates
from studyllm.grading.as_noted import as_noted
from studyllm.grading.homophones import as_typed, meant
from studyllm.grading.romanised import meant_in_pinyin
from studyllm.grading.scoring import combine, points_of, required, with_extras
from studyllm.grading.signals import Signals
from studyllm.grading.true_or_false import as_judged
from studyllm.grading.verdict import QUERY, Question, Readiness, Verdict, verdict
from studyllm.i18n import _
from studyllm.text import narrow
from studyllm.verdicts import PointResult, State

LONGEST = 1500
"""Characters of an answer that are read; more is no answer to a card."""


def as_read(question: Question, answer: str) -> str:
    """An answer as it is read: its beginning, without what cannot be seen, its words as they were meant."""
    shown = narrow(gates.visible(answer[:LONGEST]))
    return as_noted(question, meant(question, meant_in_pinyin(question, as_judged(question, shown))))


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
    said, asked = as_read(question, answer), required(question)
    given = stopped(asked, said, since) or combine(asked, said, Signals())
    given = as_typed(with_extras(question, said, given), answer, said)
    return replace(given, ms=round(1000 * (time.perf_counter() - since), 1))


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

    def reply(
        self, question: Question, passage: str, asked: str, answer: str = "", verdict: Verdict | None = None
    ) -> Iterator[str]:
        """What was thought of the answer if that is asked, else the sentences of the note that come nearest."""
        shown = gates.visible(asked[:LONGEST])
        yield explain.about_the_answer(question, verdict, shown) or explain.quoted(question, passage, shown)

    def embed(self, texts: Sequence[str], prefix: str = QUERY) -> tuple[bytes, ...]:
        """None: there is no embedding model."""
        return ()

    def close(self) -> None:
        """Nothing to close."""
