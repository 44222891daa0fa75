"""The rows of a damaged database as they stand in the file, as far as its pages can be read."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from studyllm.store.damage.readable import Text

_BITS = 62
"""No row has a number of more."""


def raw(path: Path) -> sqlite3.Connection:
    """A connection that only reads, and gives text as it stands in the file."""
    connection = sqlite3.connect(path, timeout=10)
    connection.execute("PRAGMA query_only=ON")
    connection.text_factory = Text
    return connection


def rows(table: Table) -> str:
    """The query of all rows of a table, each after its number; more can be said behind it."""
    names = ", ".join(f'"{column.name}"' for column in table.c)
    return f"SELECT rowid, {names} FROM {table.name}"


def reachable(old: sqlite3.Connection, table: Table) -> Iterator[tuple[int, list[Any]]]:
    """Every row, with its number, that is not on a page that cannot be read."""
    after = -1
    while True:
        try:
            for number, *row in old.execute(f"{rows(table)} WHERE rowid > ? ORDER BY rowid", (after,)):
                after = number
                yield number, row
            return
        except sqlite3.DatabaseError:
            found = _next(old, table, after + 1)
            if found is None:
                return
            after = found - 1


def _next(old: sqlite3.Connection, table: Table, bad: int) -> int | None:
    """The lowest number above one that cannot be read from which on a row can be; None when there is none."""

    def can_be_read(number: int) -> bool:
        try:
            query = f"{rows(table)} WHERE rowid >= ? ORDER BY rowid LIMIT 1"
            return old.execute(query, (number,)).fetchone() is not None
        except sqlite3.DatabaseError:
            return False

    good = next((bad + 2**n for n in range(_BITS) if can_be_read(bad + 2**n)), None)
    while good is not None and good - bad > 1:
        middle = (bad + good) // 2
        bad, good = (bad, middle) if can_be_read(middle) else (middle, good)
    return good
