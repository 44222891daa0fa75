"""Quizzes that were taken: self-testing beside the schedule, so none of it is in the log and undo passes it by."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, func, insert, null, select, update

from studyllm.cards import DERIVED, Kind
from studyllm.store.columns import study_card
from studyllm.store.records import StudyCard
from studyllm.store.sql import joined, larger, last_text, member, smaller
from studyllm.store.tables import CARD, DECK, LOG, QUIZ, QUIZ_ANSWER, STANDING

if TYPE_CHECKING:
    from studyllm.store.database import Database

Pair = tuple[int, int]
"""Ids of two cards, the lower one first."""
_AT_ONCE = 500
_RECALLED = 3
"""The lowest grade of a card that was recalled."""
CONTRAST = "contrast"
"""The mode of an answer that says what tells its card and the confused one apart."""
_SECTION = func.coalesce(last_text(CARD.c.headings), "")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one card came to in a quiz."""

    number: int
    """The question, from 1; matching asks for several cards at once."""
    mode: str
    card: int
    term: str
    prompt: str
    wanted: str
    given: str
    right: bool
    score: float
    """0-1: how much of it was right."""
    confused: int | None = None
    """The card that the answer belongs to, when it is another one's."""


@dataclass(frozen=True, slots=True)
class Mistaken:
    """A wrong answer that was typed."""

    card: int
    answer: str
    at: datetime
    confused: int | None = None
    """The card whose definition it was, where that is known."""


@dataclass(frozen=True, slots=True)
class QuizResult:
    """A quiz and what it came to."""

    id: int
    at: datetime
    deck: str | None
    options: Mapping[str, Any]
    outcomes: tuple[Outcome, ...] = ()

    @property
    def asked(self) -> int:
        """How many questions were asked; one may have several answers, as pairs have."""
        return len({one.number for one in self.outcomes})

    @property
    def right(self) -> int:
        """How many questions were answered rightly, in all their parts."""
        return self.asked - len({one.number for one in self.outcomes if not one.right})

    @property
    def share(self) -> float:
        """How much was right, 0-1, each question counting the same and parts of it in part."""
        scores: dict[int, list[float]] = {}
        for one in self.outcomes:
            scores.setdefault(one.number, []).append(one.score)
        return fmean(map(fmean, scores.values())) if scores else 0.0


@dataclass(frozen=True, slots=True)
class QuizSummary:
    """A line of the history."""

    id: int
    at: datetime
    deck: str | None
    modes: tuple[str, ...]
    asked: int
    right: int
    share: float


