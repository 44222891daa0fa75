"""The program in a real terminal: a tmux of its own, with keys in and what is painted out."""

import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.conftest import ROOT

_SEEN = 0.25
"""Seconds until a person who saw something presses a key: the review heeds none that comes sooner."""


_NUMBER = itertools.count()


class Tmux:
    """A session on a server of its own, 80×24 to begin with."""

    def __init__(self) -> None:
        self.server = f"studyllm-test-{os.getpid()}-{next(_NUMBER)}"  # the last one may not have ended yet

    def __call__(self, *args: str) -> str:
        environ = {**os.environ, "LC_ALL": "C.UTF-8"}
        command = ["tmux", "-u", "-f", "/dev/null", "-L", self.server, *args]
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environ).stdout

    def start(self, *args: str) -> None:
        names = [name for name in os.environ if name.startswith("STUDYLLM_")]
        environment = ["-eLC_ALL=C.UTF-8", *(f"-e{name}={os.environ[name]}" for name in names)]
        command = [sys.executable, "-m", "studyllm", *args]
        self("new-session", "-d", "-s", "t", "-x", "80", "-y", "24", "-c", str(ROOT), *environment, *command)

    def keys(self, *keys: str) -> None:
        self("send-keys", "-t", "t", *keys)

    def resize(self, width: int, height: int) -> None:
        self("resize-window", "-t", "t", "-x", str(width), "-y", str(height))

    def screen(self, *options: str) -> str:
        return self("capture-pane", "-p", *options, "-t", "t")

    def ask(self, variable: str) -> str:
        """A variable of tmux, such as pane_title."""
        return self("display-message", "-p", "-t", "t", f"#{{{variable}}}").rstrip("\n")

    def wait_for(self, *words: str, seconds: float = 90) -> str:
        """The screen, once it holds all of the words."""
        return self.wait_until(lambda screen: all(word in screen for word in words), f"{words}", seconds)

    def wait_until(self, holds: Callable[[str], object], what: str, seconds: float = 90) -> str:
        """The screen, once something holds of it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if holds(screen := self.screen()):
                time.sleep(_SEEN)
                return screen
            time.sleep(0.05)
        pytest.fail(f"{what} did not show within {seconds} s:\n{self.screen()}")

    def pid(self) -> int:
        return int(self.ask("pane_pid"))

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self.server, "kill-server"], capture_output=True)
