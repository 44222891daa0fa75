"""The words of grading: a question, what a verdict says, and the one place where score, label and grade agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol, runtime_checkable

from studyllm.cards import Kind
from studyllm.verdicts import Label, PointResult, State

PARTIAL_FROM = 0.25
"""Scores from here are at least partial."""
CORRECT_FROM = 0.6
"""Scores from here are correct; bench/grading.py reports what each label is worth at these bands."""
_EASY_FROM, _HARD_FROM = 0.80, 0.45
"""Scores from which a correct answer is grade 5, not 4, and a partial one grade 3, not 2."""
_EDGES = (0.0, 0.15, PARTIAL_FROM, _HARD_FROM, CORRECT_FROM, _EASY_FROM, 1.0)
"""The scores between grades, where one has to be chosen for a grade."""
_RECALLED_FROM = 0.6
"""Share of the points that are surely said from which a partial answer may count as recalled: half of a list is not the
list."""


SURE = 0.86
"""The probability of being right from which a verdict is sure; below it is doubt: the learner is asked. Chosen on hands
that were not learnt from, so that 95 % of what is sure is right there (the surest are right more often)."""
PROMISED = 0.93
"""Share of the sure verdicts that is right at least."""


LABELS = (Label.CORRECT, Label.PARTIAL, Label.INCORRECT)
GRADES = {Label.CORRECT: (3, 4, 5), Label.PARTIAL: (2, 3), Label.INCORRECT: (0, 1)}
"""The grades that go with a label; 3 for what is correct is a learner's own: recalled, with effort."""
_JUST_UNDER = 0.001
BANDS = {
    Label.CORRECT: (CORRECT_FROM, 1.0),
    Label.PARTIAL: (PARTIAL_FROM, CORRECT_FROM - _JUST_UNDER),
    Label.INCORRECT: (0.0, PARTIAL_FROM - _JUST_UNDER),
}
"""The scores that each label has."""


@dataclass(frozen=True, slots=True)
class Question:
    """Everything about a question that does not depend on the answer."""

    text: str
    reference: str
    points: tuple[str, ...] = ()
    """The points a good answer makes; empty: they are split out of the reference."""
    term: str = ""
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """What is as right as the reference, where a word is asked for."""
    kind: Kind = Kind.TERM
    lang: str = ""
    """"zh" or "en"; empty: that of the reference."""
    context: str = ""
    """The heading above the card."""
    exact: bool = False
    """Whether a word of the note's is asked for, a name or a gap: another one may mean the same, and is not it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an answer is worth. Built by `verdict()` alone, so that label, score and grade cannot disagree."""

    label: Label
    score: float
    grade: int
    points: tuple[PointResult, ...] = ()
    confidence: float = 0.0
    by: tuple[str, ...] = ("text",)
    reason: str = ""
    """Why no model was asked ("blank", "repeats the question", …), or nothing."""
    ms: float = 0.0
    unmoved: float | None = None
    """The score before this learner's own grades moved it; None when they did not."""
    before: Verdict | None = None
    """The grader's own verdict, where the learner said otherwise of a point; None where not."""
    turned: tuple[tuple[int, int], ...] = ()
    """Steps (earlier, later by the note, counted from 0, extras aside) that the answer has the wrong way round."""

    def __post_init__(self) -> None:
        if (
            not 0.0 <= self.score <= 1.0
            or self.label is not label_of(self.score)
            or self.grade not in GRADES[self.label]
        ):
            raise ValueError(f"an incoherent verdict: {self.label}, {self.score}, {self.grade}")

    @property
    def unsure(self) -> bool:
        """Whether the grader had rather ask the learner: another label is nearly as likely."""
        return self.confidence < SURE

    @property
    def suggested(self) -> int | None:
        """The grade to take unless the learner says otherwise; none in doubt, where the learner decides."""
        return None if self.unsure else self.grade

    @property
    def missed(self) -> tuple[str, ...]:
        """The points that were not made, extras aside."""
        return tuple(p.text for p in self.points if p.state is State.MISSED and not p.extra)

    @property
    def wrong(self) -> tuple[str, ...]:
        """The points that were contradicted."""
        return tuple(p.text for p in self.points if p.state is State.CONTRADICTED and not p.extra)


def label_of(score: float) -> Label:
    """The label of a score."""
    if score >= CORRECT_FROM:
        return Label.CORRECT
    return Label.PARTIAL if score >= PARTIAL_FROM else Label.INCORRECT


