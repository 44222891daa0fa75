"""Progress: how much is remembered, what is coming, what is hard; a page at a time, more where there is room."""

import asyncio
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from studyllm.i18n import N_, _
from studyllm.statistics import Period, Statistics, counted, statistics
from studyllm.statistics.lines import ReportSection
from studyllm.statistics.page import summary
from studyllm.statistics.pages import PAGES
from studyllm.store.tallies import Cell
from studyllm.tui.notices import NoticeLine
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.charts import MUTED, painted
from studyllm.tui.widgets.footer import Footer

_COLUMN = 58
"""Columns of the terminal from which a column of figures can be read."""
_MOST_COLUMNS = 3
_PERIODS = {
    Period.WEEK: N_("7 days"),
    Period.MONTH: N_("30 days"),
    Period.YEAR: N_("a year"),
    Period.ALL: N_("all time"),
}


class ProgressScreen(StudyScreen):
    """Of a deck or of all, over a period; as many columns as there is room for."""

    STORY = N_(
        "How much you remember, what is coming and what is hard, a page at a time. Choose the period and the deck "
        "that the figures are of."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,p", "app.pop_screen", N_("Decks"), key_display="esc"),
        Binding("1", "page(0)", N_("Page"), key_display="1-9", tooltip=N_("That page of figures")),
        *(Binding(str(number), f"page({number - 1})", show=False) for number in range(2, len(PAGES) + 1)),
        Binding("tab,n", "turn(1)", N_("Next page"), show=False),
        Binding("shift+tab,N", "turn(-1)", N_("Page before"), show=False),
        Binding("w", "period('week')", N_("A week")),
        Binding("m", "period('month')", N_("A month")),
        Binding("y", "period('year')", N_("A year")),
        Binding("a", "period('all')", N_("All time")),
        Binding("right,d", "deck(1)", N_("Deck"), key_display="←→"),
        Binding("left,D", "deck(-1)", show=False),
        Binding("down,j", "scroll(1)", N_("Scroll down"), show=False),
        Binding("up,k", "scroll(-1)", N_("Scroll up"), show=False),
        Binding("pagedown,space", "scroll_page(1)", N_("Page down"), show=False),
        Binding("pageup", "scroll_page(-1)", N_("Page up"), show=False),
    ]

    def __init__(self, deck: str | None = None) -> None:
        super().__init__()
        self.period, self.deck = Period.ALL, deck
        self.page = 0
        """Index of the page that comes first."""
        self._found: Statistics | None = None
        self._names: tuple[str, ...] = ()
        self._cells: dict[str | None, tuple[Cell, ...]] = {}
        """By deck: another period needs no other."""

    def compose(self) -> ComposeResult:
        with Vertical(id="pane"):
            yield Static(_("Progress"), id="title")
            yield Static(_("Counting…"), id="today")
            yield Static("", id="pages")
            with VerticalScroll(id="figures", can_focus=False), Horizontal(id="columns"):
                for number in range(_MOST_COLUMNS):
                    yield Static("", id=f"column{number}", classes="figures")
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        self.load()

    def cards_changed(self) -> None:
        self._cells.clear()
        self.load()

    @work(exclusive=True, group="progress", exit_on_error=False)
    async def load(self) -> None:
        """Counts again, in a thread of its own."""
        self._say(_("Counting…"))
        store, day, now = self.study.store, self.study.settings.day, self.study.clock()
        self._names = tuple(deck.name for deck in await asyncio.to_thread(store.decks))
        if self.deck not in self._names:
            self.deck = None
        if self.deck not in self._cells:
            self._cells[self.deck] = await asyncio.to_thread(counted, store, day, now, self.deck)
        cells = self._cells[self.deck]
        self._found = await asyncio.to_thread(
            statistics, store, day, now, deck=self.deck, period=self.period, cells=cells
        )
        self._show()

    def on_resize(self, event: Resize) -> None:
        if self._found is not None:
            self._show()

    def _show(self) -> None:
        assert self._found is not None
        self._say(summary(self._found))
        room = self.app.size.width - 4
        count = max(1, min(_MOST_COLUMNS, room // _COLUMN))
        width = min(room // count - 3, 100)
        columns, last = _filled(self._found, self.page, count, width, self.query_one("#figures").size.height)
        self.query_one("#pages", Static).update(_names(self.page, last))
        self.query_one("#figures").scroll_home(animate=False)
        for number in range(_MOST_COLUMNS):
            column = self.query_one(f"#column{number}", Static)
            column.display = number < count
            if number < count:
                column.update(_content(columns[number]))

    def _say(self, what: str) -> None:
        where = self.deck or _("all decks")
        self.query_one("#title", Static).update(
            Content(_("Progress: {deck}, {period}").format(deck=where, period=_(_PERIODS[self.period])))
        )
        self.query_one("#today", Static).update(Content(what))

    def action_period(self, period: str) -> None:
        self.period = Period(period)
        self.load()

    def action_deck(self, step: int) -> None:
        """The next deck, or the one before; all of them come between the last and the first."""
        choices = (None, *self._names)
        self.deck = choices[(choices.index(self.deck) + step) % len(choices)]
        self.load()

    def action_page(self, page: int) -> None:
        self.page = page
        if self._found is not None:
            self._show()

    def action_turn(self, step: int) -> None:
        self.action_page((self.page + step) % len(PAGES))

    def action_scroll(self, step: int) -> None:
        self.query_one("#figures").scroll_relative(y=step, animate=False)

    def action_scroll_page(self, step: int) -> None:
        figures = self.query_one("#figures")
        figures.scroll_relative(y=step * max(1, figures.size.height - 1), animate=False)


def _filled(
    found: Statistics, first: int, columns: int, width: int, height: int
) -> tuple[list[list[ReportSection]], int]:
    """The sections of a page in columns, and of those after it as long as they fit; and the last page of these."""
    filled: list[list[ReportSection]] = [[] for _each in range(columns)]
    last = first
    for number, page in enumerate(PAGES[first:], first):
        more = [list(column) for column in filled]
        for section in page.sections(found, width):
            min(more, key=_height).append(section)
        if number > first and max(map(_height, more)) - 1 > height:
            break
        filled, last = more, number
    return filled, last


def _names(first: int, last: int) -> Content:
    """All pages with their keys, those that are shown set off."""
    parts: list[str | tuple[str, str]] = []
    for number, page in enumerate(PAGES):
        style = "bold $primary" if first <= number <= last else MUTED
        parts += [(f"{number + 1} {_(page.name)}", style), " "]
    return Content.assemble(*parts)


def _height(sections: list[ReportSection]) -> int:
    return sum(len(section.lines) + 2 for section in sections)


def _content(some: list[ReportSection]) -> Content:
    parts: list[Content] = []
    for section in some:
        parts += [Content.styled(section.title, "bold"), *map(painted, section.lines), Content("")]
    return Content("\n").join(parts)
