"""The app: one store, one grader, and the screens over them."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import work
from textual.app import App, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.events import DescendantFocus, Event, Key, Paste
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import Worker, WorkerState

from studyllm import grading
from studyllm.config import OFF, Settings
from studyllm.errors import StudyError
from studyllm.i18n import N_, _, headed
from studyllm.late import Late
from studyllm.messages.settings import first_of
from studyllm.review.begun import Begun
from studyllm.tui import keymap, preferences, screens, terminal, themes
from studyllm.tui.aloud import Aloud
from studyllm.tui.controls import NoControls
from studyllm.tui.following import FollowedNotes, changed
from studyllm.tui.help import HelpScreen
from studyllm.tui.keymap import Keyed, key_name
from studyllm.tui.notices import Notices
from studyllm.tui.screen import HearsFirst, StudyScreen
from studyllm.tui.turns import Turns
from studyllm.tui.undoing import Undoing

if TYPE_CHECKING:
    from studyllm.glossary import Finding
    from studyllm.grading import Grader
    from studyllm.library import Plan
    from studyllm.quiz.items import Item, Options
    from studyllm.store import Pick, Store
    from studyllm.tui.pictures import Show

_log, _home = logging.getLogger("studyllm"), Late("studyllm.tui.home")
_PALETTE = N_("palette")
"""What Textual calls its command palette in the footer."""
_TITLE, _TITLE_BACK = "\x1b[22;2t\x1b]2;studyllm\x1b\\", "\x1b[23;2t"
"""Names the terminal's window, and gives it its name back."""
_THREADS = 64
"""At the most; each is made when it is first needed."""


