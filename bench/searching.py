"""How quickly the glossary answers at 100,000 cards: `python -m bench.searching [--cards N]`.

The app runs in a pseudo-terminal on a home of that size, with vectors for all cards and a stand-in for the models that
takes the 25 ms that the real one takes to embed a query. Taken is the time from a key to what it shows: the letter
itself, the count of what was found, what is near in meaning, and the cursor on the next row. Beside it, in the same
run, a bare Textual app with an input, a count and a list of twenty rows that it filters. Targets of the project: p99 of
the letter 50 ms, of the results 100 ms. The terms here are made of the same few words, so that most queries find tens
of thousands: the worst case.
"""

import argparse
import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy

from bench.keys import report
from bench.reviews import DAY, build
from bench.terminal import Terminal, python
from studyllm.config import Settings
from studyllm.glossary import Finder
from studyllm.glossary.near import text_of
from studyllm.grading import Readiness, TextGrader
from studyllm.store import Store
from studyllm.store.vectors import Vectors

QUERIES = (
    "term 12",
    "345",
    "9071",
    "sy31",
    "shuyu9",
    "术语70",
    "语言概率",
    "参数 模型 9",
    "predicts",
    "model tok",
    "each it 4",
    "deck:1 sy4",
    "is:due te",
    "88",
    "6 0",
)
DIMENSIONS = 384
EMBEDDING = 0.025
"""Seconds the real model takes for a query."""
FIRST = 0x7300
"""Letters for the keys whose echo is taken: seldom met elsewhere."""
BARE = """
from textual.app import App
from textual.widgets import Input, Label, ListItem, ListView
WORDS = [f"term {n}" for n in range(20)]
class Bare(App):
    def compose(self):
        yield Input()
        yield Label("ready", id="count")
        yield ListView(*(ListItem(Label(word)) for word in WORDS))
    def on_mount(self):
        self.keys = 0
        self.query_one(Input).focus()
    def on_input_changed(self, event):
        self.keys += 1
        for item, word in zip(self.query(ListItem), WORDS):
            item.display = event.value in word
        self.query_one("#count", Label).update(f"<{self.keys}>")
Bare().run()
"""


class StandIn(TextGrader):
    """Embeds a text in the time of the real model, at random but always the same."""

    def readiness(self) -> Readiness:
        return Readiness("ready", "off", "")

    def embed(self, texts: Sequence[str], prefix: str = "") -> tuple[bytes, ...]:
        time.sleep(EMBEDDING * len(texts))
        return tuple(vector(sum(map(ord, text))) for text in texts)


def vector(seed: int) -> bytes:
    """A unit vector; those of seeds with the same rest by a thousand are near each other."""
    base = numpy.random.default_rng(seed % 1000).standard_normal(DIMENSIONS)
    near = base + 0.1 * numpy.random.default_rng(seed).standard_normal(DIMENSIONS)
    return (near / numpy.linalg.norm(near)).astype("<f2").tobytes()


def run_app(home: Path, *, meaning: bool) -> None:
    """The app, in the child."""
    from studyllm.cli.app import MADE
    from studyllm.cli.session import open_store
    from studyllm.tui import StudyApp

    def grader(_settings: Settings) -> TextGrader:
        gc.freeze()
        return StandIn() if meaning else TextGrader()

    gc.set_threshold(MADE)
    StudyApp(Settings(home, embedding_model="stand-in"), open_store=open_store, make_grader=grader).run()


def remember(home: Path) -> Finder:
    """Vectors for all cards; and the finder that says what a query must find."""
    kept = Vectors(home / "vectors.db", "stand-in")
    today = DAY.of(datetime.now(UTC))
    with Store(home / "study.db") as store:
        finder = Finder(store.entries, kept)
        finder.load(today, DAY.start(today))
        texts = [text_of(row) for row in store.entries.rows(today, DAY.start(today))]
    finder.read()
    finder.listen()
    some = [vector(number) for number in range(2000)]
    kept.put({text: some[number % 2000] for number, text in enumerate(texts)})
    return finder


