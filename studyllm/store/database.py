"""Opening the database file: pragmas, migrations, and errors a learner can act on."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from studyllm.errors import StoreError
from studyllm.i18n import _
from studyllm.private import private_file, private_folder
from studyllm.store.statement import Quick

VERSION = "0006"
"""The newest migration; a test compares it with the files in `migrations/versions`."""
_WAIT = 10.0
"""Seconds to wait for another process that is writing."""


class Database:
    """The transactions of one file, which is made or brought up to date first; any thread may use it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine: Engine = connect(path)
        self._writer = self.engine.execution_options(write=True)
        self._quick = Quick(self.engine)

    def close(self) -> None:
        self._quick.close()
        self.engine.dispose()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """What stands, as of one moment."""
        with explained(self.path), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing."""
        with explained(self.path), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def quick(self, begin: str = "") -> Iterator[sqlite3.Connection]:
        """The connection that is kept open for what every review asks, see `statement.py`."""
        with explained(self.path), self._quick.opened(begin) as connection:
            yield connection


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
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": _WAIT})
    event.listen(engine, "connect", _pragmas)
    event.listen(engine, "begin", _begin)
    with explained(path):
        with suppress(OSError):  # SQLite says why
            private_file(path)
        found = _version(engine)
        if found is not None and found > VERSION:
            raise StoreError(
                _(
                    "{path} was made by a newer studyllm (its version is {found}, this one reads up to {known}). "
                    "Nothing was changed; install the newer studyllm again."
                ).format(path=path, found=found, known=VERSION)
            )
        if found != VERSION:
            if found is not None:
                _back_up(path, found)
            _migrate(engine)
    return engine


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what SQLite says into a sentence for the learner."""
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        reason = str(getattr(error, "orig", error))
        if "locked" in reason:
            raise StoreError(
                _(
                    "{path} is in use by another program that does not finish writing. "
                    "Nothing was changed; try again."
                ).format(path=path)
            ) from error
        if "readonly" in reason or "unable to open" in reason:
            raise StoreError(
                _(
                    "{path} cannot be opened for writing. "
                    "Check the folder's permissions or choose another with --home."
                ).format(path=path)
            ) from error
        if "full" in reason or _is_full(path):
            raise StoreError(
                _(
                    "The disk is full: {path} could not be written. "
                    "What was saved is kept; make room and try again."
                ).format(path=path)
            ) from error
        raise StoreError(_("{path} could not be used: {reason}.").format(path=path, reason=reason)) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        reason = str(getattr(error, "orig", error))
        raise StoreError(
            _(
                "{path} is not a database that studyllm can read ({reason}). It was left as it is; "
                "move it away to start anew, or put a backup in its place."
            ).format(path=path, reason=reason)
        ) from error


def _is_full(path: Path) -> bool:
    """Whether the disk has no room left: SQLite then often says "disk I/O error"."""
    try:
        return shutil.disk_usage(path.parent).free < 64 * 1024
    except OSError:
        return False


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
    """The migration the file is at; None for an empty file."""
    with engine.connect() as connection:
        tables = set(
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        )
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreError(
                _(
                    "{path} is a database of another program. It was left as it is; choose another --home."
                ).format(path=engine.url.database)
            )
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return str(version) if version else None


def _back_up(path: Path, version: str) -> None:
    """A copy of the file as it was, beside it, before its shape changes."""
    target = path.with_name(f"{path.stem}.before-{version}{path.suffix}")
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _migrate(engine: Engine, revision: str = "head") -> None:
    from alembic import command  # late: half a second that only a new or old file needs
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.connect().execution_options(write=True) as connection:
        # A table that is rebuilt must not cascade into the log: keys are off until all is done,
        # and they can only be switched before a transaction begins.
        sqlite: Any = connection.connection.driver_connection
        sqlite.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            config.attributes["connection"] = connection
            command.upgrade(config, revision)
            if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all():
                raise StoreError(
                    _("The database could not be brought up to date: {count} rows lost their card.").format(
                        count=len(broken)
                    )
                )
        sqlite.execute("PRAGMA foreign_keys=ON")
