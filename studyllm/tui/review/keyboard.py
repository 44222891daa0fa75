"""The keys of the review in the order in which they were pressed, before any widget has them: a command counts when
the learner could see what it is about, and all else that is typed belongs to an answer."""

from typing import Protocol

from textual.events import Event, Key, Paste
from textual.timer import Timer

from studyllm.i18n import _
from studyllm.review.session import ReviewSession
from studyllm.schedule import Grade
from studyllm.text import clean
from studyllm.tui.review import keys
from studyllm.tui.review.ahead import BURST, Gate, Held, TypedAhead, is_text
from studyllm.tui.review.confidence import ConfidenceBar
from studyllm.tui.review.grades import GradeBar
from studyllm.tui.review.question import QuestionView
from studyllm.tui.screen import StudyScreen
from studyllm.verdicts import Confidence

_WAIT = 0.04
"""Seconds that a command after the answer waits for the key behind it: together they may be pasted text."""
_HESITATION = 0.4
"""Seconds that a letter waits for the next one where they may be the next answer, before it is a command."""
_ROW = 1.0
"""Seconds between two letters of one text, at most."""
_RUBS_OUT = frozenset(["backspace", "delete", "ctrl+u", "ctrl+w", "ctrl+h"])
"""Keys that take letters away."""


class Reviewing(Protocol):
    """What is reviewed, and what keys do to it."""

    stage: keys.Stage
    session: ReviewSession
    question: QuestionView

    def write_on(self, more: str) -> None:
        """The answer that was submitted goes on."""

    def weigh(self, confidence: Confidence) -> None:
        """Takes how sure the answer is; it is judged now."""

    def grade(self, grade: Grade) -> None:
        """Moves the card that was answered."""


