"""What all screens share: the app as it is, words in the learner's language, errors of workers shown."""

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, cast, runtime_checkable

from textual._compositor import Compositor
from textual.binding import ActiveBinding
from textual.events import Key, Paste
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from studyllm.errors import StudyError
from studyllm.i18n import _
from studyllm.tui.compositor import WholeLetters
from studyllm.tui.keymap import Keyed
from studyllm.tui.notices import NoticeLine

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
            error, screen = event.worker.error, cast("Widget", self).screen
            if isinstance(error, StudyError) and isinstance(screen, StudyScreen) and screen.is_current:
                screen.notice(str(error), "error", 12)
            else:
                self.study.report(error)


@runtime_checkable
class HearsFirst(Protocol):
    """A screen that has keys before its widgets, in the order in which they were pressed."""

    async def before(self, event: Key | Paste) -> bool:
        """Takes a key or a pasted text; False where the widgets are to have it."""
        ...


class Translated(Keyed, Reporting):
    """A screen whose keys are described in the learner's language, and on which no letter is torn."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._compositor: Compositor = WholeLetters()

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
    GUIDE: ClassVar[tuple[tuple[str, str], ...]] = ()
    """What can be typed here, and what it does, to be translated; the help says it after the story."""
    HOLDS_NOTES: ClassVar[bool] = False
    """Whether nothing of the notes is brought in while it is open: it shows what would be."""

    def on_screen_resume(self) -> None:
        self.show_notices()

    def show_notices(self) -> None:
        """What is to be noticed, also what was said on the screen before."""
        for line in self.query(NoticeLine):
            line.show()

    def offer(self, told: str, seconds: float = 5.0) -> None:
        """Says what was done and which key of this screen takes it back: that goes with the screen, and with the first
        undo."""
        self.notice(told, "information", seconds)

    def notice(self, told: str, severity: str, seconds: float, *, passing: bool = False) -> None:
        """Says what is of this screen alone, and, `passing`, of what it shows now; `pass_on` takes that away."""
        self.study.notices.say(told, severity, seconds, time.monotonic(), self, passing=passing)
        self.show_notices()

    def pass_on(self) -> None:
        """The screen shows something else."""
        self.study.notices.passed()
        self.show_notices()

    def story(self) -> str:
        """What the help says first: of what the screen shows now."""
        return _(self.STORY)

    def open(self) -> None:
        """The store is there now."""

    def cards_changed(self) -> None:
        """An import changed some cards."""

    def notes_saved(self) -> None:
        """Some notes were saved, and wait."""

    def notes_read(self, deck: str, counts: Mapping[str, int], at: datetime, *, doubt: bool) -> None:
        """What the watcher brought in from a deck's notes, and whether something is left to decide."""

    def ready(self) -> None:
        """The grader is there now."""
