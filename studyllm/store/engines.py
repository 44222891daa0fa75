"""The engines that can keep a home's cards: SQLite in a file, PostgreSQL on a server."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from studyllm.location import Place

if TYPE_CHECKING:
    from sqlalchemy import Connection, Dialect, Engine


class Backend(Protocol):
    """What the store asks of an engine. Where a statement has to be written differently, `sql.py` does that."""

    @property
    def name(self) -> str:
        """As SQLAlchemy calls it."""

    @property
    def error(self) -> type[Exception]:
        """What its driver raises."""

    @property
    def engine(self) -> "Engine":
        """Its tables are up to date."""

    @property
    def reader(self) -> "Engine":
        """Of transactions that see one moment."""

    @property
    def writer(self) -> "Engine":
        """Of transactions that have the database for themselves until they end; reviews wait, readers do not."""

    @property
    def dialect(self) -> "Dialect":
        """Of statements for a connection of the driver's own."""

    def explained(self) -> AbstractContextManager[None]:
        """Turns what the engine raises into StoreError."""

    def check_writable(self) -> None:
        """Raises StoreError for a database that must not be written to."""

    def follow_ids(self, connection: "Connection") -> None:
        """Has each table count on from its highest id, after rows were added with ids of their own."""

    def kept(self) -> Any:
        """A connection of the driver's own, which begins no transaction by itself."""

    def begin(self, connection: Any, *, write: bool) -> None:
        """Begins a transaction that writes a review, or one that sees one moment, on such a connection."""

    def is_usable(self, connection: Any) -> bool:
        """Whether such a connection can still be used; false of one that was cut."""

    def close(self) -> None:
        """Lets go of the connections of its engine."""


def backend(place: Place) -> Backend:
    """The database there, made or brought up to date first; raises StoreError, or InputError where what it takes is not
    installed."""
    if isinstance(place, Path):
        from studyllm.store.sqlite import File

        return File(place)
    from studyllm.store.postgresql import Remote

    return Remote(place)
