"""A note in the learner's own editor, at a line."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from studyllm.i18n import _

_USUAL = ("nano", "vim", "vi")
"""Editors that are looked for when none is chosen."""
_PLUS = ("vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient", "joe", "kak", "mg", "micro")
"""Editors that go to a line with +LINE before the file."""
_COLON = ("subl", "hx", "helix", "zed")
"""Editors that go to a line with FILE:LINE."""
_GOTO = ("code", "codium", "code-insiders", "cursor")


def command(editor: str, path: str, line: int) -> list[str]:
    """What opens a file at a line; an editor that is not known opens it at its beginning."""
    words = shlex.split(editor)
    name = Path(words[0]).stem.lower()
    if name in _GOTO:
        return [*words, "--wait", "--goto", f"{path}:{line}"]
    if name in _COLON:
        return [*words, f"{path}:{line}"]
    return [*words, f"+{line}", path] if name in _PLUS else [*words, path]


def open_at(app: App[Any], path: str, line: int) -> None:
    """Opens a note in $VISUAL or $EDITOR; the app waits behind it, and says what went wrong."""
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR") or next(filter(shutil.which, _USUAL), "")
    if not Path(path).exists():
        trouble = _("{path} is not there any more.").format(path=path)
    elif not chosen.strip():
        trouble = _("No editor is chosen: set EDITOR, for example to nano.")
    else:
        trouble = _run(app, command(chosen, path, line))
    if trouble:
        app.notify(trouble, severity="warning", markup=False)


def _run(app: App[Any], words: list[str]) -> str:
    """Runs an editor in place of the app; what went wrong, or nothing."""
    try:
        with app.suspend():
            done = subprocess.run(words, check=False)
    except SuspendNotSupported:
        return _("This terminal cannot show an editor; the line is in {where}.").format(where=words[-1])
    except OSError as error:
        return _("{editor} cannot be started: {why}.").format(editor=words[0], why=error.strerror)
    return _("{editor} ended with an error.").format(editor=words[0]) if done.returncode else ""
