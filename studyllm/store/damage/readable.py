"""Which values of a row cannot be read, by the types of the tables and the program's own readers of rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any, get_args

from msgspec import convert
from sqlalchemy import Table
from sqlalchemy.dialects import sqlite

from studyllm.cards import Kind, Skipped
from studyllm.schedule import Grade
from studyllm.store.bulk import BULK
from studyllm.store.columns import PROGRESS, deck_of, progress_from_json, progress_of
from studyllm.store.decks import DELETED, RENAMED
from studyllm.store.details import DETAILS, SETS
from studyllm.store.events import MOVES
from studyllm.store.explained import UNREADABLE
from studyllm.store.past import PAST
from studyllm.store.recalls import HEARD, RECALL
from studyllm.store.records import PRACTICE, RESET, ReviewDetail
from studyllm.store.rows import choices_of, told
from studyllm.store.searches import SAVED
from studyllm.store.tables import CARD, DECK, LOG, NOTE, QUIZ, QUIZ_ANSWER, SEARCH, holds
from studyllm.text import clean
from studyllm.verdicts import Label

TABLES: tuple[Table, ...] = (DECK, CARD, LOG, NOTE, QUIZ, QUIZ_ANSWER, SEARCH)
"""In an order in which what a row points to comes first."""
_DIALECT = sqlite.dialect()


class Text(bytes):
    """What SQLite has as text, not decoded: it need not be UTF-8."""


def read(table: Table, row: Sequence[Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The values of a row as the program has them, and the columns that cannot be read, which are None there."""
    values: dict[str, Any] = {}
    bad: list[str] = []
    for (name, into), raw in zip(_columns(table).items(), row, strict=True):
        try:
            values[name] = into(raw)
        except UNREADABLE:
            values[name] = None
            bad.append(name)
    seen = SimpleNamespace(**values)
    for names, reads in _readers(table, seen):
        if not set(names) & set(bad) and _fails(reads):
            bad += names
    return values, tuple(bad)


@cache
def _columns(table: Table) -> Mapping[str, Callable[[Any], Any]]:
    """For each column what makes its value of what SQLite has; raises one of UNREADABLE."""
    return {
        column.name: _value(
            holds(column),
            column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None),
        )
        for column in table.c
    }


def _value(wanted: Any, processed: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    may_lack = type(None) in get_args(wanted)

    def into(raw: Any) -> Any:
        if raw is None and may_lack:
            return None
        value = raw.decode("utf-8") if isinstance(raw, Text) else raw
        if processed is None and type(value) is wanted:  # most are: a million rows take minutes otherwise
            return value
        if isinstance(value, bytes):
            raise TypeError("a blob")
        if wanted is bool:
            return (False, True)[(0, 1).index(value)]
        if processed and not (value is None or isinstance(value, str)):
            raise TypeError("not text")
        return convert(processed(value) if processed else value, wanted)

    return into


def _fails(reads: Callable[[], object]) -> bool:
    try:
        reads()
    except UNREADABLE:
        return True
    return False


_Reader = tuple[tuple[str, ...], Callable[[], object]]
"""Columns that are read together, and what reads them."""


def _readers(table: Table, row: Any) -> Iterator[_Reader]:
    if table is DECK:
        yield ("name",), lambda: {clean(row.name).replace("\n", ""): 0}[row.name]
        yield ("kinds",), lambda: frozenset(map(Kind, row.kinds))
        yield ("choices",), lambda: choices_of(row.choices)
        yield ("scheduling", "kinds"), lambda: deck_of(row)
    elif table is CARD:
        yield ("kind",), lambda: Kind(row.kind)
        yield PROGRESS, lambda: progress_of(row)
        yield (
            ("own_points",),
            lambda: row.own_points and (row.own_points["answer"], list(row.own_points["points"])),
        )
    elif table is NOTE:
        yield ("skipped",), lambda: [Skipped(row.path, *one) for one in row.skipped]
    elif table is LOG:
        yield from _log(row)


def _log(row: Any) -> Iterator[_Reader]:
    known = {
        *MOVES,
        *SETS,
        PRACTICE,
        BULK,
        PAST,
        RENAMED,
        DELETED,
        SAVED,
        RECALL,
        HEARD,
        "scheduling",
        "import",
        "undo",
        RESET,
    }
    yield ("event",), lambda: {name: name for name in known}[row.event]
    if row.event in DETAILS:
        yield ("detail",), lambda: told(row)
    if row.event in (*MOVES, PRACTICE):
        yield ("card_id",), lambda: row.card_id + 0
        yield ("before",), lambda: progress_from_json(row.before)
        yield ("after",), lambda: progress_from_json(row.after)
    if row.event in ("review", "due", PRACTICE):
        yield ("after",), lambda: row.after["due"]
    if row.event == "undo":
        yield ("undoes",), lambda: row.undoes + 0
    if row.event in ("review", PRACTICE):
        yield ("chosen",), lambda: Grade(row.chosen)
        yield ("suggested",), lambda: row.suggested is None or Grade(row.suggested)
        yield ("verdict",), lambda: row.verdict is None or Label(row.verdict)
        yield ("detail",), lambda: convert(row.detail or {}, ReviewDetail)
