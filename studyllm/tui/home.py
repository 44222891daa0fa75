"""Home: the decks, what each has for today, and the year so far."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.screen import Screen
from textual.widgets import DataTable, Static

from studyllm import i18n
from studyllm.errors import StudyError
from studyllm.i18n import N_, _, ngettext
from studyllm.messages.today import today_line
from studyllm.store.messages import counted
from studyllm.text import shortened
from studyllm.tui import preferences, screens
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.readiness import ReadinessLine
from studyllm.tui.widgets.table import Column, Table, number
from studyllm.tui.widgets.welcome import welcome

if TYPE_CHECKING:
    from studyllm.statistics.gather import Year
    from studyllm.store import Counts

_ROOM_FOR_YEAR = 22
"""Rows of the terminal from which the heat map is shown."""
_AROUND, _YEAR = 8, 10
"""Rows of everything but the decks and the heat map, and rows of that."""
_BESIDE = 4
"""Columns beside the line of today."""
_FOUND = 24
"""Letters of a deck's name in the line of what was found in its notes."""
_NUMBERS = (N_("Due"), N_("Again"), N_("New"), N_("Cards"))
"""Columns of the table: what a deck has for today, and all of its cards."""
EVERY = 3
"""Seconds between two looks whether another program changed something."""
_EXAM, _DECK = 10, 48
"""Columns of the days until an exam, and of a deck's name at most."""


