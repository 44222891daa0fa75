"""The command palette: what can be done from anywhere, in the learner's language."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.command import Hit, Hits, Provider
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider
from textual.theme import ThemeProvider

from studyllm.i18n import N_, _

if TYPE_CHECKING:
    from textual.app import App


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette."""

    name: str
    help: str
    leads_to: str
    """An action of the app ("quit") or a screen ("studyllm.tui.history:HistoryScreen")."""
    arguments: tuple[Any, ...] = ()
    """Of the screen."""

    def run(self, app: "App[Any]") -> None:
        """Does it; a screen that is already on is not opened again."""
        module, _colon, name = self.leads_to.partition(":")
        if not name:
            app.call_later(app.run_action, self.leads_to)
            return
        screen: type[Screen[Any]] = getattr(import_module(module), name)  # late: few are opened in a session
        if not isinstance(app.screen, screen):
            app.push_screen(screen(*self.arguments))


ENTRIES = (
    Entry(
        N_("Review all"), N_("The next card, whatever its deck"), "studyllm.tui.review:ReviewScreen", (None,)
    ),
    Entry(N_("Quiz"), N_("Test yourself beside the schedule"), "studyllm.tui.quiz:QuizScreen"),
    Entry(N_("Glossary"), N_("Search and change your cards"), "studyllm.tui.glossary:GlossaryScreen"),
    Entry(N_("Progress"), N_("What is remembered, coming, and hard"), "studyllm.tui.progress:ProgressScreen"),
    Entry(N_("Import notes"), N_("Make cards from a folder of notes"), "studyllm.tui.importing:ImportScreen"),
    Entry(N_("History"), N_("What happened, and taking it back"), "studyllm.tui.history:HistoryScreen"),
    Entry(
        N_("Schedulers"), N_("Compared on your own reviews"), "studyllm.tui.compare:CompareScreen", (None,)
    ),
    Entry(N_("Theme"), N_("Choose the colours; kept for next time"), "change_theme"),
    Entry(N_("Screenshot"), N_("Save a picture of this screen"), "screenshot"),
    Entry(N_("Help"), N_("The keys, on one page"), "help"),
    Entry(N_("Quit"), N_("Every graded answer is saved"), "quit"),
)
"""A screen registers itself with a line here."""
_LEAST = 1e-6
"""A score above zero, which Textual would take for no hit at all."""


def commands(app: "App[Any]") -> Iterator[SystemCommand]:
    """The entries as Textual wants them."""
    for entry in ENTRIES:
        yield SystemCommand(_(entry.name), _(entry.help), lambda entry=entry: entry.run(app))


class _Saying(Provider):
    """Says, in the learner's language, that nothing is called what was typed."""

    async def search(self, query: str) -> Hits:
        nothing = True
        async for hit in super().search(query):
            nothing = False
            yield hit
        if nothing:
            yield Hit(_LEAST, _("Nothing is called that."), lambda: None)


class Commands(_Saying, SystemCommandsProvider):
    """The entries, by name."""


class Themes(_Saying, ThemeProvider):
    """The themes, by name."""
