"""A program in the place of a voice: it writes down how it was called and what it was given, and reads until ended."""

import json
import os
import stat
import sys
import time
from pathlib import Path
from typing import Any

_PROGRAM = """\
#!{python}
import json, os, signal, sys, time
said = sys.stdin.read() if {reads} else ""
with open({log!r}, "a") as file:
    file.write(json.dumps([sys.argv[1:], said, os.getpid()]) + "\\n")
time.sleep({seconds})
"""


class FakeVoice:
    """The only program on a PATH of its own."""

    def __init__(self, folder: Path, name: str = "espeak-ng", *, seconds: float = 0.0) -> None:
        folder.mkdir(exist_ok=True)
        self.log = folder / "said.jsonl"
        self.path = folder / name
        reads = name != "spd-say"
        self.path.write_text(
            _PROGRAM.format(python=sys.executable, log=str(self.log), seconds=seconds, reads=reads)
        )
        self.path.chmod(self.path.stat().st_mode | stat.S_IXUSR)

    @property
    def said(self) -> list[list[Any]]:
        """Options, text and process of each call so far."""
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]

    def waited(self, count: int) -> list[list[Any]]:
        """The calls, once there are so many."""
        until = time.monotonic() + 10
        while len(self.said) < count and time.monotonic() < until:
            time.sleep(0.02)
        return self.said


def is_running(pid: int) -> bool:
    """Whether a process is there."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
