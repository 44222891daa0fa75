"""What was answered: in one session, and what went wrong with a card, as the log has it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studyllm.late import Late
from studyllm.schedule import Grade
from studyllm.store import LogEntry, Review, StudyCard
from studyllm.verdicts import Confidence, PointResult, Recalled, State

if TYPE_CHECKING:
    from studyllm import grading
    from studyllm.grading import Verdict
    from studyllm.store import Store
else:
    grading = Late("studyllm.grading")


@dataclass(frozen=True, slots=True)
class Mistake:
    """An answer that did not recall its card."""

    at: datetime
    grade: int | None
    """None: it was said so in a recall of the whole section, which gives no grade."""
    answer: str
    missed: tuple[str, ...]
    """Points that were missed or wrong."""
    sure: bool = False
    """Whether the learner was sure of it."""


def mistakes(store: Store, card_id: int) -> tuple[Mistake, ...]:
    """What went wrong with a card so far, the oldest first."""
    found = []
    for entry in store.journal.entries(card=card_id):
        review = entry.review
        if (said := _said_otherwise(entry)) is not None:
            found.append(said)
        if review and not entry.undone and not Grade(review.chosen).recalled:
            points = (point.result for point in review.detail.points)
            missed = tuple(grading.shown(point.text) for point in points if is_wrong(point))
            sure = review.detail.own_confidence == Confidence.SURE
            found.append(Mistake(review.at, review.chosen, review.answer or "", missed, sure))
    return tuple(found)


def _said_otherwise(entry: LogEntry) -> Mistake | None:
    """What a recall of the whole section said otherwise than the card's note."""
    state = (entry.detail or {}).get("state")
    if entry.event != "heard" or entry.undone or state != Recalled.CONTRADICTED:
        return None
    return Mistake(entry.at, None, entry.answer or "", ())


def is_wrong(point: PointResult) -> bool:
    """Whether a point was missed or contradicted; what may be left out is not missed."""
    return point.state is State.CONTRADICTED or (point.state is State.MISSED and not point.extra)


@dataclass(frozen=True, slots=True)
class Answered:
    """A card as it was answered and graded in a session."""

    card: StudyCard
    grade: Grade
    answer: str = ""
    verdict: Verdict | None = None
    seconds: float = 0.0
    """From the question to the grade."""
    confidence: Confidence | None = None
    """How sure the learner was before the verdict, where that was asked."""
    confused: StudyCard | None = None
    """The card whose definition the answer was."""
    before: bool = False
    """Whether it was earlier on the same day, before the session began."""

    @property
    def sure_and_wrong(self) -> bool:
        """Whether the learner was sure of what was not recalled."""
        return self.confidence is Confidence.SURE and not self.grade.recalled

    @property
    def overruled(self) -> bool:
        """Whether the learner counted as recalled what the verdict did not, or the other way round."""
        return self.suggested is not None and self.suggested.recalled != self.grade.recalled

    @property
    def suggested(self) -> Grade | None:
        """The grade that the grader suggested, before the learner said otherwise of a point; None where it was unsure
        or not asked."""
        judged = self.verdict and (self.verdict.before or self.verdict)
        return None if judged is None or judged.suggested is None else Grade(judged.suggested)

    @property
    def changed(self) -> bool:
        """Whether the learner said otherwise of a point than the grader."""
        return self.verdict is not None and self.verdict.before is not None

    @property
    def lacking(self) -> tuple[PointResult, ...]:
        """Points that were missed or wrong, the wrong ones first."""
        wrong = filter(is_wrong, self.verdict.points) if self.verdict else ()
        return tuple(sorted(wrong, key=lambda point: point.state is State.MISSED))

    @property
    def missed(self) -> tuple[str, ...]:
        """The texts of these."""
        return tuple(grading.shown(point.text) for point in self.lacking)


def _first(one: Answered) -> tuple[bool, ...]:
    """Sorts what is worth a look."""
    return one.before, one.grade.recalled, not one.sure_and_wrong


class Answers:
    """What was answered in one session."""

    def __init__(self) -> None:
        self._answered: list[Answered] = []
        self.earlier: tuple[Answered, ...] = ()
        """What was answered on the same day before the session began."""

    def add(self, answered: Answered) -> None:
        self._answered.append(answered)

    def take_back(self, card: int) -> None:
        """Forgets the last answer to a card, if there was one."""
        for number in range(len(self._answered) - 1, -1, -1):
            if self._answered[number].card.id == card:
                del self._answered[number]
                return

    @property
    def count(self) -> int:
        return len(self._answered)

    @property
    def recalled(self) -> int:
        return sum(one.grade.recalled for one in self._answered)

    @property
    def seconds(self) -> float:
        return sum(one.seconds for one in self._answered)

    @property
    def relearning(self) -> float:
        """Seconds for cards that had been missed before."""
        missed, seconds = set[int](), 0.0
        for one in self._answered:
            seconds += one.seconds if one.card.id in missed else 0.0
            if not one.grade.recalled:
                missed.add(one.card.id)
        return seconds

    @property
    def worth_a_look(self) -> tuple[Answered, ...]:
        """Each card that was not recalled or whose verdict was overruled, once, as it went the first time in this
        session, else before it; first what was in it, of that what was not recalled, of that what the learner was sure
        of."""
        found: dict[int, Answered] = {}
        for one in (*self._answered, *self.earlier):
            if not one.grade.recalled or one.overruled:
                found.setdefault(one.card.id, one)
        return tuple(sorted(found.values(), key=_first))

    @property
    def confused(self) -> tuple[tuple[StudyCard, StudyCard], ...]:
        """Each two cards of which one was answered with the definition of the other, once."""
        pairs = {
            frozenset((one.card.id, one.confused.id)): (one.card, one.confused)
            for one in self._answered
            if one.confused
        }
        return tuple(pairs.values())


def earlier(store: Store, deck: str | None, since: datetime, until: datetime) -> tuple[Answered, ...]:
    """What the log has of the answers between two moments, of a deck or of all; cards that are gone are left out."""
    found = []
    for entry in store.journal.entries(since):
        if (review := entry.review) is None or entry.undone or review.at >= until:
            continue
        card = store.card(review.card_id)
        if not card.gone and deck in (None, card.deck):
            sure = review.detail.own_confidence
            found.append(
                Answered(
                    card,
                    Grade(review.chosen),
                    review.answer or "",
                    said(review),
                    confidence=None if sure is None else Confidence(sure),
                    before=True,
                )
            )
    return tuple(found)


def said(review: Review) -> Verdict | None:
    """What the log has of a verdict: its score, its points as the learner left them, and whether it was sure."""
    if review.score is None:
        return None
    points = tuple(point.result for point in review.detail.points)
    suggested = grading.grade_of(review.score, points) if review.suggested is None else review.suggested
    return grading.Verdict(
        grading.label_of(review.score),
        review.score,
        suggested,
        points,
        confidence=review.detail.confidence or 0.0,
        by=review.detail.by,
        reason=review.detail.reason,
        unmoved=review.detail.unmoved,
    )
