"""How long a quiz waits for its models, and what is kept of what they said."""

import random
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from studyllm.grading import Question, Readiness, TextGrader, Verdict
from studyllm.grading.verdict import verdict
from studyllm.quiz.items import Mode, Options
from studyllm.quiz.prepare import PATIENCE, judge, prepare
from studyllm.store import Store
from studyllm.store.vectors import Vectors
from studyllm.verdicts import PointResult, State
from tests.quiz.cards import deck, study
from tests.quiz.test_confusion import filled

OPTIONS = Options(modes=frozenset({Mode.CHOOSE_MEANING, Mode.MATCH}), length=6)


class Counting(TextGrader):
    """Counts what it is asked; all definitions are as far from each other, and none may pass for another."""

    def __init__(self) -> None:
        super().__init__()
        self.judged: list[tuple[Question, str]] = []
        self.embedded = 0

    def readiness(self) -> Readiness:
        return Readiness(embedding="ready", language="ready")

    def glance(self, question: Question, answer: str) -> Verdict:
        self.judged.append((question, answer))
        return super().grade(question, "")

    def grade(self, question: Question, answer: str) -> Verdict:
        raise AssertionError("the language model was asked")

    def embed(self, texts: Sequence[str], prefix: str = "") -> tuple[bytes, ...]:
        self.embedded += len(texts)
        far = [b"\x00\x00" * n + b"\x00\x3c" + b"\x00\x00" * (7 - n) for n in range(8)]
        return tuple(far[len(text) % 8] for text in texts)


def ask(store: Store, kept: Vectors, grader: Counting, clock: Callable[[], float]) -> int:
    """How many questions a quiz had."""
    return len(prepare(store, OPTIONS, random.Random(1), kept=kept, grader=grader, clock=clock))


def test_the_language_model_is_not_waited_for_and_nothing_is_judged_twice(
    store: Store, tmp_path: Path
) -> None:
    filled(store)
    kept, grader = Vectors(tmp_path / "vectors.db", "model"), Counting()
    assert ask(store, kept, grader, lambda: 0.0)
    assert grader.embedded == 6
    assert len(grader.judged) == len(set(grader.judged)) > 0
    later = Counting()
    assert ask(store, kept, later, lambda: 0.0)
    assert (later.judged, later.embedded) == ([], 0)


def test_a_quiz_begins_without_what_takes_too_long(store: Store, tmp_path: Path) -> None:
    filled(store)
    kept, grader = Vectors(tmp_path / "vectors.db", "model"), Counting()
    slow = count(0.0, PATIENCE)
    assert ask(store, kept, grader, lambda: next(slow))
    assert (grader.judged, grader.embedded) == ([], 0)


class Doubting(Counting):
    """Finds any definition likely, or less likely than not, to be right."""

    def __init__(self, confidence: float) -> None:
        super().__init__()
        self.confidence = confidence

    def glance(self, question: Question, answer: str) -> Verdict:
        self.judged.append((question, answer))
        return verdict(0.6, (PointResult(answer, State.HIT),), confidence=self.confidence)


def test_of_the_own_section_only_what_is_likely_to_be_right_is_left_out(tmp_path: Path) -> None:
    card, mate = deck()[:2]
    stranger = study(9, "光合作用", "植物把光能变成化学能", headings=("生物",))
    for confidence, beside in ((0.45, True), (0.55, False)):
        kept = Vectors(tmp_path / f"{confidence}.db", "model")
        for _again in range(2):
            passes = judge(Doubting(confidence), kept)
            assert passes(card, mate) is not beside
            assert passes(card, stranger)
