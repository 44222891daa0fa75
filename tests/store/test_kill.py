"""Real kills: whatever was acknowledged is in the log, and the database opens."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from studyllm.schedule import New
from studyllm.store import Store
from tests.conftest import fill

REVIEWER = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from studyllm.review.asking import question
from studyllm.review.queue import ReviewQueue
from studyllm.grading import TextGrader
from studyllm.schedule import Day, Grade
from studyllm.store import Store

now = datetime(2026, 3, 2, 9, tzinfo=UTC)
with Store(Path(sys.argv[1])) as store:
    grader = TextGrader()
    queue = ReviewQueue(store, Day(UTC))
    now = max([now, *(queue.day.start(card.due) for card in store.cards() if card.due)])
    while True:
        now += timedelta(days=1)
        for card in queue.queue(now):
            answer = f"answer at {now}"
            verdict = grader.grade(question(card), answer)
            recorded = queue.record(card, Grade.FAMILIAR, now, answer=answer, verdict=verdict)
            print(recorded.log_id, flush=True)
"""


@pytest.mark.slow
def test_kills_at_random_moments_lose_no_graded_answer(home: Path, store: Store) -> None:
    fill(store, *(f"term {n}" for n in range(30)))
    store.close()
    seed = random.randrange(2**32)
    moments = random.Random(seed)
    acknowledged: list[int] = []
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", REVIEWER, str(home / "study.db")],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent.parent,
        )
        assert process.stdout is not None
        acknowledged.append(int(process.stdout.readline()))
        time.sleep(moments.uniform(0, 0.3))
        os.kill(process.pid, signal.SIGKILL)
        acknowledged += [int(line) for line in process.stdout.read().split()]
        process.wait()
        process.stdout.close()
        with sqlite3.connect(home / "study.db") as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Store(home / "study.db") as opened:
        entries = list(opened.journal.entries())
        assert set(acknowledged) <= {entry.id for entry in entries}, f"seed {seed}"
        after = {entry.review.card_id: entry.review.after for entry in entries if entry.review}
        for card in opened.cards():
            assert card.progress == after.get(card.id, New()), f"seed {seed}"
