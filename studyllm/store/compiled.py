"""A statement as a driver has it, and what its values are turned into on their way in and out. Knows no SQLAlchemy."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

Turn = Callable[[Any], Any]


class Compiled:
    """A statement for one engine; values go in and come out as its types say."""

    def __init__(
        self,
        sql: str,
        fixed: Mapping[str, Any],
        into: Mapping[str, Turn],
        columns: Sequence[str] = (),
        out: Callable[[Any], Iterable[Turn | None]] = lambda _: (),
        *,
        returns_id: bool = False,
    ) -> None:
        """`fixed` are values that it always has; `into` makes values for the driver, by name; `out` gives what makes
        those of the columns, from a cursor that knows what the driver has in each. An insert that `returns_id` tells
        its id in a row, and else as the driver's `lastrowid`."""
        self.sql, self.returns_id = sql, returns_id
        self._fixed, self._into = fixed, tuple(into.items())
        self._columns, self._out = columns, out
        self._turns: tuple[tuple[int, Turn], ...] | None = None

    def bound(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """All values as the driver takes them."""
        bound = {**self._fixed, **values}
        for name, into in self._into:
            if bound[name] is not None:
                bound[name] = into(bound[name])
        return bound

    def read(self, row: tuple[Any, ...], cursor: Any) -> list[Any]:
        """A row of the driver's, with values as the types say."""
        turns = self._turns
        if turns is None:
            turns = self._turns = tuple((n, out) for n, out in enumerate(self._out(cursor)) if out)
        values = list(row)
        for number, out in turns:
            if values[number] is not None:
                values[number] = out(values[number])
        return values

    def named(self, row: tuple[Any, ...], cursor: Any) -> SimpleNamespace:
        """The same with names."""
        return SimpleNamespace(**dict(zip(self._columns, self.read(row, cursor), strict=True)))


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _moment_of(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


SQLITE: Mapping[str, tuple[Turn, Turn]] = {
    "date": (date.isoformat, date.fromisoformat),
    "moment": (_moment, _moment_of),
    "json": (json.dumps, json.loads),
    "bool": (int, bool),
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
