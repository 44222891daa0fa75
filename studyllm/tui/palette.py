"""The command palette: what can be done from anywhere, in the learner's language."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.command import CommandPalette, Hit, Hits, Provider
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider
from textual.theme import ThemeProvider

from studyllm.i18n import N_, _
from studyllm.text import has_wide
from studyllm.tui import screens

if TYPE_CHECKING:
    from textual.app import App


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """A line of the palette."""

    name: str
    help: str
    leads_to: str | Callable[[], Screen[Any]]
    """An action of the app, or of the screen that has it; or what makes a screen."""

    def is_for(self, screen: Screen[Any]) -> bool:
        """Whether it can be done on a screen."""
        if not isinstance(self.leads_to, str) or not self.leads_to.startswith("screen."):
            return True
        return hasattr(screen, f"action_{self.leads_to.removeprefix('screen.')}")

    def run(self, app: "App[Any]") -> None:
        """Does it; a screen that is already on is not opened again."""
        if isinstance(self.leads_to, str):
            app.call_later(app.run_action, self.leads_to)
            return
        screen = self.leads_to()
        if type(screen) is not type(app.screen):
            app.push_screen(screen)


ENTRIES = (
    PaletteEntry(N_("Review all"), N_("The next card, whatever its deck"), screens.review),
    PaletteEntry(N_("Study more"), N_("New cards, ahead of time, what was missed, by hand"), screens.more),
    PaletteEntry(N_("Quiz"), N_("Test yourself beside the schedule"), screens.quiz),
    PaletteEntry(
        N_("Recall a section"),
        N_("Write down all you remember of a note or a heading"),
        screens.recall_choice,
    ),
    PaletteEntry(N_("Glossary"), N_("Search and change your cards"), screens.glossary),
    PaletteEntry(N_("Progress"), N_("What is remembered, coming, and hard"), screens.progress),
    PaletteEntry(N_("Import notes"), N_("Make cards from a folder of notes"), screens.importing),
    PaletteEntry(N_("History"), N_("What happened, and taking it back"), screens.history),
    PaletteEntry(N_("Schedulers"), N_("Compared on your own reviews"), screens.compare),
    PaletteEntry(N_("Simulator"), N_("What another retention would cost a day"), screens.simulate),
    PaletteEntry(N_("Rename deck"), N_("The one under the cursor"), "screen.rename_deck"),
    PaletteEntry(
        N_("Exam date"), N_("A day by which all of the deck under the cursor is asked"), "screen.exam_date"
    ),
    PaletteEntry(
        N_("Delete deck"), N_("The one under the cursor; undo brings it back"), "screen.delete_deck"
    ),
    PaletteEntry(N_("Theme"), N_("Choose the colours; kept for next time"), "change_theme"),
    PaletteEntry(
        N_("Language / 语言"), N_("Chinese or English; kept for next time"), "screen.switch_language"
    ),
    PaletteEntry(
        N_("Confidence"), N_("Say how sure you are before each verdict: on or off"), "switch_confidence"
    ),
    PaletteEntry(N_("Screenshot"), N_("Save a picture of this screen"), "screenshot"),
    PaletteEntry(N_("Help"), N_("The keys, on one page"), "help"),
    PaletteEntry(N_("Quit"), N_("Every graded answer is saved"), "quit"),
)
"""A screen registers itself with a line here."""
_HEARD = 0.5
"""The score of a name that sounds like what was typed: below one that is written so."""
_LEAST = 1e-6
"""A score above zero, which Textual would take for no hit at all."""


def commands(app: "App[Any]", screen: Screen[Any]) -> Iterator[SystemCommand]:
    """The entries for a screen, as Textual wants them."""
    for entry in filter(lambda entry: entry.is_for(screen), ENTRIES):
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


class _Sounding(SystemCommandsProvider):
    """Finds the entries by their names, and by how Chinese ones sound: zhuti or zt for 主题."""

    async def search(self, query: str) -> Hits:
        async for hit in super().search(query):
            yield hit
        typed = "".join(query.split()).casefold()
        commands = [one for one in self.app.get_system_commands(self.screen) if has_wide(one.title)]
        if not commands or not typed.isascii() or not typed:
            return
        from studyllm import pinyin  # late: only Chinese needs it

        names = [one.title.casefold() for one in commands]
        sounds = await asyncio.to_thread(lambda: [pinyin.sound(name) for name in names])
        for one, sound in zip(commands, sounds, strict=True):
            if f" {typed}" in sound.typed and self.matcher(query).match(one.title) <= 0:
                yield Hit(_HEARD, one.title, one.callback, help=one.help)


class Commands(_Saying, _Sounding):
    """The entries, by name."""


class Themes(_Saying, ThemeProvider):
    """The themes, by name."""


def open_commands(app: "App[Any]") -> None:
    """The palette, unless it is open."""
    if not CommandPalette.is_open(app):
        placeholder = _("Search for a command…")
        app.push_screen(CommandPalette([Commands], placeholder=placeholder, id="--command-palette"))


def open_themes(app: "App[Any]") -> None:
    """The themes, to be searched."""
    app.push_screen(CommandPalette([Themes], placeholder=_("Search for a theme…")))
