"""The transactions of one database file."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from studyllm.store.explained import explained, refuse_damaged
from studyllm.store.opening import connect
from studyllm.store.statement import Quick


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
        refuse_damaged(self.path)
        with explained(self.path), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def quick(self, begin: str = "") -> Iterator[sqlite3.Connection]:
        """The connection that is kept open for what every review asks, see `statement.py`."""
        if begin:
            refuse_damaged(self.path)
        with explained(self.path), self._quick.opened(begin) as connection:
            yield connection
