"""Importing what is saved in the notes while the app is open, without stealing the screen."""

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.app import App

from studyllm.errors import StudyError

if TYPE_CHECKING:
    from studyllm.library import Plan
    from studyllm.tui.study import Study


class FollowedNotes:
    """The notes of an app's decks; `imported` is told what a saved one changed."""

    def __init__(self, app: App[Any], imported: Callable[["Plan"], None]) -> None:
        self._app, self._imported = app, imported
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

        app, study = self._app, cast("Study", self._app)
        for touched in library.watch(study.store.decks, stop):
            for deck in touched:
                try:
                    made = library.bring_in(study.store, library.plan(study.store, deck), study.clock())
                except StudyError as error:
                    app.call_from_thread(study.report, error)
                    continue
                app.call_from_thread(self._imported, made)
