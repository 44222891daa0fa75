"""Rows of one database on their way into another: what cannot be read of them is replaced, what tells nothing is set
aside."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import JSON, String, Table

from studyllm.cards import Deck, Kind
from studyllm.i18n import _
from studyllm.private import private_file
from studyllm.store.columns import PROGRESS, progress_json, progress_of
from studyllm.store.damage.pages import reachable, rows
from studyllm.store.damage.readable import TABLES, Text, read
from studyllm.store.details import SETS
from studyllm.store.events import MOVES
from studyllm.store.tables import CARD, DECK, LOG, NOTE, QUIZ, QUIZ_ANSWER
from studyllm.text import clean

_DECK = Deck("")
_FROM_THE_LOG = frozenset((*PROGRESS, *SETS.values()))
_ROUNDS = 3
"""How often the values of a row are looked at again: with one mended, another may turn out not to fit it."""
_INSTEAD: dict[str, Any] = {
    "kind": "term",
    "lang": "en",
    "kinds": json.dumps(sorted(Kind)),
    "new_per_day": _DECK.new_per_day,
    "reviews_per_day": _DECK.reviews_per_day,
    "language": _DECK.language,
    "options": "{}",
}
"""What a column holds whose own value cannot be read; others: nothing, or what is left of their text."""


@dataclass
class Copying:
    """The rows of one database on their way into another."""

    old: sqlite3.Connection
    new: sqlite3.Connection
    file: Path
    at: datetime
    mended: int = 0
    aside: int = 0
    there: dict[Table, set[int]] = field(default_factory=lambda: {table: set() for table in TABLES})
    """The numbers of the rows that the new database has."""
    unread: set[int] = field(default_factory=set)
    cut_short: int = 0
    """1 where the end of the log cannot be read, which may be any number of rows."""

    @property
    def lost(self) -> int:
        """Rows of the log that are missing: those set aside, and those on pages that cannot be read."""
        there = self.there[LOG]
        return max(there, default=0) - len(there) + self.cut_short

    def all(self) -> None:
        self.new.execute("BEGIN")
        for table in TABLES:
            for number, row in reachable(self.old, table):
                self._copy(table, number, row)
        self.cut_short = int(self._is_cut_short())
        self.new.execute("COMMIT")

    def _copy(self, table: Table, number: int, row: Sequence[Any]) -> None:
        values, bad = read(table, row)
        now, still = dict(zip(values, row, strict=True)), bad
        for _round in range(_ROUNDS):
            for name in still:
                (now[name],) = _raw([self._instead(table, name, values, now[name])])
            if still:
                values, still = read(table, list(now.values()))
        if still or not self._has_its_rows(table, values):
            self._set_aside(table, number, row, bad)
            return
        kept = {name: _plain(value) for name, value in now.items()}
        if table is NOTE:
            kept["digest"] = ""  # read again: its cards may be among what was mended
        elif table is QUIZ_ANSWER and values["confused_id"] not in self.there[CARD]:
            kept["confused_id"] = None
        try:
            self._insert(table, kept)
        except sqlite3.IntegrityError:  # a second one of that number or name
            self._set_aside(table, number, row, bad)
            return
        self.mended += bool(bad)
        if table is CARD and not _FROM_THE_LOG.isdisjoint(bad):
            self.unread.add(number)
        self.there[table].add(number)

    def _is_cut_short(self) -> bool:
        """Whether a card was reviewed after the last review that the log has."""
        last = "SELECT max(json_extract(after, '$.reviewed')) FROM log"
        (logged,) = self.new.execute(last).fetchone()
        (reviewed,) = self.new.execute("SELECT max(reviewed) FROM card").fetchone()
        return bool(reviewed) and str(reviewed)[:19] > str(logged or "")[:19].replace("T", " ")

    def _instead(self, table: Table, name: str, values: Mapping[str, Any], raw_value: Any) -> Any:
        """What stands in the place of a value that cannot be read."""
        if table is LOG and name in ("before", "after") and values["card_id"]:
            return self._before(values) if name == "before" else self._after(values)
        if name in _INSTEAD:
            return _INSTEAD[name]
        column = table.c[name]
        if column.nullable:
            return None
        if isinstance(column.type, JSON):
            return "[]"
        if isinstance(column.type, String):
            left = bytes(raw_value) if isinstance(raw_value, bytes) else str(raw_value).encode()
            return " ".join(clean(left.decode("utf-8", "replace")).split())
        if name == "at" and table is LOG:
            last = self.new.execute("SELECT at FROM log ORDER BY id DESC LIMIT 1").fetchone()
            return last[0] if last else _moment(self.at)
        return _moment(self.at) if name.endswith("at") else 0

    def _before(self, values: Mapping[str, Any]) -> str | None:
        """Where a card stood before something moved it: where the last thing before that left it."""
        query = f"SELECT after FROM log WHERE card_id = ? AND event IN {MOVES} ORDER BY id DESC LIMIT 1"
        found = self.new.execute(query, (values["card_id"],)).fetchone()
        return str(found[0]) if found and found[0] is not None else None

    def _after(self, values: Mapping[str, Any]) -> Any:
        """Where something left a card: where the next thing found it, or where it stands."""
        query = (
            f"SELECT before FROM log WHERE card_id = ? AND event IN {MOVES} AND id > ? ORDER BY id LIMIT 1"
        )
        with suppress(sqlite3.DatabaseError):
            if found := self.old.execute(query, (values["card_id"], values["id"])).fetchone():
                return found[0]
        card = self.new.execute(f"{rows(CARD)} WHERE id = ?", (values["card_id"],)).fetchone()
        if card is None:
            return None
        standing = progress_json(progress_of(SimpleNamespace(**read(CARD, _raw(card[1:]))[0])))
        return standing and json.dumps(standing)

    def _has_its_rows(self, table: Table, values: Mapping[str, Any]) -> bool:
        """Whether the rows that this one points to are there. A lost deck or card is put there again, without its
        text, so that what the log says of it is kept."""
        undone = values.get("undoes")
        if (
            (table is NOTE and values["deck_id"] not in self.there[DECK])
            or (table is QUIZ_ANSWER and values["quiz_id"] not in self.there[QUIZ])
            or (undone is not None and undone not in self.there[LOG])
        ):
            return False
        if table is CARD:
            self._need_deck(values["deck_id"])
        elif values.get("card_id") is not None:
            self._need_card(values["card_id"])
        return True

    def _need_deck(self, number: int) -> None:
        if number in self.there[DECK]:
            return
        names = ("notes", "exclude", "skip_headings", "choices")
        lost = {"id": number, "name": f"restored {number}", **dict.fromkeys(names, "[]")}
        told = ("kinds", "new_per_day", "reviews_per_day", "language")
        self._insert(DECK, lost | {name: _INSTEAD[name] for name in told})
        self.there[DECK].add(number)

    def _need_card(self, number: int) -> None:
        if number in self.there[CARD]:
            return
        deck = min(self.there[DECK], default=1)
        self._need_deck(deck)
        term = _("lost card {number}").format(number=number)
        texts = {
            "kind": "term",
            "term": term,
            "prompt": term,
            "answer": "",
            "lang": "en",
            "rule": "",
            "path": "",
        }
        lists = dict.fromkeys(("aliases", "points", "headings", "tags"), "[]")
        when = _moment(self.at)
        lost = {"id": number, "deck_id": deck, "line": 1, "end_line": 1, "suspended": 0}
        self.unread.add(number)
        self._insert(CARD, lost | texts | lists | {"added_at": when, "gone_at": when})
        self.there[CARD].add(number)

    def _insert(self, table: Table, values: Mapping[str, Any]) -> None:
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        self.new.execute(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", list(values.values()))

    def _set_aside(self, table: Table, number: int, row: Sequence[Any], bad: Sequence[str]) -> None:
        names = (column.name for column in table.c)
        told: dict[str, Any] = {"table": table.name, "row": number, "unreadable": list(bad)}
        told |= {name: _shown(value) for name, value in zip(names, row, strict=True)}
        private_file(self.file)
        with self.file.open("a", encoding="utf-8") as aside:
            aside.write(json.dumps(told, ensure_ascii=False) + "\n")
        self.aside += 1


def _raw(row: Sequence[Any]) -> list[Any]:
    return [Text(value.encode()) if isinstance(value, str) else value for value in row]


def _plain(value: Any) -> Any:
    """A value that can be read, for SQLite."""
    return value.decode("utf-8") if isinstance(value, Text) else value


def _shown(value: Any) -> Any:
    return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")
