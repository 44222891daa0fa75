"""Every row of a database, out and in again with the same numbers."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import JSON, Column, DateTime, exists, insert, select
from sqlalchemy.exc import IntegrityError

from studyllm.errors import InputError
from studyllm.i18n import _, listed
from studyllm.store.columns import plain
from studyllm.store.damage.readable import TABLES, read
from studyllm.store.database import Database
from studyllm.store.migrate import VERSION
from studyllm.store.sqlite import File
from studyllm.store.statement import stored

Row = tuple[str, Mapping[str, Any]]
"""Name of a table, and the values of a row by column, as JSON has them; moments are ISO 8601 in UTC."""
_BY_NAME = {table.name: table for table in TABLES}
_AT_ONCE = 1000
"""Rows that are written together."""


class Whole:
    """The rows of a database, of all tables but those of vectors, which are made again."""

    version = VERSION
    """Of the tables: rows fit into tables of the same version."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_empty(self) -> bool:
        """Whether nothing was imported yet and nothing happened."""
        with self._database.read() as connection:
            return not any(connection.scalar(select(exists(select(table)))) for table in TABLES)

    def rows(self) -> Iterator[Row]:
        """All of them as of one moment, what a row points to before it."""
        with self._database.read() as connection:
            for table in TABLES:
                query = select(table).order_by(*table.primary_key)
                for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
                    yield table.name, {name: plain(value) for name, value in row._mapping.items()}

    def fill(self, rows: Iterable[Row]) -> None:
        """Puts rows into a database that is empty, all of them or, when one is wrong, none; raises InputError."""
        if not self.is_empty():
            raise InputError(
                _(
                    "This home is not empty, and a whole home goes into an empty one only. Nothing was "
                    "imported; say another folder with --home, or give back a state of this one with "
                    "`studyllm backup restore`."
                )
            )
        with self._database.write() as connection:
            try:
                for name, some in groupby(rows, lambda row: row[0]):
                    table = _BY_NAME.get(name)
                    if table is None:
                        raise InputError(_("There are no rows called {name!r}.").format(name=name))
                    values = (_values(table, row) for _name, row in some)
                    while part := list(islice(values, _AT_ONCE)):
                        connection.execute(insert(table), part)
                self._database.follow_ids(connection)
            except IntegrityError as error:
                raise InputError(_("Two rows have the same number, or one points to nothing.")) from error


def _values(table: Any, row: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row as the table has them; raises InputError for what the program could not read."""
    columns = table.c
    try:
        if unknown := sorted(set(row) - set(columns.keys())):
            raise ValueError(unknown[0])
        raw = [_raw(column, row.get(column.name)) for column in columns]
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise InputError(_unreadable(table, row, str(error))) from error
    values, bad = read(table, raw)
    if bad:
        raise InputError(_unreadable(table, row, listed(bad)))
    return values


def _raw(column: Column[Any], value: Any) -> Any:
    """A value as SQLite has it, which is what the readers of rows are given."""
    if value is None:
        return None
    if isinstance(column.type, JSON):
        return json.dumps(value)
    if isinstance(column.type, DateTime) or column.type.python_type is datetime:
        return stored(column, datetime.fromisoformat(value), File.dialect)
    if column.type.python_type is date:
        return stored(column, date.fromisoformat(value), File.dialect)
    return value


def _unreadable(table: Any, row: Mapping[str, Any], what: str) -> str:
    said = _("The row {table} {number} cannot be read ({what}).")
    return said.format(table=table.name, number=row.get("id", row.get("path", "")), what=what)
