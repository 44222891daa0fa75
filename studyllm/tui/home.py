"""Home: the decks, and what each has for today."""

import asyncio
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import DataTable, Footer, Static

from studyllm.i18n import N_
from studyllm.store import Counts
from studyllm.tui.importing import ImportScreen
from studyllm.tui.readiness import ReadinessLine
from studyllm.tui.review import ReviewScreen
from studyllm.tui.screen import StudyScreen

_EMPTY = """\
There are no cards yet.

Press i and name a folder of your notes; they become cards as they are,
and nothing is ever written into them.
"""


class HomeScreen(StudyScreen):
    """Enter or a click on a deck begins its review."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "review_all", "Review all"),
        Binding("i", "import", "Import notes"),
        Binding("h", "history", "History"),
        Binding("g", "glossary", N_("Glossary")),
        Binding("z", "quiz", N_("Quiz")),
        Binding("c", "compare", "Schedulers", show=False),
        Binding("f2,u", "take_back", "Undo", key_display="u"),
        Binding("q", "app.quit", "Quit", show=False),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="pane"):
            yield Static("studyllm", id="title")
            yield Static("", id="today")
            yield DataTable(id="decks", cursor_type="row", zebra_stripes=True)
            yield Static(_EMPTY, id="empty", markup=False)
        yield ReadinessLine()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#empty").display = False
        table = self.query_one(DataTable)
        for label, width in (("Deck", 34), ("Due", 7), ("Again", 7), ("New", 7), ("Cards", 7)):
            table.add_column(label, width=width)

    def open(self) -> None:
        self.load()

    def cards_changed(self) -> None:
        self.load()

    def on_screen_resume(self) -> None:
        if self.study.opened is not None:
            self.load()

    @work(exclusive=True, group="home", exit_on_error=False)
    async def load(self) -> None:
        """Counts again: a review may have moved them."""
        now, day = self.study.clock(), self.study.settings.day
        today = day.of(now)
        counts = await asyncio.to_thread(self.study.store.counts, today, day)
        self._show(counts)

    def _show(self, counts: tuple[Counts, ...]) -> None:
        table = self.query_one(DataTable)
        row = table.cursor_row
        table.clear()
        for count in counts:
            numbers = (count.due, count.learning, count.new, count.cards)
            table.add_row(Content(count.deck), *(f"{number:>5}" for number in numbers), key=count.deck)
        table.move_cursor(row=min(row, len(counts) - 1) if counts else 0)
        due, new, later = (sum(getattr(c, name) for c in counts) for name in ("due", "new", "later"))
        today = (
            f"{due} due and {new} new cards today. Enter reviews a deck, a all of them."
            if due or new
            else "Nothing is due: all done for today."
        )
        if later:
            today += f" {later} more are overdue; they are spread over the coming days."
        self.query_one("#today", Static).update(Content(today if counts else ""))
        table.display = bool(counts)
        self.query_one("#empty").display = not counts
        if counts:
            table.focus()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self.app.push_screen(ReviewScreen(str(event.row_key.value)))

    @work(exclusive=True, group="home", exit_on_error=False)
    async def action_take_back(self) -> None:
        """Undoes the last review or import in the log."""
        entry = await asyncio.to_thread(self.study.store.undo, self.study.clock())
        if entry is None:
            self.notify("There is nothing to take back.", severity="warning")
        else:
            self.notify(f"Taken back: {entry.what}.", markup=False)
        self.load()

    def action_import(self) -> None:
        self.app.push_screen(ImportScreen())

    def action_history(self) -> None:
        from studyllm.tui.history import HistoryScreen  # late, like all that the first frame does not show

        self.app.push_screen(HistoryScreen())

    def action_quiz(self) -> None:
        from studyllm.tui.quiz import QuizScreen

        self.app.push_screen(QuizScreen())

    def action_glossary(self) -> None:
        from studyllm.tui.glossary import GlossaryScreen

        self.app.push_screen(GlossaryScreen())

    def action_compare(self) -> None:
        from studyllm.tui.compare import CompareScreen

        table = self.query_one(DataTable)
        deck = (
            str(table.coordinate_to_cell_key(table.cursor_coordinate).row_key.value)
            if table.row_count
            else None
        )
        self.app.push_screen(CompareScreen(deck))

    def action_review_all(self) -> None:
        self.app.push_screen(ReviewScreen(None))
