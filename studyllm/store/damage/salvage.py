"""A sound database made of what can be read in a damaged one, which is kept beside it as it was."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from studyllm.errors import StoreError
from studyllm.i18n import _
from studyllm.private import private_file
from studyllm.store import opening
from studyllm.store.damage.copying import Copying
from studyllm.store.damage.pages import raw
from studyllm.store.database import Database
from studyllm.store.explained import explained, marker
from studyllm.store.journal import Journal


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was done about a damaged database."""

    kept: Path
    """The database as it was."""
    mended: int
    """Rows in which something was put in the place of what could not be read."""
    aside: int
    """Rows that tell nothing any more."""
    file: Path
    """Where those are, one JSON object a line; no file when there are none."""
    lost: int
    """Rows of the log that are missing, at least."""


def salvage(path: Path, at: datetime) -> Salvaged:
    """Puts a sound database in the place of a damaged one, whose cards stand where its log says. Raises StoreError when
    nothing can be done; then nothing was."""
    kept = opening.name_of_damaged(path, at)
    with explained(path), opening.made_aside(path) as fresh:
        _alone(path)
        private_file(marker(path))  # whoever opens it now reads only
        with closing(raw(path)) as old, closing(sqlite3.connect(fresh)) as new:
            copying = Copying(old, new, kept.with_suffix(".jsonl"), at)
            copying.all()
        if not any(copying.there.values()):
            raise StoreError(
                _("Nothing in {path} can be read any more. Put a backup in its place.").format(path=path)
            )
        with closing(Database(fresh)) as database:
            journal = Journal(database)
            if copying.lost:
                journal.follow_cards(copying.unread, at)
            journal.repair()
        with closing(sqlite3.connect(fresh)) as new:
            new.execute("PRAGMA journal_mode=DELETE")
        opening.keep(path, kept)
        fresh.replace(path)
        marker(path).unlink(missing_ok=True)
    return Salvaged(kept, copying.mended, copying.aside, copying.file, copying.lost)


def _alone(path: Path) -> None:
    """Raises StoreError while another program has the database open."""
    with closing(sqlite3.connect(path, timeout=1)) as connection:
        try:
            connection.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.DatabaseError as error:
            if "locked" in str(error):
                said = _("{path} is in use. Nothing was changed; close every other studyllm and try again.")
                raise StoreError(said.format(path=path)) from error
