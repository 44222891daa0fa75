"""A review session: one card after the other is asked, answered, judged and graded. Both faces, the app and `--plain`,
draw its states and send it commands; the rules of a review stand here and nowhere else. It knows no screen, no thread
and no clock. Commands that take the time (`now`) read or write the store and may be called from another thread, one at
a time; the others only change what is on the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from studyllm.cards import DERIVED
from studyllm.late import Late
from studyllm.review.asking import best, hints, question, suggested
from studyllm.review.begun import Begun
from studyllm.review.ending import Ending, ending
from studyllm.review.history import Answered, Answers, Mistake, earlier, mistakes
from studyllm.review.queue import Left, Recorded, ReviewQueue
from studyllm.schedule import Day, Grade, Learned
from studyllm.store import LogEntry, Pick, StudyCard
from studyllm.verdicts import Confidence

if TYPE_CHECKING:
    from studyllm import grading
    from studyllm.grading import Grader, Verdict
    from studyllm.review import judging as verdicts
    from studyllm.store import Store
else:
    grading, verdicts = Late("studyllm.grading"), Late("studyllm.review.judging")


@dataclass(frozen=True, slots=True)
class Asking:
    """A card is on, and no answer was submitted."""

    card: StudyCard
    left: Left
    """Cards that are still to be asked today, this one among them."""
    outcomes: Mapping[Grade, Learned]
    """Where each grade would move the card."""


@dataclass(frozen=True, slots=True)
class Answering(Asking):
    """An answer was submitted."""

    answer: str
    seconds: float
    """From the question to the answer."""
    confidence: Confidence | None
    """How sure the learner is of it; None as long as that was not said, or is not asked."""


@dataclass(frozen=True, slots=True)
class Weighing(Answering):
    """Before anything is said of the answer, the learner says how sure it is."""


@dataclass(frozen=True, slots=True)
class Judging(Answering):
    """The answer has no verdict yet."""


@dataclass(frozen=True, slots=True)
class Graded(Judging):
    """The answer has its verdict, or none was given; the learner's grade is what is missing."""

    verdict: Verdict | None
    before: Graded | None = None  # as it was before the learner's last word on a point


