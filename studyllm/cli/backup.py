"""`studyllm backup`: copies of the database, listed, made and put back."""

from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

import click

from studyllm.cli.session import Session
from studyllm.cli.show import emit, line
from studyllm.errors import StoreError
from studyllm.i18n import _, ngettext
from studyllm.location import file_of
from studyllm.store.backups import Backup, Contents, backups, contents, find, make
from studyllm.store.backups import restore as put_back


@click.group()
def backup() -> None:
    """Copies of your cards, schedules and log: one is made when the app closes, some time after the last."""


@backup.command("list")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines instead of text.")
@click.pass_obj
def list_(session: Session, as_json: bool) -> None:
    """List the backups, the newest first."""
    settings = session.settings
    found = backups(file_of(settings.database))
    if not found and not as_json:
        line(_("There is no backup yet; `studyllm backup make` makes one."))
    for one in found:
        held = contents(one.path)
        emit(_json(one, held)) if as_json else line(f"{one.name}  {_told(held, settings.day.zone)}")


@backup.command("make")
@click.pass_obj
def make_(session: Session) -> None:
    """Make a backup now, also while the app is open."""
    with session.store() as store:
        made = make(store.path, datetime.now(UTC))
    line(_("Saved as {path}.").format(path=made.path))


@backup.command()
@click.argument("name")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(session: Session, name: str, dry_run: bool, yes: bool) -> None:
    """Put the backup NAME in the place of the database. The database as it is becomes a backup first."""
    settings = session.settings
    database = file_of(settings.database)
    chosen = find(database, name)
    if database.exists():
        line(_("now:    {what}").format(what=_now(database, settings.day.zone)))
    line(_("backup: {what}").format(what=_told(contents(chosen.path), settings.day.zone)))
    if dry_run or not (yes or click.confirm(_("Replace the present database with this backup?"))):
        line(_("Nothing was changed."))
        return
    kept = put_back(database, chosen, datetime.now(UTC))
    with session.store():
        line(_("{name} is in place.").format(name=chosen.name))
    if kept is not None:
        line(_("The database as it was is kept as {path}.").format(path=kept))


def _now(database: Path, zone: tzinfo) -> str:
    """What the database holds now, if that can be read."""
    try:
        return _told(contents(database), zone)
    except StoreError as error:
        return str(error)


def _told(held: Contents, zone: tzinfo) -> str:
    cards = ngettext("{count} card", "{count} cards", held.cards).format(count=held.cards)
    answers = ngettext("{count} answer", "{count} answers", held.reviews).format(count=held.reviews)
    last = f"{held.last.astimezone(zone):%Y-%m-%d %H:%M}" if held.last else "–"
    return _("{cards}, {answers}, last change {last}").format(cards=cards, answers=answers, last=last)


def _json(one: Backup, held: Contents) -> dict[str, Any]:
    return {
        "name": one.name,
        "path": str(one.path),
        "at": one.at.isoformat(),
        "bytes": one.path.stat().st_size,
        "cards": held.cards,
        "answers": held.reviews,
        "last": held.last and held.last.isoformat(),
    }
