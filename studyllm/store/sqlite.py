"""SQLite as the engine of the store: one file. SQLAlchemy is imported when its engine is first asked for."""

import sqlite3
from contextlib import AbstractContextManager
from functools import cached_property
from os.path import exists
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studyllm.store import opening
from studyllm.store.explained import explained, marker, refuse_damaged

if TYPE_CHECKING:
    from sqlalchemy import Connection, Dialect, Engine

_SESSION = 2
"""Reviews that are more than one answer from a shell."""


class File:
    """A database in a file; see `engines.Backend`."""

    name, error = "sqlite", sqlite3.Error

    def __init__(self, path: Path) -> None:
        self._path, self._marker = path, str(marker(path))
        self._written = 0
        opening.prepare(path)

    @cached_property
    def engine(self) -> "Engine":
        return opening.engine(self._path)

    @property
    def reader(self) -> "Engine":
        return self.engine

    @cached_property
    def writer(self) -> "Engine":
        return self.engine.execution_options(write=True)

    @property
    def dialect(self) -> "Dialect":
        from studyllm.store.composed import SQLITE

        return SQLITE

    def explained(self) -> AbstractContextManager[None]:
        return explained(self._path)

    def check_writable(self) -> None:
        if exists(self._marker):  # noqa: PTH110 - a path would take ten times as long, before each review
            refuse_damaged(self._path)

    def follow_ids(self, connection: "Connection") -> None:
        """SQLite does so by itself."""

    def kept(self) -> sqlite3.Connection:
        return opening.connection(self._path)

    def begin(self, connection: Any, *, write: bool) -> None:
        connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        self._written += write
        if write and self._written == _SESSION:
            opening.make_room(self._path)

    def is_usable(self, connection: Any) -> bool:
        return True

    def close(self) -> None:
        if "engine" in self.__dict__:
            self.engine.dispose()
