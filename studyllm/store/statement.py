"""What every day asks, said to the driver itself: through SQLAlchemy's connections it costs five times as much, and to
import SQLAlchemy costs more than to ask."""

from collections.abc import Mapping
from contextlib import suppress
from threading import Lock
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from studyllm.store.compiled import Compiled, of_sqlite
from studyllm.store.engines import Backend

if TYPE_CHECKING:
    from sqlalchemy import Executable


class Statement:
    """A statement that is compiled once for each engine: one of SQLAlchemy's, or the name of one in `daily.py`, which
    SQLite has written out."""

    def __init__(self, statement: "Executable | str") -> None:
        self._statement = statement
        self._compiled: dict[str, Compiled] = {}

    def compiled(self, backend: Backend) -> Compiled:
        """As an engine wants it."""
        found = self._compiled.get(backend.name)
        if found is None:
            found = self._compiled[backend.name] = self._compile(backend)
        return found

    def _compile(self, backend: Backend) -> Compiled:
        statement = self._statement
        if isinstance(statement, str):
            if backend.name == "sqlite":
                from studyllm.store.daily_sqlite import WRITTEN

                return of_sqlite(*WRITTEN[statement])
            from studyllm.store.daily import DAILY

            statement = DAILY[statement]
        from studyllm.store.composed import compose

        return compose(statement, backend.dialect)


class Raw:
    """A connection of the driver's own."""

    def __init__(self, connection: Any, backend: Backend) -> None:
        self._connection, self._backend = connection, backend

    def run(self, statement: Statement, values: Mapping[str, Any]) -> Any:
        """Executes a statement; the cursor, whose rows come as the driver has them."""
        compiled = statement.compiled(self._backend)
        return self._connection.execute(compiled.sql, compiled.bound(values))

    def rows(self, statement: Statement, **values: Any) -> list[list[Any]]:
        """Its rows."""
        read, cursor = statement.compiled(self._backend).read, self.run(statement, values)
        return [read(row, cursor) for row in cursor]

    def named(self, statement: Statement, **values: Any) -> list[SimpleNamespace]:
        """Its rows, with names."""
        named, cursor = statement.compiled(self._backend).named, self.run(statement, values)
        return [named(row, cursor) for row in cursor]

    def one(self, statement: Statement, **values: Any) -> SimpleNamespace | None:
        """Its first row, with names; None when there is none."""
        cursor = self.run(statement, values)
        found = cursor.fetchone()
        return None if found is None else statement.compiled(self._backend).named(found, cursor)

    def insert(self, statement: Statement, values: Mapping[str, Any]) -> int:
        """The id of the row that the statement adds."""
        cursor = self.run(statement, values)
        if statement.compiled(self._backend).returns_id:
            return int(cursor.fetchone()[0])
        return int(cursor.lastrowid)

    def commit(self) -> None:
        self._connection.commit()


class Quick:
    """One connection that is kept open for what every day asks; one thread at a time has it."""

    def __init__(self, backend: Backend) -> None:
        self._backend, self._lock = backend, Lock()
        self._kept: Any = None

    def take(self, *, write: bool = False, moment: bool = False) -> Raw:
        """The connection, which waits for nobody else until it is given back; where that is wanted in a transaction
        that writes a review or sees one moment."""
        self._lock.acquire()
        try:
            connection = self._connection()
            if write or moment:
                self._backend.begin(connection, write=write)
        except BaseException:
            self.give_back()
            raise
        return Raw(connection, self._backend)

    def give_back(self) -> None:
        """Rolls back what was not committed."""
        try:
            if self._kept is not None:
                self._kept.rollback()
        except self._backend.error:
            self._drop()
        finally:
            self._lock.release()

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _connection(self) -> Any:
        if self._kept is not None and not self._backend.is_usable(self._kept):
            self._drop()
        if self._kept is None:
            self._kept = self._backend.kept()
        return self._kept

    def _drop(self) -> None:
        if self._kept is not None:
            with suppress(self._backend.error):
                self._kept.close()
            self._kept = None