def typed(terminal: Terminal, finder: Finder, *, meaning: bool) -> tuple[list[float], list[float]]:
    """Seconds from each key of the queries to the count of what it found, and to what is near in meaning."""
    literal, meant = [], []
    of = len(finder.find("") or ())
    for query in QUERIES:
        before = of
        for length in range(1, len(query) + 1):
            found = finder.find(query[:length])
            assert found is not None
            terminal.send(query[length - 1].encode())
            count = len(found.cards)
            if count in (before, 0):  # nothing is painted that could be told from what was there
                time.sleep(0.3)
                continue
            before = count
            try:
                waited = terminal.wait_for(f"{count} of {of} ".encode(), 3)
            except TimeoutError:
                print(f"{query[:length]!r}: the count {count} was not seen in three seconds", flush=True)
                continue
            literal.append(waited)
            if meaning and (near := finder.nearest(found, StandIn().embed([found.query.phrase])[0]).near):
                terminal.seen = terminal.seen[-2000:]
                begin = time.perf_counter()
                try:
                    terminal.wait_for(f"{len(near)} near in meaning".encode(), 3)
                except TimeoutError:
                    print(f"{query[:length]!r}: {len(near)} near in meaning were not seen", flush=True)
                    continue
                meant.append(waited + time.perf_counter() - begin)
            time.sleep(0.05)
        terminal.send(b"\x15")
        terminal.wait_for(f"{of} of {of} ".encode(), 10)
        time.sleep(0.1)
    return literal, meant


def echoed(terminal: Terminal, count: int) -> list[float]:
    """Seconds from a key to its letter in the search, each of which searches all there is."""
    waits = []
    for number in range(count):
        letter = chr(FIRST + number).encode()
        terminal.send(letter)
        waits.append(terminal.wait_for(letter))
        terminal.wait_for(b"No term matches|Reading")
        time.sleep(0.06)
        terminal.send(b"\x15")
        terminal.wait_for(rb"(\d+) of \1 ")  # Textual runs a binding after letters that were typed later
        time.sleep(0.03)
    return waits


def moved(terminal: Terminal, finder: Finder, count: int) -> list[float]:
    """Seconds from a key to the page of the next entry."""
    waits = []
    terminal.send(b"\x1b[B")
    time.sleep(0.3)
    for row in range(1, count + 1):
        entry = finder._index.rows[row]
        terminal.send(b"\x1b[B")
        waits.append(terminal.wait_for(f"{Path(entry.path).name}:{entry.line}\\b".encode()))
        time.sleep(0.06)
    return waits


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cards", type=int, default=100_000)
    parser.add_argument("--app", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--meaning", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.app:
        return run_app(asked.app, meaning=asked.meaning)
    with tempfile.TemporaryDirectory() as base:
        home = Path(base, "home")
        build(home / "study.db", Path(base, "notes"), asked.cards, asked.cards, DAY.of(datetime.now(UTC)))
        finder = remember(home)
        finder.recall()
        env = {**os.environ, "STUDYLLM_HOME": str(home), "LANG": "C.UTF-8", "LANGUAGE": "en"}
        waits: dict[str, list[float]] = {"bare list": bare(env)}
        for meaning in (False, True):
            name = "by meaning" if meaning else "by text"
            options = ["--meaning"] if meaning else []
            terminal = Terminal(python("-m", "bench.searching", "--app", str(home), *options), env)
            try:
                terminal.wait_for(b"Enter: this deck")
                time.sleep(1)
                terminal.send(b"g")
                shown = terminal.wait_for(f"{asked.cards} of {asked.cards} ".encode())
                waits.setdefault("letter, loading", []).extend(echoed(terminal, 40))
                print(f"{name}: the first rows after {shown:.2f} s")
                time.sleep(4)
                waits[f"results {name}"], meant = typed(terminal, finder, meaning=meaning)
                if meaning:
                    waits["and its meaning"] = meant
                waits.setdefault("letter", []).extend(echoed(terminal, 40))
                waits.setdefault("cursor", []).extend(moved(terminal, finder, 40))
            finally:
                terminal.close()
    for name, each in waits.items():
        report(name, each)
    p99 = {name: sorted(each)[min(len(each) - 1, int(0.99 * len(each)))] for name, each in waits.items()}
    keys = max(p99[name] for name in ("letter", "letter, loading", "cursor"))
    results = max(p99[name] for name in ("results by text", "results by meaning"))
    ratio = statistics.median(waits["results by text"]) / statistics.median(waits["bare list"])
    print(f"results by text take {ratio:.1f} × what the bare list of twenty takes (medians)")
    print(f"p99 of keys {keys * 1000:.0f} ms (at most 50), of results {results * 1000:.0f} ms (at most 100)")
    sys.exit(not (keys <= 0.05 and results <= 0.1))


def bare(env: dict[str, str]) -> list[float]:
    """Seconds from a key to the count in the bare app."""
    terminal = Terminal(python("-c", BARE), env)
    waits = []
    try:
        terminal.wait_for(b"ready")
        time.sleep(0.3)
        for number in range(1, 61):
            terminal.send(b"t" if number % 2 else b"\x7f")
            waits.append(terminal.wait_for(f"<{number}>".encode()))
            time.sleep(0.06)
    finally:
        terminal.close()
    return waits


if __name__ == "__main__":
    main()
