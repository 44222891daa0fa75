"""Expressions that SQLite and PostgreSQL write differently: each is one function here, with both ways beside it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    Connection,
    Date,
    Float,
    Integer,
    String,
    cast,
    exists,
    literal_column,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

Column = ColumnElement[Any]


def _either(sqlite: Callable[..., str], postgresql: Callable[..., str]) -> type[FunctionElement[Any]]:
    """An expression of some arguments, from the text of which each engine's own is made."""
    made = type("Either", (FunctionElement,), {"inherit_cache": True})
    for dialect, way in (("sqlite", sqlite), ("postgresql", postgresql)):

        @compiles(made, dialect)
        def written(element: Any, compiler: Any, way: Callable[..., str] = way, **options: Any) -> str:
            return way(*(compiler.process(one, **options) for one in element.clauses))

    return made


def _member_there(value: str, name: str, kind: str) -> str:
    found = f"({value} ->> '{name}')"
    if kind == "str":
        return found
    number = f"CAST({found} AS numeric)" + ("::integer" if kind == "int" else "::double precision")
    return f"CASE WHEN json_typeof({value} -> '{name}') = 'number' THEN {number} END"


def _elements_there(value: str, name: str) -> str:
    found = f"{value} -> '{name}'"
    return f"json_array_elements(CASE WHEN json_typeof({found}) = 'array' THEN {found} END)"


def _seconds_there(moment: str, kind: str) -> str:
    read = f"CAST({moment} AS timestamptz)" if kind == "str" else moment
    return f"CAST(floor(extract(epoch from {read})) AS bigint)"


def _text_there(value: str, kind: str) -> str:
    texts = {"JSON": f"CAST({value} AS text)", "Date": f"to_char({value}, 'YYYY-MM-DD')"}
    return texts.get(kind, value)


_MEMBER = _either(lambda value, name, _: f"json_extract({value}, '$.{name}')", _member_there)
_LAST = _either(lambda value: f"json_extract({value}, '$[#-1]')", lambda value: f"({value} ->> -1)")
_ELEMENTS = _either(lambda value, name: f"json_each({value}, '$.{name}')", _elements_there)
_VALUES = _either(
    lambda value: f"json_each({value})", lambda value: f"json_array_elements_text(CAST({value} AS json))"
)
# `least` and `greatest` pass NULL over.
_SMALLER = _either(
    lambda one, other: f"min({one}, {other})",
    lambda one, other: f"CASE WHEN {one} <= {other} THEN {one} WHEN {one} > {other} THEN {other} END",
)
_LARGER = _either(
    lambda one, other: f"max({one}, {other})",
    lambda one, other: f"CASE WHEN {one} >= {other} THEN {one} WHEN {one} < {other} THEN {other} END",
)
# Not by `max`: a function for each of 100,000 cards takes as long as all else.
_SHARE = _either(
    lambda days: f"coalesce(1.0 / {days}, {days} = 0)",
    lambda days: f"1.0 / CASE WHEN {days} < 1 THEN 1 ELSE {days} END",
)
_SECONDS = _either(lambda moment, _: f"CAST(strftime('%s', {moment}) AS INTEGER)", _seconds_there)
_JOINED = _either(
    lambda values: f"group_concat(DISTINCT {values})", lambda values: f"string_agg(DISTINCT {values}, ',')"
)
_HOLDS = _either(
    lambda whole, part: f"instr({whole}, lower({part}))",
    lambda whole, part: f"strpos({whole}, lower({part}))",
)
_TEXT = _either(lambda value, _: value, _text_there)
_MOMENT = _either(
    lambda moment: f"substr({moment}, 1, 19)", lambda moment: f"to_char({moment}, 'YYYY-MM-DD HH24:MI:SS')"
)


def driver_marks(connection: Connection, count: int) -> str:
    """Places for so many values in a statement that is for the driver itself."""
    return ", ".join(["?" if connection.dialect.paramstyle == "qmark" else "%s"] * count)


def member(value: Column, name: str, kind: type[Any] = str) -> ColumnElement[Any]:
    """What a JSON object has under a name: a text, a whole number or a number; NULL where it has nothing there."""
    into = {str: String, int: Integer, float: Float}[kind]
    return type_coerce(_MEMBER(value, literal_column(name), literal_column(kind.__name__)), into)


def last_text(value: Column) -> ColumnElement[str]:
    """The last element of a JSON array of texts; NULL of an empty one."""
    return type_coerce(_LAST(value), String)


def elements(value: Column, name: str, alias: str) -> Any:
    """The elements of an array that a JSON object has under a name, as a table with one column `value`."""
    return _ELEMENTS(value, literal_column(name)).table_valued("value", name=alias)


def numbers(value: Column) -> ColumnElement[int]:
    """The whole numbers of a JSON array, as what a query of one column selects."""
    return cast(_VALUES(value).table_valued("value").c.value, Integer)


def has_text(value: Column, text: str) -> ColumnElement[bool]:
    """Whether a JSON array of texts has this one."""
    each = _VALUES(value).table_valued("value").c.value
    return exists().where(each == text)


def held(text: ColumnElement[Any], part: Column) -> ColumnElement[bool]:
    """Whether a text in small letters holds a column's, in any letters."""
    return type_coerce(_HOLDS(text, part), Integer) > 0


def any_held(text: ColumnElement[Any], parts: Column) -> ColumnElement[bool]:
    """Whether a text in small letters holds one of a JSON array of texts, in any letters."""
    return exists().where(held(text, _VALUES(parts).table_valued("value").c.value))


def smaller(one: Column, other: Any) -> ColumnElement[Any]:
    """The smaller of two; NULL where one of them is."""
    return type_coerce(_SMALLER(one, other), one.type)


def larger(one: Column, other: Any) -> ColumnElement[Any]:
    """The larger of two; NULL where one of them is."""
    return type_coerce(_LARGER(one, other), one.type)


def share_of(days: Column) -> ColumnElement[float]:
    """Times a day of what comes every so many days, 1 of what comes every 0; NULL of NULL."""
    return type_coerce(_SHARE(days), Float)


def seconds_of(moment: Column) -> ColumnElement[int]:
    """Whole seconds since 1970 of a moment: a column of the table, or ISO 8601 text with its offset."""
    kind = "str" if isinstance(moment.type, String) else "moment"
    return type_coerce(_SECONDS(moment, literal_column(kind)), Integer)


def moment_text(moment: Column) -> ColumnElement[str]:
    """A moment as text that is ordered as moments are, UTC to the second: 2026-03-02 09:00:00."""
    return type_coerce(_MOMENT(moment), String)


def joined(values: Column) -> ColumnElement[str]:
    """The different texts of a group with commas between them, in any order."""
    return type_coerce(_JOINED(values), String)


def as_text(value: Column) -> ColumnElement[Any]:
    """JSON as the text that was written, a day as ISO 8601, all else as the driver has it. SQLite gives what stands
    there, whatever that is."""
    kind = next((one.__name__ for one in (JSON, Date) if isinstance(value.type, one)), "other")
    return type_coerce(_TEXT(value, literal_column(kind)), String)
