"""A conversation in lines: what is said, what is asked, and the commands that may stand in for an answer."""

import io
import itertools
import shutil
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TextIO

from studyllm.i18n import _
from studyllm.text import broken, clean, has_wide, width

LONGEST = 8_000
"""Characters of an answer, as in the app."""
_SIGNS = (":", "：", "/")
"""Each of them makes what follows a command."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be done at a prompt, by its English name or that in the learner's language."""

    name: str
    does: str
    takes: str = ""
    """What has to follow the name."""

    @property
    def line(self) -> str:
        """How it is typed, and what it does."""
        return f":{' '.join(filter(None, (_(self.name), _(self.takes))))} - {_(self.does)}"


class Terminal:
    """Lines out, lines in. At a terminal a prompt and its answer share a line; in a pipe each has its own."""

    def __init__(self, source: TextIO | None = None, target: TextIO | None = None) -> None:
        self.source, self.target = source or sys.stdin, target or sys.stdout
        if isinstance(self.source, io.TextIOWrapper):
            self.source.reconfigure(errors="replace")  # an answer in another encoding is no reason to end

    def say(self, text: str) -> None:
        """A text, cleaned; its own lines stay lines, and those with nothing on them are left out. At a terminal no word
        is parted by its edge."""
        columns = shutil.get_terminal_size().columns if self.target.isatty() else 0
        for line in clean(text).replace("\t", " ").split("\n"):
            if line.strip():
                pieces = broken(line.rstrip(), columns) if columns else [line]
                self._write("".join(piece.rstrip() + "\n" for piece in pieces))

    def stream(self, head: str, pieces: Iterable[str]) -> None:
        """A line that is said as its pieces come; at a terminal no word is parted by its edge."""
        columns = shutil.get_terminal_size().columns if self.target.isatty() else 0
        self._write(head + _gap(head))
        used, held = width(head + _gap(head)), ""
        for piece in itertools.chain(pieces, ("",)):
            said = held + " ".join(clean(piece).split("\n"))
            whole = said.rfind(" ") + 1 if piece and columns and not has_wide(said) else len(said)
            said, held = said[:whole], said[whole:]  # the last word may go on
            lines = broken(said, columns, used) if columns else [said]
            self._write("\n".join(lines))
            used = width(lines[-1]) + (used if len(lines) == 1 else 0)
        self._write("\n")

    def ask(self, prompt: str) -> str:
        """What is typed at a prompt; a line that ends in a backslash goes on. Raises EOFError at the end."""
        self._write(clean(prompt) + (_gap(prompt) if self.source.isatty() else "\n"))
        lines = [self._line()]
        while lines[-1].endswith("\\"):
            lines[-1] = lines[-1][:-1]
            lines.append(self._line())
        return clean("\n".join(lines))[:LONGEST]

    def bell(self) -> None:
        """A sound, where there is a terminal to make it."""
        if self.target.isatty():
            self._write("\a")

    def forget_typed(self) -> None:
        """Forgets what was typed at a terminal before what it would answer could be read, and says so where a line was;
        a pipe has nothing that came too early."""
        if self.source.isatty():
            with suppress(ImportError, OSError):
                import select
                import termios

                typed, _none, _failed = select.select([self.source], [], [], 0)
                termios.tcflush(self.source, termios.TCIFLUSH)
                if typed:
                    self.say(_("What you typed before this could be read was left out."))

    def end_line(self) -> None:
        """After Ctrl-C or Ctrl-D, which leave the cursor behind a prompt."""
        if self.source.isatty():
            self._write("\n")

    def _line(self) -> str:
        line = self.source.readline()
        if not line:
            self.end_line()
            raise EOFError
        return line.rstrip("\r\n")

    def _write(self, text: str) -> None:
        self.target.write(text)
        self.target.flush()


def _gap(head: str) -> str:
    """What parts a head from what follows on its line: a full-width mark has its space in it."""
    return "" if has_wide(head[-1:]) else " "


def command(typed: str, known: Sequence[Command]) -> tuple[Command | None, str] | None:
    """The command that was typed, or begun so that it can be no other, and what follows it; (None, its name) for one
    that is not known here; None for an answer."""
    if not typed.startswith(_SIGNS):
        return None
    name, _space, rest = typed[1:].strip().partition(" ")
    for one in known:
        if name.casefold() in (one.name, _(one.name).casefold()):
            return one, rest.strip()
    begun = [one for one in known if name and one.name.startswith(name.casefold())]
    return (begun[0], rest.strip()) if len(begun) == 1 else (None, name)
