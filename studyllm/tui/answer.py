"""Where the answer is typed."""

from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import TextArea

from studyllm.text import clean

LONGEST = 8_000
"""Characters of an answer; a definition has some hundred."""


class AnswerArea(TextArea):
    """Enter submits, Ctrl+J (or Shift+Enter, where the terminal can tell) begins a new line."""

    class Submitted(Message):
        """The learner is done typing."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(
            id="answer",
            placeholder="Type what you remember. Enter submits, Ctrl+J begins a new line.",
            highlight_cursor_line=False,
        )

    async def _on_key(self, event: Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(clean(self.text)[:LONGEST].strip()))
        elif event.key in ("ctrl+j", "shift+enter", "alt+enter"):
            event.stop()
            event.prevent_default()
            self.insert("\n")
        else:
            await super()._on_key(event)

    async def _on_paste(self, event: Paste) -> None:
        event.text = clean(event.text)
        await super()._on_paste(event)
