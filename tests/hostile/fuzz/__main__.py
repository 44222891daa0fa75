"""Fuzzes one way into the program and prints a report as JSON; exit code 1 when something failed."""

import sys
import tempfile
from pathlib import Path

import click

from tests.hostile.fuzz.databases import Databases
from tests.hostile.fuzz.frames import Frames
from tests.hostile.fuzz.guide import LARGEST, Target, fuzz, written
from tests.hostile.fuzz.texts import Lines, Notes, Settings

TARGETS = {target.name: target for target in (Notes, Settings, Lines, Databases, Frames)}


@click.command()
@click.argument("target", type=click.Choice(list(TARGETS)))
@click.option("--inputs", default=100_000, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option(
    "--failures",
    type=click.Path(path_type=Path),
    default=Path("/tmp/fuzz"),
    help="Where inputs that fail are kept.",
)
def main(target: str, inputs: int, seed: int, failures: Path) -> None:
    """Runs that many inputs through TARGET."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        made: Target = TARGETS[target](Path(folder))
        report = fuzz(made, inputs, seed, failures, lambda said: click.echo(said, err=True))
    click.echo(written(report))
    sys.exit(bool(report.failures) or report.mebibytes > LARGEST)


main()
