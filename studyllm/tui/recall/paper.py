"""Where a section is written down."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from studyllm.i18n import N_, _
from studyllm.tui.keymap import Keyed
from studyllm.tui.widgets.answer import NEW_LINE


class Paper(Keyed, TextArea):
    """A sheet of paper; Enter begins a new line, and so do the keys that do in an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(NEW_LINE, "new_line", N_("New line"), show=False, tooltip=N_("A new line in the text")),
    ]

    def __init__(self) -> None:
        super().__init__(
            id="paper",
            placeholder=_("Write down everything you remember, in any order and in your own words."),
            highlight_cursor_line=False,
        )

    def action_new_line(self) -> None:
        self.insert("\n")
