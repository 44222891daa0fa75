"""Terminals that can do less: TERM=dumb gets prompts and lines, NO_COLOR greys."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from studyllm.store import Store
from tests.cli.shell import WITHOUT_MODELS
from tests.conftest import fill
from tests.terminal.pane import Tmux

_GREYS = {*range(232, 256), 16, 231, 0, 7, 8, 15}
"""Of the 256 colours of a terminal, those without a hue."""


def said(*args: str, typed: bytes = b"", **env: str) -> str:
    """What the program writes to a terminal that it owns, and that only prints."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "studyllm", *args]
    told = os.environ | WITHOUT_MODELS | {"TERM": "dumb"} | env
    with os.fdopen(ours, "r+b", buffering=0) as screen:
        with os.fdopen(theirs, "wb") as other:
            process = subprocess.Popen(command, stdin=other, stdout=other, stderr=other, env=told)
        with process:
            screen.write(typed)
            text = b"".join(_pieces(screen.fileno()))
            process.kill()  # if it waits for more
    return text.decode()


def _pieces(screen: int) -> Iterator[bytes]:
    while select.select([screen], [], [], 30)[0]:
        try:
            piece = os.read(screen, 4096)
        except OSError:  # the other end is closed
            return
        if not piece:
            return
        yield piece


@pytest.mark.slow
def test_a_terminal_that_only_prints_gets_prompts_and_lines(store: Store) -> None:
    fill(store, "Resistance")
    text = said(typed=b"an answer\n:q\n:q\n\x04")
    assert "Resistance" in text
    assert "\x1b" not in text


def test_nothing_is_written_over_there(tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text('{"question": "q", "reference": "r", "answer": "a"}\n' * 3)
    text = said("grade", "--jsonl", str(answers), "--out", str(tmp_path / "out"))
    assert text.startswith("3 rows are in ")
    assert "\x1b" not in said("import", "--dry-run", str(tmp_path))


def test_a_pipe_stays_a_pipe(store: Store) -> None:
    fill(store, "Resistance")
    command = [sys.executable, "-m", "studyllm"]
    env = os.environ | WITHOUT_MODELS | {"TERM": "dumb"}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, env=env, capture_output=True, text=True)
    assert done.stdout.startswith("No terminal here")


@pytest.mark.terminal
@pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed")
@pytest.mark.parametrize("without", [False, True])
def test_without_colours_there_are_greys(tmux: Tmux, home: Path, without: bool) -> None:
    env = WITHOUT_MODELS | {"STUDYLLM_HOME": str(home), **({"NO_COLOR": "1"} if without else {})}
    given = [f"-e{name}={value}" for name, value in env.items()]
    tmux("new-session", "-d", "-s", "t", "-x", "80", "-y", "24", *given, sys.executable, "-m", "studyllm")
    tmux.wait_for("sample")
    painted = {int(number) for number in re.findall(r"[34]8;5;(\d+)", tmux.screen("-e"))}
    painted |= {
        16 if len({*rgb}) == 1 else -1 for rgb in re.findall(r"[34]8;2;(\d+);(\d+);(\d+)", tmux.screen("-e"))
    }
    assert painted
    assert (painted <= _GREYS) is without
