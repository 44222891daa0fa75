"""The glossary: everything there is to know, found as one types, and changed many cards at a time."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from studyllm.errors import StudyError
from studyllm.glossary import Entry, Found, SearchEnded, Shown, SortOrder, written
from studyllm.glossary.entry import entry as entry_of
from studyllm.i18n import N_, _
from studyllm.store import Review
from studyllm.text import language
from studyllm.tui.editor import open_at
from studyllm.tui.glossary import columns
from studyllm.tui.glossary import entry as look
from studyllm.tui.glossary.changes import CardChanges
from studyllm.tui.glossary.filters import GUIDE, Filter, FilterScreen, offered
from studyllm.tui.glossary.saved import SavedScreen
from studyllm.tui.glossary.search import Search
from studyllm.tui.keymap import Keyed
from studyllm.tui.notices import NoticeLine
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.notes import NotesScreen
from studyllm.tui.widgets.prose import Prose
from studyllm.tui.widgets.rows import Cell, RowList

_WIDE = 110
"""Columns from which the page stands beside the list."""
_ANSWERS, _SENSES = 3, 5
"""Last answers, and other senses, on the page."""
_TYPED, _MOVED = 0.1, 0.05
"""Seconds without another letter until the page follows what was found, and without another move until the last
answers follow on it."""


class SearchInput(Keyed, Input):
    """Down goes to what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.list", N_("List"), key_display="↓"),
        Binding("ctrl+s", "screen.saved", N_("Searches")),
    ]

    def on_mount(self) -> None:
        self.give_way()


