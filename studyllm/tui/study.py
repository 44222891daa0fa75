"""What a screen may ask of the app around it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from studyllm.config import Settings
    from studyllm.glossary import Finding
    from studyllm.grading import Grader
    from studyllm.quiz.items import Item, Options
    from studyllm.review.begun import Begun
    from studyllm.store import Pick, Store
    from studyllm.tui.aloud import Aloud
    from studyllm.tui.notices import Notices
    from studyllm.tui.pictures import Show
    from studyllm.tui.turns import Turns
    from studyllm.tui.undoing import Undoing


class Study(Protocol):
    """The open study: its store, models, settings and clock, and what outlives a screen."""

    settings: Settings
    clock: Callable[[], datetime]
    opened: Store | None
    """None until the database is open."""
    grader: Grader | None
    """None until it has been made; its models may still be loading then."""
    begun: Begun
    finder: Finding | None
    """The glossary's entries, once it was opened."""
    quiz_options: Options | None
    """What the last quiz was to be."""
    show_picture: Show | None
    """What shows images of notes; None where the terminal cannot."""

    notices: Notices
    """What is to be noticed for a moment."""
    undoing: Undoing
    """Takes the last thing back."""
    in_turn: Turns
    """Runs a change in a thread, after those before it."""

    @property
    def store(self) -> Store:
        """The open store; no screen asks before it was told that it is there."""

    async def when_ready(self) -> Grader:
        """The grader, once it has been made."""

    def follow_notes(self) -> None:
        """Follows the notes of the decks there are now."""

    def run_quiz(
        self, options: Options, items: Sequence[Item], *, instead: bool = False, few: str = ""
    ) -> None:
        """A quiz on top of the screen that is on, or instead of it; `few` says why it has few questions."""

    def go_on(self, deck: str | None, pick: Pick | None = None) -> None:
        """A review, in place of the screen that is on."""

    @property
    def aloud(self) -> Aloud:
        """The voice that reads aloud."""

    def bell(self) -> None:
        """Rings."""

    def report(self, error: BaseException) -> None:
        """Says what went wrong, in a sentence."""
