"""Kills a process again and again at random moments of what it does to a home: `python -m tests.hostile.kills`.

After each kill the database opens, doctor finds nothing, and everything that the process had acknowledged is there.
"""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from studyllm.store import Store
from studyllm.store.damage import examine
from tests.conftest import NOW, ROOT, fill
from tests.store.oldest import oldest

WORK = """
import itertools, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from studyllm.cards import Card, Deck, Kind, Source
from studyllm.grading import TextGrader
from studyllm.review.asking import question
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Day, Grade
from studyllm.store import Changes, Store, Update
from studyllm.store.damage import salvage

path, does = Path(sys.argv[1]), sys.argv[2]
start = datetime.fromisoformat(sys.argv[3])
print(0, flush=True)


def review(store):
    now, grader, queue = start, TextGrader(), ReviewQueue(store, Day(UTC))
    while True:
        now += timedelta(days=1)
        for card in queue.queue(now):
            verdict = grader.grade(question(card), f"answer at {now}")
            recorded = queue.record(card, Grade.FAMILIAR, now, answer=f"answer at {now}", verdict=verdict)
            print(recorded.log_id, flush=True)


def undo(store):
    queue = ReviewQueue(store, Day(UTC))
    for now in (start + timedelta(days=n) for n in itertools.count(1)):
        for card in queue.queue(now)[:3]:
            queue.record(card, Grade.GOOD, now)
        while (taken := store.journal.undo(now, imports=False)) is not None:
            print(-taken.id, flush=True)


def importing(store):
    deck = Deck("words")
    for turn in itertools.count():
        cards = list(store.cards(gone=True))
        updates = tuple(
            Update(c.id, Card(Kind.TERM, c.card.term, f"{c.card.answer} {turn}", c.card.source, prompt=c.card.term))
            for c in cards[:10]
        )
        new = tuple(Card(Kind.TERM, f"new {turn} {n}", "x", Source("/b.md", n, n)) for n in range(1, 20))
        done = store.apply(deck, Changes(new, updates, tuple(c.id for c in cards[-5:])), start)
        print(done, flush=True)


if does == "repair":
    salvage(path, datetime.now(UTC))
else:
    with Store(path) as store:
        {"review": review, "undo": undo, "import": importing, "migration": lambda store: None}[does](store)
"""
KINDS = ("review", "import", "undo", "migration", "repair")
_LONGEST = {"migration": 0.8, "repair": 0.8}
"""Seconds until the kill at most, where it is not 0.4: these end by themselves."""


def kill(kind: str, home: Path, moments: random.Random) -> None:
    """One kill; raises AssertionError when something that was acknowledged is lost or the database is not sound."""
    path = home / "study.db"
    if kind == "migration":
        shutil.rmtree(home, ignore_errors=True)
        oldest(path)
    elif not path.exists():
        with Store(path) as store:
            fill(store, *(f"term {n}" for n in range(30)))
    before, last = _rows(path)
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, str(path), kind, last], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(moments.uniform(0, _LONGEST.get(kind, 0.4)))
    os.kill(process.pid, signal.SIGKILL)
    acknowledged = {int(line) for line in process.stdout.read().split() if line != "None"}
    process.wait()
    process.stdout.close()
    with Store(path) as store:
        entries = list(store.journal.entries())
        assert {entry.id for entry in entries} >= before | {row for row in acknowledged if row > 0}
        assert {entry.undoes for entry in entries} >= {-row for row in acknowledged if row < 0}
        assert not store.journal.differences()
    assert examine(path) is None


def _rows(path: Path) -> tuple[set[int], str]:
    """The rows of the log, and the moment of the last of them."""
    with closing(sqlite3.connect(path)) as raw:
        found = raw.execute("SELECT id, at FROM log ORDER BY id").fetchall()
    last = max((at for _row, at in found), default=NOW.isoformat())
    return {row for row, _at in found}, datetime.fromisoformat(last).replace(tzinfo=UTC).isoformat()


@click.command()
@click.option("--kills", default=200, show_default=True)
@click.option("--seed", type=int, help="[default: another one each time]")
def main(kills: int, seed: int | None) -> None:
    """Kills a process KILLS times, at what it does in turn."""
    chosen = random.randrange(2**32) if seed is None else seed
    moments = random.Random(chosen)
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(kills):
            kind = KINDS[number % len(KINDS)]
            home = Path(folder) / ("old" if kind == "migration" else "home")
            try:
                kill(kind, home, moments)
            except BaseException:
                click.echo(f"seed {chosen}, kill {number}, of {kind}", err=True)
                raise
            counted[kind] += 1
    click.echo(
        f"{kills} kills ({', '.join(f'{n} of {kind}' for kind, n in counted.items())}): nothing lost, all sound"
    )


if __name__ == "__main__":
    main()
