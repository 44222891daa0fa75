"""Importing what is saved in the notes while the app is open, without stealing the screen."""

import threading
from functools import partial
from typing import TYPE_CHECKING

from studyllm.errors import StudyError
from studyllm.i18n import _

if TYPE_CHECKING:
    from studyllm.library import Plan
    from studyllm.tui.app import StudyApp


class FollowedNotes:
    """The notes of an app's decks."""

    def __init__(self, app: "StudyApp") -> None:
        self._app = app
        self._stop = threading.Event()

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

        app = self._app
        for touched in library.watch(app.store.decks(), stop):
            for deck in touched:
                try:
                    made = library.bring_in(app.store, library.plan(app.store, deck), app.clock())
                except StudyError as error:
                    app.call_from_thread(app.report, error)
                    continue
                app.call_from_thread(self._imported, made)

    def _imported(self, made: "Plan") -> None:
        """Says what a saved note changed."""
        from studyllm.store.messages import counted

        counts = {name: count for name, count in made.counts().items() if count and name != "unchanged"}
        if not counts:
            return
        told = _("{what}. Press i on the decks screen to decide.") if made.doubts else _("{what}.")
        self._app.notify(told.format(what=counted(counts)), title=made.deck.name, markup=False)
        for screen in self._app.study_screens():
            screen.cards_changed()
            screen.notes_read(made.deck.name, counts, self._app.clock(), doubt=bool(made.doubts))
