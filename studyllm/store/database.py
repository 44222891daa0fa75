"""The transactions of one database."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from studyllm.i18n import _
from studyllm.location import Place
from studyllm.store.engines import Backend, backend
from studyllm.store.explained import LostConnection
from studyllm.store.statement import Quick, Raw

if TYPE_CHECKING:
    from sqlalchemy import Connection, Dialect, Engine


class Database:
    """The transactions of one database, which is made or brought up to date first; any thread may use it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._backend = backend(place)
        self._kept = Quick(self._backend)

    @property
    def engine(self) -> "Engine":
        return self._backend.engine

    @property
    def dialect(self) -> "Dialect":
        return self._backend.dialect

    def close(self) -> None:
        self._kept.close()
        self._backend.close()

    def explained(self) -> AbstractContextManager[None]:
        """Turns what goes wrong within it into StoreError."""
        return self._backend.explained()

    @contextmanager
    def read(self) -> "Iterator[Connection]":
        """What stands, as of one moment."""
        with self.explained(), self._backend.reader.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> "Iterator[Connection]":
        """One transaction: all of it or nothing."""
        self._backend.check_writable()
        try:
            with self.explained(), self._backend.writer.begin() as connection:
                yield connection
        except LostConnection as error:
            # The last thing that is heard of a transaction is that it was saved; that may be what was lost.
            said = _(
                "The connection to {place} was lost. What was saved before is kept; "
                "look whether this was, and try again."
            )
            raise LostConnection(said.format(place=self.place)) from error

    def quick(self, *, write: bool = False, moment: bool = False) -> "_Quick":
        """The connection that is kept open for what every day asks, see `statement.py`; in a transaction that writes a
        review, or that sees one moment. Not to be asked for again within."""
        if write:
            self._backend.check_writable()
        return _Quick(self._backend, self._kept, write, moment)

    def follow_ids(self, connection: "Connection") -> None:
        """Has each table count on from its highest id, after rows were added with ids of their own."""
        self._backend.follow_ids(connection)

    def raw(self, connection: "Connection") -> Raw:
        """The driver's own connection under one of SQLAlchemy's."""
        return Raw(connection.connection.driver_connection, self._backend)


class _Quick:
    """What `with` takes: generators would cost a review a tenth of its time."""

    __slots__ = ("_backend", "_how", "_kept")

    def __init__(self, backend: Backend, kept: Quick, write: bool, moment: bool) -> None:
        self._backend, self._kept, self._how = backend, kept, (write, moment)

    def __enter__(self) -> Raw:
        write, moment = self._how
        try:
            return self._kept.take(write=write, moment=moment)
        except Exception as error:
            with self._backend.explained():
                raise error

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        self._kept.give_back()
        if error is not None:
            with self._backend.explained():
                raise error
