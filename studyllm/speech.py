"""Reading aloud with the system's own voice: a text and its language in, sound out, by a program that is there.

Nothing goes through a shell; a text goes to the program's stdin, or behind `--`, where it cannot be an option.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from studyllm.text import clean

LONGEST = 2_000
"""Characters that are read: some three minutes."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A program that reads aloud."""

    program: str
    """Its name, which says how it is called."""
    path: str

    def command(self, text: str, lang: str) -> tuple[list[str], bytes]:
        """What is run to read a text in "zh" or "en", and what it gets on stdin."""
        says = text.encode("utf-8", "replace")
        if self.program == "say":
            return [self.path, *(["-v", "Tingting"] if lang == "zh" else []), "-f", "-"], says
        if self.program == "spd-say":
            return [self.path, "--wait", "--language", lang, "--", text], b""
        return [self.path, "-v", "cmn" if lang == "zh" else "en", "-b", "1", "--stdin"], says

    @property
    def hush(self) -> list[str] | None:
        """What ends what is being read, where that is not the program itself."""
        return [self.path, "--cancel"] if self.program == "spd-say" else None


PROGRAMS = ("say", "espeak-ng", "spd-say", "espeak")
"""In the order in which they are taken: that of a Mac, then those of Linux."""


def voice(environ: Mapping[str, str] = os.environ) -> Voice | None:
    """What can read aloud here; None where nothing can."""
    for program in PROGRAMS:
        if path := shutil.which(program, path=environ.get("PATH")):
            return Voice(program, path)
    return None


class Speaker:
    """Reads one text at a time; another one ends it. Any thread may ask."""

    def __init__(self) -> None:
        self._reading: subprocess.Popen[bytes] | None = None
        self._alone = Lock()

    def say(self, text: str, lang: str) -> bool:
        """Begins to read, and ends what was read before; False where nothing can read aloud."""
        self.stop()
        found = voice()
        if found is None:
            return False
        command, says = found.command(clean(text)[:LONGEST], lang)
        quiet = subprocess.DEVNULL
        with self._alone:
            try:
                begun = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)
            except OSError:
                return False
            self._reading = begun
        assert begun.stdin is not None
        with suppress(OSError):  # it ended before it had read all
            begun.stdin.write(says)
        with suppress(OSError):
            begun.stdin.close()
        return True

    def stop(self) -> None:
        """Ends what is being read."""
        with self._alone:
            reading, self._reading = self._reading, None
        if reading is None:
            return
        if reading.poll() is None:
            reading.terminate()
            if (found := voice()) is not None and found.hush:
                subprocess.run(found.hush, capture_output=True, check=False)
        reading.wait()