class HomeScreen(StudyScreen):
    """Enter or a click on a deck begins its review."""

    STORY = N_(
        "Each deck with what it has for today: due, to be asked again today, new. Enter begins its review."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,space", "review_all", N_("All"), key_display="a"),
        Binding("m", "more", N_("More"), tooltip=N_("Study more than today asks for")),
        Binding("z", "quiz", N_("Quiz")),
        Binding(
            "r", "recall", N_("Recall"), tooltip=N_("Recall a section: write down all you remember of it")
        ),
        Binding("g", "glossary", N_("Glossary")),
        Binding("p", "progress", N_("Progress")),
        Binding("s", "sample", N_("Sample deck")),
        Binding("i", "import", N_("Import")),
        Binding("f2,u", "take_back", N_("Undo"), key_display="u"),
        Binding("h", "history", N_("History"), show=False),
        Binding("c", "compare", N_("Schedulers"), show=False),
        Binding("n", "rename_deck", N_("Rename this deck"), show=False),
        Binding("delete", "delete_deck", N_("Delete this deck"), show=False),
        Binding("q,ctrl+q", "app.quit", N_("Quit"), key_display="q"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[Counts, ...] | None = None
        """None: not counted yet; empty: there is no card."""
        self._exams: Mapping[str, int] = {}
        """By deck, the days until its exam, where it has one ahead."""
        self._year: Year | None = None
        self._seen: int | None = None
        """The last row of the log that is counted here."""

    def compose(self) -> ComposeResult:
        with Vertical(id="pane"):
            yield Static("studyllm", id="title")
            yield Static("", id="today")
            yield Table()
            yield Static("", id="empty", markup=False)
            yield Static("", id="year", markup=False)
            yield Static("", id="found", markup=False)
        yield ReadinessLine()
        yield Footer()

    def story(self) -> str:
        return _(self.STORY) if self._counts else str(welcome())

    def on_mount(self) -> None:
        for name in ("#empty", "#year", "#found"):
            self.query_one(name).display = False
        self.set_interval(EVERY, self.look)

    def open(self) -> None:
        self.load()

    def cards_changed(self) -> None:
        self.load()

    def notes_read(self, deck: str, counts: Mapping[str, int], at: datetime, *, doubt: bool) -> None:
        """What the watcher found in a deck's notes; the line stays until the next."""
        when = f"{at.astimezone(self.study.settings.day.zone):%H:%M}"
        text = _("notes of {deck}: {said} at {when}").format(
            deck=shortened(deck, _FOUND), said=counted(counts), when=when
        )
        if doubt:
            text += " · " + _("i: you are asked to decide")
        line = self.query_one("#found", Static)
        line.update(Content(text))
        line.set_class(doubt, "doubt")
        line.display = True

    def on_screen_resume(self) -> None:
        if self.study.opened is not None:
            self.load()

    def on_resize(self, event: Resize) -> None:
        if self._counts is not None:
            self._lay_out()
            self._show_year()

    @work(exclusive=True, group="home-look", exit_on_error=False)
    async def look(self) -> None:
        """Counts again, and follows the notes there are now, where another program changed something."""
        seen = self._seen
        if seen is None or not self.is_current:
            return
        with suppress(StudyError):  # the next key that asks the store says what is wrong with it
            if await asyncio.to_thread(self.study.store.last_row) != seen == self._seen:
                self.study.follow_notes()
                self.load()

    @work(exclusive=True, group="home", exit_on_error=False)
    async def load(self) -> None:
        """Counts again: a review may have moved them. The year comes a moment later."""
        now, day, store = self.study.clock(), self.study.settings.day, self.study.store
        self._seen = await asyncio.to_thread(store.last_row)
        counts = await asyncio.to_thread(store.counts, day.of(now), day)
        self._counts = counts if any(count.cards for count in counts) else ()
        self._show(self._counts)
        if self._counts:
            from studyllm import statistics  # late: it must not hold up the first frame

            asked = sum(count.due + count.new for count in self._counts)
            again = sum(count.learning for count in self._counts)
            minutes = await asyncio.to_thread(statistics.minutes, store, asked, again)
            coming = None if asked or again else await asyncio.to_thread(self._next_day, day.of(now))
            self._say_today(minutes, coming)
            exams = await asyncio.to_thread(self._days_to_exams, day.of(now))
            if exams != self._exams:
                self._exams = exams
                self._lay_out()
            self._year = await asyncio.to_thread(statistics.year, store, day, now)
            self._show_year()

    def _days_to_exams(self, today: date) -> Mapping[str, int]:
        found = self.study.store.schedulings().items()
        return {deck: (one.exam - today).days for deck, one in found if one.exam and one.exam >= today}

    def _next_day(self, today: date) -> date | None:
        """The first day after today on which a card is due."""
        load = self.study.store.load(today + timedelta(days=1), today + timedelta(days=3650))
        return min(load, default=None)

    def _show(self, counts: "tuple[Counts, ...]") -> None:
        table, empty = self.query_one(Table), self.query_one("#empty", Static)
        table.display, empty.display = bool(counts), not counts
        self.query_one("#today").display = bool(counts)
        self.refresh_bindings()
        if not counts:
            self.query_one("#year").display = False
            empty.update(welcome())
            return
        self._lay_out()
        self._say_today(None, None)
        table.focus()

    def _lay_out(self) -> None:
        """The table, as high as there is room."""
        table = self.query_one(Table)
        exam = (Column(_("Exam"), _EXAM),) if self._exams else ()
        table.head(Column(_("Deck"), most=_DECK), *(number(_(name)) for name in _NUMBERS), *exam)
        table.fill(
            (deck.deck, (*_cells(deck), *([self._exam(deck.deck)] if exam else [])))
            for deck in self._counts or ()
        )
        table.styles.height = self._table_height()  # left to itself it is laid out before it knows its rows

    def _exam(self, deck: str) -> str:
        """When the exam on a deck is."""
        days = self._exams.get(deck)
        return "" if days is None else _("in {days} d").format(days=days) if days else _("today")

    def _table_height(self) -> int:
        """As high as its decks, or as there is room without the heat map."""
        return min(len(self._counts or ()) + 1, max(3, self.app.size.height - _AROUND))

    def _say_today(self, minutes: int | None, coming: date | None) -> None:
        """What today asks for, in minutes once they are known; with nothing to do, when the next card comes."""
        text = today_line(self._counts or (), minutes, coming, self.app.size.width - _BESIDE)
        self.query_one("#today", Static).update(Content(text))

    def _show_year(self) -> None:
        """The streak and the heat map, where there is room and something to show."""
        line, size = self.query_one("#year", Static), self.app.size
        year = self._year
        room = size.height - _AROUND - self._table_height()
        line.display = bool(year and year.streak.days and size.height >= _ROOM_FOR_YEAR and room >= _YEAR)
        if year is None or not line.display:
            return
        from studyllm.statistics.page import heat_map
        from studyllm.tui.widgets.charts import MUTED, painted

        current, reviews = year.streak.current, year.heat.reviews
        streak = ngettext("streak {count} day", "streak {count} days", current).format(count=current)
        told = ngettext("{count} review", "{count} reviews", reviews).format(count=reviews)
        *lines, legend = map(painted, heat_map(year.heat, size.width - 4))
        foot = Content.assemble(legend, (f"   {streak} · {told}", MUTED))
        line.update(Content("\n").join([*lines, foot]))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The sample deck is offered while there are no cards, what needs cards when there are some, and what asks the
        store once it is open."""
        if action == "sample":
            return self._counts == ()
        if action in ("review_all", "recall"):
            return self._counts != ()
        if action in ("progress", "compare", "more", "rename_deck", "exam_date", "delete_deck"):
            return None if self._counts is None else bool(self._counts)
        if action in ("history", "take_back"):
            return None if self._counts is None else True
        return True

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self._review(str(event.row_key.value))

    def action_review_all(self) -> None:
        self._review(None)

    def _review(self, deck: str | None) -> None:
        self.app.push_screen(screens.review(deck))

    @work(exclusive=True, group="home", exit_on_error=False)
    async def action_take_back(self) -> None:
        """Undoes the last review or import in the log."""
        if (entry := await self.study.undoing.take_back()) is not None:
            # What was found in the notes may be what was just taken back.
            self.query_one("#found").display &= entry.event != "import"
            self.study.follow_notes()
        self.load()

    @work(exclusive=True, group="home", exit_on_error=False)
    async def action_sample(self) -> None:
        """Makes cards of the notes that come with the program."""
        from studyllm import library
        from studyllm.library.sample import sample_deck

        path = sample_deck()
        if path is None:
            self.notify(_("The sample deck was not installed. Press i and name a folder of yours."))
            return
        store, now = self.study.store, self.study.clock()

        def take() -> None:
            for deck in library.decks_for(store, (path,)):
                library.bring_in(store, library.plan(store, deck), now)

        await self.study.in_turn(take)
        self.study.follow_notes()
        self.load()

    def action_import(self) -> None:
        self.app.push_screen(screens.importing())

    def action_history(self) -> None:
        self.app.push_screen(screens.history())

    def action_quiz(self) -> None:
        self.app.push_screen(screens.quiz())

    def action_recall(self) -> None:
        self.app.push_screen(screens.recall_choice())

    def action_glossary(self) -> None:
        self.app.push_screen(screens.glossary())

    def action_progress(self) -> None:
        self.app.push_screen(screens.progress())

    def action_more(self) -> None:
        self.app.push_screen(screens.more(self._marked))

    def action_compare(self) -> None:
        self.app.push_screen(screens.compare(self._marked))

    def action_rename_deck(self) -> None:
        """The deck under the cursor gets another name."""
        self._ask_of(screens.rename)

    def action_exam_date(self) -> None:
        """The deck under the cursor gets a day by which all is asked."""
        self._ask_of(screens.exam)

    def _ask_of(self, screen: Callable[[str], Screen[None]]) -> None:
        if here := self._here():
            self.app.push_screen(screen(here.deck))

    def action_delete_deck(self) -> None:
        """The deck under the cursor goes, when that is confirmed."""
        if here := self._here():
            self.app.push_screen(screens.delete(here.deck, here.cards))

    def action_switch_language(self) -> None:
        """The interface in the other language, from this screen on."""
        other = next(language for language in i18n.LANGUAGES if language != i18n.spoken())
        preferences.keep(self.study, replace(self.study.settings, interface=i18n.use(other)), "interface")
        self.app.switch_screen(HomeScreen())

    def _here(self) -> "Counts | None":
        """The deck under the cursor."""
        row = self.query_one(Table).cursor_row
        return self._counts[row] if self._counts and row < len(self._counts) else None

    @property
    def _marked(self) -> str | None:
        """The name of the deck under the cursor."""
        return here.deck if (here := self._here()) else None


def _cells(deck: "Counts") -> tuple[str, ...]:
    """The name of a deck and its numbers."""
    return deck.deck, *map(_counted, (deck.due, deck.learning, deck.new, deck.cards))


def _counted(count: int) -> str:
    """In a column of numbers; a dot for none."""
    return f"{count or '·':>5}"