def grade_of(score: float, points: tuple[PointResult, ...] = (), reason: str = "") -> int:
    """The SM-2 grade, 0-5, that is suggested for a score: 0 only for an answer that a gate stopped, 1 for a wrong
    attempt, and 3, which counts as recalled, for a partial answer only where most of the points were said and none was
    contradicted."""
    label = label_of(score)
    if label is Label.INCORRECT:
        return 0 if reason else 1
    if label is Label.CORRECT:
        return 5 if score >= _EASY_FROM else 4
    wrong = any(point.state is State.CONTRADICTED for point in points)
    most = not points or said(points, doubtful=0.0, partly=0.0) >= _RECALLED_FROM
    return 3 if score >= _HARD_FROM and most and not wrong else 2


def middle_of(grade: int) -> float:
    """A score that goes with a grade."""
    return (_EDGES[grade] + _EDGES[grade + 1]) / 2


def said(points: tuple[PointResult, ...], doubtful: float = 0.5, partly: float = 0.5) -> float:
    """The share of the points that was said, extras aside; a point that is not sure counts so much, and so does one
    that was said in part."""
    core = [point for point in points if not point.extra] or list(points)
    return sum(
        {State.HIT: 1.0, State.PARTLY: partly, State.UNSURE: doubtful}.get(point.state, 0.0) for point in core
    ) / len(core)


_NOT_SAID = (State.MISSED, State.CONTRADICTED)
_NOT_WHOLE = (*_NOT_SAID, State.PARTLY)
_BY_STATES = {Label.CORRECT: 0.9, Label.INCORRECT: 0.1}


def toggled(given: Verdict, number: int) -> Verdict:
    """The verdict as the learner has it who says of a point, counted from 0, that it was said after all, or was not.

    Label and score follow from the states: every core point said and none contradicted is correct, none said is
    incorrect. It is sure, because the learner decided. Once all is as the grader had it, so is the verdict.
    """
    was = (given.before or given).points[number].state
    said = given.points[number].state is State.HIT
    state = State.HIT if not said else was if was in _NOT_WHOLE else State.MISSED
    return with_states(given, {number: state})


def with_states(given: Verdict, states: Mapping[int, State]) -> Verdict:
    """The verdict with what the learner says of those points, counted from 0."""
    judged = given.before or given
    points = tuple(
        replace(point, state=states[number], certain=True) if number in states else point
        for number, point in enumerate(given.points)
    )
    return judged if points == judged.points else replace(by_states(judged, points), before=judged)


def by_states(given: Verdict, points: tuple[PointResult, ...]) -> Verdict:
    """A verdict whose score follows from the states of these points."""
    share = said(points)
    if any(point.state is State.CONTRADICTED for point in points):
        share = min(share, 0.8)
    edges = _BY_STATES[Label.INCORRECT], PARTIAL_FROM + share * (CORRECT_FROM - PARTIAL_FROM - 0.01)
    score = _BY_STATES[Label.CORRECT] if share == 1 else edges[0] if share == 0 else edges[1]
    unmoved = given.score if given.unmoved is None else given.unmoved
    return replace(verdict(score, points, confidence=1.0, by=given.by, ms=given.ms), unmoved=unmoved)


def in_keeping(
    points: tuple[PointResult, ...], label: Label, confidence: float = 0.0
) -> tuple[PointResult, ...]:
    """Points that go with a label: where label and points speak against each other, the point is not sure, or where it
    is the only one and the answer partly correct, said in part; `confidence` is that in the label."""
    core = [i for i, point in enumerate(points) if not point.extra] or list(range(len(points)))
    doubtful: set[int] = set()
    if label is Label.CORRECT:
        doubtful = {i for i, p in enumerate(points) if p.state is State.CONTRADICTED}
        doubtful |= {i for i in core if points[i].state in (State.MISSED, State.PARTLY)}
    elif all(points[i].state is State.HIT for i in core) and (label is Label.INCORRECT or len(core) > 1):
        doubtful = set(core) if label is Label.INCORRECT else {core[-1]}
    elif label is Label.PARTIAL and all(p.state in _NOT_SAID for p in points):
        doubtful = {core[0]}
    kept = [replace(p, state=State.UNSURE, evidence="") if i in doubtful else p for i, p in enumerate(points)]
    if kept and label is Label.CORRECT and all(p.state is not State.HIT for p in kept):
        kept[core[0]] = replace(kept[core[0]], state=State.HIT)
    if len(core) == 1 and label is Label.PARTIAL and kept[core[0]].state in (State.HIT, State.UNSURE):
        kept[core[0]] = replace(kept[core[0]], state=State.PARTLY)
    return _decided(tuple(kept), label, confidence)


