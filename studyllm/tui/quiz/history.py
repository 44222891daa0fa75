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
from studyllm.tui.quiz.words import mode
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.footer import Footer


class QuizHistoryScreen(StudyScreen):
    """Enter or a click opens a quiz's result."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", N_("Back")),
    ]

    def compose(self) -> ComposeResult:
        yield Static(_("Past quizzes"), id="title", markup=False)
        yield Static("", id="today", markup=False)
        yield DataTable(id="decks", cursor_type="row", zebra_stripes=True)
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        for label, width in ((_("When"), 16), (_("Deck"), 14), (_("Right"), 8), ("", 4), (_("Kinds"), 20)):
            table.add_column(label, width=width)
        table.focus()

    def on_screen_resume(self) -> None:
        self.load()

    @work(exclusive=True, group="quiz-history", exit_on_error=False)
    async def load(self) -> None:
        """The list again."""
        self._show(await asyncio.to_thread(self.study.store.quizzes.history))

    def _show(self, quizzes: tuple[QuizSummary, ...]) -> None:
        table, zone = self.query_one(DataTable), self.study.settings.day.zone
        table.clear()
        for quiz in quizzes:
            modes = _("a mix") if len(quiz.modes) > 2 else listed(map(mode, quiz.modes))
            table.add_row(
                f"{quiz.at.astimezone(zone):%Y-%m-%d %H:%M}",
                Content(quiz.deck or _("all decks")),
                f"{quiz.right:>3} / {quiz.asked}",
                f"{quiz.share:>4.0%}",
                Content(modes),
                key=str(quiz.id),
            )
        table.display = bool(quizzes)
        said = "" if quizzes else _("No quiz was taken so far.")
        self.query_one("#today", Static).update(Content(said))

    @work(exclusive=True, group="quiz-history", exit_on_error=False)
    async def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        from studyllm.tui.quiz.result import QuizResultScreen

        result = await asyncio.to_thread(self.study.store.quizzes.result, int(str(event.row_key.value)))
        self.app.push_screen(QuizResultScreen(result))
