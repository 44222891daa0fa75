"""What a quiz came to: the score, every question with what was right, and the wrong ones again."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studyllm.i18n import N_, _
from studyllm.quiz.items import Item, Level, Mode, Options, Origin, options_from
from studyllm.quiz.score import in_part
from studyllm.store.quizzes import Outcome, QuizResult
from studyllm.text import shortened
from studyllm.tui.notices import NoticeLine
from studyllm.tui.quiz.words import mode
from studyllm.tui.repeating import ask_again
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.prose import Prose, coded

_BAR = 30
"""Columns of the bar."""
_LONGEST = 200
"""Letters of an answer that are shown."""


class QuizResultScreen(StudyScreen):
    """Of a quiz that was just taken, with its wrong questions, or of one from the history."""

    STORY = N_("How the quiz went, question by question. What was not right can be asked again.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "app.pop_screen", N_("Done")),
        Binding("r", "repeat", N_("Repeat the wrong ones")),
        Binding("escape", "leave", N_("Back"), show=False),
        Binding("up", "scroll(-1)", N_("Up"), show=False),
        Binding("down", "scroll(1)", N_("Down"), show=False),
    ]

    def __init__(self, result: QuizResult, wrong: Sequence[Item] = (), few: str = "") -> None:
        super().__init__()
        self.result, self.wrong, self.few = result, tuple(wrong), few

    def compose(self) -> ComposeResult:
        result = self.result
        yield Static(_("Result"), id="title", markup=False)
        yield Static(_headline(result), id="score", markup=False)
        if self.few:
            yield Static(Content.styled(self.few, "$foreground-muted"), id="few")
        with VerticalScroll(id="outcomes"):
            for one in result.outcomes:
                yield Prose(_line(one), classes="outcome", markup=False)
        yield Static("", id="preparing", markup=False)
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#outcomes").focus()

    def action_scroll(self, step: int) -> None:
        self.query_one("#outcomes").scroll_relative(y=3 * step, animate=False)

    @work(exclusive=True, group="quiz-prepare", exit_on_error=False)
    async def action_repeat(self) -> None:
        if self.result.right == self.result.asked:
            self.notify(_("All of it was right: there is nothing to repeat."))
        elif self.wrong:
            self.study.run_quiz(self._options(), self.wrong, instead=True)
        else:
            wrong = {one.card for one in self.result.outcomes if not one.right}
            await ask_again(self, wrong, self._options(), self._say, instead=True)

    def _say(self, what: str) -> None:
        for line in self.query("#preparing").results(Static):  # none once the screen is left
            line.update(Content(what))

    def action_leave(self) -> None:
        """Back; while questions are chosen, chooses no more and stays."""
        if not self.workers.cancel_group(self, "quiz-prepare"):
            self.app.pop_screen()

    def _options(self) -> Options:
        return replace(options_from(self.result.options), origin=Origin.ALL, level=Level.ANY, section="")


def _headline(result: QuizResult) -> Content:
    full = round(result.share * _BAR)
    said = _("{right} of {of} right").format(right=result.right, of=result.asked)
    share = f"{result.share:.0%}"
    in_part = share != f"{result.right / max(1, result.asked):.0%}"
    return Content.assemble(
        (said, "bold"),
        f"   {_('{share}, with what was right in part').format(share=share) if in_part else share}   ",
        ("█" * full, "$text-success"),
        ("░" * (_BAR - full), "$foreground-muted"),
    )


def _line(one: Outcome) -> Content:
    mark, style = ("✓", "$text-success") if one.right else ("✗", "$text-error")
    if in_part(one):
        mark, style = "◐", "$text-warning"
    parts: list[Content | str | tuple[str, str]] = [
        (f"{mark} ", f"bold {style}"),
        coded(one.prompt if one.mode == Mode.CONTRAST else one.term, "bold"),
        (f"   {mode(one.mode)}", "$foreground-muted"),
    ]
    if not one.right:
        if one.mode in (Mode.TERM, Mode.CHOOSE_TERM):
            parts += ["\n  ", coded(shortened(one.prompt, _LONGEST))]
        if one.given:
            parts += [
                "\n  ",
                (_("yours: "), "$foreground-muted"),
                coded(shortened(one.given, _LONGEST), style),
            ]
        if one.wanted != one.term:
            parts += ["\n  ", (_("right: "), "$foreground-muted"), coded(shortened(one.wanted, _LONGEST))]
    return Content.assemble(*parts)
