"""What the log alone says of every card, against what the cards say."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Dialect, select, update

from studyllm.store import bulk
from studyllm.store.bulk import BULK
from studyllm.store.columns import PROGRESS, progress_columns, progress_from_json
from studyllm.store.composed import stored
from studyllm.store.decks import RENAMED
from studyllm.store.details import SETS
from studyllm.store.events import MOVES, set_progress
from studyllm.store.past import PAST
from studyllm.store.sql import as_text
from studyllm.store.tables import CARD, DECK, LOG, STANDING

_FRESH: dict[str, Any] = {"suspended": False, "buried": None, "tags": [], "own_points": None}
"""Columns of SETS of a card to which nothing has happened."""
_DAMAGED = object()
"""Like nothing that can be told."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as the log says."""

    card: int | None
    """None: a deck."""
    name: str
    what: str
    log: Any


def differences(connection: Connection, dialect: Dialect) -> Iterator[Difference]:
    """Every card whose schedule is not what the log says, and every deck that is scheduled otherwise. Values are
    compared as the driver has them: whatever stands there can be told from what should."""
    progress, columns, decks = _told(connection)
    table = CARD
    asked = (*PROGRESS, *SETS.values())
    rows = connection.execute(
        select(table.c.id, table.c.term, *(as_text(table.c[name]).label(name) for name in asked)).order_by(
            table.c.id
        )
    )
    for row in rows:
        told = progress_from_json(json.loads(progress.get(row.id) or "null"))
        if any(
            _differs(name, value, getattr(row, name), dialect)
            for name, value in progress_columns(told).items()
        ):
            yield Difference(row.id, row.term, "progress", told)
        for name in SETS.values():
            value = columns.get((row.id, name), _FRESH[name])
            if value is not _DAMAGED and _differs(name, value, getattr(row, name), dialect):
                yield Difference(row.id, row.term, name, value)
    now = select(DECK.c.name, as_text(DECK.c.scheduling)).order_by(DECK.c.id)
    for deck, scheduling in connection.execute(now).all():
        if _loaded(scheduling) != decks.get(deck):
            yield Difference(None, deck, "scheduling", decks.get(deck))


def repair(connection: Connection, found: Difference) -> None:
    """Makes something what the log says."""
    if found.card is None:
        connection.execute(update(DECK).where(DECK.c.name == found.name).values(scheduling=found.log))
    elif found.what == "progress":
        set_progress(connection, found.card, found.log)
    else:
        told = found.log
        if found.what == "buried" and told is not None:
            told = date.fromisoformat(told)
        connection.execute(update(CARD).where(CARD.c.id == found.card).values({found.what: told}))


def _differs(name: str, value: Any, found: Any, dialect: Dialect) -> bool:
    """Whether a column holds something else than this value."""
    if name in ("memory", "tags", "own_points"):
        return bool(_loaded(found) != value)
    if name in ("due", "buried"):
        return bool((value.isoformat() if isinstance(value, date) else value) != found)
    return bool(stored(CARD.c[name], value, dialect) != found)


def _loaded(text: Any) -> Any:
    """The JSON that a column holds."""
    try:
        return None if text is None else json.loads(text)
    except (TypeError, ValueError):
        return _DAMAGED


def _told(
    connection: Connection,
) -> tuple[dict[int, str], dict[tuple[int, str], Any], dict[str, Any]]:
    """From the log: the last progress of each card, as JSON, the last value of each column of SETS, and how each deck
    is scheduled."""
    after = as_text(LOG.c.after)
    query = select(LOG.c.event, LOG.c.card_id, after.label("after"), LOG.c.detail)
    query = query.where(
        LOG.c.event.in_((*MOVES, *SETS, BULK, PAST, RENAMED, "scheduling")), STANDING
    ).order_by(LOG.c.id)
    progress: dict[int, str] = {}
    columns: dict[tuple[int, str], Any] = {}
    decks: dict[str, Any] = {}
    for row in connection.execute(query.execution_options(yield_per=2000)):
        if row.event in MOVES:
            progress[row.card_id] = row.after
        elif row.event == BULK and row.detail["does"] in SETS:
            name = SETS[row.detail["does"]]
            columns |= {(card, name): value for card, value in bulk.after(row.detail)}
        elif row.event == BULK:
            progress |= {card: json.dumps(told) for card, told in bulk.after(row.detail)}
        elif row.event == PAST:
            progress |= {int(c): json.dumps(told) for c, (_, told) in row.detail["cards"].items()}
        elif row.event == "scheduling":
            progress |= {int(c): json.dumps(told) for c, (_, told) in row.detail["cards"].items()}
            decks[row.detail["deck"]] = row.detail["after"]
        elif row.event == RENAMED:
            one, other = row.detail["deck"], row.detail["to"]
            decks[one], decks[other] = decks.get(other), decks.get(one)
        elif "after" in row.detail:
            columns[row.card_id, SETS[row.event]] = row.detail["after"][SETS[row.event]]
        else:  # before 0004 only what was before was kept: what it is now cannot be told
            columns[row.card_id, SETS[row.event]] = _DAMAGED
    return progress, columns, decks
