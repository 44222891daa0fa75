"""What all screens share: the app as it is, words in the learner's language, errors of workers shown."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import ActiveBinding
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from studyllm.i18n import _
from studyllm.tui.keymap import Keyed

if TYPE_CHECKING:
    from textual.widget import Widget

    from studyllm.tui.study import Study


class Reporting:
    """A part of the study app whose workers run with `exit_on_error=False` and are reported here."""

    @property
    def study(self) -> "Study":
        return cast("Study", cast("Widget", self).app)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.study.report(event.worker.error)


class Translated(Keyed, Reporting):
    """A screen whose keys are described in the learner's language."""

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys that work now, described in the learner's language."""
        active: dict[str, ActiveBinding] = super().active_bindings  # type: ignore[misc]
        return {
            key: found._replace(
                binding=replace(found.binding, description=_(found.binding.description)),
                tooltip=_(found.tooltip),
            )
            for key, found in active.items()
        }


class StudyScreen(Translated, Screen[None]):
    """A screen of the study app."""

    STORY: ClassVar[str] = ""
    """What the help says before the keys, to be translated."""

    def open(self) -> None:
        """The store is there now."""

    def cards_changed(self) -> None:
        """An import changed some cards."""

    def notes_read(self, deck: str, counts: Mapping[str, int], at: datetime, *, doubt: bool) -> None:
        """What the watcher brought in from a deck's notes, and whether something is left to decide."""

    def ready(self) -> None:
        """The grader is there now."""
