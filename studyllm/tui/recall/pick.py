"""The same notes and headings, where cards of one are to be studied."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType

from studyllm.i18n import N_
from studyllm.store import Section
from studyllm.tui.recall.choice import RecallChoiceScreen


class SectionChoiceScreen(RecallChoiceScreen):
    """Enter or a click on a section takes it."""

    HEAD, TOLD = N_("Which section?"), N_("A note, or a heading of one; letters narrow the list.")
    STORY = N_(
        "Choose the note or the heading whose cards are to be studied. Letters narrow the list to those that have them "
        "in their names; Esc goes back without a choice."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", N_("Choose")),
        Binding("escape", "leave", N_("Back"), id="recall_pick.back"),
    ]

    def __init__(self, deck: str | None, chosen: Callable[[Section], None]) -> None:
        super().__init__(deck)
        self._chosen = chosen

    def begin(self, section: Section) -> None:
        """Takes it back to where it was asked for."""
        self.app.pop_screen()
        self._chosen(section)
