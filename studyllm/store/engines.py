"""The engines that can keep a home's cards: SQLite in a file, PostgreSQL on a server."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, Dialect, Engine, PoolProxiedConnection

from studyllm.location import Place


class Backend(Protocol):
    """What the store asks of an engine. Where a statement has to be written differently, `sql.py` does that."""

    @property
    def engine(self) -> Engine:
        """Its tables are up to date."""

    @property
    def reader(self) -> Engine:
        """Of transactions that see one moment."""

    @property
    def writer(self) -> Engine:
        """Of transactions that have the database for themselves until they end; reviews wait, readers do not."""

    @property
    def dialect(self) -> Dialect:
        """Of statements for a connection of the driver's own."""

    def explained(self) -> AbstractContextManager[None]:
        """Turns what the engine raises into StoreError."""

    def check_writable(self) -> None:
        """Raises StoreError for a database that must not be written to."""

    def follow_ids(self, connection: Connection) -> None:
        """Has each table count on from its highest id, after rows were added with ids of their own."""

    def kept(self) -> PoolProxiedConnection:
        """A connection whose driver begins no transaction by itself."""

    def begin(self, connection: Any) -> None:
        """Begins a transaction that writes a review, on such a connection."""

    def is_usable(self, connection: Any) -> bool:
        """Whether such a connection can still be used; false of one that was cut."""


def backend(place: Place) -> Backend:
    """The database there, made or brought up to date first; raises StoreError, or InputError where what it takes is not
    installed."""
    if isinstance(place, Path):
        from studyllm.store.sqlite import File

        return File(place)
    from studyllm.store.postgresql import Remote

    return Remote(place)
