"""Long work in a thread of its own, heard as long as its screen is there. No worker: quitting would wait for it."""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import Any

from textual.content import Content
from textual.widgets import Static

from studyllm.errors import StudyError
from studyllm.tui.screen import StudyScreen

Tell = Callable[[Callable[[Any], None], Any], None]
"""Hands something to a function of the screen, in the app's own thread."""


class AsideScreen(StudyScreen):
    """A screen that says in `#today` how far such work is."""

    def aside(self, do: Callable[[Tell], None]) -> None:
        """Begins the work."""
        Thread(target=self._done_aside, args=(do,), daemon=True).start()

    def _done_aside(self, do: Callable[[Tell], None]) -> None:
        try:
            do(self._tell)
        except StudyError as error:
            self._tell(self.refused, str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, the app says so and logs it
            self._tell(lambda told: self.study.report(told), error)

    def _tell(self, show: Callable[[Any], None], what: Any) -> None:
        with suppress(RuntimeError):  # the app is gone
            if self.is_attached:
                self.app.call_from_thread(show, what)

    def refused(self, why: str) -> None:
        """It cannot be done; a sentence says why."""
        self.say(why)

    def say(self, what: str) -> None:
        """Work in progress begins in lower case; a sentence is shown as it is."""
        if self.is_attached:
            text = what if what.endswith((".", "。")) else f"{what[:1].upper()}{what[1:]}…"
            self.query_one("#today", Static).update(Content(text))
