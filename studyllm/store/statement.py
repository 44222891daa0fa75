"""What every review asks, said to the driver itself: through SQLAlchemy's connections it costs five times as much."""

from collections import namedtuple
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Executable, PoolProxiedConnection, Select
from sqlalchemy.sql.compiler import SQLCompiler

from studyllm.store.engines import Backend


def stored(column: ColumnElement[Any], value: Any, dialect: Dialect) -> Any:
    """A value as the driver has it from a column."""
    into = column.type.dialect_impl(dialect).bind_processor(dialect)
    return into(value) if into else value


class Statement:
    """A statement of SQLAlchemy's, compiled once for each engine."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: dict[str, Compiled] = {}

    def compiled(self, dialect: Dialect) -> "Compiled":
        """As an engine wants it."""
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = Compiled(self._statement, dialect)
        return found


class Compiled:
    """A statement for one engine; values go in and come out as its types say."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)
        self.sql, self.fixed = str(compiled), compiled.params
        self.returns_id = bool(compiled.effective_returning)
        """An insert tells its id so, and else as the driver's `lastrowid`."""
        self.into = {
            name: into
            for name, bind in compiled.binds.items()
            if (into := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        self._dialect = dialect
        if isinstance(statement, Select):
            self._columns = statement.selected_columns
            self._row: Any = namedtuple("Row", self._columns.keys())  # type: ignore[misc]
        self._out: list[tuple[int, Any]] | None = None

    def named(self, row: tuple[Any, ...], cursor: Any) -> Any:
        """A row of the driver's with names, and values as the types say."""
        if self._out is None:
            self._out = self._processors(cursor)
        values = list(row)
        for number, out in self._out:
            values[number] = out(values[number])
        return self._row(*values)

    def _processors(self, cursor: Any) -> list[tuple[int, Any]]:
        """What makes a value of a column, by number, from what the driver has."""
        codes = [column[1] for column in cursor.description]
        found = (
            column.type.dialect_impl(self._dialect).result_processor(self._dialect, code)
            for column, code in zip(self._columns, codes, strict=True)
        )
        return [(number, out) for number, out in enumerate(found) if out]


class Raw:
    """A connection of the driver's own."""

    def __init__(self, connection: Any, dialect: Dialect) -> None:
        self._connection, self._dialect = connection, dialect

    def run(self, statement: Statement, values: Mapping[str, Any]) -> Any:
        """Executes a statement; the cursor, whose rows come as the driver has them."""
        compiled = statement.compiled(self._dialect)
        bound = compiled.fixed | values
        for name, into in compiled.into.items():
            bound[name] = into(bound[name])
        return self._connection.execute(compiled.sql, bound)

    def all(self, statement: Statement, values: Mapping[str, Any]) -> Iterator[Any]:
        """Its rows, with names."""
        named, cursor = statement.compiled(self._dialect).named, self.run(statement, values)
        return (named(row, cursor) for row in cursor)

    def one(self, statement: Statement, values: Mapping[str, Any]) -> Any | None:
        """Its first row, with names; None when there is none."""
        cursor = self.run(statement, values)
        found = cursor.fetchone()
        return None if found is None else statement.compiled(self._dialect).named(found, cursor)

    def insert(self, statement: Statement, values: Mapping[str, Any]) -> int:
        """The id of the row that the statement adds."""
        cursor = self.run(statement, values)
        if statement.compiled(self._dialect).returns_id:
            return int(cursor.fetchone()[0])
        return int(cursor.lastrowid)

    def commit(self) -> None:
        self._connection.commit()


class Quick:
    """One connection that is kept open for what every review asks; one thread at a time has it."""

    def __init__(self, backend: Backend) -> None:
        self._backend, self._lock = backend, Lock()
        self._kept: PoolProxiedConnection | None = None

    @contextmanager
    def opened(self, *, write: bool = False) -> Iterator[Raw]:
        """The connection; what was begun and not committed is rolled back at the end."""
        with self._lock:
            connection = self._connection()
            try:
                if write:
                    self._backend.begin(connection)
                yield Raw(connection, self._backend.dialect)
            finally:
                self._leave(connection)

    def close(self) -> None:
        with self._lock:
            self._drop()

    def _connection(self) -> Any:
        if self._kept is not None and not self._backend.is_usable(self._kept.driver_connection):
            self._drop()
        if self._kept is None:
            self._kept = self._backend.kept()
        return self._kept.driver_connection

    def _leave(self, connection: Any) -> None:
        try:
            connection.rollback()
        except self._backend.engine.dialect.loaded_dbapi.Error:
            self._drop()

    def _drop(self) -> None:
        if self._kept is not None:
            with suppress(self._backend.engine.dialect.loaded_dbapi.Error):
                self._kept.detach()
                self._kept.close()
            self._kept = None
