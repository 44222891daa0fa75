"""The notes and headings that can be recalled as a whole."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Key, Paste
from textual.widgets import DataTable, Input, Static

from studyllm.i18n import N_, _
from studyllm.review.drafts import Drafts
from studyllm.review.recall import holding, sounding
from studyllm.store import Section, SectionCounts
from studyllm.tui.keymap import Keyed
from studyllm.tui.notices import NoticeLine
from studyllm.tui.recall.screen import RecallScreen
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.table import Column, Table, number

_NO_CARDS = N_("There are no cards yet. Press i on the decks screen to import notes.")
_NOTHING = N_("No note and no heading is called that. Esc shows all of them.")
_LAST = 20
"""Columns of what was recalled last time."""


class SectionSearch(Keyed, Input):
    """Narrows the list; ↓ and ↑ stay with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "screen.move(1)", N_("List"), key_display="↓"),
        Binding("up", "screen.move(-1)", N_("List"), show=False),
    ]

    def __init__(self) -> None:
        super().__init__(
            placeholder=_("part of a heading or a note"), id="narrow", compact=True, select_on_focus=False
        )

    def on_mount(self) -> None:
        self.give_way()


class RecallChoiceScreen(StudyScreen):
    """Enter or a click on a section begins it."""

    HEAD, TOLD = (
        N_("Recall a section"),
        N_("Write down all you remember; each of its cards is then looked for."),
    )
    STORY = N_(
        "Choose a note or a heading of one, write down all you remember of it, and see which of its cards you said. "
        "Letters narrow the list to the sections that have them in their names."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", N_("Write")),
        Binding("slash", "search", N_("Search")),
        Binding("escape", "leave", N_("Decks"), id="recall_choice.back"),
    ]

    def __init__(self, deck: str | None = None) -> None:
        super().__init__()
        self.deck = deck
        self._sections: tuple[SectionCounts, ...] = ()
        self._heard: list[str] = []
        """How the names of each sound."""
        self._begun: frozenset[int] = frozenset()
        """Places of sections that were begun."""
        self._listed: Sequence[int] = ()
        """Places of the sections that are shown."""

    def compose(self) -> ComposeResult:
        with Vertical(id="pane"):
            yield Static(_(self.HEAD), id="title", markup=False)
            yield Static(_(self.TOLD), id="today")
            search = SectionSearch()
            search.display = False
            yield search
            yield Table()
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(Table)
        table.head(
            Column(_("Section"), least=16),
            number(_("Cards")),
            number(_("Due")),
            Column(_("Last time"), _LAST),
        )
        table.focus()
        if self.study.opened is not None:
            self.open()

    def open(self) -> None:
        self.load()

    def cards_changed(self) -> None:
        self.load()

    def on_screen_resume(self) -> None:
        if self.study.opened is not None:
            self.load()

    @work(exclusive=True, group="recall", exit_on_error=False)
    async def load(self) -> None:
        """The sections there are, and which of them were begun."""
        now, day = self.study.clock(), self.study.settings.day
        sections = await asyncio.to_thread(self.study.store.sections.all, self.deck, day.of(now), day)
        self._begun = await asyncio.to_thread(self._with_drafts, sections)
        self._sections, self._heard = sections, []
        self._show()
        self._heard = await asyncio.to_thread(sounding, sections)
        if self.query_one(SectionSearch).value:
            self._show()

    def _with_drafts(self, sections: Sequence[SectionCounts]) -> frozenset[int]:
        drafts = Drafts(self.study.settings.drafts)
        return frozenset(at for at, one in enumerate(sections) if drafts.has(one.section))

    def _show(self) -> None:
        table = self.query_one(Table)
        typed = self.query_one(SectionSearch).value
        self._listed = holding(self._sections, typed, self._heard)
        told = self.TOLD if self._listed else _NOTHING if self._sections else _NO_CARDS
        self.query_one("#today", Static).update(Content(_(told)))
        table.fill(
            (
                str(at),
                (
                    _found(one.section) if typed.strip() else _heading(one.section),
                    f"{one.cards:>5}",
                    f"{one.due:>5}" if one.due else f"{'·':>5}",
                    self._last(at, one),
                ),
            )
            for at, one in ((at, self._sections[at]) for at in self._listed)
        )

    # Searching

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While it is typed into, the search is not offered again."""
        return action != "search" or not isinstance(self.focused, SectionSearch)

    async def before(self, event: Key | Paste) -> bool:
        """A letter begins a search wherever it is typed, before the list has the letters behind it."""
        search = self.query_one(SectionSearch)
        if isinstance(event, Paste) or search.has_focus or self.action_of(event.key) is not None:
            return False
        if not (event.character or "").isalnum():
            return False
        self.action_search()
        search.insert_text_at_cursor(event.character or "")
        return True

    def action_search(self) -> None:
        search = self.query_one(SectionSearch)
        search.display = True
        self.set_focus(search)  # at once: a key that follows is of it

    def on_input_changed(self) -> None:
        self._show()
        self.query_one(Table).move_cursor(row=0)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_begin()

    def action_move(self, step: int) -> None:
        table = self.query_one(Table)
        table.move_cursor(row=table.cursor_row + step)

    def action_leave(self) -> None:
        """First what was searched, then the screen."""
        search = self.query_one(SectionSearch)
        if not search.display:
            self.app.pop_screen()
            return
        search.display = False
        search.value = ""
        self.query_one(Table).focus()

    def _last(self, number: int, one: SectionCounts) -> str:
        """What the last recall came to; that one was begun."""
        if number in self._begun:
            return _("✎ begun")
        if one.last is None:
            return ""
        when = one.last.at.astimezone(self.study.settings.day.zone)
        return _("{hit} of {cards}, {day}").format(
            hit=one.last.hit, cards=one.last.cards, day=f"{when:%Y-%m-%d}"
        )

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        self.begin(self._sections[int(str(event.row_key.value))].section)

    def action_begin(self) -> None:
        if self._listed:
            self.begin(self._sections[self._listed[self.query_one(Table).cursor_row]].section)

    def begin(self, section: Section) -> None:
        """Goes on with the section that was chosen."""
        self.app.push_screen(RecallScreen(section))


def _heading(section: Section) -> Content:
    """A note in bold, its headings below it."""
    if not section.headings:
        return Content.styled(_own(section), "bold")
    return Content("  " * max(1, len(section.headings) - bool(section.title)) + _own(section))


def _found(section: Section) -> Content:
    """A section and what it stands under, the innermost first: a narrow window cuts at the right."""
    above = [section.title or section.note, *section.headings[:-1]] if section.headings else []
    around = "".join(f" ‹ {name}" for name in dict.fromkeys(reversed(above)))
    return Content.assemble(_own(section), (around, "$foreground-muted"))


def _own(section: Section) -> str:
    """The heading of a section, or the name of a note, with the headings below that have all of its cards."""
    return " › ".join((section.headings[-1] if section.headings else section.name, *section.inner))
