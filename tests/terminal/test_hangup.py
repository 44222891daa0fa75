"""A terminal that goes away without a signal takes the app with it."""

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.shell import WITHOUT_MODELS

pytestmark = pytest.mark.terminal


def test_the_app_ends_with_its_terminal(home: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, **WITHOUT_MODELS, "TERM": "xterm-256color"}
    app = subprocess.Popen(
        [sys.executable, "-m", "studyllm"], stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    drawn, end = b"", time.monotonic() + 20
    while b"studyllm" not in drawn and time.monotonic() < end:
        if select.select([ours], [], [], 0.2)[0]:
            drawn += os.read(ours, 65536)
    os.close(ours)
    try:
        app.wait(20)
    finally:
        app.kill()
