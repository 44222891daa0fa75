"""A grader whose words come in whole sentences, for who wants nothing to move on the screen."""

from collections.abc import Iterator, Sequence

from studyllm.grading.note_lines import Marks, SoFar, on
from studyllm.grading.verdict import (
    QUERY,
    Foreseeing,
    Forgetful,
    Glancing,
    Grader,
    Question,
    Readiness,
    ReadingNotes,
    Verdict,
)


class Buffered:
    """Another grader, but what a model adds comes all at once. Empty pieces meanwhile let the reader stop it."""

    def __init__(self, grader: Grader) -> None:
        self._grader = grader

    def readiness(self) -> Readiness:
        return self._grader.readiness()

    def prepare(self, question: Question, draft: str = "") -> None:
        self._grader.prepare(question, draft)

    def grade(self, question: Question, answer: str) -> Verdict:
        return self._grader.grade(question, answer)

    def glance(self, question: Question, answer: str) -> Verdict:
        """The other grader's quick verdict, or its only one."""
        grader = self._grader
        return (
            grader.glance(question, answer)
            if isinstance(grader, Glancing)
            else grader.grade(question, answer)
        )

    def explain(self, question: Question, answer: str, verdict: Verdict) -> Iterator[str]:
        """The first sentence, which is there at once, and then the rest."""
        pieces = self._grader.explain(question, answer, verdict)
        yield next(pieces, "")
        yield from _whole(pieces)

    def reply(
        self, question: Question, passage: str, asked: str, answer: str = "", verdict: Verdict | None = None
    ) -> Iterator[str]:
        return _whole(self._grader.reply(question, passage, asked, answer, verdict))

    def embed(self, texts: Sequence[str], prefix: str = QUERY) -> tuple[bytes, ...]:
        return self._grader.embed(texts, prefix)

    def lines(self, before: Sequence[str], lines: Sequence[str], went: SoFar = on) -> Marks:
        """The other grader's marks; none if it reads no notes."""
        return self._grader.lines(before, lines, went) if isinstance(self._grader, ReadingNotes) else ()

    def foresee(self, question: Question) -> None:
        """Tells the other grader, if it prepares questions ahead."""
        if isinstance(self._grader, Foreseeing):
            self._grader.foresee(question)

    def forget(self) -> None:
        """Tells the other grader, if it keeps anything."""
        if isinstance(self._grader, Forgetful):
            self._grader.forget()

    def close(self) -> None:
        self._grader.close()


def _whole(pieces: Iterator[str]) -> Iterator[str]:
    """The pieces as one, after an empty piece for each of them."""
    text = ""
    try:
        for piece in pieces:
            text += piece
            yield ""
    finally:
        if close := getattr(pieces, "close", None):
            close()
    yield text
