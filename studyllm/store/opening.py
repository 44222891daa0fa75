"""Opening the database file: made whole or not at all, brought up to date, refused in a sentence."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, Connection, Engine, create_engine, event

from studyllm.errors import StoreError
from studyllm.i18n import _, ngettext
from studyllm.private import private_file, private_folder
from studyllm.store.explained import explained, marker, refuse_damaged
from studyllm.store.migrate import VERSION, newer, upgrade

BESIDE = ("", "-wal", "-shm")
"""Ends of the names of the files that are one database."""
_WAIT = 10.0
"""Seconds to wait for another process that is writing."""


def connect(path: Path) -> Engine:
    """An engine on the database at that path, made or brought up to date first; raises StoreError."""
    try:
        private_folder(path.parent)
    except OSError as error:
        raise StoreError(
            _("The folder {path} cannot be made: {reason}. Choose another one with --home.").format(
                path=path.parent, reason=error.strerror
            )
        ) from error
    with explained(path):
        if not path.exists():
            _make(path)
        elif path.is_file() and not path.stat().st_size:
            raise StoreError(empty(path))
        opened = engine(path)
        try:
            _bring_up_to_date(opened, path)
        except BaseException:
            opened.dispose()
            raise
    return opened


def _bring_up_to_date(opened: Engine, path: Path) -> None:
    found = _version(opened)
    if found is not None and found > VERSION:
        raise StoreError(newer(path, found))
    if found != VERSION:
        refuse_damaged(path)
        if found is not None:
            _back_up(path, found)
        migrate(opened)


def empty(path: Path) -> str:
    """What is said of a file without a byte: no interrupted start leaves one."""
    return _(
        "{path} is empty: something cut it off, it has 0 bytes. "
        "Put a backup in its place, or delete it to start anew."
    ).format(path=path)


def engine(path: Path) -> Engine:
    """An engine on that file, as it is."""
    made = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": _WAIT})
    event.listen(made, "connect", _pragmas)
    event.listen(made, "begin", _begin)
    return made


@contextmanager
def made_aside(path: Path) -> Iterator[Path]:
    """A new database under another name in the same folder, which is gone at the end if it was not moved."""
    fresh = path.with_name(f"{path.name}.{uuid4().hex[:8]}.new")
    try:
        private_file(fresh)
        made = engine(fresh)
        migrate(made)
        made.dispose()
        yield fresh
    finally:
        for end in BESIDE:
            fresh.with_name(fresh.name + end).unlink(missing_ok=True)


def appear(fresh: Path, path: Path) -> bool:
    """Puts a database that was made aside in its place; False where another one is by now, which is left."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        fresh.rename(path)
    marker(path).unlink(missing_ok=True)  # of one that was moved away
    return True


def name_of_damaged(path: Path, at: datetime) -> Path:
    """What a damaged database is called once another stands in its place."""
    return path.with_name(f"{path.stem}.damaged-{at:%Y%m%d-%H%M%S-%f}{path.suffix}")


def keep(path: Path, name: Path) -> None:
    """Gives a database a second name, so that it is there until another one replaces it; what SQLite has beside it
    goes with it."""
    try:
        os.link(path, name)
    except OSError:  # a file system without links
        shutil.copy2(path, name)
    for end in BESIDE[1:]:
        with suppress(FileNotFoundError):
            path.with_name(path.name + end).rename(name.with_name(name.name + end))


def _make(path: Path) -> None:
    """A new database, which appears whole or not at all; one that another process made meanwhile is left."""
    try:
        with made_aside(path) as fresh:
            appear(fresh, path)
    except OSError as error:
        raise sqlite3.OperationalError(f"unable to open database file: {error.strerror}") from error


def _pragmas(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN itself, below
    # 32 MB of cache: with a million rows in the log, the default of two is read from the disk again and again.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-32768",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # A writer takes its lock at once: a reader that turns writer half-way cannot wait for another one.
    write = connection.get_execution_options().get("write")
    sqlite: Any = connection.connection.driver_connection
    sqlite.execute("BEGIN IMMEDIATE" if write else "BEGIN")


def _version(engine: Engine) -> str | None:
    """The migration the file is at; None for a database without tables."""
    with engine.connect() as connection:
        tables = set(
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        )
        if not tables:
            return None
        if "alembic_version" not in tables and not tables >= {"deck", "card", "log"}:
            raise StoreError(foreign(Path(str(engine.url.database))))
        found = (
            connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
            if "alembic_version" in tables
            else []
        )
    if len(found) != 1 or not str(found[0]).isdecimal() or len(str(found[0])) != len(VERSION):
        raise StoreError(
            _(
                "{path} does not say which version it has. "
                "Nothing was changed; `studyllm doctor --repair` finds it out."
            ).format(path=engine.url.database)
        )
    return str(found[0])


def foreign(path: Path) -> str:
    """What is said of a database that is not ours."""
    return _("{path} is a database of another program. It was left as it is; choose another --home.").format(
        path=path
    )


def _back_up(path: Path, version: str) -> None:
    """A copy of the file as it was, beside it, before its shape changes."""
    target = path.with_name(f"{path.stem}.before-{version}{path.suffix}")
    with suppress(OSError):
        private_file(target)
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def migrate(engine: Engine, revision: str = "head") -> None:
    """Brings a database up to date, all of it or nothing."""
    with engine.connect().execution_options(write=True) as connection:
        # A table that is rebuilt must not cascade into the log: keys are off until all is done,
        # and they can only be switched before a transaction begins.
        sqlite: Any = connection.connection.driver_connection
        sqlite.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            upgrade(connection, revision)
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                said = ngettext(
                    "The database could not be brought up to date: {count} row lost its card.",
                    "The database could not be brought up to date: {count} rows lost their card.",
                    len(broken),
                )
                raise StoreError(said.format(count=len(broken)))
        sqlite.execute("PRAGMA foreign_keys=ON")
