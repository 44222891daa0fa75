"""PostgreSQL as the engine of the store: one schema of a database, the first of the search path.

Transactions are as on SQLite. A writer takes an advisory lock of the schema and so has it for itself; reviews take the
same lock shared and meet each other at the card's row alone. Readers see one moment (REPEATABLE READ) and wait for
nobody.
"""

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from json import JSONDecodeError
from typing import Any, NoReturn

from msgspec import ValidationError
from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    exists,
    make_url,
    select,
)
from sqlalchemy.exc import ArgumentError, DBAPIError

from studyllm.errors import InputError, StoreError
from studyllm.i18n import _
from studyllm.location import Server
from studyllm.store.explained import UNREADABLE, LostConnection
from studyllm.store.migrate import VERSION, newer, upgrade
from studyllm.store.tables import METADATA

_LOCK = 0x5374
"""The first number of our advisory locks; the second is the oid of the log's table, or 0 while there is none."""
_SETTINGS: Mapping[str, Any] = {
    "application_name": "studyllm",
    "connect_timeout": 10,
    # A network that is gone is noticed within a minute.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""Of a connection, where its address says nothing else."""
_ON_CONNECT = "SET lock_timeout = '10s'; SET client_encoding = 'UTF8'; SET DateStyle = 'ISO'"
_LOOK = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
# A program that was cut off while it wrote does not lock out the others for good.
_ALONE = f"""SET LOCAL idle_in_transaction_session_timeout = '60s';
SELECT pg_advisory_xact_lock({_LOCK}, 'log'::regclass::oid::integer)"""
_SHARED = _ALONE.replace("xact_lock", "xact_lock_shared")
_FRESH = 1.0
"""Seconds for which a connection that was just used is taken to be alive."""
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]*")
_TRIGGERS = (
    """CREATE FUNCTION log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the log is append-only' USING ERRCODE = 'restrict_violation'; END $$""",
    *(
        f"CREATE TRIGGER log_no_{change.lower()} BEFORE {change} ON log "
        f"FOR EACH {each} EXECUTE FUNCTION log_is_append_only()"
        for change, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT"))
    ),
)


class Remote:
    """A database on a server; see `engines.Backend`."""

    name = "postgresql"

    def __init__(self, server: Server) -> None:
        self._server = server
        self._used = 0.0
        with self.explained():
            self.engine = _engine(server)
            try:
                with self.engine.begin() as connection:
                    _bring_up_to_date(connection, server)
            except BaseException:
                self.engine.dispose()
                raise
        self.dialect = self.engine.dialect
        self.reader = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self.writer = self.engine.execution_options()
        event.listen(self.writer, "begin", _lock)

    def explained(self) -> AbstractContextManager[None]:
        return _sentences(self._server)

    def check_writable(self) -> None:
        """A server looks after its files itself."""

    def follow_ids(self, connection: Connection) -> None:
        for table in METADATA.sorted_tables:
            if "id" in table.c:
                connection.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name} "
                    "HAVING max(id) IS NOT NULL"
                )

    @property
    def error(self) -> type[Exception]:
        found: type[Exception] = self.engine.dialect.loaded_dbapi.Error
        return found

    def kept(self) -> Any:
        connection = self.engine.raw_connection()
        driver: Any = connection.driver_connection
        connection.detach()
        driver.autocommit = True
        return driver

    def begin(self, connection: Any, *, write: bool) -> None:
        connection.execute(_BEGIN + _SHARED if write else _LOOK)

    def is_usable(self, connection: Any) -> bool:
        if connection.closed:
            return False
        now = time.monotonic()
        if now - self._used > _FRESH:
            try:
                connection.execute("")
            except self.error:
                return False
        self._used = now
        return True

    def close(self) -> None:
        self.engine.dispose()


def is_empty(server: Server) -> bool:
    """Whether there is nothing in a database, which is only looked at; raises StoreError."""
    with _sentences(server):
        engine = _engine(server)
        try:
            with engine.connect() as connection:
                found = _version(connection, server)
                return found is None or (
                    found == VERSION
                    and not any(
                        connection.scalar(select(exists().select_from(table)))
                        for table in METADATA.sorted_tables
                    )
                )
        finally:
            engine.dispose()


@contextmanager
def _sentences(server: Server) -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError:  # of what goes in
        raise
    except (JSONDecodeError, UnicodeDecodeError, ValidationError, *UNREADABLE) as error:
        raise StoreError(
            _("Something in {place} cannot be read ({reason}). It was left as it is.").format(
                place=server, reason=repr(error)
            )
        ) from error
    except DBAPIError as error:
        if error.orig is None:
            raise
        _explain(server, error.orig)
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "psycopg":
            raise
        _explain(server, error)


