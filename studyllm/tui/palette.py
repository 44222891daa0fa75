"""Textual's own words in the learner's language: the command palette, and what Ctrl+C says."""

from collections.abc import Iterable

from textual.app import App, SystemCommand
from textual.screen import Screen

from studyllm.i18n import N_, _

_COMMANDS = {
    "Theme": (N_("Theme"), N_("Change the current theme")),
    "Quit": (N_("Quit"), N_("Every graded answer is already saved")),
    "Maximize": (N_("Maximize"), N_("Give the whole screen to the focused part")),
    "Minimize": (N_("Minimize"), N_("Back to the whole screen")),
    "Screenshot": (N_("Screenshot"), N_("Save a picture of the screen as SVG")),
}
"""By Textual's title; "Keys" is left out, because F1 has them."""
_PALETTE = N_("palette")
"""What Textual calls the palette in the footer."""


class Spoken(App[None]):
    """An app whose palette speaks."""

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        for command in super().get_system_commands(screen):
            if told := _COMMANDS.get(command.title):
                yield command._replace(title=_(told[0]), help=_(told[1]))

    def action_command_palette(self) -> None:
        from textual.command import CommandPalette

        if not CommandPalette.is_open(self):  # type: ignore[arg-type]
            self.push_screen(CommandPalette(placeholder=_("Search for commands…"), id="--command-palette"))

    def search_themes(self) -> None:
        from textual.command import CommandPalette
        from textual.theme import ThemeProvider

        self.push_screen(CommandPalette(providers=[ThemeProvider], placeholder=_("Search for themes…")))

    def action_help_quit(self) -> None:
        self.notify(_("Ctrl+Q quits; every graded answer is already saved."))
