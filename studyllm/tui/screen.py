"""What all screens share: the app as it is, and errors of workers shown, never swallowed."""

from typing import TYPE_CHECKING, cast

from textual.screen import Screen
from textual.worker import Worker, WorkerState

if TYPE_CHECKING:
    from studyllm.tui.app import StudyApp


class Reporting:
    """A part of the study app whose workers run with `exit_on_error=False` and are reported here."""

    @property
    def study(self) -> "StudyApp":
        return cast("StudyApp", cast("Screen[None]", self).app)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.study.report(event.worker.error)


class StudyScreen(Reporting, Screen[None]):
    """A screen of the study app."""

    def open(self) -> None:
        """The store is there now."""

    def cards_changed(self) -> None:
        """An import changed some cards."""

    def ready(self) -> None:
        """The grader is there now."""