def _engine(server: Server) -> Engine:
    try:
        url = make_url(server.url)
        settings = {name: value for name, value in _SETTINGS.items() if name not in url.query}
        engine = create_engine(
            url, connect_args=settings, pool_pre_ping=True, isolation_level="READ COMMITTED"
        )
    except ImportError as error:
        raise InputError(
            _(
                "The database is on a PostgreSQL server, and what speaks to one is not installed: "
                'pip install "studyllm[postgresql]"'
            )
        ) from error
    except ArgumentError as error:
        raise InputError(_("{place} is no address of a database.").format(place=server)) from error
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.execute(_ON_CONNECT)
    connection.commit()


def _lock(connection: Connection) -> None:
    connection.exec_driver_sql(_ALONE)


def _bring_up_to_date(connection: Connection, server: Server) -> None:
    """Makes the tables where there are none; raises StoreError for a schema that is not ours."""
    if _version(connection, server) == VERSION:
        return
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK}, 0)")  # of several that come at once
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    if encoding != "UTF8":
        said = _("{place} has the encoding {encoding}; create it with UTF8.")
        raise StoreError(said.format(place=server, encoding=encoding))
    _make_schema(connection, server)
    found = _version(connection, server)
    if found is None:
        _make(connection)
    elif found > VERSION:
        raise StoreError(newer(server, found))
    elif found < VERSION:
        connection.exec_driver_sql(_ALONE)
        upgrade(connection)


def _make_schema(connection: Connection, server: Server) -> None:
    """Makes the schema that the address names, if need be: `options=-csearch_path=ana`."""
    if connection.exec_driver_sql("SELECT current_schema()").scalar_one() is not None:
        return
    name = str(connection.exec_driver_sql("SHOW search_path").scalar_one()).partition(",")[0].strip()
    if not _SCHEMA.fullmatch(name):
        said = _("{place}: there is no schema {name}; create it, or write its name in small letters.")
        raise StoreError(said.format(place=server, name=name))
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {name}")


def _make(connection: Connection) -> None:
    """The tables as they are today; migrations bring them on from there."""
    METADATA.create_all(connection, checkfirst=False)
    for statement in _TRIGGERS:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
    connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{VERSION}')")


def _version(connection: Connection, server: Server) -> str | None:
    """The migration the schema is at; None for one without tables."""
    tables = set(
        connection.exec_driver_sql(
            "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident(current_schema())) "
            "AND relkind IN ('r', 'p', 'v', 'm', 'f')"
        ).scalars()
    )
    if not tables:
        return None
    if not tables >= {"alembic_version", "deck", "card", "log"}:
        raise StoreError(
            _(
                "{place} holds tables of another program. It was left as it is; name a schema of its own: "
                "add ?options=-csearch_path=study to the address."
            ).format(place=server)
        )
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if len(found) != 1 or not str(found[0]).isdecimal() or len(str(found[0])) != len(VERSION):
        said = _(
            "{place} does not say which version it has. Nothing was changed; put a dump of it back (pg_restore)."
        )
        raise StoreError(said.format(place=server))
    return str(found[0])


def _explain(server: Server, error: BaseException) -> NoReturn:
    """Raises what the server said as a sentence."""
    code = getattr(error, "sqlstate", None) or ""
    reason = " ".join(str(error).split())
    if code in ("55P03", "40P01", "40001"):
        said = _(
            "{place} is in use by another program that does not finish writing. Nothing was changed; try again."
        )
    elif code in ("57P01", "57P02", "25P03", "57P05") or _is_cut(error):
        lost = _("The connection to {place} was lost. What was saved before is kept; try again.")
        raise LostConnection(lost.format(place=server)) from error
    elif _is_unreachable(error, code):
        said = _(
            "{place} cannot be reached: {reason}. What was saved there is kept; try again when the server can be."
        )
    elif code == "53100":
        said = _("The disk of {place} is full. What was saved is kept; make room and try again.")
    elif code in ("25006", "42501"):
        said = _("{place} cannot be written to: {reason}.")
    else:
        said = _("{place} could not be used: {reason}.")
    raise StoreError(said.format(place=server, reason=reason.removesuffix("."))) from error


def _is_unreachable(error: BaseException, code: str) -> bool:
    """Whether there was no connection to begin with."""
    if code:
        return code.startswith(("08", "28", "3D")) or code in ("57P03", "53300")
    return type(error).__name__ in ("OperationalError", "ConnectionTimeout")


def _is_cut(error: BaseException) -> bool:
    """Whether it is about a connection that was there before."""
    words = ("closed the connection", "connection is closed", "consuming input failed", "sending", "is lost")
    return not getattr(error, "sqlstate", None) and any(word in str(error) for word in words)
