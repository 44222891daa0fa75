"""The cards that can be asked today, in their order, and what a grade does to one. Knows no screen, no thread and no
clock."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from studyllm.review import agenda as agendas
from studyllm.schedule import (
    LEARN_AHEAD,
    Day,
    Grade,
    Learned,
    Scheduling,
    Spread,
    Waiting,
    review,
)
from studyllm.store import LogEntry, Pick, Review, ReviewDetail, StudyCard

if TYPE_CHECKING:
    from studyllm.grading import Verdict
    from studyllm.store import Store


_TOGETHER = 200
"""Cards of a deck that are put in order together; a longer day comes in parts."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A card after its review, and the log row that says so."""

    card: StudyCard
    log_id: int
    practised: bool = False
    """Whether it stays where it was."""


@dataclass(frozen=True, slots=True)
class Left:
    """What there is to do today, with the card that is asked."""

    cards: int
    """Cards that were not asked yet, or were put off."""
    again: int
    """Cards that wait to be repeated, also those whose time has not come."""

    @property
    def all(self) -> int:
        return self.cards + self.again


class ReviewQueue:
    """Reviews over one store, of one deck or of all, or of what the learner picked beside the day's cards. Keeps the
    order between one card and the next."""

    def __init__(self, store: "Store", day: Day, deck: str | None = None, pick: Pick | None = None) -> None:
        self.store, self.day = store, day
        self.pick = pick
        self.deck = pick.deck if pick else deck
        self._schedulings: Mapping[str, Scheduling] = {}
        self._order: deque[Waiting] = deque()
        self._again: list[tuple[datetime, int]] = []
        self._skipped: deque[int] = deque()
        """Cards that the learner put off within the session, in that order."""
        self._today: date | None = None
        """The day that the order is of; None when it has to be made anew."""
        self._behind = 0
        """Cards that come after the order."""
        self._first: int | None = None
        self._taken_back: int | None = None
        """A card whose grade was taken back while it waits for its repetition: it does not wait."""
        self._asked: set[int] = set()
        """Cards that were graded here."""

    def queue(self, now: datetime) -> tuple[StudyCard, ...]:
        """All that can be asked now, within today's limits: repetitions, then what is due, then what is new."""
        today = self.day.of(now)
        repeating = self.store.repeating(self.deck, today, self.day, now) if self.pick is None else ()
        again = [card for _, card in repeating]
        agenda = self._agenda(today, None, whole=True)
        return tuple(map(self.store.card, (*again, *(waiting.id for waiting in agenda.cards))))

    def next(self, now: datetime) -> tuple[StudyCard, Left] | None:
        """The next card, and what is left with it; None when all is done for now."""
        today = self.day.of(now)
        if self._today != today or (self._behind and not self._order):
            self._make(now)
        if found := self._regraded():
            return found
        while self._again and self._again[0][0] <= now:
            if found := self._repeated():
                return found
        while self._order:
            card = self.store.card(self._order[0].id)
            if self._can_be_asked(card, today):
                return card, self._left
            self._order.popleft()
            if not self._order:
                self._make(now)  # a long day's order is made in parts
        # Nothing else is left: a repetition need not wait to the minute.
        while self._again and self._again[0][0] <= now + LEARN_AHEAD:
            if found := self._repeated():
                return found
        while self._skipped:
            card = self.store.card(self._skipped[0])
            if self._can_be_asked(card, today) or self._is_repeated(card, now):
                return card, self._left
            self._skipped.popleft()
        return None

    def _is_repeated(self, card: StudyCard, now: datetime) -> bool:
        """Whether a card waits for its repetition of today."""
        again = self._waits(card)
        return again is not None and again <= now + LEARN_AHEAD

    def _waits(self, card: StudyCard) -> datetime | None:
        """When a card is to be repeated that waits for that."""
        gone = card.gone or card.suspended or card.buried == self._today
        return card.progress.again if isinstance(card.progress, Learned) and not gone else None

    def skip(self, card: StudyCard) -> bool:
        """Puts the card that was asked behind all others of today; False when there is no other to ask."""
        self._passed_by(card.id)
        self._skipped.append(card.id)
        return len(self._skipped) > 1 or bool(self._order or self._behind or self._again)

    def _make(self, now: datetime) -> None:
        """The day's order and its repetitions, from the store."""
        today = self.day.of(now)
        agenda = self._agenda(today, _TOGETHER, whole=self._first is not None)
        self._order = deque(sorted(agenda.cards, key=lambda waiting: waiting.id != self._first))
        self._behind = agenda.behind
        end = self.day.start(today + timedelta(days=1)) + LEARN_AHEAD
        again = self.store.repeating(self.deck, today, self.day, end)
        self._again = [
            (when, card)
            for when, card in again
            if card not in self._skipped and (self.pick is None or card in self._asked)
        ]
        self._today, self._first = today, None

    def _agenda(self, today: date, most: int | None, *, whole: bool) -> agendas.Agenda:
        without = set(self._skipped)
        if self.pick is not None:
            return agendas.of_pick(
                self.store, self.day, today, self.pick, most or _TOGETHER, self._asked | without
            )
        return agendas.of_today(self.store, self.day, today, self.deck, most, without=without, whole=whole)

    def _regraded(self) -> tuple[StudyCard, Left] | None:
        """The card whose grade was taken back while it waits, unless it was changed elsewhere."""
        if self._taken_back is None:
            return None
        card = self.store.card(self._taken_back)
        here = self.pick is None and self.deck in (None, card.deck)
        if self._waits(card) is None or not here:
            self._taken_back = None
            return None
        return card, self._left

    def _repeated(self) -> tuple[StudyCard, Left] | None:
        """The card whose repetition comes first, unless it was changed elsewhere."""
        when, card_id = self._again[0]
        card = self.store.card(card_id)
        if self._waits(card) == when:
            return card, self._left
        heappop(self._again)
        return None

    @property
    def _left(self) -> Left:
        return Left(len(self._order) + self._behind + len(self._skipped), len(self._again))

    def _can_be_asked(self, card: StudyCard, today: date) -> bool:
        """Whether a card is still one to ask: it may have been changed elsewhere since the day's order was made."""
        if card.gone or card.suspended or card.buried == today:
            return False
        if self.pick is not None:
            return card.id not in self._asked
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

    def outcomes(self, card: StudyCard, now: datetime) -> dict[Grade, Learned]:
        """Where each grade would move the card."""
        earlier = self._earlier(card, now)
        return {grade: self._moved(card, grade, now, earlier) for grade in Grade}

    def _moved(self, card: StudyCard, grade: Grade, now: datetime, earlier: Sequence[Grade]) -> Learned:
        if not agendas.moves(self.pick, card, grade, today := self.day.of(now)):
            assert isinstance(card.progress, Learned)
            return replace(card.progress, interval=(card.progress.due - today).days)  # what is left of it
        scheduling = self.scheduling(card)
        load = self.store.load if scheduling.spread is Spread.BALANCE else None
        return review(
            card.progress, grade, now, self.day, scheduling, card=card.id, load=load, earlier=earlier
        )

    def _earlier(self, card: StudyCard, now: datetime) -> tuple[Grade, ...]:
        """The grades of today of a card that is repeated, where the deck counts them."""
        repeated = isinstance(card.progress, Learned) and card.progress.again is not None
        if not (repeated and self.scheduling(card).correct):
            return ()
        return self.store.journal.grades(card.id, self.day.start(self.day.of(now)))

    def scheduling(self, card: StudyCard) -> Scheduling:
        """How a card's deck is scheduled."""
        if card.deck not in self._schedulings:
            self._schedulings = self.store.schedulings()
        return self._schedulings[card.deck]

    def answered_today(self, card: StudyCard, now: datetime) -> bool:
        """Whether a card was answered on this study day and waits for no other answer on it."""
        stands, today = card.progress, self.day.of(now)
        if not isinstance(stands, Learned) or stands.again is not None or card.early_look:
            return False
        return self.day.of(stands.reviewed) == today < stands.due

    def is_leech(self, card: StudyCard) -> bool:
        """Whether a card was not recalled so often that it asks for attention: at the deck's number of lapses, and
        after each half of it more; see `Learned.struggles` for what counts while it is learnt."""
        limit = self.scheduling(card).leech
        over = card.struggles - limit
        return over >= 0 and over % max(2, limit // 2) == 0

    def record(
        self,
        card: StudyCard,
        grade: Grade,
        now: datetime,
        *,
        answer: str | None = None,
        verdict: "Verdict | None" = None,
        seconds: float | None = None,
        hints: int = 0,
        confidence: int | None = None,
        confused: int | None = None,
    ) -> Recorded:
        """Moves the card by a grade and saves both at once; raises InputError when it was moved meanwhile. One that was
        only practised stays where it is. `seconds` is how long the learner took to answer, `hints` how many points were
        shown before, `confidence` how sure the learner was, `confused` the card whose definition the answer was."""
        after = self._moved(card, grade, now, self._earlier(card, now))
        judged = verdict and (verdict.before or verdict)
        asked: dict[str, Any] = {
            "seconds": None if seconds is None else round(seconds, 1),
            "hints": hints,
            "early_look": card.early_look,
            "own_confidence": None if confidence is None else int(confidence),
            "confused": confused,
        }
        detail = replace(_detail(card, verdict), **asked) if verdict else ReviewDetail(**asked)
        given = Review(
            card_id=card.id,
            at=now,
            chosen=int(grade),
            before=card.progress,
            after=after,
            answer=answer,
            score=judged.score if judged else None,
            verdict=judged.label.value if judged else None,
            suggested=_suggested(card, judged, hints) if judged else None,
            detail=detail,
        )
        practised = not agendas.moves(self.pick, card, grade, self.day.of(now))
        keep = self.store.practise if practised else self.store.record
        log_id = keep(replace(given, after=card.progress) if practised else given)
        self._asked.add(card.id)
        self._passed(card, after)
        return Recorded(card.with_progress(after), log_id, practised)

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
        if self._taken_back == card:
            self._taken_back = None
            self._order = deque(waiting for waiting in self._order if waiting.id != card)
            self._again = sorted(entry for entry in self._again if entry[1] != card)
        elif self._again and self._again[0][1] == card:
            heappop(self._again)
        elif self._order and self._order[0].id == card:
            self._order.popleft()
        elif self._skipped and self._skipped[0] == card:
            self._skipped.popleft()

    def undo(self, now: datetime) -> LogEntry | None:
        """Takes back the last thing that was done to a card; None when there is none."""
        entry = self.store.journal.undo(now, imports=False)
        if entry is not None and entry.card is not None and entry.review:
            self._asked.discard(entry.card)
            self._taken_back = entry.card
        self.refresh(entry.card if entry else None)
        return entry


def _suggested(card: StudyCard, verdict: "Verdict", hints: int) -> int | None:
    """The grade that Enter takes."""
    from studyllm.review.asking import best, suggested  # late, as below

    return suggested(verdict, best(hinted=hints > 0), card)


def _detail(card: StudyCard, verdict: "Verdict") -> ReviewDetail:
    from studyllm.review.asking import question  # late: what knows of grading takes long to import
    from studyllm.review.judging import detail_of

    return detail_of(question(card), verdict)
