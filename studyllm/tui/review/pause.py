"""A pause: the card is hidden and its time stands still."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from studyllm.i18n import N_, _
from studyllm.tui.screen import Translated
from studyllm.tui.widgets.footer import Footer


class PauseScreen(Translated, ModalScreen[None]):
    """Hides what is below until a key ends it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,space,f9", "dismiss", N_("Go on"), key_display="Enter")
    ]

    def compose(self) -> ComposeResult:
        with Vertical(id="pause"):
            yield Static(Content.styled(_("Paused"), "bold $primary"))
            yield Static(Content(_("The clock stands still and what you typed is kept.")))
        yield Footer()
