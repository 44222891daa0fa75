"""A quiz that is being taken: one question at a time, what became of it, the next one."""

import asyncio
import time
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key, Paste
from textual.widgets import Static

from studyllm import messages
from studyllm.grading import Grader, Verdict
from studyllm.i18n import N_, _
from studyllm.quiz.items import Contrast, Grid, Item, Mode, Options, Typed, above
from studyllm.quiz.score import in_part, written
from studyllm.quiz.sitting import Response, Sitting
from studyllm.review.asking import question
from studyllm.review.queue import ReviewQueue
from studyllm.store.quizzes import Outcome
from studyllm.tui.keymap import key_name
from studyllm.tui.notices import NoticeLine
from studyllm.tui.quiz.bodies import body
from studyllm.tui.quiz.body import Body, Given
from studyllm.tui.quiz.words import asks
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.prose import Prose, coded
from studyllm.tui.widgets.verdict import points
from studyllm.verdicts import Label

_TICK = 0.5
"""Seconds between two looks at the clock."""


class QuizRunScreen(StudyScreen):
    """Stages: a question is asked, judged, shown with what is right; Esc ends it with what was done."""

    STORY = N_(
        "A question of the quiz: choose, sort or type the answer; Enter gives it, also an empty one. Esc ends the quiz "
        "with what was done."
    )
    SHOWN = N_(
        "What became of your answer, and what would have been right. Enter goes on; if you were right after all, "
        "say so. Where the verdict is unsure, you decide: y is right, n is not."
    )
    """The help's story of an answered question."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", N_("Next")),
        Binding("o", "accept", N_("Right after all")),
        Binding(
            "y",
            "decide(True)",
            N_("Right"),
            id="quiz_run.right",
            tooltip=N_("The verdict is unsure: it was right"),
        ),
        Binding(
            "n",
            "decide(False)",
            N_("Not right"),
            id="quiz_run.not_right",
            tooltip=N_("The verdict is unsure: it was not right"),
        ),
        Binding("escape", "end", N_("End")),
        Binding("pageup", "page(-1)", N_("Page up"), show=False),
        Binding("pagedown", "page(1)", N_("Page down"), show=False),
    ]

    def __init__(self, options: Options, items: Sequence[Item], few: str = "") -> None:
        super().__init__()
        self.few = few
        """Why there are few questions, where there are."""
        self.options, self.items = options, tuple(items)
        self.sitting: Sitting
        self.stage = "asking"
        self._asked_at = 0.0

    def compose(self) -> ComposeResult:
        yield Static("", id="where", markup=False)
        with VerticalScroll(id="question", can_focus=False):
            yield Static("", id="asks", markup=False)
            yield Prose("", id="prompt", markup=False)
            yield Prose("", id="hint", markup=False)
            yield VerticalScroll(id="body", can_focus=False)
            yield Prose("", id="feedback", markup=False)
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        study = self.study
        queue = ReviewQueue(study.store, study.settings.day, self.options.deck)
        self.sitting = Sitting(study.store, queue, self.options, self.items, study.clock())
        if self.few:
            self.notice(self.few, "information", 8)
        self.set_interval(_TICK, self.tick)
        self.ask()

    def story(self) -> str:
        return _(self.SHOWN if self.stage == "shown" else self.STORY)

    def tick(self) -> None:
        """Shows the time that is left; at its end the quiz is over."""
        left = self.sitting.left(self.study.clock())
        if left is not None and not left and self.stage == "asking":
            self.notify(_("The time is up."))
            self.finish()
        else:
            self._head()

    def _head(self) -> None:
        sitting = self.sitting
        done = _("{number} of {of}").format(number=sitting.at + 1, of=len(sitting.items))
        right = _("{right} right").format(right=sitting.result().right)
        parts: list[str | tuple[str, str]] = [(done, "bold"), "   ", (right, "$text-success")]
        left = sitting.left(self.study.clock())
        if left is not None:
            minutes, seconds = divmod(int(left.total_seconds()), 60)
            said = _("{time} left").format(time=f"{minutes}:{seconds:02}")
            parts += ["   ", (said, "$text-warning" if minutes == 0 else "")]
        if (item := sitting.item) and not isinstance(item, Grid):
            parts += ["   ", " › ".join(above(item))]
        self.query_one("#where", Static).update(Content.assemble(*parts))

    async def before(self, event: Key | Paste) -> bool:
        """Enter goes on once the learner has decided, and until then says how."""
        if (
            isinstance(event, Paste)
            or event.key != "enter"
            or self.stage != "shown"
            or not self.sitting.waits
        ):
            return False
        self.notify(_doubt(self.app).plain, timeout=4)
        return True

    # Asking

    @work(exclusive=True, group="quiz-ask", exit_on_error=False)
    async def ask(self) -> None:
        """Shows the present question."""
        item = self.sitting.item
        if item is None:
            self.finish()
            return
        self.stage = "asking"
        self.refresh_bindings()
        self._asked_at = time.monotonic()
        self._head()
        self._put("#asks", Content(asks(item)))
        prompt = "" if isinstance(item, Grid) else item.prompt
        self._put("#prompt", coded(prompt))
        hint = messages.wanted(item.card) if isinstance(item, Typed) and item.mode is Mode.MEANING else ""
        self._put("#hint", Content(hint))
        self._put("#feedback", Content(""))
        place = self.query_one("#body")
        await place.remove_children()
        part = body(item)
        await place.mount(part)
        part.begin()
        self.query_one("#question").scroll_home(animate=False)
        if isinstance(item, Typed | Contrast) and self.study.grader is not None:
            asked = item.question if isinstance(item, Contrast) else question(item.card)
            self.study.grader.prepare(asked)

    def on_given(self, event: Given) -> None:
        event.stop()
        if self.stage == "asking":
            self.stage = "judging"
            self._put("#feedback", Content.styled(_("Reading your answer…"), "$foreground-muted"))
            self.judge(event.response, time.monotonic() - self._asked_at)

    @work(exclusive=True, group="quiz-judge", exit_on_error=False)
    async def judge(self, response: Response, seconds: float) -> None:
        """Scores the answer, which may wait for the models, and keeps it."""
        item = self.sitting.item
        grader: Grader | None = None
        if response and (
            isinstance(item, Contrast) or (isinstance(item, Typed) and item.mode is Mode.MEANING)
        ):
            grader = await self.study.when_ready()
        outcomes, verdict, trouble = await asyncio.to_thread(
            self.sitting.answer, response, self.study.clock(), grader=grader, seconds=seconds
        )
        if trouble:
            self.notify(trouble, severity="warning", markup=False)
        self._show(outcomes, verdict)

    def _show(self, outcomes: tuple[Outcome, ...], verdict: Verdict | None) -> None:
        self.stage = "shown"
        self.refresh_bindings()
        self.pass_on()
        self.query_one(Body).show(outcomes)
        self._put("#asks", _headline(self.app, outcomes, verdict))
        item = self.sitting.item
        told = written(item, outcomes[0].given) if item else ""
        self._put("#feedback", feedback := _feedback(outcomes, verdict, told))
        self.set_focus(None)
        self._head()
        if feedback.plain:
            self.query_one("#question").scroll_end(animate=False)

    def action_next(self) -> None:
        if self.stage != "shown" or self.sitting.waits:
            return
        self.sitting.next()
        self.ask()

    @work(exclusive=True, group="quiz-judge", exit_on_error=False)
    async def action_accept(self) -> None:
        """The learner overrules."""
        if self.stage == "shown" and await asyncio.to_thread(self.sitting.decide, right=True):
            self._put("#asks", Content.styled("✓ " + _("right after all"), "bold $text-success"))
            self._head()
            self.refresh_bindings()

    @work(group="quiz-judge", exit_on_error=False)
    async def action_decide(self, right: bool) -> None:
        """The learner says what the verdict was unsure of."""
        if self.stage == "shown" and self.sitting.unsure:
            await asyncio.to_thread(self.sitting.decide, right=right)
            said, style = (_("right"), "$text-success") if right else (_("not right"), "$text-error")
            told = f"{'✓' if right else '✗'} {said}   {_('as you see it')}"
            self._put("#asks", Content.styled(told, f"bold {style}"))
            self._head()
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter and the overruling are offered once there is something to go on from, and nothing to decide."""
        if action == "accept":
            return self.stage == "shown" and self._overrulable and not self.sitting.unsure
        if action == "decide":
            return self.stage == "shown" and self.sitting.unsure
        return action != "next" or (self.stage == "shown" and not self.sitting.waits)

    @property
    def _overrulable(self) -> bool:
        number = self.sitting.at + 1
        here = [one for one in self.sitting.outcomes if one.number == number]
        return len(here) == 1 and bool(here[0].given) and not here[0].right and here[0].mode != Mode.ORDER

    def action_page(self, step: int) -> None:
        """What does not fit a small screen."""
        pane = self.query_one("#question")
        pane.scroll_relative(y=step * max(1, pane.size.height - 2), animate=False)

    # Ending

    def action_end(self) -> None:
        self.finish()

    def finish(self) -> None:
        """The result of what was done; without an answer there is none."""
        self.stage = "over"
        self.workers.cancel_node(self)
        if not self.sitting.outcomes:
            self.app.pop_screen()
            return
        from studyllm.tui.quiz.result import QuizResultScreen

        self.app.switch_screen(QuizResultScreen(self.sitting.result(), self.sitting.wrong(), self.few))

    def _put(self, selector: str, content: Content) -> None:
        part = self.query_one(selector, Static)
        part.update(content)
        part.display = bool(content.plain)