class Quizzes:
    """The quizzes of one database, and the questions to its cards that only a quiz has."""

    def __init__(self, database: "Database") -> None:
        self._database = database

    def begin(self, at: datetime, deck: str | None, options: Mapping[str, Any]) -> int:
        """A new quiz; its id."""
        query = insert(QUIZ).values(at=at, deck=deck, options=dict(options)).returning(QUIZ.c.id)
        with self._database.write() as connection:
            return int(connection.execute(query).scalar_one())

    def add(self, quiz: int, outcomes: Iterable[Outcome], at: datetime) -> None:
        """Keeps what an answer came to, the moment it is given."""
        rows = [
            {
                "quiz_id": quiz,
                "at": at,
                "number": one.number,
                "mode": one.mode,
                "card_id": one.card,
                "prompt": one.prompt,
                "wanted": one.wanted,
                "given": one.given,
                "right": one.right,
                "score": one.score,
                "confused_id": one.confused,
            }
            for one in outcomes
        ]
        if rows:
            with self._database.write() as connection:
                connection.execute(insert(QUIZ_ANSWER), rows)

    def accept(self, quiz: int, number: int) -> None:
        """Counts the answers to a question as right after all: the learner overrules."""
        query = update(QUIZ_ANSWER).where(QUIZ_ANSWER.c.quiz_id == quiz, QUIZ_ANSWER.c.number == number)
        with self._database.write() as connection:
            connection.execute(query.values(right=True, score=1.0))

    def result(self, quiz: int) -> QuizResult:
        """One quiz with all its answers."""
        answers = select(QUIZ_ANSWER, CARD.c.term).join_from(
            QUIZ_ANSWER, CARD, CARD.c.id == QUIZ_ANSWER.c.card_id
        )
        answers = answers.where(QUIZ_ANSWER.c.quiz_id == quiz).order_by(QUIZ_ANSWER.c.id)
        with self._database.read() as connection:
            head = connection.execute(select(QUIZ).where(QUIZ.c.id == quiz)).one()
            return QuizResult(
                head.id, head.at, head.deck, head.options, tuple(map(_outcome, connection.execute(answers)))
            )

    def history(self, limit: int = 100) -> tuple[QuizSummary, ...]:
        """The last quizzes that had an answer, the newest first."""
        wrong = func.count().filter(QUIZ_ANSWER.c.right.is_(False))
        of = QUIZ_ANSWER.c.quiz_id, QUIZ_ANSWER.c.number
        questions = (
            select(
                QUIZ_ANSWER.c.quiz_id,
                func.min(QUIZ_ANSWER.c.mode).label("mode"),
                wrong.label("wrong"),
                func.avg(QUIZ_ANSWER.c.score).label("score"),
            )
            .group_by(*of)
            .subquery()
        )
        query = (
            select(
                QUIZ,
                joined(questions.c.mode).label("modes"),
                func.count().label("asked"),
                func.count().filter(questions.c.wrong == 0).label("right"),
                func.avg(questions.c.score).label("share"),
            )
            .join_from(QUIZ, questions, questions.c.quiz_id == QUIZ.c.id)
            .group_by(QUIZ.c.id)
            .order_by(QUIZ.c.id.desc())
            .limit(limit)
        )
        with self._database.read() as connection:
            return tuple(
                QuizSummary(
                    row.id,
                    row.at,
                    row.deck,
                    tuple(sorted(row.modes.split(","))),
                    row.asked,
                    row.right,
                    row.share,
                )
                for row in connection.execute(query)
            )

    # Which cards

    def sections(self, deck: str | None) -> tuple[tuple[str, int], ...]:
        """Innermost headings in the order of the notes, and how many cards stand under each."""
        query = select(_SECTION, func.count()).join_from(CARD, DECK).where(*_asked(deck))
        query = query.group_by(_SECTION).order_by(func.min(CARD.c.path), func.min(CARD.c.line))
        with self._database.read() as connection:
            return tuple((section, count) for section, count in connection.execute(query) if section)

    def ids(
        self,
        deck: str | None,
        section: str = "",
        intervals: tuple[int, int] | None = None,
        *,
        new: bool = False,
        lapsed: bool = False,
        kinds: Collection[Kind] = (),
    ) -> tuple[int, ...]:
        """Cards of those kinds that can be asked: under a heading, with an interval of those days (inclusive), never
        reviewed, forgotten at least once."""
        where = list(_asked(deck))
        if section:
            where.append(_SECTION.in_([section]))
        if kinds:
            where.append(CARD.c.kind.in_([kind.value for kind in kinds]))
        if intervals:
            where.append(CARD.c.interval.between(*intervals))
        if new:
            where.append(CARD.c.due.is_(None))
        if lapsed:
            where.append(CARD.c.lapses > 0)
        query = select(CARD.c.id).join_from(CARD, DECK).where(*where).order_by(CARD.c.id)
        with self._database.read() as connection:
            # In parts: one long list would hold up every other thread while it is made.
            return tuple(connection.execute(query.execution_options(yield_per=1000)).scalars())

    def cards(self, ids: Sequence[int]) -> tuple[StudyCard, ...]:
        """Those cards, in that order; without those that cannot be asked any more."""
        found: dict[int, StudyCard] = {}
        for at in range(0, len(ids), _AT_ONCE):
            query = _cards(CARD.c.id.in_(ids[at : at + _AT_ONCE]), *_asked(None))
            with self._database.read() as connection:
                found |= {row.id: study_card(row) for row in connection.execute(query)}
        return tuple(found[card] for card in ids if card in found)

    def mates(self, deck: str, sections: Collection[str], limit: int) -> tuple[StudyCard, ...]:
        """Cards of a deck that stand under those headings, at most so many."""
        query = _cards(*_asked(deck), _SECTION.in_(sections)).order_by(CARD.c.path, CARD.c.line, CARD.c.id)
        with self._database.read() as connection:
            return tuple(study_card(row) for row in connection.execute(query.limit(limit)))

    # What went wrong

    def wrong(self) -> frozenset[int]:
        """Cards that were answered wrong, in a review or a quiz, and not right in a quiz since."""
        last: dict[int, datetime] = {}
        reviews = select(LOG.c.card_id, func.max(LOG.c.at)).where(
            LOG.c.event == "review", LOG.c.chosen < _RECALLED, STANDING
        )
        answers = select(QUIZ_ANSWER.c.card_id, func.max(QUIZ_ANSWER.c.at)).group_by(QUIZ_ANSWER.c.card_id)
        with self._database.read() as connection:
            for card, at in (
                *connection.execute(reviews.group_by(LOG.c.card_id)),
                *connection.execute(answers.where(QUIZ_ANSWER.c.right.is_(False))),
            ):
                last[card] = max(at, last.get(card, at))
            for card, at in connection.execute(answers.where(QUIZ_ANSWER.c.right.is_(True))):
                if card in last and at >= last[card]:
                    del last[card]
        return frozenset(last)

    def mistakes(self, typed: Collection[str], limit: int = 500) -> tuple[Mistaken, ...]:
        """The last wrong answers that were typed, in reviews that stand and then in quizzes of those modes, the newest
        first; without those of quizzes whose confusion is known, see `confused`."""
        known = member(LOG.c.detail, "confused", int)
        reviews = select(LOG.c.card_id, LOG.c.answer, LOG.c.at, known).where(
            LOG.c.event == "review", LOG.c.chosen < _RECALLED, LOG.c.answer.is_not(None), STANDING
        )
        answers = select(QUIZ_ANSWER.c.card_id, QUIZ_ANSWER.c.given, QUIZ_ANSWER.c.at, null()).where(
            QUIZ_ANSWER.c.right.is_(False), QUIZ_ANSWER.c.mode.in_(typed), QUIZ_ANSWER.c.confused_id.is_(None)
        )
        with self._database.read() as connection:
            found = (
                *connection.execute(reviews.order_by(LOG.c.id.desc()).limit(limit)),
                *connection.execute(answers.order_by(QUIZ_ANSWER.c.id.desc()).limit(limit)),
            )
            return tuple(Mistaken(card or 0, answer, *rest) for card, answer, *rest in found if answer)

    def confused(self) -> Mapping[Pair, tuple[int, datetime]]:
        """Pairs of cards that were taken for each other in quizzes, how often, and when last."""
        return self._pairs(QUIZ_ANSWER.c.right.is_(False), QUIZ_ANSWER.c.mode != CONTRAST)

    def accepted(self) -> frozenset[Pair]:
        """Pairs of cards either of which the learner called right."""
        return frozenset(self._pairs(QUIZ_ANSWER.c.right.is_(True), QUIZ_ANSWER.c.mode != CONTRAST))

    def told_apart(self) -> Mapping[Pair, datetime]:
        """Pairs of cards of which the learner said rightly what tells them apart, and when last."""
        found = self._pairs(QUIZ_ANSWER.c.right.is_(True), QUIZ_ANSWER.c.mode == CONTRAST)
        return {pair: last for pair, (_, last) in found.items()}

    def _pairs(self, *where: ColumnElement[bool]) -> Mapping[Pair, tuple[int, datetime]]:
        one, two = QUIZ_ANSWER.c.card_id, QUIZ_ANSWER.c.confused_id
        lower, upper = smaller(one, two), larger(one, two)
        query = select(lower, upper, func.count(), func.max(QUIZ_ANSWER.c.at))
        query = query.where(two.is_not(None), *where).group_by(lower, upper)
        with self._database.read() as connection:
            return {(first, second): (count, at) for first, second, count, at in connection.execute(query)}


def _cards(*where: ColumnElement[bool]) -> Select[Any]:
    query = select(CARD, DECK.c.name.label("deck")).join_from(CARD, DECK)
    return query.where(*where)


def _asked(deck: str | None) -> tuple[ColumnElement[bool], ...]:
    # A quiz asks in every direction by itself.
    made = CARD.c.kind.in_(tuple(sorted(DERIVED)))
    here = (CARD.c.gone_at.is_(None), CARD.c.suspended.is_(False), ~made)
    return here if deck is None else (*here, DECK.c.name == deck)


def _outcome(row: Any) -> Outcome:
    return Outcome(
        row.number,
        row.mode,
        row.card_id,
        row.term,
        row.prompt,
        row.wanted,
        row.given,
        row.right,
        row.score,
        row.confused_id,
    )
