"""The notes of some cards, one at a time: of one in the glossary, of those that a card builds on."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from studyllm.i18n import N_, _
from studyllm.store import StudyCard
from studyllm.tui.screen import Translated
from studyllm.tui.widgets.prose import Prose


class NotesScreen(Translated, ModalScreen[None]):
    """Arrows walk through them; the key that opened it closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b,escape,enter,q", "dismiss", N_("Back")),
        Binding("right,tab", "step(1)", N_("Next")),
        Binding("left,shift+tab", "step(-1)", N_("Previous")),
    ]

    def __init__(self, cards: tuple[StudyCard, ...]) -> None:
        super().__init__()
        self.cards = cards
        self.number = 0

    def compose(self) -> ComposeResult:
        from studyllm.tui.widgets.note import NoteView  # late: parsers take long to import

        with VerticalScroll(id="page"):
            yield Prose("", id="names")
            yield NoteView()
            said = _("←→ the next one, Esc goes back.") if len(self.cards) > 1 else _("Esc goes back.")
            yield Static(Content.styled(said, "$foreground-muted"), classes="label")

    def on_mount(self) -> None:
        self.query_one("#page").focus()
        self.show()

    def action_step(self, step: int) -> None:
        self.number = (self.number + step) % len(self.cards)
        self.show()

    @work(exclusive=True, exit_on_error=False)
    async def show(self) -> None:
        """The note of the card whose turn it is."""
        from studyllm.tui.widgets.note import NoteView

        names = [
            Content.styled(card.card.term, "bold $primary" if number == self.number else "$foreground-muted")
            for number, card in enumerate(self.cards)
        ]
        self.query_one("#names", Static).update(Content("  ·  ").join(names))
        await self.query_one(NoteView).show(self.cards[self.number])
