"""Packages as Anki writes them, made by hand: what the program reads must not be only what it writes."""

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import zstandard

CREATED = 1_767_240_000
"""2026-01-01T04:00:00Z, in seconds: day 0."""
_DAY = 86_400
BASIC, CLOZE = 1001, 1002
_TEMPLATES = {
    BASIC: ("Basic", ("Front", "Back"), "{{Front}}", "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"),
    CLOZE: ("Cloze", ("Text", "Extra"), "{{cloze:Text}}", "{{cloze:Text}}<br>{{Extra}}"),
}
_COMMON = """
CREATE TABLE notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data);
CREATE TABLE cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags,
                    data);
CREATE TABLE revlog (id, cid, usn, ease, ivl, lastIvl, factor, time, type);
CREATE TABLE col (id, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags);
"""
_TABLES_18 = """
CREATE TABLE notetypes (id, name TEXT COLLATE unicase, config);
CREATE TABLE fields (ntid, ord, name TEXT COLLATE unicase, config);
CREATE TABLE templates (ntid, ord, name TEXT COLLATE unicase, config);
CREATE TABLE decks (id, name TEXT COLLATE unicase, common, kind);
CREATE TABLE deck_config (id, name, config);
CREATE TABLE config (key, usn, mtime_secs, val);
CREATE INDEX by_name ON decks (name);
"""


@dataclass(frozen=True)
class Asked:
    """A card with its note; by default one never asked."""

    fields: tuple[str, str]
    kind: int = BASIC
    template: int = 0
    deck: str = "Default"
    tags: str = ""
    type: int = 0
    queue: int = 0
    due: int = 0
    ivl: int = 0
    factor: int = 0
    lapses: int = 0
    data: str = "{}"
    reviews: Sequence[tuple[int, int, int, int, int]] = field(default=())
    """ms since 1970, button, interval, factor, type of each."""


def package(
    path: Path, cards: Sequence[Asked], media: dict[str, bytes] | None = None, *, new: bool = False
) -> Path:
    """Writes a package of the new or the old form."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "c.db"
        with closing(sqlite3.connect(file)) as connection:
            connection.create_collation("unicase", lambda a, b: (a > b) - (a < b))
            _fill(connection, cards, new=new)
            connection.commit()
        raw = file.read_bytes()
    files = media or {}
    with zipfile.ZipFile(path, "w") as packed:
        if new:
            compressed = zstandard.ZstdCompressor()
            packed.writestr("meta", _field(1, 3))
            packed.writestr("collection.anki2", b"please update")
            packed.writestr("collection.anki21b", compressed.compress(raw))
            listed = b"".join(
                _field(1, _field(1, name.encode()) + _field(2, len(files[name]))) for name in files
            )
            packed.writestr("media", compressed.compress(listed))
            for number, content in enumerate(files.values()):
                packed.writestr(str(number), compressed.compress(content))
        else:
            packed.writestr("collection.anki2", raw)
            packed.writestr("media", json.dumps({str(n): name for n, name in enumerate(files)}))
            for number, content in enumerate(files.values()):
                packed.writestr(str(number), content)
    return path


def _fill(connection: sqlite3.Connection, cards: Sequence[Asked], *, new: bool) -> None:
    connection.executescript(_COMMON + (_TABLES_18 if new else ""))
    decks = {name: 1 + n for n, name in enumerate(sorted({card.deck for card in cards} | {"Default"}))}
    models = {
        str(number): {
            "name": name,
            "flds": [{"name": one, "ord": n} for n, one in enumerate(fields)],
            "tmpls": [{"ord": 0, "qfmt": question, "afmt": answer}],
        }
        for number, (name, fields, question, answer) in _TEMPLATES.items()
    }
    named = {str(number): {"name": name} for name, number in decks.items()}
    shapes = (
        ("", "", "", "")
        if new
        else (json.dumps({"creationOffset": 0}), json.dumps(models), json.dumps(named), "{}")
    )
    connection.execute(
        "INSERT INTO col VALUES (1, ?, 0, 0, ?, 0, 0, 0, ?, ?, ?, ?, '')",
        (CREATED, 18 if new else 11, *shapes),
    )
    if new:
        connection.execute("INSERT INTO config VALUES ('creationOffset', 0, 0, ?)", (b"0",))
        for number, (name, fields, question, answer) in _TEMPLATES.items():
            connection.execute("INSERT INTO notetypes VALUES (?, ?, ?)", (number, name, b""))
            for n, one in enumerate(fields):
                connection.execute("INSERT INTO fields VALUES (?, ?, ?, ?)", (number, n, one, b""))
            config = _field(1, question.encode()) + _field(2, answer.encode()) + _field(8, 5)
            connection.execute("INSERT INTO templates VALUES (?, 0, 'Card 1', ?)", (number, config))
        for name, number in decks.items():
            connection.execute(
                "INSERT INTO decks VALUES (?, ?, ?, ?)", (number, name.replace("::", "\x1f"), b"", b"")
            )
    for n, card in enumerate(cards, 1):
        note = (n, f"guid{n}", card.kind, card.tags, "\x1f".join(card.fields))
        connection.execute("INSERT INTO notes VALUES (?, ?, ?, 0, 0, ?, ?, '', 0, 0, '')", note)
        row = (
            n,
            n,
            decks[card.deck],
            card.template,
            card.type,
            card.queue,
            card.due,
            card.ivl,
            card.factor,
            card.lapses,
            card.data,
        )
        connection.execute(
            "INSERT INTO cards VALUES (?, ?, ?, ?, 0, 0, ?, ?, ?, ?, ?, 1, ?, 0, 0, 0, 0, ?)", row
        )
        for at, button, interval, factor, kind in card.reviews:
            connection.execute(
                "INSERT INTO revlog VALUES (?, ?, 0, ?, ?, 0, ?, 4000, ?)",
                (at, n, button, interval, factor, kind),
            )


def day(number: int, hour: int = 12) -> int:
    """A moment of a day of the collection, in ms."""
    return (CREATED + number * _DAY + (hour - 4) * 3600) * 1000


def _field(number: int, value: int | bytes) -> bytes:
    """A field of a protocol-buffer message."""
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])
