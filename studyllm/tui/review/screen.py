"""Review: a card, an answer, a verdict, a grade, the next card."""

import asyncio
from collections.abc import Coroutine
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.events import Key, Paste

from studyllm import messages
from studyllm.i18n import _
from studyllm.review.session import Asking, Done, Graded, Judging, ReviewSession, Weighing
from studyllm.schedule import Grade
from studyllm.store import Pick, StudyCard
from studyllm.tui.review import heard, keys
from studyllm.tui.review.confidence import ConfidenceBar
from studyllm.tui.review.edits import ask_points, edit_note
from studyllm.tui.review.grades import GradeBar
from studyllm.tui.review.keyboard import Keyboard
from studyllm.tui.review.keys import Stage
from studyllm.tui.review.leaving import Leaving
from studyllm.tui.review.leech import attend
from studyllm.tui.review.pause import PauseScreen
from studyllm.tui.review.question import QuestionView
from studyllm.tui.review.result import ResultView
from studyllm.tui.review.stopwatch import Stopwatch
from studyllm.tui.review.summary import SessionSummary
from studyllm.tui.screen import StudyScreen
from studyllm.tui.turns import unless_done
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.readiness import ReadinessLine
from studyllm.verdicts import Confidence


class ReviewScreen(StudyScreen):
    """One card at a time. The model's part never holds the screen: workers compute, handlers show."""

    STORY = keys.STORY
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - typed by Textual
    BINDINGS: ClassVar[list[BindingType]] = keys.BINDINGS

    session: ReviewSession

    def __init__(self, deck: str | None, pick: Pick | None = None) -> None:
        super().__init__()
        self.deck, self.pick = deck, pick
        self.stage: Stage = "opening"
        self.last = ""
        """What was done to the card before this one."""
        self.stopwatch = Stopwatch()
        self.question = QuestionView()
        self.keyboard = Keyboard(self, self)
        self.leaving = Leaving(self, self)

    def compose(self) -> ComposeResult:
        yield self.question
        yield SessionSummary()
        yield ConfidenceBar()
        yield GradeBar()
        yield ReadinessLine()
        yield Footer()

    @property
    def card(self) -> StudyCard | None:
        """On screen; None between cards, and before the store is open."""
        return self.session.card if hasattr(self, "session") else None

    def on_mount(self) -> None:
        self._enter("opening")
        if self.study.opened is not None:
            self.open()

    def open(self) -> None:
        study = self.study
        self.session = ReviewSession(study.store, study.settings.day, self.deck, study.begun, self.pick)
        self.question.begin(self.pick)
        self.next_card()

    def story(self) -> str:
        return _(keys.STORIES.get(self.stage, self.STORY))

    def cards_changed(self) -> None:
        self.session.refresh()

    def ready(self) -> None:
        self.question.ready()

    def on_screen_suspend(self) -> None:
        self.study.aloud.hush()
        self.stopwatch.stop()

    def on_screen_resume(self) -> None:
        if self.card is not None:
            self.stopwatch.go_on()

    # Asking

    @work(exclusive=True, group="card", exit_on_error=False)
    async def next_card(self) -> None:
        """The next card that can be asked now, or the summary."""
        state = await self.study.in_turn(self.session.next, self.study.clock())
        if isinstance(state, Asking):
            self.stopwatch.start()
            self._ask(state)
        elif isinstance(state, Done):
            self._enter("done")
            self.query_one(SessionSummary).show(self.session.answers, self.last, state.ending)

    def _ask(self, asking: Asking) -> None:
        card = asking.card
        self.question.ask(card, asking.left, self.session.hints, self.last)
        self._enter("asking")
        self.question.type_on(self.study.begun.drafts.get(card.id, "") + self.keyboard.taken())

    async def before(self, event: Key | Paste) -> bool:
        return await self.keyboard.before(event)

    def write_on(self, more: str) -> None:
        """The answer that was submitted goes on; one that was none does not, for its note is shown."""
        if self.session.answer:
            self._resume(more)

    def _resume(self, more: str) -> None:
        self.query_one(ResultView).stop()
        self._ask(self.session.resume(more))

    def on_answer_area_followed(self, event: AnswerArea.Followed) -> None:
        self.keyboard.followed(event.character, event.time)

    def on_answer_area_submitted(self, event: AnswerArea.Submitted) -> None:
        if self.card is None or self.stage != "asking":
            return
        self.session.confidence = self.study.settings.confidence
        self.query_one(ResultView).begin(event.text)
        if isinstance(state := self.session.submit(event.text, self.stopwatch.seconds), Graded):
            self._mark_grade(state)
            self._choose(state.card)
        elif isinstance(state, Weighing):
            self._enter("weighing")
            self.query_one(ConfidenceBar).focus()
        elif isinstance(state, Judging):
            self.judge(state)

    def on_confidence_bar_chosen(self, event: ConfidenceBar.Chosen) -> None:
        self.weigh(event.confidence)

    def weigh(self, confidence: Confidence) -> None:
        """How sure the learner is; the answer is judged now."""
        if self.stage == "weighing" and isinstance(state := self.session.weigh(confidence), Judging):
            self.judge(state)

    def action_write_on(self) -> None:
        self.write_on("")

    # Judging

    def judge(self, judging: Judging) -> None:
        """Shows that the answer is being read, and has it read."""
        self._enter("judging")
        self.question.wait(self.study.grader)
        self._judge(judging)

    @work(exclusive=True, group="judge", exit_on_error=False)
    async def _judge(self, judging: Judging) -> None:
        """The verdict, however long the models take."""
        grader = await self.study.when_ready()
        verdict = await asyncio.to_thread(self.session.judge, grader, judging)
        if self.session.judged(judging, verdict):
            self.show_verdict()
            self._choose(judging.card)
            told = self.session.explain(grader, judging, verdict)
            self.query_one(ResultView).explain(judging.card, verdict, told)

    def show_verdict(self) -> None:
        """The headline, the points and the grade that Enter takes: the grader's, or as the learner has them now."""
        state = self.session.state
        assert isinstance(state, Graded)
        assert state.verdict is not None
        self.query_one(ResultView).show_verdict(state.verdict, keys.point_keys(self.app))
        self._mark_grade(state)

    def on_result_view_told(self) -> None:
        """What was said may settle the grade of an answer in doubt; one that the learner has marked stays."""
        state = self.session.state
        if isinstance(state, Graded) and self.query_one(GradeBar).marked is None and self.session.suggested:
            self._mark_grade(state)

    def _mark_grade(self, state: Graded) -> None:
        self.query_one(GradeBar).show(state.outcomes, self.session.suggested, self.session.best)
        self.refresh_bindings()

    def _choose(self, card: StudyCard) -> None:
        self._enter("graded")
        self.query_one(ResultView).open(card)
        self.query_one(GradeBar).focus()

    # Grading

    def on_grade_bar_chosen(self, event: GradeBar.Chosen) -> None:
        self.grade(event.grade)

    def grade(self, grade: Grade) -> None:
        """Moves the card that was answered."""
        if self.card is not None and self.stage == "graded":
            self.stage = "saving"
            self.question.saving()
            self.query_one(ResultView).stop()
            self._record(grade)

    @work(group="change", exit_on_error=False)
    async def _record(self, grade: Grade) -> None:
        """Saved before the next card is shown."""
        now = self.study.clock()
        with unless_done(self.next_card):  # the same card again, with what was typed
            moved = await self.study.in_turn(self.session.grade, grade, self.stopwatch.seconds, now)
        card = moved.recorded.card
        self.last = messages.graded(card, grade, now, practised=moved.recorded.practised)
        if moved.wrong is None:
            self.next_card()
        else:
            attend(self, self.session, card, moved.wrong, self.next_card, self.keyboard.keep)

    # Before the answer

    def action_hint(self) -> None:
        """One more point; the top grade is gone then."""
        if (card := self.card) is not None and self.session.hint():
            self.question.show_hints(card, self.session.hints)
            self.question.focus_answer()
        else:
            self.notify(_("No hint is left. Enter with nothing typed shows the note."), timeout=4)

    def action_skip(self) -> None:
        """The others first; what was typed is kept."""
        self.keep_typed()
        if self.session.skip():
            self.stage = "saving"
            self.next_card()
        else:
            self.keyboard.stay()
            self.notify(_("This is the last card for now."), timeout=4)

    def action_say(self) -> None:
        """The question aloud; the note once there is a verdict."""
        if self.card is not None:
            heard.say(self.study, self.card, answered=self.stage == "graded")

    def action_pause(self) -> None:
        self.app.push_screen(PauseScreen())

    # After the answer

    def action_knew(self) -> None:
        self.grade(self.session.knew)

    def action_point(self, number: int) -> None:
        """The learner's word on one point; headline, points and suggested grade follow."""
        if self.session.point(number):
            self.show_verdict()

    def action_builds_on(self) -> None:
        self.query_one(ResultView).show_what_it_builds_on()

    def action_follow_up(self) -> None:
        from studyllm.tui.review.followup import FollowUpScreen  # late: what reads notes takes long to import

        if self.card is not None:
            self.app.push_screen(FollowUpScreen(self.card))

    def action_edit_points(self) -> None:
        """What an answer to this card must say; the answer on screen is judged anew."""
        if (card := self.card) is not None:
            ask_points(self, card, self._change)

    def action_edit_note(self) -> None:
        """The note's line in the learner's editor, then the card as the note has it now."""
        if (card := self.card) is not None:
            self._change(card, edit_note(self.app, self.study, card, self.stopwatch))

    @work(group="change", exit_on_error=False)
    async def _change(self, card: StudyCard, change: Coroutine[Any, Any, StudyCard]) -> None:
        """Changes the card on screen; its answer is judged anew if it asks for something else."""
        now = await change
        self.session.refresh()
        if self.card is not card:
            return
        if now.gone:
            self.notify(_("{term} is not in the notes any more.").format(term=card.card.term), markup=False)
            self.next_card()
            return
        asks_otherwise = self.session.changed(now)
        self.question.show(now)
        self.query_one(ResultView).show_note(now)
        if asks_otherwise and isinstance(self.session.state, Judging):
            self.judge(self.session.state)

    # At any time

    def keep_typed(self) -> None:
        """What was typed of an answer waits with its card."""
        if self.card is not None and self.session.answer is None:
            self.study.begun.drafts[self.card.id] = self.question.typed

    def action_suspend(self) -> None:
        self.leaving.put_away(
            self.session.suspend, _("{term} is not asked any more; {undo} takes that back.")
        )

    def action_bury(self) -> None:
        self.leaving.put_away(
            self.session.bury, _("{term} is not asked before tomorrow; {undo} takes that back.")
        )

    def action_take_back(self) -> None:
        if self.session.unturn():
            self.show_verdict()
        elif self.stage in keys.ANSWERED and self.session.answer is not None:
            self._resume("")  # it is not graded: nothing was done to a card yet
        else:
            self.leaving.take_back()

    def action_leave(self) -> None:
        if not self.query_one(SessionSummary).stop():
            self.keep_typed()
            self.app.pop_screen()

    def _enter(self, stage: Stage) -> None:
        if (self.stage, stage) != ("opening", "asking"):
            self.pass_on()
        self.stage = stage
        self.keyboard.entered()
        self.question.enter(stage)
        self.query_one(SessionSummary).display = stage == "done"
        self.query_one(ConfidenceBar).display = stage == "weighing"
        self.query_one(GradeBar).display = stage == "graded"
        self.refresh_bindings()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now; those of the points under the letters that stand before them."""
        return keys.named_points(super().active_bindings, self.app, getattr(self, "session", None))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return keys.works(action, parameters, self.stage, getattr(self, "session", None))

    def action_scroll(self, lines: int) -> None:
        self.query_one(ResultView).scroll_relative(y=lines, animate=False)
