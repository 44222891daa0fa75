"""A statement as a driver has it, and what its values are turned into on their way in and out. Knows no SQLAlchemy."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from types import SimpleNamespace
from typing import Any

Turn = Callable[[Any], Any]


@dataclass(frozen=True)
class Compiled:
    """A statement for one engine; values go in and come out as its types say."""

    sql: str
    fixed: Mapping[str, Any]
    """Values that it always has, by name."""
    into: Mapping[str, Turn]
    """What makes a value for the driver, by name."""
    columns: tuple[str, ...] = ()
    out: Callable[[Any], tuple[Turn | None, ...]] = lambda _: ()
    """What makes a value of a column, from a cursor that knows what the driver has in each."""
    returns_id: bool = False
    """An insert tells its id in a row, and else as the driver's `lastrowid`."""

    def bound(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """All values as the driver takes them."""
        bound = {**self.fixed, **values}
        for name, into in self.into.items():
            bound[name] = into(bound[name])
        return bound

    def read(self, row: tuple[Any, ...], cursor: Any) -> list[Any]:
        """A row of the driver's, with values as the types say."""
        values = list(row)
        for number, out in self._turns(cursor):
            values[number] = out(values[number])
        return values

    def named(self, row: tuple[Any, ...], cursor: Any) -> SimpleNamespace:
        """The same with names."""
        return SimpleNamespace(**dict(zip(self.columns, self.read(row, cursor), strict=True)))

    def _turns(self, cursor: Any) -> tuple[tuple[int, Turn], ...]:
        known = self._known
        if not known:
            known.append(tuple((n, out) for n, out in enumerate(self.out(cursor)) if out))
        return known[0]

    @cached_property
    def _known(self) -> list[tuple[tuple[int, Turn], ...]]:
        """What is made of which column, once a cursor was there."""
        return []


def _moment_in(value: datetime | None) -> str | None:
    if value is None:
        return None
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _moment_out(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)


SQLITE: Mapping[str, tuple[Turn, Turn]] = {
    "date": (
        lambda value: value and value.isoformat(),
        lambda value: None if value is None else date.fromisoformat(value),
    ),
    "moment": (_moment_in, _moment_out),
    "json": (
        lambda value: None if value is None else json.dumps(value),
        lambda value: None if value is None else json.loads(value),
    ),
    "bool": (
        lambda value: None if value is None else int(value),
        lambda value: None if value is None else bool(value),
    ),
}
"""How SQLite has values that it has no type for, in and out, as SQLAlchemy writes and reads them there."""


def of_sqlite(sql: str, fixed: Mapping[str, Any], into: str, columns: str) -> Compiled:
    """A statement that was written out for SQLite. Its values and its columns by their names, with the kind of those
    that SQLite has no type for: "id due:date"."""
    taken = {name: SQLITE[kind][0] for name, kind in _kinds(into) if kind}
    given = _kinds(columns)
    out = tuple(SQLITE[kind][1] if kind else None for _, kind in given)
    return Compiled(sql, fixed, taken, tuple(name for name, _ in given), lambda _: out)


def _kinds(names: str) -> list[tuple[str, str]]:
    """Names with what SQLITE calls their kind, if anything."""
    return [(name, kind) for name, _, kind in (one.partition(":") for one in names.split())]
