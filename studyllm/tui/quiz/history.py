"""The quizzes that were taken, the newest first."""

import asyncio
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import DataTable, Static

from studyllm.i18n import N_, _, listed
from studyllm.store.quizzes import QuizSummary
from studyllm.tui.notices import NoticeLine
from studyllm.tui.quiz.words import mode
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.table import Column, Table


class QuizHistoryScreen(StudyScreen):
    """Enter or a click opens a quiz's result."""

    STORY = N_(
        "The quizzes you took, the newest first. Enter shows how one went; its mistakes can be asked again there."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", N_("Back")),
    ]

    def compose(self) -> ComposeResult:
        yield Static(_("Past quizzes"), id="title", markup=False)
        yield Static("", id="today", markup=False)
        yield Table()
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(Table)
        table.head(
            Column(_("When"), 16),
            Column(_("Deck"), 14),
            Column(_("Right"), 8),
            Column(_("Score"), 6),
            Column(_("Kinds"), least=20),
        )
        table.focus()

    def on_screen_resume(self) -> None:
        self.load()

    @work(exclusive=True, group="quiz-history", exit_on_error=False)
    async def load(self) -> None:
        """The list again."""
        self._show(await asyncio.to_thread(self.study.store.quizzes.history))

    def _show(self, quizzes: tuple[QuizSummary, ...]) -> None:
        table = self.query_one(Table)
        table.fill((str(quiz.id), self._cells(quiz)) for quiz in quizzes)
        table.display = bool(quizzes)
        said = "" if quizzes else _("No quiz was taken so far.")
        self.query_one("#today", Static).update(Content(said))

    def _cells(self, quiz: QuizSummary) -> tuple[str, ...]:
        return (
            f"{quiz.at.astimezone(self.study.settings.day.zone):%Y-%m-%d %H:%M}",
            quiz.deck or _("all decks"),
            f"{quiz.right:>3} / {quiz.asked}",
            f"{quiz.share:>4.0%}",
            _("a mix") if len(quiz.modes) > 2 else listed(map(mode, quiz.modes)),
        )

    @work(exclusive=True, group="quiz-history", exit_on_error=False)
    async def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        from studyllm.tui.quiz.result import QuizResultScreen

        result = await asyncio.to_thread(self.study.store.quizzes.result, int(str(event.row_key.value)))
        self.app.push_screen(QuizResultScreen(result))