def _headline(app: object, outcomes: tuple[Outcome, ...], verdict: Verdict | None) -> Content:
    """Right or wrong, in place of the question."""
    one = outcomes[0]
    if len(outcomes) > 1:
        right = sum(each.right for each in outcomes)
        said = _("{right} of {of} right").format(right=right, of=len(outcomes))
        return Content.styled(said, "bold $text-success" if right == len(outcomes) else "bold $text-warning")
    if verdict is not None:
        style = {Label.CORRECT: "$text-success", Label.PARTIAL: "$text-warning"}
        told = f"{messages.mark(verdict)} {messages.label(verdict)}"
        shown = Content.styled(told, f"bold {style.get(verdict.label, '$text-error')}")
        return Content("\n").join((shown, _doubt(app))) if verdict.unsure else shown
    if one.right:
        return Content.styled("✓ " + _("right"), "bold $text-success")
    if in_part(one):
        return Content.styled("◐ " + _("right in part"), "bold $text-warning")
    said = _("not right") if one.given else _("not answered")
    return Content.styled(f"✗ {said}", "bold $text-error")


def _doubt(app: object) -> Content:
    """What to press where the verdict is unsure."""
    yes, no = key_name(app, "quiz_run.right", "y"), key_name(app, "quiz_run.not_right", "n")
    return Content(_("You decide: {yes} right, {no} not right.").format(yes=yes, no=no))


def _feedback(outcomes: tuple[Outcome, ...], verdict: Verdict | None, told: str) -> Content:
    """What would have been right, where the question does not show it, and what is `told` of how it is written."""
    one = outcomes[0]
    parts: list[Content | str] = [points(verdict)] if verdict is not None and verdict.points else []
    if one.mode in (Mode.MEANING, Mode.TERM, Mode.CONTRAST):
        parts.append(coded(one.wanted))
    if told:
        parts.append(Content.styled(told, "$text-warning"))
    return Content("\n\n").join(part if isinstance(part, Content) else Content(part) for part in parts)
