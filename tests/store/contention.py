"""Two devices that review the same cards at the same time: `python -m tests.store.contention [--reviews 10000]`.

Each is a process. At the end the log has every review that was acknowledged, once, and each card's reviews follow from
one another: none was overwritten unseen.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from studyllm.errors import InputError
from studyllm.location import Place, Server, place_of
from studyllm.schedule import Grade, review
from studyllm.store import Review, Store
from tests.conftest import DAY, NOW, ROOT, fill
from tests.postgres import Cluster, why_not

CARDS = 100
_PLACE = "STUDYLLM_DATABASE"


@dataclass(frozen=True)
class Outcome:
    """What two devices did."""

    rows: int
    """Reviews in the log."""
    acknowledged: int
    refused: int
    """Reviews of a card that the other one had just moved; they were done again."""
    seconds: float


def contend(place: Place, reviews: int) -> Outcome:
    """Has two processes do so many reviews each on one database; raises AssertionError for what is lost or wrong."""
    with Store(place) as store:
        fill(store, *(f"term {number}" for number in range(CARDS)))
    told = place.url if isinstance(place, Server) else str(place)
    begin = time.monotonic()
    devices = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.store.contention",
                "--device",
                str(number),
                "--reviews",
                str(reviews),
            ],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=os.environ | {_PLACE: told},
        )
        for number in (1, 2)
    ]
    said = [device.communicate()[0].split() for device in devices]
    seconds = time.monotonic() - begin
    assert [device.returncode for device in devices] == [0, 0]
    acknowledged = [int(log_id) for one in said for log_id in one[1:]]
    with Store(place) as store:
        last: dict[int, object] = {}
        found = []
        for entry in store.journal.entries():
            if entry.review is not None:
                found.append(entry.id)
                card = entry.review.card_id
                assert last.get(card, entry.review.before) == entry.review.before, (
                    f"card {card} lost a review"
                )
                last[card] = entry.review.after
        assert sorted(acknowledged) == sorted(found), "the log is not what was acknowledged"
        assert all(store.card(card).progress == progress for card, progress in last.items())
        assert store.journal.differences() == ()
    return Outcome(len(found), len(acknowledged), sum(int(one[0]) for one in said), seconds)


def device(place: Place, number: int, reviews: int) -> None:
    """One of them: prints how many were refused, and the log's id of each that was not."""
    dice, refused, done = Random(number), 0, list[int]()
    with Store(place) as store:
        while len(done) < reviews:
            card, at = dice.randint(1, CARDS), NOW + timedelta(seconds=len(done))
            before, grade = store.card(card).progress, Grade(dice.randint(0, 5))
            try:
                done.append(store.record(Review(card, at, grade, before, review(before, grade, at, DAY))))
            except InputError:
                refused += 1
    print(refused, *done)


@contextmanager
def places() -> Iterator[dict[str, Place]]:
    with tempfile.TemporaryDirectory() as folder:
        found: dict[str, Place] = {"SQLite": Path(folder) / "study.db"}
        if reason := why_not():
            print(f"PostgreSQL is left out: {reason}")
            yield found
            return
        cluster = Cluster(durable=True)
        try:
            yield found | {"PostgreSQL": cluster.fresh()}
        finally:
            cluster.close()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--reviews", type=int, default=10_000)
    parser.add_argument("--device", type=int)
    asked = parser.parse_args()
    if asked.device is not None:
        device(place_of(os.environ[_PLACE]), asked.device, asked.reviews)
        return
    with places() as found:
        for name, place in found.items():
            done = contend(place, asked.reviews)
            print(
                f"{name:<10} 2 × {asked.reviews} reviews of {CARDS} cards: {done.rows} rows in the log, "
                f"{done.acknowledged} acknowledged, {done.refused} refused and done again, none lost; "
                f"{done.rows / done.seconds:.0f} a second"
            )


if __name__ == "__main__":
    main()
