"""`studyllm undo`: the last things in the log are taken back, the newest first."""

import sys
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING

import click

from studyllm.cli.session import Session
from studyllm.cli.show import line
from studyllm.errors import InputError
from studyllm.i18n import _, ngettext

if TYPE_CHECKING:
    from studyllm.store import LogEntry, Store

_MOST, _MOST_IMPORTS = 5, 1
"""Things, and imports among them, that are taken back without asking."""


@click.command()
@click.option("--steps", type=click.IntRange(1, 10_000), default=1, show_default=True, help="How many.")
@click.option(
    "--list", "listed", is_flag=True, help="Only list what would be taken back, the last thing first."
)
@click.option("--yes", is_flag=True, help="Do not ask, however much is taken back.")
@click.pass_obj
def undo(session: Session, steps: int, listed: bool, yes: bool) -> None:
    """Take back the last things in the log that still stand: reviews, imports, edits, changes of schedule."""
    zone = session.settings.day.zone
    with session.store() as store:
        if listed:
            for past in store.journal.latest(max(steps, 20)):
                line(f"{past.at.astimezone(zone):%Y-%m-%d %H:%M}  {past.what}")
            return
        if not yes and sys.stdin.isatty():
            _ask(store, steps)
        for number in range(steps):
            entry = store.journal.undo(datetime.now(UTC))
            if entry is None and number == 0:
                raise InputError(_("There is nothing to take back."))
            if entry is None:
                line(_("There is nothing more to take back."))
                return
            line(_("Taken back: {what} ({when}).").format(what=entry.what, when=_when(entry, zone)))


def _ask(store: "Store", steps: int) -> None:
    """Asks before much is taken back; raises InputError where it is not wanted."""
    entries = store.journal.latest(steps)
    imports = [entry for entry in entries if entry.event == "import"]
    if len(entries) <= _MOST and len(imports) <= _MOST_IMPORTS:
        return
    count = len(entries)
    line(
        ngettext("{count} thing would be taken back:", "{count} things would be taken back:", count).format(
            count=count
        )
    )
    shown = imports[:_MOST] or entries[:_MOST]
    for entry in shown:
        line(f"  {entry.what}")
    if more := count - len(shown):
        line(_("  and {count} more").format(count=more))
    if not click.confirm(_("Do it?")):
        raise InputError(_("Nothing was changed."))


def _when(entry: "LogEntry", zone: tzinfo | None) -> str:
    """When it was done; the year where that is another one."""
    from studyllm.statistics.page import month

    at = entry.at.astimezone(zone)
    form = (
        _("{day} {month}, {time}")
        if at.year == datetime.now(zone).year
        else _("{day} {month} {year}, {time}")
    )
    return form.format(day=at.day, month=month(at.date()), year=at.year, time=f"{at:%H:%M}")
