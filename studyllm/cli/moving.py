"""`studyllm move`: the home's database at another place."""

import os
from pathlib import Path

import click

from studyllm.cli.session import Session, keep_private
from studyllm.cli.show import line
from studyllm.config import Settings
from studyllm.config_file import with_setting
from studyllm.errors import InputError
from studyllm.i18n import _, ngettext, phrases
from studyllm.location import Place, Server, place_of

_VARIABLE = "STUDYLLM_DATABASE"


@click.command()
@click.argument("to")
@click.option("--dry-run", is_flag=True, help="Only say what would be moved.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def move(session: Session, to: str, dry_run: bool, yes: bool) -> None:
    """Copy the database to TO, a new file or postgresql+psycopg://user@host/name, and use it from then on.

    Cards, schedules, log, quizzes: all of it, in one transaction, compared afterwards. The old one is kept.
    """
    from studyllm.store.move import holds, refuse_taken
    from studyllm.store.move import move as copy

    settings = session.settings
    source, target = settings.database, _target(to)
    if _VARIABLE in os.environ:
        raise InputError(
            _("{variable} names the database, also after a move: unset it. Nothing was moved.").format(
                variable=_VARIABLE
            )
        )
    if isinstance(source, Path) and not source.exists():
        said = _("There is no database yet; write database = … into {path} instead.")
        raise InputError(said.format(path=settings.home / "config.toml"))
    keep_private(settings)
    change = with_setting(settings.home / "config.toml", "database", _named(target, settings))
    refuse_taken(target)
    found = holds(source)
    line(_("from: {place}, {what}").format(place=source, what=_told(found["card"], found["log"])))
    line(_("to:   {place}").format(place=target))
    if dry_run or not (yes or click.confirm(_("Move the database?"))):
        line(_("Nothing was changed."))
        return
    rows = sum(copy(source, target, change.write).values())
    told = ngettext("{count} row copied and compared.", "{count} rows copied and compared.", rows)
    line(told.format(count=rows))
    line(
        _("{path} names it now. The old database is kept: {place}. Close what is still open on it.").format(
            path=change.path, place=source
        )
    )


def _target(to: str) -> Place:
    found = place_of(to)
    return found if isinstance(found, Server) else found.absolute()


def _named(target: Place, settings: Settings) -> str:
    """A place as the setting has it: a file of the home by its name alone."""
    if isinstance(target, Server):
        return target.url
    return target.name if target.parent == settings.home else str(target)


def _told(cards: int, log: int) -> str:
    return phrases(
        (
            ngettext("{count} card", "{count} cards", cards).format(count=cards),
            ngettext("{count} row of the log", "{count} rows of the log", log).format(count=log),
        )
    )
