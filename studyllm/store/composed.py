"""Statements of SQLAlchemy's as a driver has them."""

from typing import Any

from sqlalchemy import ColumnElement, Dialect, Executable, Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.compiler import SQLCompiler

from studyllm.store.compiled import Compiled, Turn

SQLITE: Dialect = sqlite.dialect(paramstyle="named")
"""Of the file."""


def stored(column: ColumnElement[Any], value: Any, dialect: Dialect) -> Any:
    """A value as the driver has it from a column."""
    into = column.type.dialect_impl(dialect).bind_processor(dialect)
    return into(value) if into else value


def compose(statement: Executable, dialect: Dialect) -> Compiled:
    """A statement for one engine."""
    compiled = text_of(statement, dialect)
    turns = {
        name: into
        for name in compiled.params
        if (into := compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
    }
    columns = statement.selected_columns if isinstance(statement, Select) else None

    def out(cursor: Any) -> tuple[Turn | None, ...]:
        codes = [column[1] for column in cursor.description]
        return tuple(
            column.type.dialect_impl(dialect).result_processor(dialect, code)
            for column, code in zip(columns or (), codes, strict=True)
        )

    names = tuple(columns.keys()) if columns is not None else ()
    return Compiled(
        str(compiled), compiled.params, turns, names, out, returns_id=bool(compiled.effective_returning)
    )


def text_of(statement: Executable, dialect: Dialect) -> SQLCompiler:
    """A statement in the words of an engine."""
    compiled = statement.compile(dialect=dialect)  # type: ignore[attr-defined]
    assert isinstance(compiled, SQLCompiler)
    return compiled
