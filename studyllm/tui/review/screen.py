"""Review: a card, an answer, a verdict, a grade, the next card."""

import asyncio
from collections.abc import Mapping
from typing import ClassVar, Literal

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from studyllm import messages
from studyllm.i18n import N_, _
from studyllm.review.asking import question
from studyllm.review.session import Asking, Graded, Judging, ReviewSession
from studyllm.schedule import Grade, Learned
from studyllm.store import StudyCard
from studyllm.store.messages import why
from studyllm.tui.repeating import ask_again
from studyllm.tui.review.actions import POINT_KEYS, CardActions
from studyllm.tui.review.grades import GradeBar
from studyllm.tui.review.result import Result
from studyllm.tui.review.summary import Summary
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.prose import Prose
from studyllm.tui.widgets.readiness import ReadinessLine

Stage = Literal["opening", "asking", "judging", "graded", "saving", "done"]
_ONLY_IN: Mapping[str, tuple[Stage, ...]] = {
    "hint": ("asking",),
    "skip": ("asking",),
    "pause": ("asking", "judging"),
    "suspend": ("asking", "judging", "graded"),
    "bury": ("asking", "judging", "graded"),
    "knew": ("graded",),
    "point": ("graded",),
    "follow_up": ("graded",),
    "edit_note": ("graded",),
    "edit_points": ("graded",),
    "scroll": ("graded",),
    "repeat": ("done",),
    "take_back": ("asking", "judging", "graded", "saving", "done"),
}
"""Keys that do nothing, and are not named in the footer, but in those stages."""
_READ_ALONG = 1.0
"""Seconds between two looks of the language model at what is typed so far."""


