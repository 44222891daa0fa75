"""What Anki's own library makes of our packages, and we of its; it runs in an environment of its own, because of its
licence. STUDYLLM_ANKI names the Python of one: `python -m venv E; E/bin/pip install anki`."""

import json
import os
import subprocess
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, Learned
from studyllm.store import Store
from tests.cli.shell import run
from tests.conftest import DAY, NOW, SHARED

PYTHON = os.environ.get("STUDYLLM_ANKI", "")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not PYTHON, reason="STUDYLLM_ANKI names no Python that has Anki's library"),
]


def anki(*args: str) -> Any:
    program = Path(__file__).with_name("oracle.py")
    done = subprocess.run([PYTHON, str(program), *args], capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.skipif(not SHARED.exists(), reason="shared/data is not there: no real notes")
@pytest.mark.parametrize("algorithm", ["sm2", "fsrs"])
def test_real_notes_with_their_history_in_anki(store: Store, tmp_path: Path, algorithm: str) -> None:
    for note in sorted(SHARED.rglob("*.md"))[:60]:
        run("import", "--quick", "--deck", "real", str(note), ok=None)
    run("schedule", "set", "real", "--algorithm", algorithm)
    queue = ReviewQueue(store, DAY)
    for number in range(40):
        now = NOW + timedelta(days=number)
        for card in queue.queue(now)[:25]:
            queue.record(card, Grade((number + card.id) % 6), now)
    run("export", str(tmp_path / "out.apkg"))
    found = anki("read", str(tmp_path / "out.apkg"))
    cards = list(store.cards())
    assert len(found["notes"]) == len(cards) > 100
    assert found["again"] == {"notes": len(cards), "log": len(found["log"])}, "importing again adds none"
    reviews = [entry.review for entry in store.journal.entries() if entry.review]
    assert len(found["log"]) == len(reviews)
    assert Counter(one["due"] for one in found["cards"].values() if one["type"] == 2) == Counter(
        str(c.due)
        for c in cards
        if isinstance(c.progress, Learned) and (c.progress.interval or algorithm == "sm2")
    )
    if algorithm == "fsrs":
        known = sorted(
            round(c.progress.memory.stability, 2)
            for c in cards
            if isinstance(c.progress, Learned) and c.progress.memory
        )
        assert (
            sorted(round(one["data"]["s"], 2) for one in found["cards"].values() if "s" in one["data"])
            == known
        )
    whole = "\n".join("\n".join(note["fields"]) for note in found["notes"])
    for sign in ("<table>", "\\(", "的"):
        assert sign in whole


@pytest.mark.parametrize("kind", ["new", "old", "colpkg", "colpkg-fsrs"])
def test_what_anki_writes_comes_in_whole(store: Store, home: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"deck.{'colpkg' if kind.startswith('colpkg') else 'apkg'}"
    made = anki("make", str(file), "400", kind)
    said = json.loads(run("import", "--json", str(file)))
    cards = list(store.cards())
    assert said["added"] == len(cards) == len(made["cards"]) == 600
    assert said["reviews"] == len(made["log"])
    due = Counter(one["due"] for one in made["cards"].values())
    assert Counter(str(card.due) if card.due else None for card in cards) == due
    assert sum(card.suspended for card in cards) == sum(one["queue"] == -1 for one in made["cards"].values())
    assert not store.journal.differences()
    assert len(list((home / "imported").rglob("*.png"))) == 1
    if kind.endswith("fsrs"):
        known = Counter(
            round(c.progress.memory.stability, 3)
            for c in cards
            if isinstance(c.progress, Learned) and c.progress.memory
        )
        assert known == Counter(round(one["data"]["s"], 3) for one in made["cards"].values() if one["data"])
