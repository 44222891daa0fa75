"""Where the answer is typed."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import TextArea

from studyllm.i18n import N_, _
from studyllm.text import clean

LONGEST = 8_000
"""Characters of an answer; a definition has some hundred."""


_NEW_LINE = "ctrl+j,shift+enter,alt+enter"


class AnswerArea(TextArea):
    """Many lines, pasted text without what must not be shown; the terminal's own cursor stands where an input method
    needs it (TextArea sees to that)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("Submit"), tooltip=N_("Submit; with nothing typed, show the note")),
        Binding(_NEW_LINE, "new_line", N_("New line"), show=False, tooltip=N_("A new line in the answer")),
    ]

    class Submitted(Message):
        """The learner is done typing."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(
            id="answer",
            placeholder=_("Type what you remember. Enter submits, Ctrl+J begins a new line."),
            highlight_cursor_line=False,
        )

    def place_cursor(self) -> None:
        """Moves the terminal's own cursor here: an input method opens its window there before the first key."""
        self.app.cursor_position = self.cursor_screen_offset
        self.refresh()

    def on_resize(self) -> None:
        if self.has_focus:
            self.place_cursor()

    def action_submit(self) -> None:
        self.post_message(self.Submitted(clean(self.text)[:LONGEST].strip()))

    def action_new_line(self) -> None:
        if not self.read_only:
            self.insert("\n")

    async def _on_key(self, event: Key) -> None:
        # Here and not by priority bindings: those would overtake letters that are still on their way. TextArea's own
        # handler is called after this one.
        if event.key == "enter" or event.key in _NEW_LINE.split(","):
            event.stop()
            event.prevent_default()
            self.action_submit() if event.key == "enter" else self.action_new_line()

    async def _on_paste(self, event: Paste) -> None:
        event.text = clean(event.text)[:LONGEST]  # likewise
