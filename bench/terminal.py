"""A program in a real pseudo-terminal: when its first frame is there, and how long a key takes to show."""

import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl
from pathlib import Path


class Terminal:
    """A child on a pseudo-terminal of 80×24 whose output is read as it comes."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "STUDYLLM_INTERFACE": "en"}
            os.execvpe(command[0], list(command), dict(env) | terminal)
        ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.seen = b""

    def wait_for(self, pattern: bytes, timeout: float = 60.0) -> float:
        """Seconds until the output since the last call matches; TimeoutError if it never does."""
        begin = time.perf_counter()
        wanted = re.compile(pattern)
        while not wanted.search(self.seen):
            left = timeout - (time.perf_counter() - begin)
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                raise TimeoutError(f"{pattern!r} did not show within {timeout} s: {self.seen[-400:]!r}")
            self.seen += os.read(self.fd, 65536)
        return time.perf_counter() - begin

    def drain(self) -> bytes:
        """What has come meanwhile."""
        self.seen = b""
        while select.select([self.fd], [], [], 0)[0]:
            self.seen += os.read(self.fd, 65536)
        return self.seen

    def send(self, keys: bytes) -> None:
        self.seen = b""
        os.write(self.fd, keys)

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def environment(home: Path | str) -> dict[str, str]:
    """That of a program with this home. Its modules are kept compiled, as those of an installed one are."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"STUDYLLM_HOME": str(home)}


def python(*args: str) -> list[str]:
    """This interpreter with those arguments."""
    return [sys.executable, *args]
