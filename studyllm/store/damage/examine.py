"""Every page and every row of a database, read; nothing is written."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from studyllm.i18n import _, aside, listed, ngettext
from studyllm.store import opening
from studyllm.store.damage.pages import raw, rows
from studyllm.store.damage.readable import TABLES, read
from studyllm.store.explained import explained, marker
from studyllm.store.migrate import VERSION

_MAGIC = b"SQLite format 3\0"
_FORMATS = {1, 2}
"""What the header of a database says of how it is written and read."""
_GUARDS = 2
"""Triggers that keep the log as it is."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with a database, in a sentence."""

    what: str
    repairable: bool = True
    """Whether `salvage` can make a sound one of it."""


def examine(path: Path) -> Damage | None:
    """What is wrong with the database at that path, which is there; None for a sound one, which may be written to
    again. Raises StoreError when it cannot be read now."""
    if path.is_file() and not path.stat().st_size:
        return Damage(opening.empty(path), repairable=False)
    with explained(path):
        try:
            with closing(raw(path)) as connection:
                found = _look(connection, path)
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            return _broken(path, str(error))
    if found is None:
        marker(path).unlink(missing_ok=True)
    return found


def _broken(path: Path, reason: str) -> Damage:
    if "not a database" in reason:
        said = _(
            "{path} is not a database any more. Put a backup in its place, or move it away to start anew."
        )
        return Damage(said.format(path=path), repairable=False)
    return Damage(_("{path} is damaged: {what}").format(path=path, what=reason))


def _look(connection: sqlite3.Connection, path: Path) -> Damage | None:
    with path.open("rb") as file:
        header = file.read(20)
    if not header.startswith(_MAGIC):
        return _broken(path, "not a database")
    if not set(header[18:]) <= _FORMATS:
        return _broken(path, "file format")  # SQLite takes it for one that it may only read
    versions = [_text(row[0]) for row in _have(connection, "SELECT version_num FROM alembic_version")]
    if len(versions) == 1 and versions[0].isdecimal() and versions[0] > VERSION:
        return None  # of a newer release: opening it says so
    if lacking := _lacking(connection):
        if versions and all(version != VERSION for version in versions):
            return _old(connection, path)
        if {table.name for table in TABLES} <= {name.partition(".")[0] for name in lacking}:
            return Damage(opening.foreign(path), repairable=False)
        said = _("{path} is damaged: it lacks {what}. Put a backup in its place.")
        return Damage(said.format(path=path, what=lacking[0]), repairable=False)
    if versions != [VERSION]:
        return Damage(_("{path} does not say which version it has").format(path=path))
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != b"ok":
        return _broken(path, _text(found))
    if first := next(unread := _unreadable(connection), None):
        count = 1 + sum(1 for _row in unread)
        said = ngettext(
            "{path}: {what} cannot be read",
            "{path}: {count} rows cannot be read, the first of them is {what}",
            count,
        )
        return Damage(said.format(path=path, what=first, count=count))
    if orphans := len(connection.execute("PRAGMA foreign_key_check").fetchall()):
        said = ngettext("{count} row points to nothing", "{count} rows point to nothing", orphans)
        return Damage(said.format(count=orphans))
    triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'log'"
    if connection.execute(triggers).fetchone()[0] != _GUARDS:
        return Damage(
            _("the log is not guarded against changes any more: another program removed its triggers")
        )
    return None


def _old(connection: sqlite3.Connection, path: Path) -> Damage | None:
    """What is wrong with the pages of a database of an older release: opening it brings a sound one up to date."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found == b"ok":
        return None
    said = _("{path} is damaged and of an older studyllm: {what}. Put a backup in its place.")
    return Damage(said.format(path=path, what=_text(found)), repairable=False)


def _unreadable(connection: sqlite3.Connection) -> Iterator[str]:
    """Each row that cannot be read, and which columns of it."""
    for table in TABLES:
        for number, *row in connection.execute(rows(table)):
            _values, bad = read(table, row)
            if bad:
                yield aside(f"{table.name} {number}", listed(bad))


def _lacking(connection: sqlite3.Connection) -> list[str]:
    """Columns of the newest tables that are not there, as table.column."""
    there = {
        f"{table.name}.{_text(column[1])}"
        for table in TABLES
        for column in connection.execute(f"PRAGMA table_info({table.name})")
    }
    wanted = (f"{table.name}.{column.name}" for table in TABLES for column in table.c)
    return [name for name in wanted if name not in there]


def _have(connection: sqlite3.Connection, query: str) -> list[tuple[bytes]]:
    """The rows of a query; none where the table is not there."""
    try:
        return connection.execute(query).fetchall()
    except sqlite3.OperationalError:
        return []


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
