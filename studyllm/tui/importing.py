"""Import: which notes, what would change, and doing it."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Input, Static

from studyllm.i18n import N_, _
from studyllm.store.said import counted, why
from studyllm.tui.footer import Footer
from studyllm.tui.screen import StudyScreen

if TYPE_CHECKING:
    from studyllm.library import Plan, Step

_STYLES = {
    "added": "$text-success",
    "returned": "$text-success",
    "changed": "$text-warning",
    "renamed": "$text-warning",
    "moved": "$foreground-muted",
    "gone": "$text-error",
    "ambiguous": "bold $text-error",
}


class ImportScreen(StudyScreen):
    """The plan is shown before it is applied; what is ambiguous is asked here."""

    STORY = N_("Name a folder or a note and press Enter: what would change is shown, and Ctrl+S does it.")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "app.pop_screen", N_("Back")),
        Binding("ctrl+s", "apply", N_("Apply")),
        *(Binding(str(n), f"decide({n})", show=False) for n in range(10)),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.plans: list[Plan] = []
        self.shown: list[tuple[int, Step]] = []
        """The rows: which plan, and its step."""

    def compose(self) -> ComposeResult:
        with Vertical(id="pane"):
            yield Static(_("Import"), id="title")
            yield Input(placeholder=_("A folder or note to import; empty reads everything again"), id="path")
            yield Static("", id="summary")
            yield DataTable(id="steps", cursor_type="row", zebra_stripes=True)
            with VerticalScroll(id="detail", can_focus=False):
                yield Static("", id="difference")
        yield Footer()

    def on_mount(self) -> None:
        table = self.query_one(DataTable)
        for label, width in ((_("Change"), 10), (_("Card"), 30), (_("Where"), 30)):
            table.add_column(label, width=width)
        if self.study.opened is not None and self.study.store.decks():
            self.read(())
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.read((Path(event.value.strip()),) if event.value.strip() else ())

    @work(exclusive=True, group="plan", exit_on_error=False)
    async def read(self, paths: tuple[Path, ...]) -> None:
        """Plans for those paths, or for every deck."""
        self._put("#summary", Content(_("Reading the notes…")))
        try:
            self.plans = await asyncio.to_thread(self._plans, paths)
        except Exception:
            self._put("#summary", Content(""))
            raise
        self._show()

    def _plans(self, paths: tuple[Path, ...]) -> "list[Plan]":
        from studyllm import library

        store = self.study.store
        return [library.plan(store, deck) for deck in library.decks_for(store, paths)]

    def _show(self) -> None:
        from studyllm.library import change as change_word

        table = self.query_one(DataTable)
        table.clear()
        self.shown = [
            (n, s) for n, made in enumerate(self.plans) for s in made.steps if s.change.value != "unchanged"
        ]
        for row, (_which, step) in enumerate(self.shown):
            card = step.new or (step.old.card if step.old else None)
            assert card is not None
            place = f"{card.source.path.rpartition('/')[2]}:{card.source.line}"
            mark = " !" if step.why and step.old and step.old.due else ""
            change = Content.styled(change_word(step.change) + mark, _STYLES[step.change.value])
            table.add_row(change, Content(card.prompt), Content(place), key=str(row))
        totals: dict[str, int] = {}
        for made in self.plans:
            for name, count in made.counts().items():
                totals[name] = totals.get(name, 0) + count
        skipped = sum(len(made.skipped) for made in self.plans)
        said = _("{what}; {count} passed over. Ctrl+S applies.")
        said = said.format(what=counted(totals) or _("no cards"), count=skipped)
        self._put("#summary", Content(said))
        if self.shown:
            table.focus()
        else:
            self._put("#difference", Content(self._passed_over()))

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        if event.row_key.value is not None and int(event.row_key.value) < len(self.shown):
            self._put("#difference", _difference(self.shown[int(event.row_key.value)][1]))

    def _passed_over(self) -> str:
        from studyllm.library import describe

        named = (
            replace(one, path=one.path.rpartition("/")[2]) for made in self.plans for one in made.skipped
        )
        return "\n".join(map(describe, named))

    def action_decide(self, number: int) -> None:
        """Resolves the marked doubt: a candidate by its number, 0 for none of them."""
        table = self.query_one(DataTable)
        if not self.shown or table.cursor_row >= len(self.shown):
            return
        which, step = self.shown[table.cursor_row]
        if step.old is None or not step.candidates or number > len(step.candidates):
            return
        chosen = step.candidates[number - 1] if number else None
        self.plans[which] = self.plans[which].decide(step.old, chosen)
        self._show()

    def action_apply(self) -> None:
        if self.plans:
            self.apply()

    @work(exclusive=True, group="plan", exit_on_error=False)
    async def apply(self) -> None:
        """Does what is shown; when the cards changed meanwhile, shows the new plan instead."""
        from studyllm import library
        from studyllm.errors import StalePlan

        try:
            for made in self.plans:
                await asyncio.to_thread(library.apply, self.study.store, made, self.study.clock())
        except StalePlan:
            self.notify(_("The cards changed meanwhile: this is the plan as it is now."), severity="warning")
            self.read(())
            return
        if self.shown:
            self.notify(_("Imported; u on the decks screen takes it back."))
        else:
            self.notify(_("No card changed, so there is nothing to take back."))
        self.study.follow_notes()
        self.app.pop_screen()

    def _put(self, selector: str, content: Content) -> None:
        self.query_one(selector, Static).update(content)


def _difference(step: "Step") -> Content:
    """Old against new, and what it does to the schedule."""
    parts: list[Content | str | tuple[str, str]] = []
    if step.candidates:
        asked = _("Which card has it become? Its schedule goes along; the others become new cards.")
        parts.append((f"{asked}\n", "bold"))
        none = _("none of them: it is gone from the notes, and kept with its history")
        parts.append(f"0  {none}\n")
        for number, card in enumerate(step.candidates, 1):
            parts.append(f"{number}  {card.prompt}: {card.answer[:160]}\n")
    if step.why and step.old and step.old.due:
        said = _("Asked again soon: {why}.").format(why=why(step.why))
        parts.append((f"{said}\n", "$text-warning"))
    old, new = (step.old.card if step.old else None), step.new
    if old and new and (old.term != new.term or old.source.path != new.source.path):
        parts.append(
            (f"{old.term}  ({old.source.path.rpartition('/')[2]}) → {new.term}\n", "$foreground-muted")
        )
    if old and (new is None or old.answer != new.answer):
        parts.append(("− ", "$text-error"))
        parts.append(f"{old.answer}\n")
    if new:
        parts.append(("+ ", "$text-success") if old and old.answer != new.answer else "")
        parts.append(new.answer)
    return Content.assemble(*(part for part in parts if part))
