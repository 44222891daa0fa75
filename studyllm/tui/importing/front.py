"""What a card asks that is made of a line in which the importer sees none."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from studyllm.i18n import N_, _
from studyllm.text import clean, shortened
from studyllm.tui.screen import Translated

_LONGEST = 400
"""Letters of the text that are shown."""


class FrontScreen(Translated, ModalScreen[str]):
    """Gives the front that is typed; None where it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", N_("Close"))]

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        from studyllm.notes import opened_by  # late: it reads Markdown

        with Vertical(id="deck-dialog"):
            yield Static(_("What is the card to ask?"), classes="heading", markup=False)
            yield Static(shortened(self._text, _LONGEST), markup=False)
            yield Input(opened_by(self._text.split("\n", 1)[0]))
            yield Static(_("Enter makes a card of this text, Esc makes none."), classes="hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if front := clean(event.value).strip():
            self.dismiss(front)
