"""A home's database copied, row by row, into an empty one at another place: from a file to a server, and back.

JSON goes over as the text that stands there, moments and days as themselves, so that nothing is written anew.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import zip_longest
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Connection, Table, column, func, insert, select, table

from studyllm.errors import InputError, StoreError
from studyllm.i18n import _
from studyllm.location import Place
from studyllm.private import private_folder
from studyllm.store.database import Database
from studyllm.store.opening import appear, made_aside
from studyllm.store.sql import as_text
from studyllm.store.tables import METADATA

TABLES: tuple[Table, ...] = tuple(METADATA.sorted_tables)
"""Those that others refer to come first."""
_AT_ONCE = 1000


def holds(place: Place) -> Mapping[str, int]:
    """How many rows each table has; raises StoreError."""
    with closing(Database(place)) as database, database.read() as connection:
        return counted(connection)


def refuse_taken(to: Place) -> None:
    """Raises InputError for a place where there is something already, which is only looked at."""
    if isinstance(to, Path):
        if to.exists() or to.is_symlink():
            raise InputError(_("{path} is there already. Nothing was moved.").format(path=to))
        return
    from studyllm.store.postgresql import is_empty

    if not is_empty(to):
        raise _taken(to)


def move(source: Place, to: Place, settle: Callable[[], None]) -> Mapping[str, int]:
    """Copies all of a database, in one transaction; how many rows of each table. `settle` has the home use the copy,
    while nobody can write to the old one. Raises InputError where there is something already, and StoreError when it
    could not be copied; then the old one is used as before."""
    refuse_taken(to)
    with closing(Database(source)) as old, old.write() as reading:
        with _target(to) as new, new.write() as writing:
            if any(counted(writing).values()):
                raise _taken(to)
            for each in TABLES:
                _copy(reading, writing, each)
            compare(reading, writing)
            new.follow_ids(writing)
            counts = counted(writing)
        settle()
    return counts


def compare(one: Connection, other: Connection) -> None:
    """Raises StoreError when two databases differ in anything."""
    for each in TABLES:
        for here, there in zip_longest(rows(one, each), rows(other, each)):
            if here != there:
                said = _(
                    "The copy differs from the database, in the table {name}. The old one is used as before."
                )
                raise StoreError(said.format(name=each.name))


def counted(connection: Connection) -> Mapping[str, int]:
    """How many rows each table has."""
    return {each.name: connection.scalar(select(func.count()).select_from(each)) or 0 for each in TABLES}


def rows(connection: Connection, each: Table) -> Iterator[tuple[Any, ...]]:
    """All that a table has, in the order of its keys."""
    columns = (as_text(one).label(one.key) if isinstance(one.type, JSON) else one for one in each.c)
    query = select(*columns).order_by(*each.primary_key)
    return map(tuple, connection.execute(query.execution_options(yield_per=_AT_ONCE)))


def _copy(reading: Connection, writing: Connection, each: Table) -> None:
    # Without a type, JSON is taken as the text that it is.
    bare = table(
        each.name, *(column(one.key, None if isinstance(one.type, JSON) else one.type) for one in each.c)
    )
    names = [one.key for one in each.c]
    some: list[dict[str, Any]] = []
    for row in rows(reading, each):
        some.append(dict(zip(names, row, strict=True)))
        if len(some) == _AT_ONCE:
            writing.execute(insert(bare), some)
            some = []
    if some:
        writing.execute(insert(bare), some)


@contextmanager
def _target(to: Place) -> Iterator[Database]:
    """A database without rows, which is at its place once it is filled."""
    if not isinstance(to, Path):
        with closing(Database(to)) as database:
            yield database
        return
    try:
        private_folder(to.parent)
        with made_aside(to) as fresh:
            with closing(Database(fresh)) as database:
                yield database
            if not appear(fresh, to):
                raise _taken(to)
    except OSError as error:
        said = _("{path} cannot be written: {reason}. Nothing was moved.")
        raise StoreError(said.format(path=to, reason=error.strerror)) from error


def _taken(to: Place) -> InputError:
    return InputError(
        _(
            "There is something in {place} already. Nothing was moved; name an empty place, on a server for example "
            "a schema of its own: ?options=-csearch_path=NAME at the end of the address."
        ).format(place=to)
    )
