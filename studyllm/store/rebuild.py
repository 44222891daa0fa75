"""What the log alone says of every card, against what the cards say."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, String, select, type_coerce, update

from studyllm.store.events import MOVES, SETS, STANDING, set_progress
from studyllm.store.records import progress_from_json, progress_of
from studyllm.store.tables import CardRow, LogRow


@dataclass(frozen=True, slots=True)
class Difference:
    """A card that is not as the log says."""

    card: int
    term: str
    what: str
    log: Any
    now: Any


def differences(connection: Connection) -> Iterator[Difference]:
    """Every card whose schedule is not what the log says."""
    progress, columns = _told(connection)
    for row in connection.execute(select(CardRow.__table__)):
        told = progress_from_json(json.loads(progress.get(row.id) or "null"))
        if told != progress_of(row):
            yield Difference(row.id, row.term, "progress", told, progress_of(row))
        for column in SETS.values():
            if (row.id, column) in columns:
                value, now = columns[row.id, column], getattr(row, column)
                now = now.isoformat() if column == "buried" and now else now
                if value != now:
                    yield Difference(row.id, row.term, column, value, now)


def repair(connection: Connection, found: Difference) -> None:
    """Makes a card what the log says."""
    if found.what == "progress":
        set_progress(connection, found.card, found.log)
    else:
        value = CardRow.__table__.c[found.what].type.python_type
        told = value.fromisoformat(found.log) if found.what == "buried" and found.log else found.log
        connection.execute(update(CardRow).where(CardRow.id == found.card).values({found.what: told}))


def _told(connection: Connection) -> tuple[dict[int, str], dict[tuple[int, str], Any]]:
    """From the log: the last progress of each card, as JSON, and the last value of each column of SETS."""
    after = type_coerce(LogRow.after, String)
    query = select(LogRow.event, LogRow.card_id, after.label("after"), LogRow.detail)
    query = query.where(LogRow.event.in_((*MOVES, *SETS, "scheduling")), STANDING).order_by(LogRow.id)
    progress: dict[int, str] = {}
    columns: dict[tuple[int, str], Any] = {}
    for row in connection.execute(query.execution_options(yield_per=2000)):
        if row.event in MOVES:
            progress[row.card_id] = row.after
        elif row.event == "scheduling":
            progress |= {int(c): json.dumps(told) for c, (_, told) in row.detail["cards"].items()}
        elif "after" in row.detail:
            columns[row.card_id, SETS[row.event]] = row.detail["after"][SETS[row.event]]
        else:  # before 0004 only what was before was kept
            columns.pop((row.card_id, SETS[row.event]), None)
    return progress, columns
