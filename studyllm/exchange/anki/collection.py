"""The rows of Anki's database, of either shape, as records.

Up to schema 11 note types and decks stand as JSON in the one row of `col`; from 15 on they have tables, with protocol
buffers in them. Notes, cards and reviews have the same columns in both.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any

from studyllm.exchange.anki import wire

_TABLES_FROM = 15
"""The schema from which on note types and decks have tables."""
_TEMPLATE_Q, _TEMPLATE_A = 1, 2
_WEIGHTS_6, _RETENTION = 6, 37
"""Numbers of fields in the messages."""
_BETWEEN = "\x1f"
"""Stands between the fields of a note, and in newer decks' names between the parts."""


@dataclass(frozen=True, slots=True)
class NoteType:
    """Names of fields, and question and answer of each template."""

    fields: tuple[str, ...]
    templates: Mapping[int, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AnkiDeck:
    """A deck, and how FSRS schedules it."""

    name: str
    weights: tuple[float, ...] = ()
    retention: float = 0.9


@dataclass(frozen=True, slots=True)
class AnkiCard:
    """A row of `cards` with its note's fields and tags."""

    id: int
    deck: int
    kind: int
    """Of its note."""
    template: int
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    guid: str
    """Of its note."""
    data: str
    """JSON; what FSRS knows."""
    stage: int
    """0 new, 1 learning, 2 review, 3 relearning."""
    queue: int
    due: int
    interval: int
    factor: int
    """Ease in per mille."""
    lapses: int


@dataclass(frozen=True, slots=True)
class AnkiReview:
    """A row of `revlog`."""

    at: datetime
    ease: int
    """1 to 4; 0 for what was not answered."""
    interval: int
    """Days, or when negative seconds."""
    last: int
    factor: int
    seconds: float
    kind: int
    """0 learning, 1 review, 2 relearning, 3 in a filtered deck, 4 by hand, 5 rescheduled."""


class Collection:
    """What one database says; `zone` is where its days are counted if it does not say."""

    def __init__(self, connection: sqlite3.Connection, zone: tzinfo) -> None:
        self._connection = connection
        row = connection.execute("SELECT crt, ver, conf, models, decks, dconf FROM col").fetchone()
        if row is None:
            raise sqlite3.DatabaseError("no collection")
        created, version, self._conf, self._models, self._decks, self._dconf = row
        self._new = _whole(version) >= _TABLES_FROM
        self._first_day = _moment(_whole(created) * 1000).astimezone(self._zone() or zone).date()
        self.unread = 0
        """Cards and reviews that could not be read."""

    def day(self, number: int) -> date:
        """A day counted from the collection's first."""
        return self._first_day + timedelta(days=max(-40_000, min(40_000, number)))

    def _zone(self) -> tzinfo | None:
        """Where the collection was made, as minutes west of Greenwich."""
        query = "SELECT val FROM config WHERE key = 'creationOffset'"
        with suppress(ValueError, TypeError, OverflowError, sqlite3.OperationalError):
            conf = {} if self._new else json.loads(self._conf)
            told = self._connection.execute(query).fetchone()[0] if self._new else conf["creationOffset"]
            return timezone(timedelta(minutes=-int(told)))
        return None

    def note_types(self) -> Mapping[int, NoteType]:
        """By their ids; those that cannot be read are left out."""
        return dict(self._typed() if self._new else self._typed_as_json())

    def _typed_as_json(self) -> Iterator[tuple[int, NoteType]]:
        for number, kind in _objects(self._models):
            with suppress(LookupError, TypeError, ValueError):
                names = tuple(str(field["name"]) for field in sorted(kind["flds"], key=lambda f: f["ord"]))
                sides = {int(t["ord"]): (str(t["qfmt"]), str(t["afmt"])) for t in kind["tmpls"]}
                yield number, NoteType(names, sides)

    def _typed(self) -> Iterator[tuple[int, NoteType]]:
        run = self._connection.execute
        for (number,) in run("SELECT id FROM notetypes").fetchall():
            names = run("SELECT name FROM fields WHERE ntid = ? ORDER BY ord", (number,)).fetchall()
            made = run("SELECT ord, config FROM templates WHERE ntid = ?", (number,)).fetchall()
            with suppress(ValueError, LookupError):
                sides = {
                    int(n): (wire.texts(raw, _TEMPLATE_Q)[0], wire.texts(raw, _TEMPLATE_A)[0])
                    for n, raw in made
                }
                yield number, NoteType(tuple(str(name) for (name,) in names), sides)

    def decks(self) -> Mapping[int, AnkiDeck]:
        """By their ids."""
        if self._new:
            rows = self._connection.execute("SELECT id, name FROM decks").fetchall()
            weights = self._weights()
            return {number: AnkiDeck(str(name).replace(_BETWEEN, "::"), *weights) for number, name in rows}
        return {
            number: AnkiDeck(str(deck.get("name", number)), *_json_weights(self._dconf, deck.get("conf")))
            for number, deck in _objects(self._decks)
        }

    def _weights(self) -> tuple[tuple[float, ...], float]:
        """Those of the first options that have some: which deck has which stands in messages that are not read."""
        for (raw,) in self._connection.execute("SELECT config FROM deck_config ORDER BY id"):
            with suppress(ValueError):
                if weights := wire.floats(raw, _WEIGHTS_6):
                    return weights, next(iter(wire.floats(raw, _RETENTION)), 0.9)
        return (), 0.9

    def cards(self) -> Iterator[AnkiCard]:
        """Every card, in the order in which new ones are asked."""
        query = (
            "SELECT c.id, c.did, n.mid, c.ord, n.flds, n.tags, n.guid, c.type, c.queue, c.due, c.ivl, c.factor, "
            "c.lapses, c.data, c.odue, c.odid FROM cards c JOIN notes n ON n.id = c.nid ORDER BY c.nid, c.ord"
        )
        for row in self._connection.execute(query):
            try:
                yield _card(row)
            except (ValueError, TypeError):
                self.unread += 1

    def reviews(self) -> Mapping[int, list[AnkiReview]]:
        """The reviews of each card, oldest first."""
        found: dict[int, list[AnkiReview]] = {}
        query = "SELECT id, cid, ease, ivl, lastIvl, factor, time, type FROM revlog ORDER BY id"
        for row in self._connection.execute(query):
            try:
                at, card, ease, interval, last, factor, took, kind = map(_whole, row)
                one = AnkiReview(_moment(at), ease, interval, last, factor, took / 1000, kind)
            except (ValueError, OverflowError):
                self.unread += 1
                continue
            found.setdefault(card, []).append(one)
        return found


def _card(row: Sequence[Any]) -> AnkiCard:
    number, deck, kind, template, fields, tags, guid, *rest, data, own_due, own_deck = row
    if own_deck:  # in a filtered deck for now
        deck, rest[2] = own_deck, own_due or rest[2]
    return AnkiCard(
        _whole(number),
        _whole(deck),
        _whole(kind),
        _whole(template),
        tuple(_text(fields).split(_BETWEEN)),
        tuple(_text(tags).split()),
        guid if isinstance(guid, str) else "",
        _text(data),
        *map(_whole, rest),
    )


def _whole(value: Any) -> int:
    """A number of a column, in which SQLite keeps anything. Raises ValueError."""
    if isinstance(value, int) and abs(value) < 1 << 53:
        return value
    raise ValueError("no number")


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise ValueError("no text")


def _moment(milliseconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


def _objects(text: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of a JSON object by their numbers."""
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise ValueError("JSON in JSON without end") from error
    for number, value in found.items():
        if isinstance(value, dict) and str(number).lstrip("-").isdecimal():
            yield int(number), value


def _json_weights(dconf: Any, number: Any) -> tuple[tuple[float, ...], float]:
    with suppress(ValueError, LookupError, TypeError, AttributeError):
        options = json.loads(dconf)[str(number)]
        weights = tuple(map(float, options.get("fsrsParams6") or ()))
        return weights, float(options.get("desiredRetention") or 0.9)
    return (), 0.9
