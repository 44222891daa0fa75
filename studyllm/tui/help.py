"""The keys, on one page."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

_TEXT = """\
A day with studyllm

  Type what you remember, press Enter. The verdict comes first, the
  explanation follows. Enter again takes the suggested grade; 0-5 is
  your own. The card moves, the next one is there.

While answering
  Enter       submit (with nothing typed: show the answer)
  Ctrl+J      a new line in the answer
  Esc         back to the decks

After the verdict
  Enter       take the suggested grade
  0 … 5       your own grade: 0-2 not recalled, 3-5 recalled
  ← →         choose, then Enter
  F3  ?       ask a follow-up question; the answer comes from your note
  F6          edit what an answer to this card must say
  u           take back the last grade, of today or earlier

Anywhere
  F2          take back the last thing, also while typing
  F4  F5      never ask this card; not today
  F1          this page          Ctrl+P    all commands
  Ctrl+Q      quit; every graded answer is already saved

On the decks
  i  h  c     import notes; what happened, and taking it back;
              schedulers compared on your own reviews

In a shell
  studyllm import ~/notes     make cards from your notes, or again
  studyllm doctor             what works here, and what is missing
"""


class HelpScreen(ModalScreen[None]):
    """Closed by Esc, F1 or q."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,f1,q", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="help"):
            yield Static(_TEXT, markup=False)
