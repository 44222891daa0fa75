"""How sure an answer is: three cells, one of which a key chooses before the verdict is shown."""

import re
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from studyllm import messages
from studyllm.i18n import N_
from studyllm.tui.keymap import Keyed
from studyllm.verdicts import Confidence

_CHOOSE = re.compile(r"choose\((\d)\)")


class ConfidenceBar(Keyed, Horizontal, can_focus=True):
    """1 to 3 or a click chooses at once; Backspace goes back to the answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(int(level)),
                f"choose({int(level)})",
                N_("How sure?"),
                show=level is Confidence.GUESS,
                key_display="1-3",
                tooltip=N_("How sure you are: guess, fairly sure, sure. The verdict comes then"),
            )
            for level in Confidence
        ),
        Binding(
            "backspace",
            "screen.write_on",
            N_("Back"),
            key_display="⌫",
            tooltip=N_("Back to your answer, before its verdict"),
        ),
    ]

    class Chosen(Message):
        """The learner said how sure the answer is."""

        def __init__(self, confidence: Confidence) -> None:
            super().__init__()
            self.confidence = confidence

    def __init__(self) -> None:
        super().__init__(id="confidence")

    def compose(self) -> ComposeResult:
        for level in Confidence:
            text = Content(f" {int(level)} {messages.confidence(level)}")
            yield Static(text, id=f"confidence-{int(level)}", classes="grade")

    def by_key(self, key: str) -> Confidence | None:
        """What a key chooses, at once: a message would let the next key overtake it."""
        found = _CHOOSE.fullmatch(self.action_of(key) or "")
        return Confidence(int(found[1])) if found else None

    def goes_back(self, key: str) -> bool:
        """Whether a key goes back to the answer."""
        return self.action_of(key) == "screen.write_on"

    def action_choose(self, level: int) -> None:
        self.post_message(self.Chosen(Confidence(level)))

    def on_click(self, event: Click) -> None:
        if event.widget is not None and (name := event.widget.id or "").startswith("confidence-"):
            self.action_choose(int(name.removeprefix("confidence-")))