def _decided(points: tuple[PointResult, ...], label: Label, confidence: float) -> tuple[PointResult, ...]:
    """Points beside a verdict that is sure of the whole: where nothing was right, one in doubt was missed, and where
    all was, it was said. Beside one that is partly correct it may be either."""
    state = {Label.CORRECT: State.HIT, Label.INCORRECT: State.MISSED}.get(label)
    if state is None or confidence < SURE:
        return points
    alone = sum(not point.extra for point in points) == 1
    return tuple(
        replace(point, state=state, certain=point.certain and alone)
        if point.state is State.UNSURE and not point.extra
        else point
        for point in points
    )


def verdict(
    score: float,
    points: tuple[PointResult, ...] = (),
    *,
    confidence: float,
    by: tuple[str, ...] = ("text",),
    reason: str = "",
    ms: float = 0.0,
    grade: int | None = None,
) -> Verdict:
    """A coherent verdict from a score; scores and confidences outside 0..1 are clamped, and rounded to be stable. The
    grade is the one that is suggested for them, unless the learner's own is given."""
    score = round(min(1.0, max(0.0, score)), 4) if score == score else 0.0
    confidence = round(min(1.0, max(0.0, confidence)), 3) if confidence == confidence else 0.0
    grade = grade_of(score, points, reason) if grade is None else grade
    return Verdict(label_of(score), score, grade, points, confidence, by, reason, round(ms, 1))


MOST_FORESEEN = 32
"""Questions that are evaluated beforehand and kept, some 8 MB each, until each of them was read."""
QUERY = "query: "
"""What the default embedding model was trained to see before texts that are compared."""
Help = Literal["off", "absent", "loading", "ready", "failed"]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Which degrees of help there are at this moment, and one sentence about it."""

    embedding: Help = "off"
    language: Help = "off"
    note: str = ""
    restarts: int = field(default=0)
    """How often the models' process had to be started again."""
    server: Help = "off"
    """A model on a server, if the learner named one."""
    where: str = ""
    """Where answers are sent to: the server's host and port."""


@runtime_checkable
class Forgetful(Protocol):
    """A grader whose verdicts depend in their last digits on what it graded before."""

    def forget(self) -> None:
        """Grade from here on as if nothing had been graded before."""
        ...


@runtime_checkable
class Foreseeing(Protocol):
    """A grader that is quicker with questions that it was told of before."""

    def foresee(self, question: Question) -> None:
        """Evaluate what does not depend on the answer, and keep it until there is one; waits for it."""
        ...


@runtime_checkable
class ReadingNotes(Protocol):
    """A grader whose language model reads notes."""

    def lines(
        self, before: Sequence[str], lines: Sequence[str], went: Callable[[int], bool]
    ) -> tuple[tuple[float, float], ...]:
        """For each of some lines the log-odds that it adds to a card that begins, and to one that ends there, no
        numbers for those that are too long; nothing where there is no such model, or where `went`, which is told how
        many are read, says to stop."""
        ...


@runtime_checkable
class Glancing(Protocol):
    """A grader that can do with less than all of its models."""

    def glance(self, question: Question, answer: str) -> Verdict:
        """The verdict without the language model: a tenth of a second instead of one or two."""
        ...


class Grader(Protocol):
    """Gives answers their verdicts."""

    def readiness(self) -> Readiness:
        """Which help there is now."""
        ...

    def prepare(self, question: Question, draft: str = "") -> None:
        """Start computing what does not depend on the answer, or only on what is typed of it; returns at once."""
        ...

    def grade(self, question: Question, answer: str) -> Verdict:
        """The verdict; may wait for models that are loading, and falls back to text when they fail."""
        ...

    def explain(self, question: Question, answer: str, verdict: Verdict) -> Iterator[str]:
        """Two to three sentences in the language of the note, if it is Chinese or English, else of the interface, in
        pieces as they come; the first one at once."""
        ...

    def reply(
        self, question: Question, passage: str, asked: str, answer: str = "", verdict: Verdict | None = None
    ) -> Iterator[str]:
        """The answer to a follow-up question from a passage of the note, in pieces as they come; `answer` is what the
        learner answered to the card, and `verdict` what was thought of it."""
        ...

    def embed(self, texts: Sequence[str], prefix: str = QUERY) -> tuple[bytes, ...]:
        """Unit vectors as little-endian 16-bit floats, for each text; none without an embedding model. The model
        compares texts that have its `prefix` for comparing; without one, more of their form is seen."""
        ...

    def close(self) -> None:
        """Let go of the models."""
        ...
