"""The glossary: everything there is to know, found as one types, and changed many cards at a time."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from studyllm.errors import StudyError
from studyllm.glossary import LEECH, STATES, Entry, Finder, Found, Order, written
from studyllm.i18n import N_, _
from studyllm.store import Review
from studyllm.tui import entry as look
from studyllm.tui.changes import ChangingScreen
from studyllm.tui.editor import open_at
from studyllm.tui.filters import Filter, FilterScreen
from studyllm.tui.footer import Footer
from studyllm.tui.rows import Cell, RowList

_WIDE = 110
"""Columns from which the page stands beside the list."""
_ANSWERS = 3
"""Last answers on the page."""
_STEP, _REST = 4, 0.05
"""Vectors computed at once, which is as long as a search or a verdict may have to wait (a tenth of a second), and
seconds between two such steps."""


_PAGE = 0.1
"""Seconds without another letter until the page follows what was found."""


class SearchInput(Input):
    """Down goes to what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "screen.list", N_("List"), key_display="↓")]


class GlossaryScreen(ChangingScreen):
    """Letters search while the search has the focus, and act on the marked cards while the list has it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", N_("Mark"), key_display="␣"),
        Binding("e,enter", "source", N_("Note"), key_display="e"),
        Binding("o", "order", N_("Order")),
        Binding("f", "filter", N_("Filter")),
        Binding("ctrl+a", "mark_all", N_("Mark all"), show=False),
        Binding("slash", "search", N_("Search"), show=False),
        Binding("escape", "back", N_("Back")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.finder: Finder | None = None
        self.found: Found | None = None
        self.order = Order.MATCH
        self.marked: set[int] = set()
        """Ids of cards."""
        self._shown_on = self.today()
        """The study day of what is shown; asking for it costs too much to do it for every row."""
        self._wanted = False
        """Whether the query changed since the last search began."""
        self._searching = False
        self._relating = False
        self._learning = False

    def compose(self) -> ComposeResult:
        yield SearchInput(
            placeholder=_("term, pinyin, meaning … deck: in: tag: is:due"), id="search", compact=True
        )
        yield Static("", id="found", markup=False)
        with Container(id="body"):
            yield RowList(self._cells, look.widths, id="entries")
            with VerticalScroll(id="page"):
                yield Static("", id="entry")
        yield Footer(compact=True, show_command_palette=False)

    def on_mount(self) -> None:
        # Threads search while keys are painted: none may hold the others up for the usual five milliseconds.
        self._interval = sys.getswitchinterval()
        sys.setswitchinterval(0.001)
        self.query_one("#search").focus()
        if self.study.opened is not None:
            self.open()

    def open(self) -> None:
        from studyllm.store.vectors import Vectors

        settings = self.study.settings
        if self.study.finder is None:
            kept = Vectors(settings.home / "vectors.db", settings.embedding_model)
            self.study.finder = Finder(self.study.store, kept)
        self.finder = self.study.finder
        self.finder.stopped = False
        if self.finder.index.is_read:
            self.look()
        self.load()

    def cards_changed(self) -> None:
        self.load()

    def changed(self) -> None:
        self.load()

    def ready(self) -> None:
        self.learn()

    def on_unmount(self) -> None:
        sys.setswitchinterval(self._interval)
        if self.finder is not None:
            self.finder.stopped = True

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= _WIDE, "wide")

    # Loading and searching: threads compute, one search at a time, always the last query.

    @work(exclusive=True, group="load", exit_on_error=False)
    async def load(self) -> None:
        """All entries again, first as text, then with their sound and meaning."""
        assert self.finder is not None
        day = self.study.settings.day
        await asyncio.to_thread(self.finder.load, self.today(), day)
        self.look()
        await asyncio.to_thread(self.finder.read)
        self.look()
        await asyncio.to_thread(self.finder.listen)
        self.look()
        await asyncio.to_thread(self.finder.recall)
        self.look()
        self.learn()

    def on_input_changed(self) -> None:
        self.look()

    def look(self) -> None:
        """Searches for what is typed now."""
        self._wanted = True
        if not self._searching and self.finder is not None:
            self._searching = True
            self.call_after_refresh(self.search)  # the letter first: the search competes with painting it

    @work(group="search", exit_on_error=False)
    async def search(self) -> None:
        """By text and sound, until nothing else is typed."""
        assert self.finder is not None
        try:
            while self._wanted:
                self._wanted = False
                found = await asyncio.to_thread(self.finder.find, self.query_one(Input).value, self.order)
                if found is None:
                    self.query_one("#found", Static).update(_("Reading the cards…"))
                else:
                    self._show(found)
        finally:
            self._searching = False
        if not self._relating:
            self._relating = True
            self.relate()

    @work(group="relate", exit_on_error=False)
    async def relate(self) -> None:
        """By meaning, what was found last; none while the model loads."""
        assert self.finder is not None
        done: Found | None = None
        try:
            while (found := self.found) is not None and found is not done and not found.near:
                grader = self.study.grader
                if not found.query.words or grader is None or grader.readiness().embedding != "ready":
                    return
                nearest = await asyncio.to_thread(self.finder.nearest, found, grader)
                if self.found is found:
                    done = self.found = nearest
                    self.query_one(RowList).grow(len(nearest))
                    self._say()
        finally:
            self._relating = False

    @work(exclusive=True, group="learn", exit_on_error=False)
    async def learn(self) -> None:
        """Computes the vectors that are missing, a few at a time, while the screen is looked at."""
        grader = await self.study.when_ready()
        self._learning = True
        try:
            while self.finder is not None and self.finder.near is not None and self.finder.near.missing:
                state = grader.readiness().embedding
                if state not in ("loading", "ready"):
                    return
                if state == "loading" or not self.is_current:
                    await asyncio.sleep(1)
                    continue
                if not await asyncio.to_thread(self.finder.learn, _STEP, grader):
                    return
                self._say()
                await asyncio.sleep(_REST)
        finally:
            self._learning = False
            if self.is_mounted:
                self._say()

    # Showing

    def _show(self, found: Found) -> None:
        """What was found; the cursor stays on its card while the query is the same."""
        rows = self.query_one(RowList)
        before, here = self.found, self._here()
        self.found, self._shown_on = found, self.today()
        cursor = 0
        if before is not None and here is not None and before.query == found.query:
            cursor = rows.cursor if (row := found.row(here.id)) is None else row
        rows.show(len(found), cursor)
        self._say()
        self.turn()

    def _cells(self, row: int) -> Sequence[Cell]:
        assert self.found is not None
        entry, near = self.found.entry(row), self.found.is_near(row)
        return look.cells(entry, self.order, self._shown_on, marked=entry.id in self.marked, near=near)

    def _say(self) -> None:
        """How many there are, in which order, what is marked, and what is being computed."""
        if self.found is not None and self.finder is not None:
            left = self.finder.near.missing if self._learning and self.finder.near else 0
            said = look.summary(self.found, len(self.marked), left)
            self.query_one("#found", Static).update(Content(said), layout=False)

    def on_row_list_moved(self) -> None:
        self._turn()

    def _here(self) -> Entry | None:
        """The entry under the cursor."""
        row = self.query_one(RowList).cursor
        return self.found.entry(row) if self.found and 0 <= row < len(self.found) else None

    @work(exclusive=True, group="turn", exit_on_error=False)
    async def turn(self) -> None:
        """The page, once no letter follows: laying it out takes as long as painting a few letters."""
        await asyncio.sleep(_PAGE)
        self._turn()

    def _turn(self) -> None:
        """The page of the entry under the cursor; its reviews follow."""
        entry = self._here()
        if entry is None:
            self.query_one("#entry", Static).update(Content(""))
        else:
            self._put(entry, ())
            self.query_one("#page").scroll_home(animate=False)
            self.read(entry)

    def _put(self, entry: Entry, reviews: Sequence[Review]) -> None:
        assert self.found is not None
        index = self.found.index
        number = index.number(entry.id)
        senses = index.senses(number) if number is not None else ()
        page = look.page(entry, senses, reviews, self.today())
        self.query_one("#entry", Static).update(page)

    @work(exclusive=True, group="read", exit_on_error=False)
    async def read(self, entry: Entry) -> None:
        """The last answers, once the cursor rests."""
        await asyncio.sleep(0.05)
        reviews = await asyncio.to_thread(self.study.store.entries.reviews, entry.id, _ANSWERS)
        here = self._here()
        if reviews and here is not None and here.id == entry.id:
            self._put(entry, reviews)

    # Keys

    def action_back(self) -> None:
        """Unmarks, else empties the search, else leaves."""
        field = self.query_one(Input)
        if self.marked:
            self.marked.clear()
            self._marks_changed()
        elif field.value:
            field.value = ""
            field.focus()
        else:
            self.app.pop_screen()

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_list(self) -> None:
        if self.found:
            self.query_one(RowList).focus()

    def on_input_submitted(self) -> None:
        self.action_list()

    def on_row_list_above(self) -> None:
        self.action_search()

    def action_order(self) -> None:
        """The next order."""
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.look()

    def action_filter(self) -> None:
        """A filter from a list, written into the query or taken out of it."""
        entry = self._here()
        offered: list[tuple[Filter, str]] = [(("is", state), _(look.STATE_WORDS[state])) for state in STATES]
        offered.append((("is", LEECH), _("forgotten again and again")))
        if entry is not None and entry.headings:
            offered.append((("in", entry.headings[-1]), _("the section of {term}").format(term=entry.term)))
        if self.found is not None:
            offered += [(("deck", name), _("a deck")) for name in self.found.index.decks]
            offered += [(("tag", name), _("a tag")) for name in self.found.index.tags]

        def chosen(one: Filter | None) -> None:
            if one is not None:
                field = self.query_one(Input)
                field.value = written(field.value, *one)

        self.app.push_screen(FilterScreen(offered), chosen)

    def action_mark(self) -> None:
        """Marks the row under the cursor, or unmarks it, and goes on to the next."""
        rows = self.query_one(RowList)
        self._mark(rows.cursor)
        rows.action_move(1)

    def on_row_list_marked(self, event: RowList.Marked) -> None:
        self._mark(event.row)

    def _mark(self, row: int) -> None:
        if self.found is not None and row < len(self.found):
            self.marked ^= {self.found.entry(row).id}
            self._marks_changed()

    def action_mark_all(self) -> None:
        """Marks all that is shown."""
        if self.found is not None:
            self.marked.update(self.found.cards())
            self._marks_changed()

    def _marks_changed(self) -> None:
        self.query_one(RowList).refresh()
        self._say()

    def action_source(self) -> None:
        """The note, at the line of the entry, in the learner's editor."""
        if (entry := self._here()) is not None:
            try:
                open_at(self.study, Path(entry.path), entry.line)
            except StudyError as error:
                self.study.report(error)

    def chosen(self) -> list[Entry]:
        """The marked entries, or the one under the cursor."""
        if self.found is None:
            return []
        index = self.found.index
        numbers = (index.number(card) for card in sorted(self.marked))
        here = self._here()
        return [index.entry(n) for n in numbers if n is not None] or ([here] if here else [])
