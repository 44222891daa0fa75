"""What models that have not learnt from an answer's hand see in it: bench/left_out.json.gz.

The weights of the grader are fitted on it, so that no hand is judged by a model that knows it. Made by trainings that
leave some hands out at a time (`bench.train_reader --folds`, `bench.train_cross_encoder --folds`), which take a GPU;
`python -m bench.left_out --readings FILE --signals FILE --values` puts their outputs together. The cross-encoder has
never learnt from the cases of values.
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
from studyllm.models import find, place

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
    parser.add_argument("--readings", type=Path, help="what the language model read; the earlier readings go")
    parser.add_argument("--signals", type=Path, help="what the cross-encoder saw, likewise")
    parser.add_argument(
        "--values", action="store_true", help="look at the cases of values with the shipped encoder"
    )
    options = parser.parse_args()
    found = {name: dict(row) for name, row in known().items()}
    if options.readings:
        for kept in found.values():
            kept.pop("reading", None)
        for name, reading in json.loads(options.readings.read_text("utf-8")).items():
            found.setdefault(name, {})["reading"] = reading
    if options.signals:
        for name, (whole, points) in json.loads(options.signals.read_text("utf-8")).items():
            found.setdefault(name, {}).update(whole=whole, points=points)
    if options.values:
        from bench.signals import embedder, look
        from bench.value_lessons import value_rows

        for row, seen in look([*value_rows()], embedder(place(find("e5-small")))):
            points = [*zip(seen.said, seen.denied, strict=True)]
            found.setdefault(row.id, {}).update(whole=(seen.says, seen.denies), points=points)
    found = {name: row for name, row in sorted(found.items()) if row}
    with gzip.GzipFile(FILE, "wb", mtime=0) as out:
        out.write(json.dumps(found, separators=(",", ":")).encode())
    print(f"{FILE}: {len(found)} answers, {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
