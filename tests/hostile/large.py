"""Imports notes of a megabyte, of every shape that `test_growth.py` knows: `python -m tests.hostile.large`."""

import sys
import tempfile
import time
from pathlib import Path

import click

from studyllm.cards import Deck
from studyllm.library import bring_in, plan
from studyllm.store import Store
from tests.conftest import NOW
from tests.hostile.test_growth import LINES, RUNS

LENGTH = 1_000_000
"""Characters."""
LONGEST = 10.0
"""Seconds that an import may take."""


@click.command()
def main() -> None:
    """Says which shapes take longest; exit code 1 when one takes longer than 10 seconds."""
    took: dict[str, float] = {}
    for name, shape in (RUNS | LINES).items():
        with tempfile.TemporaryDirectory() as folder:
            note = Path(folder) / "note.md"
            note.write_text(shape(LENGTH), encoding="utf-8")
            with Store(Path(folder) / "study.db") as store:
                began = time.perf_counter()
                bring_in(store, plan(store, Deck("large", (note,))), NOW)
                took[name] = time.perf_counter() - began
        if took[name] > LONGEST:
            click.echo(f"{name}: {took[name]:.1f} s", err=True)
    slowest = sorted(took, key=lambda name: -took[name])[:5]
    click.echo(
        f"{len(took)} shapes of a megabyte; slowest: {', '.join(f'{n} {took[n]:.1f} s' for n in slowest)}"
    )
    sys.exit(max(took.values()) > LONGEST)


if __name__ == "__main__":
    main()
