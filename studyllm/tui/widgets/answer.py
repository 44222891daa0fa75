"""Where the answer is typed."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea

from studyllm.i18n import N_, _
from studyllm.text import clean
from studyllm.tui.keymap import Keyed, key_name

LONGEST = 8_000
"""Characters of an answer; a definition has some hundred."""


_AT_ONCE = 0.03
"""Seconds after Enter in which nobody types on: what comes then was pasted by a terminal that does not say so, and the
Enter in it is a new line."""
NEW_LINE = "ctrl+j,shift+enter,alt+enter"


class AnswerArea(Keyed, TextArea):
    """Many lines, pasted text without what must not be shown; the terminal's own cursor stands where an input method
    needs it (TextArea sees to that)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", N_("Submit"), tooltip=N_("Submit; with nothing typed, show the note")),
        Binding(NEW_LINE, "new_line", N_("New line"), show=False, tooltip=N_("A new line in the answer")),
    ]

    class Submitted(Message):
        """The learner is done typing."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Followed(Message):
        """A letter was typed behind the Enter that submitted the answer."""

        def __init__(self, character: str, time: float) -> None:
            super().__init__()
            self.character, self.time = character, time

    def __init__(self) -> None:
        super().__init__(
            id="answer",
            highlight_cursor_line=False,
        )
        self._entered: Timer | None = None
        """Runs from Enter until the answer is submitted."""
        self._at = 0.0
        """When Enter came."""

    def on_mount(self) -> None:
        self.give_way()
        told = _("Type what you remember. {submit} submits, {new_line} begins a new line.")
        submit = key_name(self.app, "answer.submit", "enter")
        new_line = key_name(self.app, "answer.new_line", "ctrl+j")
        self.placeholder = told.format(submit=submit, new_line=new_line)

    def place_cursor(self) -> None:
        """Moves the terminal's own cursor here: an input method opens its window there before the first key."""
        self.app.cursor_position = self.cursor_screen_offset
        self.refresh()

    def on_resize(self) -> None:
        if self.has_focus:
            self.place_cursor()

    def action_submit(self) -> None:
        self._entered = None
        self.read_only = True
        self.post_message(self.Submitted(clean(self.text)[:LONGEST].strip()))

    def action_new_line(self) -> None:
        if not self.read_only:
            self.insert("\n")

    async def _on_key(self, event: Key) -> None:
        # Here and not by priority bindings: those would overtake letters that are still on their way. TextArea's own
        # handler is called after this one.
        if self._entered is not None and not self._goes_on(event):
            event.stop()
            event.prevent_default()
        if self.read_only:
            if event.is_printable and event.character:
                event.stop()
                event.prevent_default()
                self.post_message(self.Followed(event.character, event.time))
            return
        if (action := self.action_of(event.key)) is not None:
            event.stop()
            event.prevent_default()
            if action == "submit":
                self._entered, self._at = self.set_timer(_AT_ONCE, self.action_submit), event.time
            else:
                self.action_new_line()

    def _goes_on(self, event: Key) -> bool:
        """Whether a key after Enter is more of a text that was pasted, by the times at which both came."""
        pasted = (
            event.is_printable or self.action_of(event.key) == "submit"
        ) and event.time - self._at < _AT_ONCE
        if pasted:
            self._forget_enter()
            self.action_new_line()
        else:
            self._forget_enter()
            self.action_submit()
        return pasted or not event.is_printable

    def _forget_enter(self) -> None:
        if self._entered is not None:
            self._entered.stop()
            self._entered = None

    async def _on_paste(self, event: Paste) -> None:
        if self._entered is not None:
            self._forget_enter()
            self.action_new_line()
        event.text = clean(event.text)[:LONGEST]  # likewise
