"""The searches that were saved: one is chosen or deleted, and the present one is saved under a name."""

import asyncio
from collections.abc import Mapping
from typing import ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from studyllm.i18n import N_, _
from studyllm.text import clean
from studyllm.tui.screen import StudyScreen, Translated


class SavedScreen(Translated, ModalScreen[str | None]):
    """Gives back the query that was chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete,x", "remove", N_("Delete")),
        Binding("s", "name", N_("Save this one")),
        Binding("u,f2", "take_back", N_("Undo"), key_display="u"),
        Binding("escape,v", "dismiss(None)", N_("Close")),
    ]

    def __init__(self, saved: Mapping[str, str], present: str) -> None:
        """The searches by name, and what is searched now."""
        super().__init__()
        self._saved, self._present = saved, present.strip()

    def compose(self) -> ComposeResult:
        with Vertical(id="searches"):
            yield Static(_("Saved searches"), classes="heading", markup=False)
            yield OptionList(id="saved")
            yield Static("", id="none", markup=False)
            if self._present:
                yield Input(placeholder=_("a name for {search}").format(search=clean(self._present)))
            yield Static(self._hint(), id="keys", classes="hint", markup=False)

    def on_mount(self) -> None:
        self._show()
        if not self._saved and self._present:
            self.query_one(Input).focus()

    def on_descendant_focus(self) -> None:
        self.query_one("#keys", Static).update(self._hint())

    def _hint(self) -> str:
        """What can be done where the focus is."""
        if isinstance(self.focused, Input):
            return _("Type a name; Enter saves the present search under it.")
        if not self._present:
            return _("Enter searches, x deletes. To save a search, type it first.")
        return _("Enter searches, x deletes, s gives the present search a name.")

    def _show(self) -> None:
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options(
            Option(Content.assemble(f"{clean(name)}  ", (clean(text), "$foreground-muted")))
            for name, text in self._saved.items()
        )
        listed.display = bool(self._saved)
        if self._saved:
            listed.highlighted = 0
            listed.focus()
        self.query_one("#none", Static).update("" if self._saved else _("None is saved yet."))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(list(self._saved.values())[event.option_index])

    def action_name(self) -> None:
        for field in self.query(Input):
            field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.save(event.value)

    @work(exclusive=True, group="saved", exit_on_error=False)
    async def save(self, name: str) -> None:
        """Keeps the present search under a name."""
        store = self.study.store
        await self.study.in_turn(store.searches.save, name, self._present, self.study.clock())
        self.dismiss(None)
        said = _("Saved as {name}; v lists what is saved.")
        cast("StudyScreen", self.app.screen).offer(said.format(name=clean(name)))

    @work(group="saved", exit_on_error=False)
    async def action_remove(self) -> None:
        """Forgets the one under the cursor; a second key at once is of the next one."""
        listed, store = self.query_one(OptionList), self.study.store
        if listed.highlighted is None or not self._saved:
            return
        name = list(self._saved)[listed.highlighted]
        self._saved = {other: text for other, text in self._saved.items() if other != name}
        self._show()
        await self.study.in_turn(store.searches.delete, name, self.study.clock())
        self.notify(_("{name} is deleted; u takes that back.").format(name=clean(name)), markup=False)

    @work(exclusive=True, group="saved", exit_on_error=False)
    async def action_take_back(self) -> None:
        """Undoes the last change, which may be a search that was just deleted."""
        if await self.study.undoing.take_back(imports=False) is not None:
            self._saved = await asyncio.to_thread(self.study.store.searches.all)
            self._show()
