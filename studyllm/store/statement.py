"""What every review asks, said to SQLite itself: through SQLAlchemy's connections it costs five times as much."""

import sqlite3
from collections import namedtuple
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Engine, Executable, PoolProxiedConnection, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

_DIALECT = sqlite.dialect(paramstyle="named")


class Quick:
    """One connection that is kept open for what every review asks; one thread at a time has it."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, Lock()
        self._kept: PoolProxiedConnection | None = None

    @contextmanager
    def opened(self, begin: str = "") -> Iterator[sqlite3.Connection]:
        """The connection; what was begun and not committed is rolled back at the end."""
        with self._lock:
            if self._kept is None:
                self._kept = self._engine.raw_connection()
            connection: Any = self._kept.driver_connection
            if begin:
                connection.execute(begin)
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def close(self) -> None:
        with self._lock:
            if self._kept is not None:
                self._kept.close()
                self._kept = None


def stored(column: ColumnElement[Any], value: Any) -> Any:
    """A value as SQLite keeps it in a column."""
    into = column.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return into(value) if into else value


class Statement:
    """A statement of SQLAlchemy's, compiled once; values go in and come out as its types say."""

    def __init__(self, statement: Executable) -> None:
        compiled = statement.compile(dialect=_DIALECT)  # type: ignore[attr-defined]
        assert isinstance(compiled, SQLCompiler)
        self._sql, self._fixed = str(compiled), compiled.params
        self._into = {
            name: into
            for name, bind in compiled.binds.items()
            if (into := bind.type.dialect_impl(_DIALECT).bind_processor(_DIALECT))
        }
        if isinstance(statement, Select):
            columns = statement.selected_columns
            self._row: Any = namedtuple("Row", columns.keys())  # type: ignore[misc]
            self._out = [
                (number, out)
                for number, column in enumerate(columns)
                if (out := column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None))
            ]

    def run(self, connection: sqlite3.Connection, values: Mapping[str, Any]) -> sqlite3.Cursor:
        """Executes it; rows come as SQLite has them."""
        bound = self._fixed | values
        for name, into in self._into.items():
            bound[name] = into(bound[name])
        return connection.execute(self._sql, bound)

    def all(self, connection: sqlite3.Connection, values: Mapping[str, Any]) -> Iterator[Any]:
        """Its rows, with names."""
        return map(self._named, self.run(connection, values))

    def one(self, connection: sqlite3.Connection, values: Mapping[str, Any]) -> Any | None:
        """Its first row, with names; None when there is none."""
        found = self.run(connection, values).fetchone()
        return None if found is None else self._named(found)

    def _named(self, row: tuple[Any, ...]) -> Any:
        values = list(row)
        for number, out in self._out:
            values[number] = out(values[number])
        return self._row(*values)
