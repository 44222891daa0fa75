"""What models that have not learnt from an answer's hand see in it: bench/left_out.json.gz.

The weights of the grader are fitted on it, so that no hand is judged by a model that knows it. Made by trainings that
leave some hands out at a time (`bench.train_reader --folds`, `bench.train_cross_encoder --folds`), which take a GPU;
`python -m bench.left_out READINGS.json SIGNALS.json` puts their outputs together.
"""

from __future__ import annotations

import argparse
import gzip
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from studyllm.grading.signals import Reading, Signals

FILE = Path(__file__).parent / "left_out.json.gz"


@cache
def known() -> dict[str, dict[str, Any]]:
    """By an answer's id: `reading`, rows of three shares; `whole` and `points`, logits of said and denied; either may
    be missing."""
    with gzip.open(FILE, "rt", encoding="utf-8") as opened:
        found: dict[str, dict[str, Any]] = json.load(opened)
    return found


def encoded(row_id: str, seen: Signals) -> Signals:
    """Signals with what the cross-encoder sees."""
    kept = known()[row_id]
    (says, denies), points = kept["whole"], kept["points"]
    return replace(
        seen, says=says, denies=denies, said=tuple(p[0] for p in points), denied=tuple(p[1] for p in points)
    )


def read(row_id: str, seen: Signals) -> Signals:
    """Signals with what the language model reads."""
    whole, *points = (tuple(row) for row in known()[row_id]["reading"])
    return replace(seen, reading=Reading(whole, tuple(points)))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("readings", type=Path)
    parser.add_argument("signals", type=Path)
    options = parser.parse_args()
    readings, signals = (json.loads(file.read_text("utf-8")) for file in (options.readings, options.signals))
    found = {name: {"reading": reading} for name, reading in sorted(readings.items())}
    for name, (whole, points) in sorted(signals.items()):
        found.setdefault(name, {}).update(whole=whole, points=points)
    with gzip.GzipFile(FILE, "wb", mtime=0) as out:
        out.write(json.dumps(found, separators=(",", ":")).encode())
    print(f"{FILE}: {len(found)} answers, {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