class ReviewScreen(CardActions):
    """One card at a time. The model's part never holds the screen: workers compute, handlers show."""

    STORY = N_(
        "Type what you remember and press Enter. The verdict comes first, the explanation and the note follow. "
        "Enter again takes the suggested grade; where the verdict is unsure there is none, and you decide: 0 to 2 is "
        "not recalled, 3 to 5 is. The letter before a point says that it was said after all, or was not."
    )
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - typed by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", N_("Scroll up"), show=False),
        Binding("down", "scroll(1)", N_("Scroll down"), show=False),
        Binding("pageup", "scroll(-8)", N_("Scroll up"), show=False),
        Binding("pagedown,space", "scroll(8)", N_("Scroll down"), show=False),
        Binding("escape", "leave", N_("Decks"), tooltip=N_("Back to the decks; what you typed is kept")),
    ]

    def __init__(self, deck: str | None) -> None:
        super().__init__()
        self.deck = deck
        self.stage: Stage = "opening"
        self.last = ""
        """What was done to the card before this one."""
        self._read = ""
        """What the models have seen of the answer that is being typed."""

    def compose(self) -> ComposeResult:
        with Vertical(id="card"):
            with Horizontal(id="top"):
                yield Static("", id="where")
                yield Static("", id="place")
            yield Prose("", id="prompt")
            yield Prose("", id="hint")
            yield AnswerArea()
            yield Prose("", id="last")
            yield Static("", id="waiting")
            yield Result()
        yield Summary(id="summary-of-session")
        yield GradeBar()
        yield ReadinessLine()
        yield Footer()

    def on_mount(self) -> None:
        self._enter("opening")
        self.set_interval(_READ_ALONG, self._read_along)
        if self.study.opened is not None:
            self.open()

    def open(self) -> None:
        study = self.study
        self.session = ReviewSession(study.store, study.settings.day, self.deck, study.begun)
        self.next_card()

    def cards_changed(self) -> None:
        self.session.refresh()

    def ready(self) -> None:
        if self.card is not None:
            self._prepare(self.card)

    # Only the time with the card in sight counts.

    def on_screen_suspend(self) -> None:
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
            self._ask(state)
        else:
            self._finish()

    def _ask(self, asking: Asking) -> None:
        card = asking.card
        self.stopwatch.start()
        self._read = ""
        self._prepare(card)
        self._left = asking.left
        self.show_card(card)
        self.show_hints()
        if card.early_look:
            told = _("Asked early: {why}.").format(why=why(card.early_look))
            self.notify(told, title=card.card.term, markup=False, timeout=8)
        self._put("#last", Content(self.last))
        self.query_one(Result).leave()
        area = self.query_one(AnswerArea)
        area.text = self.study.begun.drafts.get(card.id, "")
        area.move_cursor(area.document.end)
        self._enter("asking")
        area.focus()
        area.call_after_refresh(area.place_cursor)

    def show_card(self, card: StudyCard) -> None:
        """The question, under the headings it stands below, and where in which note."""
        text, source = card.card, card.card.source
        self._put("#where", Content(" › ".join((card.deck, *text.headings))))
        place = f"{source.path.rpartition('/')[2]}:{source.line}"
        left = _("{count} to go").format(count=self._left)
        self._put("#place", Content.assemble((place, "$foreground-muted"), f"  {left}"))
        self._put("#prompt", Content(text.prompt or text.term))

    def _prepare(self, card: StudyCard) -> None:
        if self.study.grader is not None:
            self.study.grader.prepare(question(card))

    def _read_along(self) -> None:
        """Has the models read what is typed so far, so that little is left to read at the end."""
        draft = self.query_one(AnswerArea).text if self.stage == "asking" else self._read
        if self.card is not None and self.study.grader is not None and draft != self._read:
            self._read = draft
            self.study.grader.prepare(question(self.card), draft)

    def on_answer_area_submitted(self, event: AnswerArea.Submitted) -> None:
        if self.card is None or self.stage != "asking":
            return
        state = self.session.submit(event.text, self.stopwatch.seconds)
        self.query_one(Result).begin(event.text)
        if isinstance(state, Graded):
            self._mark_grade(state)
            self._choose(state.card)
        elif isinstance(state, Judging):
            self.judge(state)

    # Judging

    def judge(self, judging: Judging) -> None:
        """Shows that the answer is being read, and has it read."""
        self._enter("judging")
        readiness = self.study.grader and self.study.grader.readiness()
        loading = not readiness or "loading" in (readiness.embedding, readiness.language)
        told = (
            _("The models are still loading; your answer is kept.") if loading else _("Reading your answer…")
        )
        self._put("#waiting", Content(told))
        self._judge(judging)

    @work(exclusive=True, group="judge", exit_on_error=False)
    async def _judge(self, judging: Judging) -> None:
        """The verdict, however long the models take; leaving stays possible."""
        grader = await self.study.when_ready()
        verdict = await asyncio.to_thread(self.session.judge, grader, judging)
        if self.session.judged(judging, verdict):
            self.show_verdict()
            self._choose(judging.card)
            self.query_one(Result).explain(grader, judging.card, judging.answer, verdict)

    def show_verdict(self) -> None:
        """The headline, the points and the grade that Enter takes: the grader's, or as the learner has them now."""
        state = self.session.state
        assert isinstance(state, Graded)
        assert state.verdict is not None
        self.query_one(Result).show_verdict(state.verdict, POINT_KEYS)
        self._mark_grade(state)

    def _mark_grade(self, state: Graded) -> None:
        self.query_one(GradeBar).show(state.outcomes, self.session.suggested, self.session.best)
        self.refresh_bindings()

    def _choose(self, card: StudyCard) -> None:
        self._enter("graded")
        self.query_one(Result).open(card)
        self.query_one(GradeBar).focus()

    # Grading

    def on_grade_bar_chosen(self, event: GradeBar.Chosen) -> None:
        self.grade(event.grade)

    def grade(self, grade: Grade) -> None:
        """Moves the card that was answered."""
        if self.card is not None and self.stage == "graded":
            self.stage = "saving"
            self._put("#place", Content(_("Saving…")))
            self.query_one(Result).stop()
            self._record(grade)

    @work(group="change", exit_on_error=False)
    async def _record(self, grade: Grade) -> None:
        """Saved before the next card is shown."""
        now = self.study.clock()
        try:
            moved = await self.study.in_turn(self.session.grade, grade, self.stopwatch.seconds, now)
        except BaseException:
            self.next_card()  # the same card again, with what was typed
            raise
        card = moved.recorded.card
        assert isinstance(card.progress, Learned)
        self.last = _("{term}: {grade}, again in {time}").format(
            term=card.card.term, grade=int(grade), time=messages.span(card.progress, now)
        )
        if moved.wrong is not None:
            self.attend(card, moved.wrong)
        else:
            self.next_card()

    def action_leave(self) -> None:
        if self.card is not None and self.session.answer is None:
            self.study.begun.drafts[self.card.id] = self.query_one(AnswerArea).text
        self.app.pop_screen()

    @work(exclusive=True, group="quiz-prepare", exit_on_error=False)
    async def action_repeat(self) -> None:
        """What went wrong in this session, as a quiz: the schedules stay as they are."""
        from studyllm.quiz.items import Mode, Options

        wrong = {answered.card.id for answered in self.session.answers.worth_a_look}
        await ask_again(self, wrong, Options(modes=frozenset({Mode.MEANING})))

    # Showing

    def _finish(self) -> None:
        self._enter("done")
        self.query_one(Summary).show(self.session.answers, self.last)

    def _enter(self, stage: Stage) -> None:
        """Shows what belongs to a stage, and only that."""
        self.stage = stage
        self.query_one("#card").display = stage in ("asking", "judging", "graded")
        self.query_one(Summary).display = stage == "done"
        area = self.query_one(AnswerArea)
        area.display = stage in ("asking", "judging")
        area.read_only = stage == "judging"
        self.query_one("#last").display = stage == "asking"
        self.query_one("#waiting").display = stage == "judging"
        self.query_one(Result).display = stage == "graded"
        self.query_one(GradeBar).display = stage == "graded"
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "point" and not self.has_point(*parameters):
            return False
        return self.stage in _ONLY_IN.get(action, (self.stage,))

    def action_scroll(self, lines: int) -> None:
        self.query_one(Result).scroll_relative(y=lines, animate=False)