class StudyApp(Keyed, App[None]):
    """Opens its store and starts its grader behind the first frame; nothing waits for a model."""

    TITLE = "studyllm"
    CSS_PATH = "study.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("Help")),
        Binding("ctrl+q", "quit", N_("Quit"), show=False),
    ]

    def __init__(
        self,
        settings: Settings,
        *,
        open_store: Callable[[Settings], "Store"],
        make_grader: Callable[[Settings], "Grader"],
        deck: str | None = None,
        first: Callable[[Any], Screen[None]] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        show_picture: "Show | None" = None,
    ) -> None:
        """`first` makes the screen, from the module of them, that the app opens on over the decks."""
        super().__init__()
        self.show_picture = show_picture
        """What shows images of notes; None where the terminal cannot."""
        self.settings = settings
        self.clock = clock
        self.deck = deck
        self.opened: Store | None = None
        self.grader: Grader | None = None
        self.finder: Finding | None = None
        """The glossary's entries, once it was opened."""
        self.chosen_keys: Mapping[str, tuple[str, ...]] = keymap.read(settings.keys)
        """By the name of what they do: keys that the learner chose. They are taken at their word for the first frame,
        and looked at after it."""
        self._grader_made = asyncio.Event()
        self._followed = FollowedNotes(self, self._imported)
        self.notices = Notices()
        self.begun = Begun()
        self.in_turn = Turns()
        self.undoing = Undoing(self)
        self.quiz_options: Options | None = None
        """What the last quiz was to be."""
        self._open_store, self._make_grader = open_store, make_grader
        self._no_controls = NoControls()
        self.aloud = Aloud(self)
        self._first = first
        if settings.motion == OFF:
            self.animation_level = "none"

    async def on_mount(self) -> None:
        # Threads that wait for a model must not hold up saving: Python's own pool has six of them on two cores.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
        own = themes.own(self.settings)
        for theme in own.themes:
            self.register_theme(theme)
        self.set_keymap(keymap.written(self.chosen_keys))
        self.theme = themes.chosen(self.settings, self.available_themes)
        self.theme_changed_signal.subscribe(self, self._keep_theme)
        self._write(_TITLE)
        if self._first is None:
            self.push_screen(_home.HomeScreen())
            self.call_after_refresh(self.open)
        else:  # a card is waited for, not a frame
            opening = asyncio.ensure_future(asyncio.to_thread(self._open_store, self.settings))
            await self.push_screen(self._first(screens))
            self.open(opening)
        self._complain(own.problems)
        if self.settings.keys:
            self.choose_keys()
        self.set_interval(terminal.EVERY, self._leave_without_terminal)

    @work(exit_on_error=False)
    async def choose_keys(self) -> None:
        """The keys of the settings; those that cannot be had are said. To know that, all screens are imported."""
        found = await asyncio.to_thread(lambda: keymap.check(keymap.commands(), self.settings.keys))
        self.chosen_keys = found.keys
        self.set_keymap(keymap.written(found.keys))
        self._complain(found.problems)

    def _complain(self, problems: Sequence[str]) -> None:
        if problems:
            self.notify(first_of(problems), severity="error", timeout=12, markup=False)

    def _leave_without_terminal(self) -> None:
        if terminal.is_gone():
            self.exit(return_code=1)

    @work(exit_on_error=False)
    async def open(self, opening: "Awaitable[Store] | None" = None) -> None:
        """The database, the screens, and a moment later the models."""
        try:
            self.opened = await (opening or asyncio.to_thread(self._open_store, self.settings))
            if self.deck is not None and all(deck.name != self.deck for deck in self.store.decks()):
                said = _("There is no deck {deck!r}; `studyllm` without a name opens all of them.")
                raise StudyError(said.format(deck=self.deck))
        except StudyError as error:
            self.exit(return_code=1, message=str(error))
            return
        for screen in self._screens():
            screen.open()
        # The first card is painted before the models' process competes for the processor.
        self.set_timer(0.3, self.start_grader)

    @work(exit_on_error=False)
    async def start_grader(self) -> None:
        """The models' process; a model that cannot be found is said, and text matching takes its place."""
        try:
            self.grader = await asyncio.to_thread(self._make_grader, self.settings)
        except StudyError as error:
            self.report(error)
            self.grader = grading.TextGrader()
        self._grader_made.set()
        for screen in self._screens():
            screen.ready()
        self.set_timer(2, self.follow_notes)

    def follow_notes(self) -> None:
        """Follows the notes of the decks there are now."""
        self._followed.begin()

    def _imported(self, made: "Plan") -> None:
        """Says what a saved note changed."""
        counts, told = changed(made)
        if counts:
            self.notify(told, title=made.deck.name, markup=False)
            for screen in self._screens():
                screen.cards_changed()
                screen.notes_read(made.deck.name, counts, self.clock(), doubt=bool(made.doubts))

    async def when_ready(self) -> "Grader":
        """The grader, once it has been made; its models may still be loading."""
        await self._grader_made.wait()
        assert self.grader is not None
        return self.grader

    @property
    def store(self) -> "Store":
        """The open store; no screen asks before `open` has told it so."""
        assert self.opened is not None
        return self.opened

    async def on_event(self, event: Event) -> None:
        """Textual's own, after a screen that hears keys before their widgets do."""
        if isinstance(event, Key | Paste) and not event.is_forwarded and self.screen_stack:
            screen = self.screen
            if isinstance(screen, HearsFirst) and await screen.before(event):
                return
        await super().on_event(event)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """On a line of the screen; over a dialog as Textual does, in a box."""
        if self.screen_stack and isinstance(screen := self.screen, StudyScreen):
            told = headed(title, message) if title else message
            seconds = self.NOTIFICATION_TIMEOUT if timeout is None else timeout
            self.notices.say(told, severity, seconds, time.monotonic())
            screen.show_notices()
        else:
            super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def run_quiz(
        self, options: "Options", items: "Sequence[Item]", *, instead: bool = False, few: str = ""
    ) -> None:
        """A quiz on top of the screen that is on, or instead of it; `few` says why it has few questions."""
        from studyllm.tui.quiz.run import QuizRunScreen

        show = self.switch_screen if instead else self.push_screen
        show(QuizRunScreen(options, items, few))

    def go_on(self, deck: str | None, pick: "Pick | None" = None) -> None:
        """A review, in place of the screen that is on."""
        self.switch_screen(screens.review(deck, pick))

    def pop_screen(self) -> AwaitComplete:
        """Back. Under a screen that the app was opened on are the decks, which are made when they are to be seen."""
        if len(self.screen_stack) == 2 and self._first is not None:
            self._first = None
            return self.switch_screen(_home.HomeScreen())
        return super().pop_screen()

    def _screens(self) -> list[StudyScreen]:
        return [screen for screen in self.screen_stack if isinstance(screen, StudyScreen)]

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.report(event.worker.error)

    def on_unmount(self) -> None:
        # Whatever still waits for a verdict is let go first: quitting must not wait for a model.
        self._write(_TITLE_BACK)
        self._followed.end()
        self.aloud.close()
        if self.grader is not None:
            self.grader.close()
        if self.finder is not None:
            self.finder.close()
        if self.opened is not None:
            self.opened.close()

    def _keep_theme(self, theme: Theme) -> None:
        if theme.name != themes.chosen(self.settings, self.available_themes):
            themes.keep(self.settings, theme.name)

    def action_switch_confidence(self) -> None:
        """Whether answers are weighed before their verdict; kept in the settings."""
        on = not self.settings.confidence
        preferences.keep(self, replace(self.settings, confidence=on), "confidence")
        asked = _("Before each verdict you are asked how sure you are.")
        self.notify(asked if on else _("You are not asked any more how sure you are."))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Without motion the cursor of whatever is typed into does not blink."""
        if self.settings.motion == OFF and hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        from studyllm.tui.palette import commands

        return commands(self, screen)

    def action_command_palette(self) -> None:
        from studyllm.tui.palette import open_commands

        open_commands(self)

    def search_themes(self) -> None:
        from studyllm.tui.palette import open_themes

        open_themes(self)

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """A picture of the screen among the downloads, or where the app was started; in a browser it is downloaded."""
        if self.is_web:
            super().action_screenshot(filename, path)
            return
        from platformdirs import user_downloads_path

        downloads = user_downloads_path()
        folder = path or str(downloads if downloads.is_dir() else Path.cwd())
        try:
            saved = self.save_screenshot(filename, folder)
        except OSError as error:
            told = _("The picture could not be saved in {folder}: {reason}.")
            self.notify(told.format(folder=folder, reason=error.strerror), severity="error", markup=False)
        else:
            self.notify(_("Saved as {path}.").format(path=saved), markup=False, timeout=8)

    def _write(self, sequence: str) -> None:
        """Sends a sequence to the terminal; where there is none, nothing."""
        if self._driver is not None:
            self._driver.write(sequence)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and that nothing drawn is a control."""
        return (*super().get_line_filters(), self._no_controls)

    def get_key_display(self, binding: Binding) -> str:
        """Function keys as they are labelled."""
        shown = super().get_key_display(binding)
        return shown.upper() if shown[:1] == "f" and shown[1:].isdigit() else shown

    def action_help(self) -> None:
        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def report(self, error: BaseException) -> None:
        """A sentence for the learner; anything unforeseen also goes to the log, with its traceback."""
        if isinstance(error, StudyError):
            self.notify(str(error), severity="error", timeout=12, markup=False)
            return
        _log.error("unforeseen", exc_info=error)
        told = _("Something went wrong that should not have. What was graded is kept; see {path}.")
        self.notify(told.format(path=self.settings.log), severity="error", timeout=12, markup=False)

    def action_help_quit(self) -> None:
        """What Ctrl+C says: it does not quit, because it copies."""
        told = _("{key} quits; every graded answer is already saved.")
        self.notify(told.format(key=key_name(self, "app.quit", "ctrl+q")))
