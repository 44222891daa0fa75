"""Importing what is saved in the notes while the app is open, without stealing the screen."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.app import App

from studyllm.errors import StudyError
from studyllm.i18n import _, listed
from studyllm.text import shortened
from studyllm.tui.reading import reads_notes
from studyllm.tui.screen import StudyScreen

if TYPE_CHECKING:
    from studyllm.cards import Deck
    from studyllm.library import Plan
    from studyllm.tui.study import Study


_LOOK = 0.2
"""Seconds between two looks whether notes that were saved are still held back."""
_NAMED, _LETTERS = 3, 30
"""Cards that are named of those that are gone, changed or new, and how much of each name."""


class FollowedNotes:
    """The notes of an app's decks; `imported` is told what a saved one changed."""

    def __init__(self, app: App[Any], imported: Callable[["Plan"], None]) -> None:
        self._app, self._imported = app, imported
        self._stop = threading.Event()
        self._failed: dict[str, str] = {}
        """Why the notes of a deck could not be read last, by its name."""
        self._saved: set[str] = set()
        """The decks whose notes were saved and are not read yet."""

    def begin(self) -> None:
        """Follows the notes of the decks there are now. A thread cannot be cancelled: the old one is told to end."""
        self.end()
        self._stop = threading.Event()
        follow = partial(self._follow, self._stop)
        self._app.run_worker(follow, thread=True, group="notes", exit_on_error=False)

    def end(self) -> None:
        """Follows none any more."""
        self._stop.set()

    def _follow(self, stop: threading.Event) -> None:
        from studyllm import library

        study = cast("Study", self._app)
        self._read_saved(stop)  # what the one before left
        for touched in library.watch(study.store.decks, stop):
            self._saved |= {deck.name for deck in touched}
            if self._held():
                self._app.call_from_thread(self._tell)
            self._read_saved(stop)

    def _held(self) -> bool:
        """Whether a screen shows what an import would do: nothing is done behind it."""
        return any(isinstance(one, StudyScreen) and one.HOLDS_NOTES for one in self._app.screen_stack)

    def _tell(self) -> None:
        for one in self._app.screen_stack:
            if isinstance(one, StudyScreen):
                one.notes_saved()

    def _read_saved(self, stop: threading.Event) -> None:
        """Brings in what was saved, once no screen holds it; when told to end, leaves it to the next that follows."""
        while self._saved and self._held():
            if stop.wait(_LOOK):
                return
        saved, self._saved = self._saved, set()
        for deck in cast("Study", self._app).store.decks() if saved else ():
            if deck.name in saved:
                self._bring_in(deck)

    def _bring_in(self, deck: "Deck") -> None:
        from studyllm import library

        app, study = self._app, cast("Study", self._app)
        try:
            read = reads_notes(study)
            made = library.plan(study.store, deck, readers=read)
            made = library.bring_in(study.store, made, study.clock(), readers=read)
        except StudyError as error:
            self._failed[deck.name] = str(error)
            app.call_from_thread(study.report, error)
            return
        if said := self._failed.pop(deck.name, ""):
            app.call_from_thread(self._no_longer, said)
        app.call_from_thread(self._imported, made)

    def _no_longer(self, said: str) -> None:
        """What was said is not so any more."""
        study = cast("Study", self._app)
        study.notices.no_longer(said)
        if isinstance(screen := self._app.screen, StudyScreen):
            screen.show_notices()


def changed(made: "Plan") -> tuple[dict[str, int], str]:
    """What the import of a saved note changed, in numbers and in words, with some names of cards; nothing where it
    changed nothing."""
    from studyllm.store.messages import counted

    counts = {name: count for name, count in made.counts().items() if count and name != "unchanged"}
    told = _("{what}. Press i on the decks screen to decide.") if made.doubts else _("{what}.")
    return counts, "\n".join([told.format(what=counted(counts)), *_names(made)])


def _names(made: "Plan") -> Iterator[str]:
    """A line for what is gone, changed and new, with the first few of these cards."""
    from studyllm.library import Change

    lines = {
        Change.GONE: _("Gone: {names}"),
        Change.CHANGED: _("Changed: {names}"),
        Change.RENAMED: _("Renamed: {names}"),
        Change.ADDED: _("Added: {names}"),
    }
    for change, line in lines.items():
        cards = [step.new or (step.old and step.old.card) for step in made.steps if step.change is change]
        names = [shortened(card.term, _LETTERS) for card in cards[:_NAMED] if card]
        if names:
            yield line.format(names=listed(names + ["…"] * (len(cards) > _NAMED)))
