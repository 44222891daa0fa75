"""The cards that can be asked today, in their order, and what a grade does to one. Knows no screen, no thread and no
clock."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from studyllm.grading import Verdict
from studyllm.review.asking import question
from studyllm.review.judging import detail_of
from studyllm.schedule import (
    LEARN_AHEAD,
    Day,
    Grade,
    Learned,
    Scheduling,
    Spread,
    Waiting,
    interleaved,
    review,
)
from studyllm.store import LogEntry, Review, ReviewDetail, StudyCard

if TYPE_CHECKING:
    from studyllm.store import Store


_TOGETHER = 500
"""Cards of a deck that are put in order together; a longer day comes in parts."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A card after its review, and the log row that says so."""

    card: StudyCard
    log_id: int


class ReviewQueue:
    """Reviews over one store, of one deck or of all. Keeps the day's order between one card and the next."""

    def __init__(self, store: "Store", day: Day, deck: str | None = None) -> None:
        self.store, self.day, self.deck = store, day, deck
        self._schedulings: Mapping[str, Scheduling] = {}
        self._order: deque[Waiting] = deque()
        self._again: list[tuple[datetime, int]] = []
        self._skipped: deque[int] = deque()
        """Cards that the learner put off within the session, in that order."""
        self._today: date | None = None
        """The day that the order is of; None when it has to be made anew."""
        self._first: int | None = None

    def queue(self, now: datetime) -> tuple[StudyCard, ...]:
        """All that can be asked now, within today's limits: repetitions, then what is due, then what is new."""
        today = self.day.of(now)
        again = [card for _, card in self.store.repeating(self.deck, today, self.day, now)]
        return tuple(map(self.store.card, (*again, *(waiting.id for waiting in self._agenda(now)))))

    def next(self, now: datetime) -> tuple[StudyCard, int] | None:
        """The next card, and how many can be asked with it; None when all is done for now."""
        today = self.day.of(now)
        if self._today != today:
            self._make(now)
        while self._again and self._again[0][0] <= now:
            if found := self._repeated(now):
                return found
        while self._order:
            card = self.store.card(self._order[0].id)
            if self._can_be_asked(card, today):
                return card, self._left(now)
            self._order.popleft()
            if not self._order:
                self._make(now)  # a long day's order is made in parts
        # Nothing else is left: a repetition need not wait to the minute.
        while self._again and self._again[0][0] <= now + LEARN_AHEAD:
            if found := self._repeated(now + LEARN_AHEAD):
                return found
        while self._skipped:
            card = self.store.card(self._skipped[0])
            if self._can_be_asked(card, today) or self._is_repeated(card, now):
                return card, self._left(now)
            self._skipped.popleft()
        return None

    def _is_repeated(self, card: StudyCard, now: datetime) -> bool:
        """Whether a card waits for its repetition of today."""
        progress = card.progress
        if card.gone or card.suspended or not isinstance(progress, Learned) or progress.again is None:
            return False
        return progress.again <= now + LEARN_AHEAD

    def skip(self, card: StudyCard) -> bool:
        """Puts the card that was asked behind all others of today; False when there is no other to ask."""
        self._passed_by(card.id)
        self._skipped.append(card.id)
        return len(self._skipped) > 1 or bool(self._order) or bool(self._again)

    def _make(self, now: datetime) -> None:
        """The day's order and its repetitions, from the store."""
        today = self.day.of(now)
        agenda = [waiting for waiting in self._agenda(now, _TOGETHER) if waiting.id not in self._skipped]
        agenda.sort(key=lambda waiting: waiting.id != self._first)
        self._order, self._today, self._first = deque(agenda), today, None
        end = self.day.start(today + timedelta(days=1)) + LEARN_AHEAD
        again = self.store.repeating(self.deck, today, self.day, end)
        self._again = [(when, card) for when, card in again if card not in self._skipped]

    def _repeated(self, until: datetime) -> tuple[StudyCard, int] | None:
        """The card whose repetition comes first, unless it was changed elsewhere."""
        when, card_id = self._again[0]
        card = self.store.card(card_id)
        here = not (card.gone or card.suspended or card.buried == self._today)
        if here and isinstance(card.progress, Learned) and card.progress.again == when:
            return card, self._left(until)
        heappop(self._again)
        return None

    def _left(self, until: datetime) -> int:
        again = sum(when <= until for when, _ in self._again)
        return len(self._order) + again + len(self._skipped)

    def _can_be_asked(self, card: StudyCard, today: date) -> bool:
        """Whether a card is still one to ask: it may have been changed elsewhere since the day's order was made."""
        if card.gone or card.suspended or card.buried == today:
            return False
        if not isinstance(card.progress, Learned):
            return True
        again, come = card.progress.again, card.progress.due <= today or bool(card.early_look)
        return come and (again is None or self.day.of(again) < today)

    def refresh(self, first: int | None = None) -> None:
        """Forgets the day's order, because cards changed; that card is to come first. What was skipped stays behind."""
        self._today, self._first = None, first
        if first is not None and first in self._skipped:
            self._skipped.remove(first)
        self._schedulings = {}

    def _agenda(self, now: datetime, most: int | None = None) -> list[Waiting]:
        """What is due, in an order that mixes sections, then what is new; of a deck, at most so many of each."""
        today = self.day.of(now)
        counts = self.store.counts(today, self.day)
        counts = tuple(c for c in counts if self.deck in (None, c.deck))
        due = [
            waiting
            for c in counts
            if c.due
            for waiting in self.store.waiting(c.deck, today, self.day, min(c.due, most or c.due))
        ]
        new = [
            waiting
            for c in counts
            if c.new
            for waiting in self.store.unseen(c.deck, today, min(c.new, most or c.new))
        ]
        return interleaved(due) + new

    def outcomes(self, card: StudyCard, now: datetime) -> dict[Grade, Learned]:
        """Where each grade would move the card."""
        return {grade: self._moved(card, grade, now) for grade in Grade}

    def _moved(self, card: StudyCard, grade: Grade, now: datetime) -> Learned:
        scheduling = self.scheduling(card)
        load = self.store.load if scheduling.spread is Spread.BALANCE else None
        return review(card.progress, grade, now, self.day, scheduling, card=card.id, load=load)

    def scheduling(self, card: StudyCard) -> Scheduling:
        """How a card's deck is scheduled."""
        if card.deck not in self._schedulings:
            self._schedulings = self.store.schedulings()
        return self._schedulings[card.deck]

    def is_leech(self, card: StudyCard) -> bool:
        """Whether a card was forgotten so often that it asks for attention: at the deck's number of lapses, and at
        every second one after it."""
        over = card.lapses - self.scheduling(card).leech
        return over >= 0 and over % 2 == 0

    def record(
        self,
        card: StudyCard,
        grade: Grade,
        now: datetime,
        *,
        answer: str | None = None,
        verdict: Verdict | None = None,
        seconds: float | None = None,
        hints: int = 0,
        confidence: int | None = None,
        confused: int | None = None,
    ) -> Recorded:
        """Moves the card by a grade and saves both at once; raises InputError when it was moved meanwhile.
        `seconds` is how long the learner took to answer, `hints` how many points were shown before, `confidence` how
        sure the learner was, `confused` the card whose definition the answer was."""
        after = self._moved(card, grade, now)
        judged = verdict and (verdict.before or verdict)
        detail = replace(
            detail_of(question(card), verdict) if verdict else ReviewDetail(),
            seconds=None if seconds is None else round(seconds, 1),
            hints=hints,
            early_look=card.early_look,
            own_confidence=None if confidence is None else int(confidence),
            confused=confused,
        )
        log_id = self.store.record(
            Review(
                card_id=card.id,
                at=now,
                chosen=int(grade),
                before=card.progress,
                after=after,
                answer=answer,
                score=judged.score if judged else None,
                verdict=judged.label.value if judged else None,
                suggested=judged.suggested if judged else None,
                detail=detail,
            )
        )
        self._passed(card, after)
        return Recorded(card.with_progress(after), log_id)

    def _passed(self, card: StudyCard, after: Learned) -> None:
        """Keeps the day's order as a review leaves it."""
        waited = bool(self._order or self._skipped)
        self._passed_by(card.id)
        if waited and not (self._order or self._skipped):
            self._today = None  # a long day's order is made in parts
        if after.again is not None:
            heappush(self._again, (after.again, card.id))

    def _passed_by(self, card: int) -> None:
        """Takes the card that was asked out of the day's order."""
        if self._again and self._again[0][1] == card:
            heappop(self._again)
        elif self._order and self._order[0].id == card:
            self._order.popleft()
        elif self._skipped and self._skipped[0] == card:
            self._skipped.popleft()

    def undo(self, now: datetime) -> LogEntry | None:
        """Takes back the last thing that was done to a card; None when there is none."""
        entry = self.store.journal.undo(now, imports=False)
        self.refresh(entry.card if entry else None)
        return entry
