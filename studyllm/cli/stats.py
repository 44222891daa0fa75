"""`studyllm stats`: the figures of the progress screen as text, JSON or pictures."""

import shutil
from pathlib import Path

import click

from studyllm.cli.session import Session, moment
from studyllm.cli.show import emit, line
from studyllm.statistics import Period, statistics
from studyllm.statistics.export import as_json, as_text
from studyllm.text import clean

_WIDEST, _NARROWEST = 100, 50
"""Columns of the text."""


@click.command()
@click.option("--deck", metavar="NAME", help="Only this deck.")
@click.option(
    "--period",
    type=click.Choice([each.value for each in Period]),
    default="all",
    help="How far to look back.",
)
@click.option("--at", metavar="TIME", help="As of that time (ISO 8601) [default: now].")
@click.option("--json", "as_json_", is_flag=True, help="One JSON object.")
@click.option(
    "--svg",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write the charts into FOLDER as pictures.",
)
@click.pass_obj
def stats(
    session: Session, deck: str | None, period: str, at: str | None, as_json_: bool, svg: Path | None
) -> None:
    """Say how much is remembered, what is coming and what is hard."""
    settings = session.settings
    with session.store() as store:
        found = statistics(store, settings.day, moment(at, settings), deck=deck, period=Period(period))
    if svg is not None:
        from studyllm.statistics.svg import write

        for path in write(found, svg):
            click.echo(clean(str(path)), err=as_json_)
    if as_json_:
        emit(as_json(found))
    elif svg is None:
        width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns))
        for text in as_text(found, width):
            line(text)
