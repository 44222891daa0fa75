"""SQLite as the engine of the store: one file."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, PoolProxiedConnection
from sqlalchemy.dialects import sqlite

from studyllm.store.explained import explained, refuse_damaged
from studyllm.store.opening import connect


class File:
    """A database in a file; see `engines.Backend`."""

    dialect = sqlite.dialect(paramstyle="named")

    def __init__(self, path: Path) -> None:
        self._path = path
        self.engine = self.reader = connect(path)
        self.writer = self.engine.execution_options(write=True)

    def explained(self) -> AbstractContextManager[None]:
        return explained(self._path)

    def check_writable(self) -> None:
        refuse_damaged(self._path)

    def follow_ids(self, connection: Connection) -> None:
        """SQLite does so by itself."""

    def kept(self) -> PoolProxiedConnection:
        return self.engine.raw_connection()

    def begin(self, connection: Any) -> None:
        connection.execute("BEGIN IMMEDIATE")

    def is_usable(self, connection: Any) -> bool:
        return True
