"""How long a key takes to show while both models load: `python -m bench.keys`.

The app runs in a pseudo-terminal with a fresh models' process; a character is typed every 60 ms until both models
are ready, and the time until it is painted is taken. A bare Textual app with the same text area is typed at as
often, in the same run. The target of the project is that no key waits longer than 100 ms.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.terminal import Terminal, python

BARE = """
from textual.app import App
from textual.widgets import Footer, TextArea
class Bare(App):
    def compose(self):
        yield TextArea()
        yield Footer()
    def on_mount(self):
        self.query_one(TextArea).focus()
Bare().run()
"""
ROOT = Path(__file__).parent.parent
FIRST = 0x7300
"""Each key is a character of its own, seldom met elsewhere: only the key just pressed can be what is painted."""


def type_until(terminal: Terminal, done: bytes, most: int) -> list[float]:
    """Seconds from key to paint, until the screen says `done` or so many keys were typed."""
    waits: list[float] = []
    for number in range(most):
        letter = chr(FIRST + number).encode()
        terminal.send(letter)
        waits.append(terminal.wait_for(letter))
        if done and done in terminal.seen:
            break
        terminal.send(b"\x15")  # the line is emptied, so that no wrapping or scrolling is measured
        time.sleep(0.06)
    return waits


def report(name: str, waits: Sequence[float]) -> None:
    ordered = sorted(waits)
    at = [ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 for share in (0.5, 0.99)]
    most = ordered[-1] * 1000
    print(
        f"{name:<18} {len(waits):4} keys   median {at[0]:5.1f} ms   p99 {at[1]:5.1f} ms   max {most:5.1f} ms"
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "STUDYLLM_HOME": home}
        deck = str(ROOT / "decks" / "studyllm.toml")
        subprocess.run(python("-m", "studyllm", "import", deck), env=env, check=True, cwd=ROOT)
        terminal = Terminal(python("-m", "studyllm", "review"), env)
        try:
            terminal.wait_for(b"to go")
            time.sleep(0.3)
            loading = type_until(terminal, b"Both models are ready", 800)
        finally:
            terminal.close()
        terminal = Terminal(python("-c", BARE), env)
        try:
            terminal.wait_for(b"palette")
            bare = type_until(terminal, b"", len(loading))
        finally:
            terminal.close()
    report("bare text area", bare)
    report("while models load", loading)
    sys.exit(max(loading) > 0.1)


if __name__ == "__main__":
    main()