@dataclass(frozen=True, slots=True)
class Idle:
    """Between two cards."""


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing can be asked now."""

    ending: Ending


State = Idle | Asking | Weighing | Judging | Graded | Done


@dataclass(frozen=True, slots=True)
class Moved:
    """What a grade did."""

    recorded: Recorded
    answered: Answered
    wrong: tuple[Mistake, ...] | None
    """What went wrong with the card so far, where it asks for attention as a leech; None where it does not."""


class ReviewSession:
    """One learner's session over one deck, or over all, or over what was picked beside the day's cards."""

    def __init__(
        self,
        store: Store,
        day: Day,
        deck: str | None = None,
        begun: Begun | None = None,
        pick: Pick | None = None,
        *,
        confidence: bool = False,
    ) -> None:
        self.store, self.day = store, day
        self.confidence = confidence
        """Whether the learner is asked how sure an answer is before it gets its verdict."""
        self.queue = ReviewQueue(store, day, deck, pick)
        self.begun = begun or Begun()
        self.answers = Answers()
        self._confused: dict[int, StudyCard] = {}
        """By card that is on or was: whose definition the answer is. Kept for another grade of the same answer."""
        self._doubted: tuple[int, str, Verdict] | None = None
        """The card, the answer and its verdict that was in doubt last: the answer may go on."""
        self.state: State = Idle()
        self._since: datetime | None = None
        """When the first card was asked for."""

    # What is on the desk

    @property
    def card(self) -> StudyCard | None:
        """The card that is on; None between two."""
        return self.state.card if isinstance(self.state, Asking) else None

    @property
    def verdict(self) -> Verdict | None:
        return self.state.verdict if isinstance(self.state, Graded) else None

    @property
    def answer(self) -> str | None:
        """What was submitted; None while the card is asked."""
        return self.state.answer if isinstance(self.state, Answering) else None

    @property
    def hints(self) -> tuple[str, ...]:
        """The hints that were given for the card."""
        return hints(self.card)[: self._hinted] if self.card is not None and self._hinted else ()

    @property
    def _hinted(self) -> int:
        return self.begun.hints.get(self.card.id, 0) if self.card else 0

    @property
    def best(self) -> Grade:
        """The best grade that the card can have."""
        return best(hinted=self._hinted > 0)

    @property
    def suggested(self) -> Grade | None:
        """The grade that Enter takes; None where the learner has to decide."""
        of_another = self.card is not None and self.card.id in self._confused
        return suggested(self.verdict, self.best, self.card, of_another=of_another)

    @property
    def knew(self) -> Grade:
        """The grade of "I knew it": the learner's word against the verdict, unless that is even better."""
        return max(Grade.GOOD, self.suggested or Grade.GOOD)

    # Commands

    def next(self, now: datetime) -> State:
        """Puts on the card that comes next."""
        found = self.queue.next(now)
        self._since = self._since or now
        self.state = Asking(*found, self.queue.outcomes(found[0], now)) if found else self._done(now)
        return self.state

    def _done(self, now: datetime) -> Done:
        """The end, for now: with what went wrong earlier today, before the learner came back."""
        start = self.day.start(self.day.of(now))
        if self._since is not None and start < self._since:
            self.answers.earlier = earlier(self.store, self.queue.deck, start, self._since)
        return Done(ending(self.store, self.day, self.queue.deck, now))

    def hint(self) -> bool:
        """One more hint; the top grade is gone then. False when none is left."""
        if not isinstance(self.state, Asking) or self._hinted >= len(hints(self.state.card)):
            return False
        self.begun.hints[self.state.card.id] = self._hinted + 1
        return True

    def submit(self, answer: str, seconds: float) -> State:
        """Takes an answer; an empty one needs no verdict."""
        asked = self._asked()
        self.begun.drafts[asked.card.id] = answer
        self._confused.pop(asked.card.id, None)
        given = Answering(asked.card, asked.left, asked.outcomes, answer, seconds, None)
        if not answer:
            self.state = _graded(given, None)
        else:
            self.state = _as(Weighing, given) if self.confidence else _as(Judging, given)
        return self.state

    def weigh(self, confidence: Confidence) -> State:
        """Takes how sure the learner is of the answer: it is judged now."""
        if isinstance(self.state, Weighing):
            self.state = replace(_as(Judging, self.state), confidence=confidence)
        return self.state

    def resume(self, more: str) -> Asking:
        """Takes an answer back before it is graded: it goes on, with more."""
        given = self._asked()
        self.begun.drafts[given.card.id] = (self.answer or "") + more
        self.state = Asking(given.card, given.left, given.outcomes)
        return self.state

    def judge(self, grader: Grader, judging: Judging) -> Verdict:
        """The verdict on an answer, as this learner's own grades have taught it. Slow; `judged` takes it."""
        given = verdicts.judge(self.store, grader, judging.card, judging.answer)
        if self._doubted is None:
            return given
        card, answer, before = self._doubted
        goes_on = card == judging.card.id and judging.answer.startswith(answer)
        return verdicts.no_surer(given, before) if goes_on else given

    def judged(self, judging: Judging, verdict: Verdict) -> bool:
        """Takes a verdict; False when another card or answer is on by now."""
        if self.state is not judging:
            return False
        self._doubted = (judging.card.id, judging.answer, verdict) if verdict.unsure else None
        self.state = _graded(judging, verdict)
        return True

    def explain(self, grader: Grader, judging: Judging, verdict: Verdict) -> Iterator[str]:
        """What there is to say after a verdict, in pieces; slow. Whose definition a wrong answer is, is kept."""

        def found(other: StudyCard) -> None:
            if judging.card.card.kind not in DERIVED:
                self._confused[judging.card.id] = other

        return verdicts.explain(self.store, grader, judging.card, judging.answer, verdict, found)

    def point(self, number: int) -> bool:
        """The learner's word on a point, counted from 0: it was said after all, or was not. False if there is none."""
        given = self.state
        if (
            not isinstance(given, Graded)
            or not given.verdict
            or number not in range(len(given.verdict.points))
        ):
            return False
        self.state = replace(given, verdict=grading.toggled(given.verdict, number), before=given)
        return True

    def unturn(self) -> bool:
        """Takes the learner's last word on a point back. False if there is none."""
        before = self.state.before if isinstance(self.state, Graded) else None
        self.state = before or self.state
        return before is not None

    def grade(self, grade: Grade, seconds: float, now: datetime) -> Moved:
        """Moves the card and saves that; `seconds` are those from the question to the grade. Raises InputError when it
        was moved meanwhile: it may be asked again then, with what was typed."""
        given, hinted = self.state, self._hinted
        assert isinstance(given, Graded)
        self.state = Idle()
        confused = None if grade.recalled else self._confused.get(given.card.id)
        recorded = self.queue.record(
            given.card,
            grade,
            now,
            answer=given.answer or None,
            verdict=given.verdict,
            seconds=given.seconds,
            hints=hinted,
            confidence=given.confidence,
            confused=confused.id if confused else None,
        )
        self._forget(given.card.id)
        told = (grade, given.answer, given.verdict, seconds, given.confidence, confused)
        self.answers.add(answered := Answered(given.card, *told))
        struggles = recorded.card.struggles > given.card.struggles
        leech = not grade.recalled and struggles and self.queue.is_leech(recorded.card)
        return Moved(recorded, answered, mistakes(self.store, given.card.id) if leech else None)

    def skip(self) -> bool:
        """Puts the card behind the others of today; False when it is the only one."""
        return self.queue.skip(self._asked().card)

    def bury(self, now: datetime) -> None:
        """Asks the card no more today."""
        self.store.bury(self._asked().card.id, self.day.of(now), now)
        self._left()

    def suspend(self, now: datetime, card: int | None = None) -> None:
        """Never asks the card again, or another one."""
        self.store.suspend(self._asked().card.id if card is None else card, now)
        self._left()

    def reset(self, card: int, now: datetime) -> None:
        """Learns a card anew."""
        self.store.reset(card, now)
        self._left()

    def undo(self, now: datetime) -> LogEntry | None:
        """Takes back the last thing that was done to a card, in this session or before; None when there is none."""
        if (entry := self.queue.undo(now)) is None:
            return None
        self.state = Idle()
        if entry.review and entry.card is not None:
            self.answers.take_back(entry.card)
            self.begun.drafts.setdefault(entry.card, entry.review.answer or "")
        return entry

    def changed(self, card: StudyCard) -> bool:
        """Takes the card that is on as it is after an edit; whether its answer has to be judged anew."""
        before = self._asked()
        judged = isinstance(before, Judging) and bool(before.answer)
        again = judged and question(card) != question(before.card)
        now = self.state = replace(before, card=card)
        if again and isinstance(now, Judging):
            self.state = _as(Judging, now)
        return again

    def refresh(self) -> None:
        """Cards changed elsewhere: the order of the day is made anew."""
        self.queue.refresh(self.card.id if self.card else None)

    def _asked(self) -> Asking:
        assert isinstance(self.state, Asking)
        return self.state

    def _left(self) -> None:
        self.state = Idle()
        self.queue.refresh()

    def _forget(self, card: int) -> None:
        self.begun.drafts.pop(card, None)
        self.begun.hints.pop(card, None)


A = TypeVar("A", bound=Answering)


def _as(state: type[A], given: Answering) -> A:
    return state(given.card, given.left, given.outcomes, given.answer, given.seconds, given.confidence)


def _graded(given: Answering, verdict: Verdict | None) -> Graded:
    return Graded(
        given.card, given.left, given.outcomes, given.answer, given.seconds, given.confidence, verdict
    )