class GlossaryScreen(StudyScreen):
    """Letters search while the search has the focus, and act on the marked cards while the list has it."""

    STORY = N_(
        "Type a term, the beginning of one, or what it means; a Chinese term also by its pinyin or its initials. All "
        "words are looked for; what narrows or widens a search stands below. ↓ goes to the list, where a letter acts "
        "on the marked cards, or on the one under the cursor."
    )
    GUIDE = GUIDE
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", N_("Mark"), key_display="␣"),
        Binding("enter", "note", N_("Note")),
        Binding("e", "source", N_("Edit"), show=False, tooltip=N_("Open the note in your editor")),
        Binding("o", "order", N_("Order")),
        Binding("f", "filter", N_("Filter")),
        Binding("v", "saved", N_("Searches"), show=False),
        Binding("c", "columns", N_("Columns"), show=False),
        Binding("ctrl+a", "mark_all", N_("Mark all"), show=False),
        Binding("slash", "search", N_("Search"), show=False),
        Binding("f2", "take_back", N_("Undo"), show=False),
        Binding("ctrl+t", "say", N_("Say it"), show=False, tooltip=N_("Read the entry aloud")),
        Binding("escape", "back", N_("Back")),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.search = Search(self)
        self.marked: set[int] = set()
        """Ids of cards."""
        self.columns = columns.USUAL
        self._paged: Entry | None = None
        """Whose page is shown."""

    def compose(self) -> ComposeResult:
        yield SearchInput(placeholder=_("term, meaning … deck: in: tag: is:due"), id="search", compact=True)
        yield Static("", id="found", markup=False)
        yield self.search
        with CardChanges(self.chosen, id="body"):
            with Vertical(id="listing"):
                yield columns.Heads(id="heads")
                yield RowList(self._cells, self._widths, id="entries")
            with VerticalScroll(id="page"):
                yield Prose("", id="entry")
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#search").focus()
        self.columns = columns.kept(self.study.settings)
        self._head()
        if self.study.opened is not None:
            self.open()

    def open(self) -> None:
        self.search.load()

    def cards_changed(self) -> None:
        self.search.load()

    def ready(self) -> None:
        self.search.learn()

    def on_card_changes_changed(self) -> None:
        if self.search.shown is not None:
            self.search.shown = Shown(self.search.shown.found, self.search.fetch)
            self.query_one(RowList).refresh()
        self.search.load()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width >= _WIDE, "wide")

    # Showing

    def typed(self) -> str:
        return self.query_one(Input).value

    def on_input_changed(self) -> None:
        self.search.look()

    async def show(self, found: Found) -> None:
        """What was found; the cursor stays on its card while the query is the same."""
        shown, rows = Shown(found, self.search.fetch), self.query_one(RowList)
        if found:
            await asyncio.to_thread(shown.entry, found.row_after(self.search.shown, rows.cursor))
        row = found.row_after(self.search.shown, rows.cursor)  # a key may have moved the cursor meanwhile
        self.search.shown = shown
        rows.show(len(found), row)
        self.say()
        self.turn(_TYPED)

    def _cells(self, row: int) -> Sequence[Cell]:
        entry = self._entry(row)
        if entry is None or self.search.shown is None:
            return ()
        found, zone = self.search.shown.found, self.study.settings.day.zone
        like = look.NEAR if found.is_near(row) else look.ALIKE if found.is_alike(row) else ""
        apart = self.search.shown.apart(entry)
        first = look.cells(entry, marked=entry.id in self.marked, like=like, apart=apart)
        return *first, *columns.cells(self._columns(), entry, self.search.day[0], zone)

    def _columns(self) -> tuple[columns.Column, ...]:
        return columns.shown(self.columns, self.search.order)

    def _widths(self, width: int) -> Sequence[int]:
        return columns.widths(self._columns(), width)

    def _head(self) -> None:
        self.query_one(columns.Heads).show(self._columns())

    def _entry(self, row: int) -> Entry | None:
        """The entry of a row; None where there is none, or when the store cannot be read."""
        if self.search.shown is None or not 0 <= row < len(self.search.shown.found):
            return None
        try:
            return self.search.shown.entry(row)
        except StudyError as error:
            self.search.failed(error)
            return None

    def reading(self) -> None:
        self.query_one("#found", Static).update(_("Reading the cards…"))

    def more(self, found: Found) -> None:
        self.query_one(RowList).grow(len(found))
        self.say()

    def say(self) -> None:
        """How many there are, in which order, what is marked, and what is being computed."""
        if self.search.shown is not None and self.search.finder is not None:
            left = self.search.finder.missing if self.search.learning else 0
            said = look.summary(self.search.shown.found, len(self.marked), left)
            self.query_one("#found", Static).update(Content(said), layout=False)

    def on_row_list_moved(self) -> None:
        self._put(self._here())
        self.turn(_MOVED)

    def _here(self) -> Entry | None:
        """The entry under the cursor."""
        return self._entry(self.query_one(RowList).cursor)

    @work(exclusive=True, group="turn", exit_on_error=False)
    async def turn(self, rest: float) -> None:
        """The page of the entry under the cursor with all that is known of it, unless another key follows meanwhile:
        laying it out takes as long as painting a few letters."""
        await asyncio.sleep(rest)
        if (entry := self._here()) is None:
            self._put(None)
            return
        try:
            senses, reviews = await asyncio.to_thread(self._about, entry.id)
        except SearchEnded as error:
            self.search.ended(error)
            return
        except StudyError as error:
            self.search.failed(error)
            return
        if senses or reviews or entry != self._paged:
            self._put(entry, senses, reviews)

    def _put(self, entry: Entry | None, senses: Sequence[Entry] = (), reviews: Sequence[Review] = ()) -> None:
        self._paged = entry
        page = look.page(entry, senses, reviews, self.search.day[0]) if entry else Content("")
        self.query_one("#entry", Static).update(page)
        self.query_one("#page").scroll_home(animate=False)

    def _about(self, card: int) -> tuple[list[Entry], Sequence[Review]]:
        """The other senses of a card's term, and its last answers."""
        assert self.search.finder is not None
        senses = self.search.finder.senses(card)[:_SENSES]
        reviews = self.study.store.entries.reviews(card, _ANSWERS)
        return [entry_of(row) for row in self.search.fetch(senses)] if senses else [], reviews

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
            self.study.aloud.hush()
            self.app.pop_screen()

    def action_take_back(self) -> None:
        self.query_one(CardChanges).action_take_back()

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_list(self) -> None:
        if self.search.shown and self.search.shown.found:
            self.query_one(RowList).focus()

    def on_input_submitted(self) -> None:
        self.action_list()

    def on_row_list_above(self) -> None:
        self.action_search()

    def action_order(self) -> None:
        orders = list(SortOrder)
        self.search.order = orders[(orders.index(self.search.order) + 1) % len(orders)]
        self._head()
        self.search.look()

    def action_columns(self) -> None:

        def chosen(some: tuple[columns.Column, ...] | None) -> None:
            self.columns = some or ()
            columns.keep(self.study.settings, self.columns)
            self._head()
            self.query_one(RowList).refresh()

        self.app.push_screen(columns.ColumnsScreen(self.columns), chosen)

    @work(exclusive=True, group="saved", exit_on_error=False)
    async def action_saved(self) -> None:
        """A search that was saved, from a list."""
        saved = await asyncio.to_thread(self.study.store.searches.all)

        def chosen(text: str | None) -> None:
            if text is not None:
                self.query_one(Input).value = text
                self.action_search()

        self.app.push_screen(SavedScreen(saved, self.typed()), chosen)

    def action_filter(self) -> None:
        """A filter from a list, written into the query or taken out of it."""

        def chosen(one: Filter | None) -> None:
            if one is not None:
                field = self.query_one(Input)
                field.value = written(field.value, *one)

        self.app.push_screen(FilterScreen(offered(self._here(), self.search.finder)), chosen)

    def action_say(self) -> None:
        """The term and its meaning, aloud."""
        if (entry := self._here()) is not None:
            self.study.aloud.say(f"{entry.term}\n{entry.answer}", language(entry.answer))

    def action_mark(self) -> None:
        """Marks the row under the cursor, or unmarks it, and goes on to the next."""
        rows = self.query_one(RowList)
        self._mark(rows.cursor)
        rows.action_move(1)

    def on_row_list_marked(self, event: RowList.Marked) -> None:
        self._mark(event.row)

    def _mark(self, row: int) -> None:
        if self.search.shown is not None and row < len(self.search.shown.found):
            self.marked ^= {self.search.shown.found.card(row)}
            self._marks_changed()

    def action_mark_all(self) -> None:
        """Marks all that is shown."""
        if self.search.shown is not None:
            self.marked.update(self.search.shown.found)
            self._marks_changed()

    def _marks_changed(self) -> None:
        self.query_one(RowList).refresh()
        self.say()

    def action_note(self) -> None:
        """The note, where the entry stands in it, on a page."""
        if (entry := self._here()) is not None:
            try:
                self.app.push_screen(NotesScreen((self.study.store.card(entry.id),)))
            except StudyError as error:
                self.study.report(error)

    def action_source(self) -> None:
        """The note, at the line of the entry, in the learner's editor."""
        if (entry := self._here()) is not None:
            try:
                open_at(self.app, Path(entry.path), entry.line)
            except StudyError as error:
                self.study.report(error)

    def chosen(self) -> list[int]:
        """The marked cards, or the one under the cursor."""
        here = self._here()
        return sorted(self.marked) or ([here.id] if here else [])
