"""Where a path is typed, and completed."""

import asyncio
import os
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.suggester import Suggester
from textual.widgets import Input

from studyllm.i18n import N_
from studyllm.notes.files import SUFFIXES
from studyllm.tui.keymap import Keyed
from studyllm.tui.screen import StudyScreen


class PathField(Keyed, Input):
    """Enter reads the notes there. The list of what they give is gone to by Down or Esc, once there is one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,escape", "screen.list", N_("To the list"), key_display="↓"),
    ]

    def __init__(self, placeholder: str) -> None:
        super().__init__(
            placeholder=placeholder, id="path", suggester=Paths(use_cache=False), select_on_focus=False
        )


class TypesPaths(StudyScreen):
    """A screen with a list, a letter of which begins a path."""

    async def before(self, event: Key | Paste) -> bool:
        """Goes to the path before the list has what is typed behind that letter: there it would be commands."""
        action = self.action_of(event.key) if isinstance(event, Key) else None
        typing = self.focused is self.query_one(PathField)  # it may not know yet that it has the focus
        if typing or action is None or not action.startswith("path("):
            return False
        await self.run_action(action)
        return True

    def action_path(self, begins: str) -> None:
        """Another path, which begins so."""
        field = self.query_one(PathField)
        self.set_focus(field)  # at once: a key that follows is of it
        field.value = begins
        field.cursor_position = len(begins)


class Paths(Suggester):
    """Completes a path by the first folder or note that begins so."""

    async def get_suggestion(self, value: str) -> str | None:
        return await asyncio.to_thread(_completed, value)


def _completed(typed: str) -> str | None:
    folder, _slash, begun = typed.rpartition("/")
    if not _slash:
        return None
    try:
        names = sorted(os.scandir(Path(f"{folder}/").expanduser()), key=lambda entry: entry.name)
        for entry in names:
            fits = entry.name.startswith(begun) and begun.startswith(".") == entry.name.startswith(".")
            if fits and (entry.is_dir() or Path(entry.name).suffix in (*SUFFIXES, ".toml")):
                return f"{folder}/{entry.name}" + "/" * entry.is_dir()
    except (OSError, RuntimeError, ValueError):
        return None
    return None