class Keyboard:
    """Of one review screen, which is also what is reviewed."""

    def __init__(self, screen: StudyScreen, review: Reviewing) -> None:
        self._screen, self._review = screen, review
        self._ahead = TypedAhead()
        self._gate = Gate()
        self._held = Held()
        """The key that said how sure the answer is."""
        self._first: tuple[Key, Timer] | None = None
        """A key that does something unless the one behind it makes it text."""
        self._leaving = False
        """Whether a key was pressed that leaves the card; it has not been heard yet."""
        self._undecided, self._typed_at = False, 0.0
        """Whether Enter was pressed where the learner has to choose, and when the last letter came after it."""

    def entered(self) -> None:
        """The screen shows another stage."""
        self._forget()
        self._leaving = self._undecided = False
        for bar in (GradeBar, ConfidenceBar):
            self._screen.query_one(bar).border_title = None
        if self._review.stage == "done":
            self._ahead.taken()  # there is no next answer
        self._gate = gate = Gate()
        self._screen.call_after_refresh(lambda: gate.painted(Event().time))

    def taken(self) -> str:
        """What was typed of the next answer so far."""
        return self._ahead.taken()

    def stay(self) -> None:
        """The card is not left after all: what was typed meanwhile is of its answer."""
        self._leaving = False
        self._review.question.insert(self.taken())

    async def before(self, event: Key | Paste) -> bool:
        """Takes a key or a pasted text; False where the widgets are to have it."""
        if isinstance(event, Paste):
            return self._pasted(clean(event.text), event.time)
        if await self._with_the_first(event):
            return True
        typed = (event.character or "") if event.is_printable else ""
        stage = self._review.stage
        if stage in ("opening", "saving") or self._leaving:
            return self._between(event, typed)
        if stage == "asking":
            self._leaving = not typed and self._leaves(event.key)
            return False
        if stage == "judging":
            return self._judging(event, typed)
        if stage in keys.ANSWERED:
            return self._answered(event, typed)
        return bool(typed or event.key == "enter") and not self._gate.lets(event.time)

    def followed(self, typed: str, at: float) -> None:
        """A letter came behind the Enter that submitted the answer, and before the screen heard of it."""
        if self._review.stage in keys.ANSWERED:
            self._write_on(typed, at)
        else:
            self._ahead.keep(typed)

    def keep(self, typed: str) -> None:
        """Something was typed of the next answer."""
        self._ahead.keep(typed)

    # The stages

    def _write_on(self, typed: str, at: float) -> None:
        """Something was typed after the answer was submitted and before its verdict could be read."""
        if more := self._ahead.write_on(typed, at):
            self._review.write_on(more)

    def _between(self, event: Key, typed: str) -> bool:
        """No question is there: what is typed waits for it."""
        if typed:
            self._ahead.keep(typed)
        elif event.key == "backspace":
            self._ahead.rub_out()
        return bool(typed) or event.key in ("backspace", "enter")

    def _judging(self, event: Key, typed: str) -> bool:
        if typed and not self._held.is_still(event.key, event.time):
            self._write_on(typed, event.time)
        if (
            event.key in _RUBS_OUT
        ):  # the answer is not yet what was meant: it is written on, and the key is of it
            self._review.write_on("")
        return bool(typed) or event.key == "enter"

    def _answered(self, event: Key, typed: str) -> bool:
        """The answer is weighed or graded, once the learner can see what is asked."""
        weighing = self._review.stage == "weighing"
        if weighing and not typed and self._screen.query_one(ConfidenceBar).goes_back(event.key):
            self._review.write_on("")
            return True
        if not typed and event.key != "enter":
            return False
        if self._held.is_still(event.key, event.time):
            return True
        if not self._gate.lets(event.time):
            if typed:
                self._write_on(typed, event.time)
        elif event.key == "enter":
            return self._chooses(event.key) or self._decides_nothing()
        elif self._undecided and self._in_a_row(event.time):
            pass  # whoever thinks that the next card is there does not write on at this one
        elif more := self._ahead.goes_on(typed, event.time):
            self._review.write_on(more)
        else:
            wait = _HESITATION if self._is_of_the_next(event) else _WAIT
            self._first = event, self._screen.set_timer(wait, self._alone)
        return True

    def _decides_nothing(self) -> bool:
        """Enter, where nothing is marked that it could take: says what to press."""
        bar = self._screen.query_one(GradeBar)
        if self._review.stage == "graded" and bar.marked is None:
            self._undecided = True
            bar.border_title = _("Not graded yet: press 0 to 5 (0 to 2 not recalled, 3 to 5 recalled).")
            return True
        return self._review.stage == "weighing"

    def _is_of_the_next(self, event: Key) -> bool:
        """Whether a letter may begin the next answer, typed by somebody who thinks that this one is graded."""
        return self._undecided and (event.character or "").isalpha()

    def _in_a_row(self, at: float) -> bool:
        """Whether a letter came soon after another one."""
        before, self._typed_at = self._typed_at, at
        return at - before < _ROW

    def _pasted(self, text: str, at: float) -> bool:
        stage = self._review.stage
        self._forget()
        if stage in ("opening", "saving") or self._leaving:
            self._ahead.keep(text)
        elif stage in keys.ANSWERED and self._review.session.answer and text.strip() and not self._undecided:
            self._review.write_on(f"\n{text}")
        return stage != "asking" or self._leaving

    # Commands after the answer

    async def _with_the_first(self, event: Key) -> bool:
        """What the key before this one does, now that this one is known; whether both are text."""
        if self._first is None:
            return False
        first = self._forget()
        typed = (event.character or "") if event.is_printable else ""
        assert first is not None
        assert first.character is not None
        if typed and self._is_of_the_next(first):
            self._typed_at = event.time
            return True
        at_once = typed and event.time - first.time < BURST
        if at_once and self._review.session.answer and is_text(first.character, typed):
            self._review.write_on(f"\n{first.character}{typed}")
            return True
        await self._do(first)
        return False

    async def _alone(self) -> None:
        """No key came behind the first one."""
        if (first := self._forget()) is not None:
            await self._do(first)

    async def _do(self, event: Key) -> None:
        if self._review.stage not in ("weighing", "graded") or self._chooses(event.key, event.time):
            return
        if (found := self._screen.active_bindings.get(event.key)) is not None:
            await self._screen.app.run_action(found.binding.action, found.node)
        else:
            self._ahead.stray(event.time)

    def _chooses(self, key: str, at: float | None = None) -> bool:
        """Weighs or grades the answer, where the key does that; a digit (`at` a time) that may go on with the answer
        asks first."""
        bar: type[ConfidenceBar | GradeBar] = ConfidenceBar if self._review.stage == "weighing" else GradeBar
        chosen = self._screen.query_one(bar).by_key(key)
        if chosen is None:
            return False
        answer = self._review.session.answer
        if at is not None and answer and self._ahead.may_go_on(answer, chosen, at):
            said = _("Press {digit} again to choose it, or . to go on with your answer.")
            self._screen.query_one(bar).border_title = said.format(digit=int(chosen))
        elif isinstance(chosen, Confidence):
            self._held.pressed(key, at or 0.0)
            self._review.weigh(chosen)
        else:
            self._review.grade(chosen)
        return True

    def _leaves(self, key: str) -> bool:
        """Whether a key leaves the card that is asked."""
        found = self._screen.active_bindings.get(key)
        return found is not None and found.binding.action in keys.LEAVING

    def _forget(self) -> Key | None:
        """The key that waits for the one behind it; it waits no more."""
        if self._first is None:
            return None
        (first, timer), self._first = self._first, None
        timer.stop()
        return first
