"""A review: next card, its question, and what a grade does to it. Knows no screen, no thread and no clock."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from studyllm.grading import Question, Verdict
from studyllm.schedule import Day, Grade, Learned, review
from studyllm.store import LogEntry, Review, StudyCard

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
        points=text.points,
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
                detail=_detail(verdict) if verdict else None,
            )
        )
        return Recorded(card.with_progress(after), grade, log_id)

    def undo(self, now: datetime) -> LogEntry | None:
        """Takes back the last review; None when there is none."""
        return self.store.undo(now, only="review")


def _detail(verdict: Verdict) -> dict[str, Any]:
    return {
        "points": [{"text": p.text, "state": p.state.value} for p in verdict.points],
        "by": list(verdict.by),
        "confidence": verdict.confidence,
    }
