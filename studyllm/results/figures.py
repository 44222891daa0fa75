"""Rows in, figures of each question out: how verdicts fall, what is missed most, which answers a person should read.

Pure: the likeness of wrong answers is handed in. Work and memory are bounded: of a question no more than `MOST`
different answers are held apart; what comes after is counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from studyllm.results.rows import Lost, Row
from studyllm.text import key
from studyllm.verdicts import Label, PointResult, State

MOST = 10_000
"""Different answers to a question that are held apart."""
_LINES = 5
"""Lines of the input that are named of answers that say the same."""
_DOUBTFUL = 8
_ALIKE = 10
_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, how often it was given, and where first: ids, or where there are none, lines."""

    text: str
    times: int
    where: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """An answer that the grader is not sure of."""

    given: Given
    label: Label
    score: float
    confidence: float
    points: tuple[PointResult, ...]

    @property
    def weight(self) -> float:
        """What a person's look at it settles: how often it was given, by how doubtful it is."""
        return self.given.times * (1 - self.confidence)


@dataclass(frozen=True, slots=True)
class PointFigure:
    """A point of a question: in how many answers it has each state, those without a word aside."""

    text: str
    extra: bool
    states: Counter[State]

    @property
    def lacking(self) -> int:
        """Answers that missed or contradicted it."""
        return self.states[State.MISSED] + self.states[State.CONTRADICTED]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Wrong answers that are alike: the most typical first, some others, and how many there are with all repeats."""

    times: int
    examples: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """What the answers to a question come to."""

    question: str
    term: str
    reference: str
    answers: int
    labels: Counter[Label]
    unsure: int
    silent: Counter[str]
    """Answers without content, by the reason: blank, does not know, …"""
    score: float
    """The mean."""
    points: tuple[PointFigure, ...]
    """The most missed first; extras last."""
    clusters: tuple[Cluster, ...]
    alone: int
    """Wrong answers like no other, and those that were not compared."""
    doubtful: tuple[Doubt, ...]
    """What a look settles most first."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a file of results comes to."""

    answers: int
    errors: int
    """Lines of the input that could not be graded."""
    strange: int
    """Lines that are no rows."""
    questions: tuple[QuestionFigures, ...]
    """In the order of the input."""

    @property
    def unsure(self) -> int:
        return sum(one.unsure for one in self.questions)

    def doubtful(self, most: int) -> list[tuple[QuestionFigures, Doubt]]:
        """The answers of all questions that a person should look at first."""
        all_of_them = [(one, doubt) for one in self.questions for doubt in one.doubtful]
        return sorted(all_of_them, key=lambda pair: -pair[1].weight)[:most]


Alike = Callable[[Sequence[str]], Sequence[int]]
"""A number for each of the wrong answers to a question, the most frequent first; the same for those that are alike."""


def figures(rows: Iterable[Row | Lost], alike: Alike) -> Figures:
    """The figures of all rows."""
    tallies: dict[tuple[str, str], _Tally] = {}
    errors = strange = 0
    for row in rows:
        if isinstance(row, Lost):
            errors, strange = errors + row.graded, strange + (not row.graded)
            continue
        tally = tallies.setdefault(
            (row.question, row.reference), _Tally(row.question, row.term, row.reference)
        )
        tally.add(row)
    questions = tuple(tally.figures(alike) for tally in tallies.values())
    return Figures(sum(one.answers for one in questions), errors, strange, questions)


@dataclass(slots=True)
class _Several:
    """The same answer, given again and again."""

    row: Row
    times: int = 0
    where: list[str] = field(default_factory=list)

    def given(self) -> Given:
        return Given(self.row.answer, self.times, tuple(self.where))


@dataclass(slots=True)
class _Tally:
    """The rows of a question as they come."""

    question: str
    term: str
    reference: str
    labels: Counter[Label] = field(default_factory=Counter)
    silent: Counter[str] = field(default_factory=Counter)
    unsure: int = 0
    scores: float = 0.0
    points: dict[str, PointFigure] = field(default_factory=dict)
    wrong: dict[str, _Several] = field(default_factory=dict)
    doubts: dict[str, _Several] = field(default_factory=dict)
    beyond: int = 0
    """Wrong answers that were not held apart any more."""

    def add(self, row: Row) -> None:
        self.labels[row.verdict] += 1
        self.scores += row.score
        self.unsure += row.unsure
        if row.unsure:
            _hold(self.doubts, row.answer, row)
        if row.reason:
            self.silent[row.reason] += 1
            return
        for point in row.results:
            found = self.points.get(point.text)
            if found is None and len(self.points) < MOST:
                found = self.points[point.text] = PointFigure(point.text, point.extra, Counter())
            if found is not None:
                found.states[point.state] += 1
        if _is_wrong(row):
            self.beyond += not _hold(self.wrong, key(row.answer), row)

    def figures(self, alike: Alike) -> QuestionFigures:
        clusters, alone = _clusters(list(self.wrong.values()), alike)
        answers = self.labels.total()
        doubts = [
            Doubt(one.given(), one.row.verdict, one.row.score, one.row.confidence, one.row.results)
            for one in self.doubts.values()
        ]
        return QuestionFigures(
            self.question,
            self.term,
            self.reference,
            answers,
            self.labels,
            self.unsure,
            self.silent,
            self.scores / answers,
            tuple(sorted(self.points.values(), key=lambda point: (point.extra, -point.lacking))),
            clusters,
            alone + self.beyond,
            tuple(sorted(doubts, key=lambda doubt: -doubt.weight)[:_DOUBTFUL]),
        )


def _is_wrong(row: Row) -> bool:
    """Whether an answer is wrong, not only short of something: it says no point for certain, or denies one."""
    states = [point.state for point in row.points if not point.extra]
    return row.verdict is not Label.CORRECT and (
        row.verdict is Label.INCORRECT
        or State.CONTRADICTED in states
        or not {State.HIT, State.PARTLY} & set(states)
    )


def _hold(several: dict[str, _Several], name: str, row: Row) -> bool:
    """Adds a row to those that say the same; whether there was room."""
    found = several.get(name)
    if found is None:
        if len(several) >= MOST:
            return False
        found = several[name] = _Several(row)
    found.times += 1
    if len(found.where) < _LINES:
        found.where.append(str(row.line if row.id is None else row.id))
    return True


def _clusters(wrong: list[_Several], alike: Alike) -> tuple[tuple[Cluster, ...], int]:
    """The largest groups of answers that are alike, and how many answers are in none of them."""
    wrong = sorted(wrong, key=lambda one: -one.times)
    numbers = alike([one.row.answer for one in wrong])
    groups: dict[int, list[_Several]] = {}
    for number, one in zip(numbers, wrong, strict=True):
        groups.setdefault(number, []).append(one)
    made = [
        Cluster(sum(one.times for one in group), tuple(one.given() for one in group[:_EXAMPLES]))
        for group in groups.values()
    ]
    largest = sorted((one for one in made if one.times > 1), key=lambda one: -one.times)[:_ALIKE]
    return tuple(largest), sum(one.times for one in wrong) - sum(one.times for one in largest)
