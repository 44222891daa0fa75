"""A quiz that is being taken: where it stands, how much time is left, and what was kept so far."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from studyllm.errors import InputError
from studyllm.grading import Grader, Verdict
from studyllm.i18n import _
from studyllm.quiz import score
from studyllm.quiz.confusion import mixed_up
from studyllm.quiz.items import Cloze, Contrast, Grid, Item, Mode, MultipleChoice, Options, Order, Typed
from studyllm.review.asking import suggested
from studyllm.review.judging import judge, judge_contrast
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store.quizzes import Outcome, QuizResult
from studyllm.store.records import StudyCard

if TYPE_CHECKING:
    from studyllm.store import Store

Response = str | int | Mapping[int, str] | Sequence[int] | None
"""What was typed, the index of a choice, texts by row, steps by index; None: no answer."""


class Sitting:
    """One quiz from its first question to its last. Each answer is kept the moment it is given."""

    def __init__(
        self,
        store: "Store",
        queue: ReviewQueue,
        options: Options,
        items: Sequence[Item],
        now: datetime,
    ) -> None:
        self.options, self.items, self.began = options, tuple(items), now
        self.outcomes: list[Outcome] = []
        self.at = 0
        """Index of the question that is asked."""
        self.unsure = False
        """Whether the verdict on the present answer was, and the learner decides."""
        self.waits = False
        """Whether that is still to be decided."""
        self._store, self._queue = store, queue
        self._id: int | None = None

    @property
    def item(self) -> Item | None:
        """The question that is asked; None at the end."""
        return self.items[self.at] if self.at < len(self.items) else None

    def left(self, now: datetime) -> timedelta | None:
        """The time that is left, not below zero; None without a limit."""
        if not self.options.minutes:
            return None
        return max(timedelta(0), self.began + timedelta(minutes=self.options.minutes) - now)

    def answer(
        self,
        response: Response,
        now: datetime,
        *,
        grader: Grader | None = None,
        seconds: float | None = None,
    ) -> tuple[tuple[Outcome, ...], Verdict | None, str]:
        """Scores and keeps an answer to the present question: its outcomes, the verdict of a typed meaning, and why it
        was not counted as a review, if it was to be. May wait for models."""
        item = self.item
        assert item is not None
        verdict, trouble = None, ""
        if isinstance(item, Typed) and item.mode is Mode.MEANING and response and grader:
            verdict = judge(self._store, grader, item.card, str(response))
        elif isinstance(item, Contrast) and response and grader:
            verdict = judge_contrast(self._store, grader, item.question, str(response))
        self.unsure = self.waits = verdict is not None and verdict.unsure
        outcomes = self._scored(item, response, verdict)
        self._keep(outcomes, now)
        if verdict and self.options.counted and isinstance(item, Typed):
            trouble = self._count(item.card, str(response), verdict, now, seconds)
        return outcomes, verdict, trouble

    def decide(self, *, right: bool) -> bool:
        """Counts the answer to the present question as right after all, or as not right where the verdict is unsure;
        False when there is nothing to overrule. A wrong choice that is accepted never stands against its card again."""
        here = [at for at, one in enumerate(self.outcomes) if one.number == self.at + 1]
        if (
            len(here) != 1
            or self._id is None
            or not isinstance(self.item, MultipleChoice | Cloze | Typed | Contrast)
        ):
            return False
        one, self.waits = self.outcomes[here[0]], False
        if one.right is right or not one.given or not (right or self.unsure):
            return False
        self._store.quizzes.decide(self._id, one.number, right=right)
        self.outcomes[here[0]] = replace(one, right=right, score=float(right))
        return True

    def next(self) -> Item | None:
        """Goes on to the next question; None at the end."""
        self.at += 1
        self.unsure = self.waits = False
        return self.item

    def result(self) -> QuizResult:
        """What it came to so far."""
        options = self.options
        return QuizResult(self._id or 0, self.began, options.deck, options.as_json(), tuple(self.outcomes))

    def wrong(self) -> tuple[Item, ...]:
        """The questions that were not answered rightly, to be asked again."""
        numbers = {one.number for one in self.outcomes if not one.right}
        return tuple(item for number, item in enumerate(self.items, 1) if number in numbers)

    def _scored(self, item: Item, response: Response, verdict: Verdict | None) -> tuple[Outcome, ...]:
        number = self.at + 1
        match item, response:
            case MultipleChoice(), int(index):
                return (score.chosen(item, index, number),)
            case Cloze(), str(text):
                return (score.filled(item, text, number),)
            case Typed(mode=Mode.TERM), str(text):
                return (score.named(item, text, number, self._other(item.card, text)),)
            case Typed(), str(text) if text:
                return (score.explained(item, text, verdict, number, self._other(item.card, text)),)
            case Contrast(), str(text) if text:
                return (score.contrasted(item, text, verdict, number),)
            case Grid(), Mapping():
                return score.placed(item, response, number)
            case Order(), [*steps]:
                return (score.ordered(item, steps, number),)
        return score.skipped(item, number)

    def _other(self, card: StudyCard, text: str) -> int | None:
        """The card of this quiz that an answer belongs to."""
        found: dict[int, StudyCard] = {}
        for item in self.items:
            cards = [row.card for row in item.rows] if isinstance(item, Grid) else [item.card]
            found |= {one.id: one for one in cards}
        return mixed_up(card, text, found.values())

    def _keep(self, outcomes: Sequence[Outcome], now: datetime) -> None:
        if self._id is None:
            self._id = self._store.quizzes.begin(self.began, self.options.deck, self.options.as_json())
        self._store.quizzes.add(self._id, outcomes, now)
        self.outcomes += outcomes

    def _count(
        self, card: StudyCard, answer: str, verdict: Verdict, now: datetime, seconds: float | None
    ) -> str:
        """Records a typed meaning as a review; why it could not be, or nothing."""
        if (grade := suggested(verdict, Grade.PERFECT)) is None:
            return _("Not counted as a review: the verdict is unsure.")
        try:
            fresh = self._store.card(card.id)
            self._queue.record(fresh, grade, now, answer=answer, verdict=verdict, seconds=seconds)
        except InputError as error:
            return _("Not counted as a review: {reason}").format(reason=error)
        return ""
