"""Writes out for SQLite what every day asks: `python -m tests.store.written`."""

from pathlib import Path
from pprint import pformat
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Select
from sqlalchemy.types import TypeEngine

from studyllm.store import daily_sqlite
from studyllm.store.composed import SQLITE, text_of
from studyllm.store.daily import DAILY
from studyllm.store.tables import Utc

_KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (Utc, "moment"),
    (Date, "date"),
    (JSON, "json"),
    (Boolean, "bool"),
)
_HEAD = '''"""What every day asks, written out for SQLite from `daily.py` by `python -m tests.store.written`."""

from typing import Any

WRITTEN: dict[str, tuple[str, dict[str, Any], str, str]] = '''
_TAIL = '''
"""By name: the statement, values that it always has, the kinds of others, its columns; see `compiled.of_sqlite`."""
'''


def written() -> dict[str, Any]:
    """Each statement as SQLite takes it."""
    found = {}
    for name, statement in DAILY.items():
        compiled = text_of(statement, SQLITE)
        binds = {one: compiled.binds[one] for one in compiled.params}
        into = " ".join(f"{one}:{kind}" for one, bind in binds.items() if (kind := _kind(bind.type)))
        columns = statement.selected_columns.items() if isinstance(statement, Select) else ()
        given = " ".join(f"{key}:{_kind(column.type)}".rstrip(":") for key, column in columns)
        fixed = {one: bind.value for one, bind in binds.items() if not bind.required}
        found[name] = (" ".join(str(compiled).split()), fixed, into, given)
    return found


def _kind(of: TypeEngine[Any]) -> str:
    """What `compiled.SQLITE` calls it, if SQLite has no type for it."""
    return next((kind for one, kind in _KINDS if isinstance(of, one)), "")


if __name__ == "__main__":
    text = pformat(written(), width=108, sort_dicts=False)
    Path(daily_sqlite.__file__).write_text(f"{_HEAD}{text}{_TAIL}")
