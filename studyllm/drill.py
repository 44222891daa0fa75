"""A review: next card, its verdict, and what a grade does to it. Knows no screen, no thread and no clock."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from studyllm.grading import MOVED, SETTLED, Calibration, Grader, Opinion, Question, Verdict, learn, settled
from studyllm.schedule import Day, Grade, Learned, review
from studyllm.store import LogEntry, Review, StudyCard
from studyllm.text import fold

if TYPE_CHECKING:
    from studyllm.store import Store


@dataclass(frozen=True, slots=True)
class Recorded:
    """A card after its review, and the log row that says so."""

    card: StudyCard
    grade: Grade
    log_id: int


def question(card: StudyCard) -> Question:
    """What the grader is asked about a card."""
    text = card.card
    return Question(
        text=text.prompt or text.term,
        reference=text.answer,
        points=card.own_points or text.points,
        term=text.term,
        aliases=text.aliases,
        kind=text.kind,
        lang=text.lang,
        context=" › ".join(text.headings),
    )


class Drill:
    """Reviews over one store, of one deck or of all."""

    def __init__(self, store: "Store", day: Day, deck: str | None = None) -> None:
        self.store, self.day, self.deck = store, day, deck

    def queue(self, now: datetime) -> tuple[StudyCard, ...]:
        """All that can be asked now, within today's limits: what is due first, then what is new."""
        today = self.day.start(self.day.of(now))
        cards: list[StudyCard] = []
        counts = [c for c in self.store.counts(now, today) if self.deck in (None, c.deck)]
        for count in counts:
            cards += self.store.due(count.deck, now, count.due) if count.due else ()
        for count in counts:
            cards += self.store.new(count.deck, count.new) if count.new else ()
        return tuple(cards)

    def judge(self, grader: Grader, card: StudyCard, answer: str) -> Verdict:
        """The verdict as this learner's own grades have taught it; may wait for models."""
        asked = question(card)
        given = grader.grade(asked, answer)
        if given.reason:
            return given
        for before in self.store.judged(card.id, 50):
            detail = before.detail or {}
            if detail.get("asked") == _mark(asked) and _same(before.answer or "", answer):
                own = before.chosen != before.suggested or SETTLED in detail.get("by", ())
                return (
                    settled(given, before.chosen) if own else calibration(self.store, given.by).apply(given)
                )
        return calibration(self.store, given.by).apply(given)

    def outcomes(self, card: StudyCard, now: datetime) -> dict[Grade, Learned]:
        """Where each grade would move the card."""
        return {grade: review(card.progress, grade, now, self.day) for grade in Grade}

    def record(
        self,
        card: StudyCard,
        grade: Grade,
        now: datetime,
        *,
        answer: str | None = None,
        verdict: Verdict | None = None,
    ) -> Recorded:
        """Moves the card by a grade and saves both at once; raises InputError when it was moved meanwhile."""
        after = review(card.progress, grade, now, self.day)
        log_id = self.store.record(
            Review(
                card_id=card.id,
                at=now,
                chosen=int(grade),
                before=card.progress,
                after=after,
                answer=answer,
                score=verdict.score if verdict else None,
                verdict=verdict.label.value if verdict else None,
                suggested=verdict.grade if verdict else None,
                detail=_detail(question(card), verdict) if verdict else None,
            )
        )
        return Recorded(card.with_progress(after), grade, log_id)

    def undo(self, now: datetime) -> LogEntry | None:
        """Takes back the last review; None when there is none."""
        return self.store.undo(now, only="review")


def calibration(store: "Store", by: tuple[str, ...] | None = None) -> Calibration:
    """What this learner's overrides have taught so far, of verdicts given by the same models: the last ones', unless
    told otherwise. What a gate stopped teaches nothing."""
    reviews = [r for r in store.judged() if not (r.detail or {}).get("reason")]
    wanted = list(by) if by is not None else _by(reviews[0]) if reviews else []
    return learn([_opinion(review) for review in reviews if _by(review) == wanted])


def _by(review: Review) -> list[str]:
    """Who gave the verdict, this learner's own say left out."""
    return [who for who in (review.detail or {}).get("by", ()) if who not in (MOVED, SETTLED)]


def _opinion(review: Review) -> Opinion:
    shown = review.score or 0.0
    return Opinion((review.detail or {}).get("unmoved", shown), shown, review.suggested or 0, review.chosen)


def _same(one: str, other: str) -> bool:
    """Whether two answers are the same but for case, width, spaces and the last mark."""
    first, second = ("".join(fold(text).split()).rstrip("。.！!？?；;，,") for text in (one, other))
    return first == second


def _mark(asked: Question) -> str:
    """Tells whether a card still asks the same: a grade given for another definition counts no more."""
    return hashlib.sha256(repr((asked.reference, asked.points)).encode()).hexdigest()[:16]


def _detail(asked: Question, verdict: Verdict) -> dict[str, Any]:
    detail = {
        "points": [{"text": p.text, "state": p.state.value} for p in verdict.points],
        "by": list(verdict.by),
        "confidence": verdict.confidence,
        "asked": _mark(asked),
    }
    detail |= {"reason": verdict.reason} if verdict.reason else {}
    return detail if verdict.unmoved is None else detail | {"unmoved": verdict.unmoved}
