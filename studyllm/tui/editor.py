"""The learner's own editor: how it is told to open a note at a line, and wait until it is closed."""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from studyllm.errors import InputError
from studyllm.i18n import _

_PLUS = frozenset(
    [
        *(
            "ed",
            "emacs",
            "emacsclient",
            "gedit",
            "gvim",
            "jed",
            "joe",
            "kak",
            "mcedit",
            "mg",
            "micro",
            "mvim",
        ),
        *("nano", "ne", "nvim", "pico", "vi", "view", "vim"),
    ]
)
"""Editors that take `+LINE FILE`."""
_COLON = frozenset(["hx", "helix", "subl", "sublime_text", "zed", "zeditor", "mate"])
"""Editors that take `FILE:LINE`."""
_GOTO = frozenset(["code", "code-insiders", "codium", "vscodium", "cursor", "windsurf"])
"""Editors that take `--goto FILE:LINE`."""
_WAITS = _GOTO | {"subl", "sublime_text", "zed", "zeditor", "mate"}
"""Editors with a window of their own, which return at once unless they are told `--wait`."""
_USUAL = ("nvim", "vim", "nano", "vi", "notepad")
"""What is tried where neither VISUAL nor EDITOR is set."""

Find = Callable[[str], str | None]


def command(
    path: Path, line: int, environ: Mapping[str, str] = os.environ, find: Find = shutil.which
) -> list[str]:
    """The words that open a file at a line (1-based) in $VISUAL or $EDITOR; no shell reads them. Raises InputError."""
    chosen = environ.get("VISUAL", "").strip() or environ.get("EDITOR", "").strip()
    try:
        words = shlex.split(chosen, posix=os.name != "nt")
    except ValueError:
        raise InputError(_("$EDITOR cannot be understood: {value}").format(value=chosen)) from None
    words = words or [name for name in _USUAL if find(name)][:1]
    if not words:
        raise InputError(_("There is no editor here; set $EDITOR to the one you like."))
    if not find(words[0]):
        raise InputError(_("There is no editor {name}; set $EDITOR to one there is.").format(name=words[0]))
    name = Path(words[0]).name.casefold().removesuffix(".exe").removesuffix(".cmd")
    wait = ["--wait"] if name in _WAITS and not {"--wait", "-w"} & set(words) else []
    if name in _GOTO:
        return [*words, *wait, "--goto", f"{path}:{line}"]
    if name in _COLON:
        return [*words, *wait, f"{path}:{line}"]
    return [*words, f"+{line}", str(path)] if name in _PLUS else [*words, str(path)]


def run(words: list[str]) -> None:
    """Lets an editor have the terminal until it is closed; Ctrl+C is the editor's then. Raises InputError."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        subprocess.run(words, check=False)
    except OSError as error:
        raise InputError(_("The editor could not be started: {why}").format(why=error)) from error
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)


def open_at(app: App[Any], path: Path, line: int) -> None:
    """A file at a line (1-based) in the learner's editor, in place of the app until it is closed. Raises InputError."""
    if not path.is_file():
        raise InputError(_("The note is not there any more: {path}").format(path=path))
    words = command(path, line)
    try:
        with app.suspend():
            run(words)  # on the event loop: nothing else may happen while the terminal is not ours
    except SuspendNotSupported:
        raise InputError(_("An editor cannot be opened from here.")) from None
