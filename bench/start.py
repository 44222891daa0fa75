"""First frame of the app on an imported home against a bare Textual app: `python -m bench.start`.

A frame is there when the first text of the screen has been written to a pseudo-terminal. The two are started
in turn, so that noise hits both. The target of the project is a ratio of at most 2. Commands of a shell are then
compared with `python -c "import click"` in the same way.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.terminal import Terminal, environment, python

BARE = """
from textual.app import App
from textual.widgets import Footer, Static
class Bare(App):
    BINDINGS = [("ctrl+q", "quit", "Quit")]
    def compose(self):
        yield Static("bare frame")
        yield Footer()
Bare().run()
"""
ROOT = Path(__file__).parent.parent
RUNS = 12


def first_frames(env: dict[str, str], runs: int) -> dict[str, float]:
    """Median seconds until there is something to read, printed beside a bare Textual app."""
    commands = {
        "bare": (python("-c", BARE), b"bare frame"),
        "home": (python("-m", "studyllm"), b"studyllm"),
        "review": (python("-m", "studyllm", "review"), b"ype what you"),
        "card": (python("-m", "studyllm", "review"), b"to go"),
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for run in range(runs + 1):
        for name, (command, pattern) in commands.items():
            terminal = Terminal(command, env)
            try:
                seconds = terminal.wait_for(pattern)
            finally:
                terminal.close()
            if run:  # the first round warms the disk's cache
                times[name].append(seconds)
    medians = {name: statistics.median(each) for name, each in times.items()}
    for name, median in medians.items():
        print(f"{name:<8} median {median * 1000:6.0f} ms   {median / medians['bare']:4.2f} × bare Textual")
    return medians


def commands(env: dict[str, str], runs: int) -> None:
    """Median seconds of commands, printed beside an interpreter that imports click and ends."""
    ours = ("--help",), ("due",), ("answer", "1", "--grade", "4", "--again")
    all_of_them = {"click": python("-c", "import click")} | {
        words[0]: python("-m", "studyllm", *words) for words in ours
    }
    times: dict[str, list[float]] = {name: [] for name in all_of_them}
    for _run in range(runs):
        for name, command in all_of_them.items():
            begin = time.perf_counter()
            subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
            times[name].append(time.perf_counter() - begin)
    medians = {name: statistics.median(each) for name, each in times.items()}
    for name, median in medians.items():
        print(f"{name:<8} median {median * 1000:6.0f} ms   {median / medians['click']:4.2f} × import click")


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        env = environment(home)
        subprocess.run(
            python("-m", "studyllm", "import", str(ROOT / "decks" / "studyllm.toml")),
            env=env,
            check=True,
            cwd=ROOT,
        )
        found = first_frames(env, RUNS)
        commands(env, RUNS)
    sys.exit(found["home"] / found["bare"] > 2)


if __name__ == "__main__":
    main()
