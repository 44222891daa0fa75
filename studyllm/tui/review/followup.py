"""A follow-up question about the card on screen, answered from the note's own section."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from studyllm.grading import Grader
from studyllm.i18n import N_, _
from studyllm.notes.passage import section
from studyllm.review.asking import question
from studyllm.store import StudyCard
from studyllm.text import clean
from studyllm.tui.screen import Translated
from studyllm.tui.widgets.prose import Prose


class FollowUpScreen(Translated, ModalScreen[None]):
    """Ask, read, ask again; Esc goes back to the card."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", N_("Back"))]

    def __init__(self, card: StudyCard) -> None:
        super().__init__()
        self.card = card
        self._told: list[Content] = []

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="followup"):
            yield Prose(Content.styled(self.card.card.term, "bold $primary"))
            yield Prose("", id="talk")
            yield Input(placeholder=_("Ask about this card; the answer comes from your note."), id="asked")
            yield Static(Content.styled(_("Enter asks, Esc goes back."), "$foreground-muted"))

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        asked = clean(event.value).strip()
        if asked:
            event.input.clear()
            self._told.append(Content.styled(f"\n{asked}", "bold"))
            self._show("…")
            self.reply(asked)

    @work(exclusive=True, group="reply", exit_on_error=False)
    async def reply(self, asked: str) -> None:
        """Waits for the models if need be, then streams."""
        self._stream(await self.study.when_ready(), asked)

    @work(thread=True, exclusive=True, group="stream", exit_on_error=False)
    def _stream(self, grader: Grader, asked: str) -> None:
        worker, text = get_current_worker(), ""
        pieces = grader.reply(question(self.card), section(self.card.card), asked)
        for piece in pieces:
            if worker.is_cancelled:
                break
            text += piece
            self.app.call_from_thread(self._show, text)
        if close := getattr(pieces, "close", None):
            close()
        if not worker.is_cancelled:
            self.app.call_from_thread(self._keep, text)

    def _show(self, text: str) -> None:
        if self.is_attached:
            self.query_one("#talk", Static).update(Content("\n").join([*self._told, Content(text)]))
            self.query_one("#followup").scroll_end(animate=False)

    def _keep(self, text: str) -> None:
        self._told.append(Content(text))
        self._show("")
