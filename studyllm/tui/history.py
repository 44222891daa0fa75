"""What happened, the newest first, and taking it back step by step."""

import asyncio
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studyllm.i18n import N_, _
from studyllm.store import LogEntry
from studyllm.tui.notices import NoticeLine
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.table import Column, Table

_SHOWN = 300
"""Rows of the log that are listed; more can be taken back."""


class HistoryScreen(StudyScreen):
    """Only the newest thing that stands can be taken back: what came after it may rest on it."""

    STORY = N_(
        "All that was done, the newest first: answers, imports, changes to cards and decks. The newest that stands "
        "can be taken back, then the one before it."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u,f2", "take_back", N_("Take back the newest"), key_display="u"),
        Binding("escape", "app.pop_screen", N_("Decks")),
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="pane"):
            yield Static(_("What happened"), id="title")
            yield Static("", id="today")
            yield Table()
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(Table)
        table.head(Column(_("When"), 16), Column(_("What")), Column("", 10))
        table.focus()
        self.load()

    @work(exclusive=True, group="history", exit_on_error=False)
    async def load(self) -> None:
        """The log again."""
        self._show(await asyncio.to_thread(self.study.store.journal.latest, _SHOWN, undone=True))

    def _show(self, entries: tuple[LogEntry, ...]) -> None:
        zone, undone = self.study.settings.day.zone, _("taken back")
        self.query_one(Table).fill(
            (
                str(entry.id),
                (f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M}", entry.what, undone if entry.undone else ""),
            )
            for entry in entries
        )
        standing = next((entry for entry in entries if not entry.undone), None)
        said = (
            _("u takes back: {what}").format(what=standing.what)
            if standing
            else _("There is nothing to take back.")
        )
        self.query_one("#today", Static).update(Content(said))

    @work(exclusive=True, group="history", exit_on_error=False)
    async def action_take_back(self) -> None:
        """Undoes the newest thing that stands."""
        if await self.study.undoing.take_back() is not None:
            self.study.follow_notes()
        self.load()
