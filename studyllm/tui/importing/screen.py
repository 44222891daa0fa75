"""Import: which notes, what would change, and doing it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.widgets import DataTable, Input, Static
from textual.worker import WorkerCancelled, WorkerError, get_current_worker

from studyllm.cards import Kind
from studyllm.errors import InputError, StalePlan
from studyllm.i18n import N_, _, headed, ngettext
from studyllm.tui.importing.chosen import Chosen
from studyllm.tui.importing.front import FrontScreen
from studyllm.tui.importing.more import ReadsMore
from studyllm.tui.importing.paths import PathField
from studyllm.tui.importing.rows import CHOOSING, DECIDING, PLACE, PlanRow, beside, decided, files_of, rows_of
from studyllm.tui.importing.words import summed
from studyllm.tui.notices import NoticeLine
from studyllm.tui.reading import known_of_notes, word_reader
from studyllm.tui.widgets.footer import Footer
from studyllm.tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from studyllm.library import Plan
    from studyllm.library.reading import Cache
    from studyllm.library.words import Words


class ImportScreen(ReadsMore):
    """The plan is shown before it is applied; what is ambiguous is asked here, and what is offered is chosen here."""

    STORY = N_(
        "Name a folder or a note and press Enter: what would change is shown, and Ctrl+S does it. Space makes a card "
        "of what is offered, or none of a card; n and d do so with all that is written like it in the note or the deck."
    )
    HOLDS_NOTES = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", N_("Back")),
        Binding("ctrl+s", "apply", N_("Apply")),
        *CHOOSING,
        Binding("u", "take_back", N_("Undo"), show=False),
        Binding("a", "everything", N_("All"), tooltip=N_("Show all cards and lines, or only what changes")),
        Binding("right_square_bracket", "note(1)", N_("Next note"), show=False, key_display="]"),
        Binding("left_square_bracket", "note(-1)", N_("Note before"), show=False, key_display="["),
        Binding("slash", "path('/')", N_("Path"), show=False, tooltip=N_("Type another path")),
        Binding("tilde", "path('~')", show=False),
        Binding("l", "thorough", N_("Let the language model read the notes"), show=False),
        Binding("j", "join", N_("Take notes of other decks into this one"), show=False),
        *DECIDING,
    ]

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[PlanRow] = []
        self._paths: tuple[Path, ...] = ()
        self._chosen = Chosen()
        self._whole = False
        """Whether cards that do not change are shown as well, and every offer."""
        self._fresh, self._asked = False, ""
        """Whether a plan was asked for and not shown yet, and for which path: what is being typed keeps the focus."""
        self._entered = False
        """Whether a path, or none for all, was entered: all is read, and the list is gone to, also an empty one."""
        self._told_of = False
        """Whether the learner was told that what was chosen is not applied yet."""
        self._seen: Cache = {}
        self._words: Words | None = None
        """Reads the words of what form leaves open; None without an embedding model."""
        self._unread: list[str] = []
        """Why decks could not be read, a sentence each: the others still are."""

    def compose(self) -> ComposeResult:
        with Vertical(id="pane"):
            yield Static(_("Import"), id="title")
            yield PathField(_("A folder or note to import; empty reads everything again"))
            yield Static("", id="summary")
            yield Table("steps")
            with VerticalScroll(id="detail", can_focus=False):
                yield Static("", id="difference")
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Table).head(Column(_("Change"), 10), Column(_("Card")), Column(_("Where"), PLACE))
        if self.study.opened is not None and any(deck.notes for deck in self.study.store.decks()):
            self.read(())
        self.query_one(PathField).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._whole, self._chosen, self._seen = False, Chosen(), {}
        self.begin_anew()
        self._asked, self._entered = event.value.strip(), True
        self.read((Path(event.value.strip()),) if event.value.strip() else ())

    @work(exclusive=True, group="plan", exit_on_error=False)
    async def read(self, paths: tuple[Path, ...], *, fresh: bool = True, by_model: bool = False) -> None:
        """Plans for those paths, or for every deck; a fresh plan gets the focus."""
        self._paths, self._fresh, self._by_model = paths, fresh, by_model
        self._put("#summary", Content(_("Reading the notes…")))
        ready = (await self.study.when_ready()).readiness()
        try:
            self._words = word_reader(self.study) if ready.embedding in ("loading", "ready") else None
            self.plans = await asyncio.to_thread(self._plans, paths)
        except Exception:
            self.plans, self.shown = [], []
            self.query_one(Table).fill(())
            self._put("#summary, #difference", Content(""))
            raise
        self._show()
        await self.go_on(self._words)

    def notes_saved(self) -> None:
        self._seen = {}
        self.read(self._paths, fresh=False)

    def plan_again(self) -> None:
        self._seen = {}
        self.read(self._paths, fresh=False, by_model=True)

    def _say(self) -> None:
        if self.is_mounted:
            self._put("#summary", Content(self._summed()))

    def _plans(self, paths: tuple[Path, ...]) -> list[Plan]:
        from studyllm import library

        store, chosen, named = self.study.store, self._chosen, files_of(paths)
        plans, unread = [], []
        reading = get_current_worker()

        def goes_on(_done: int, _total: int, _file: Path) -> None:
            if reading.is_cancelled:  # left, or other notes are read by now
                raise WorkerCancelled

        for deck in library.decks_for(store, paths):
            try:
                made = library.plan(
                    store,
                    chosen.with_kinds(deck),
                    choices=chosen.of(deck),
                    afresh=self._whole or self._entered or bool(named),
                    seen=self._seen,
                    join=chosen.joining,
                    readers=known_of_notes(self.study, self._words),
                    progress=goes_on,
                )
            except InputError as error:
                unread.append(headed(deck.name, str(error)))
                continue
            plans.append(decided(made, chosen.decided))
        self._unread = unread
        return plans

    def _show(self) -> None:
        table = self.query_one(Table)
        at, marked = table.cursor_row, self._row()
        self.shown = rows_of(self.plans, self._paths, whole=self._whole)
        table.fill((str(number), row.cells()) for number, row in enumerate(self.shown))
        self._put("#summary", Content(self._summed()))
        if self._fresh and (self.shown or self._entered):
            if self.query_one(PathField).value.strip() == self._asked:
                table.focus()
            self._fresh = False
        if self.shown:
            same = (n for n, row in enumerate(self.shown) if marked and row.same(marked))
            table.move_cursor(row=next(same, min(max(at, 0), len(self.shown) - 1)))
        else:
            self._put("#difference", Content(""))
        self.refresh_bindings()  # there is a list to go to now

    def _summed(self) -> str:
        typing = any(field.has_focus for field in self.query(PathField))
        told = summed(self.plans, whole=self._whole, in_list=not typing, empty=not self.shown)
        hint = self._unread_notes.hint() if self._unread_notes and not typing else ""
        return "\n".join(filter(None, (told, *self._unread, self._reading or hint)))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The keys are others in the list than where the path is typed."""
        if self.plans:
            self._say()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is no list to go to before there is a plan."""
        return action != "list" or bool(self.plans)

    def action_list(self) -> None:
        self.query_one(Table).focus()

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        if event.row_key.value is not None and int(event.row_key.value) < len(self.shown):
            self._put("#difference", self.shown[int(event.row_key.value)].detail())

    def _row(self) -> PlanRow | None:
        """The marked row."""
        at = self.query_one(Table).cursor_row
        return self.shown[at] if 0 <= at < len(self.shown) else None

    def action_note(self, step: int) -> None:
        if self.shown:
            table = self.query_one(Table)
            table.move_cursor(row=beside(self.shown, max(0, table.cursor_row), step))

    def action_choose(self, like: str) -> None:
        """Makes a card of the marked row, or none; with it all that is written like it in its note, or its deck."""
        row = self._row()
        if row is None or (row.step is not None and row.step.candidates):
            return
        if row.card is None:
            if text := row.text():
                self.app.push_screen(FrontScreen(text), partial(self._write, row))
            return
        beside = (each.card for each in self.shown if each.plan == row.plan and each.card)
        self._choose(partial(self._chosen.choose, self.plans[row.plan], row.card, not row.made, like, beside))

    def _write(self, row: PlanRow, front: str | None) -> None:
        """Makes a card of a line that was skipped."""
        if front:
            self._choose(partial(self._chosen.write, self.plans[row.plan], *row.place, front))

    def _choose(self, choose: Callable[[], None]) -> None:
        """Makes a choice and the plan with it, or says why that cannot be: the note may be another by now."""
        self._told_of = False
        try:
            choose()
        except InputError as error:
            self.notice(str(error), "error", 8)
        self.read(self._paths)

    def action_leave(self) -> None:
        """Back; once it is said that what was chosen here was not applied."""
        if self._chosen.waits and not self._told_of:
            self._told_of = True
            told = _("What you chose is not applied yet: Ctrl+S does it, Esc once more leaves it.")
            self.notice(told, "warning", 8)
        else:
            self.app.pop_screen()

    def action_take_back(self) -> None:
        """Takes back the last choice."""
        if self._chosen.take_back():
            self.read(self._paths)

    def action_everything(self) -> None:
        """Shows all cards and offers in the order of the notes, or again only what changes."""
        self._whole = not self._whole
        self.read(self._paths)

    def action_join(self) -> None:
        """Takes notes that other decks have into this one, with their cards and schedules."""
        self._chosen.joining = not self._chosen.joining
        self.read(self._paths)

    def action_make(self, kind: str) -> None:
        """Has cards made of the terms' cards, or made no more; Ctrl+S does it."""
        self._chosen.switch(Kind(kind), self.plans)
        self.read(self._paths)

    def action_decide(self, number: int) -> None:
        """Resolves the marked doubt: a candidate by its number, 0 for none of them."""
        row = self._row()
        if row is None or row.step is None or row.step.old is None:
            return
        if not row.step.candidates or number > len(row.step.candidates):
            return
        chosen = row.step.candidates[number - 1] if number else None
        self._chosen.decided.append((row.step.old.id, chosen))
        self.plans[row.plan] = self.plans[row.plan].decide(row.step.old, chosen)
        self._show()

    def action_apply(self) -> None:
        if self.plans:
            self.apply()

    @work(exclusive=True, group="apply", exit_on_error=False)
    async def apply(self) -> None:
        """Does what was chosen, also where that is still being planned; when the cards changed meanwhile, shows the
        new plan instead."""
        from studyllm import library

        planning = [one for one in self.workers if one.group == "plan" and one.node is self]
        for one in planning if not self._by_model else ():  # what a model read since is not shown yet
            with suppress(WorkerError):  # a plan that failed, or that another took the place of
                await one.wait()
        before = await asyncio.to_thread(self.study.store.last_row)
        try:
            for made in self.plans:
                await self.study.in_turn(library.apply, self.study.store, made, self.study.clock())
        except StalePlan:
            self.notify(_("The cards changed meanwhile: this is the plan as it is now."), severity="warning")
            self.read(self._paths)
            return
        undecided = sum(len(made.doubts) for made in self.plans)
        if undecided:
            said = ngettext(
                "Imported, but {count} ambiguous card stays as it is until you decide: press i again.",
                "Imported, but {count} ambiguous cards stay as they are until you decide: press i again.",
                undecided,
            )
            self.notify(said.format(count=undecided), severity="warning", timeout=12)
        elif before != await asyncio.to_thread(self.study.store.last_row):
            self.notify(_("Imported; u on the decks screen takes it back."))
        else:
            await self.study.undoing.nothing_changed()
            self.notify(_("No card changed, so there is nothing to take back."))
        self.study.follow_notes()
        self.app.pop_screen()

    def _put(self, selector: str, content: Content) -> None:
        for each in self.query(selector).results(Static):  # none once the screen is left while notes are read
            each.update(content)
