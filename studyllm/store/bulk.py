"""One thing done to many cards at once: one row of the log, with what each of them was and became.

The detail is {"does": an event that a single card has as well, "cards": {id: [before, after]}}.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from studyllm.schedule import Progress
from studyllm.store.columns import PROGRESS, plain, progress_columns, progress_from_json, progress_json
from studyllm.store.details import SETS
from studyllm.store.tables import CARD, LOG

BULK = "bulk"
"""The event of such a row."""
_AT_ONCE = 500


def column(event: str) -> Any:
    """The column of one of SETS."""
    return CARD.c[SETS[event]]


def rows(connection: Connection, cards: Collection[int], *columns: Any) -> Iterator[Any]:
    """Those columns of the cards."""
    asked = list(cards)
    for first in range(0, len(asked), _AT_ONCE):
        yield from connection.execute(select(*columns).where(CARD.c.id.in_(asked[first : first + _AT_ONCE])))


def put(
    connection: Connection, event: str, cards: Mapping[int, tuple[Any, Any]], at: datetime, source: str = ""
) -> int:
    """Gives each card another value, before and after, in the column of one of SETS; how many. What has a source came
    with an import and is not taken back alone."""
    _write(connection, column(event), {card: after for card, (_, after) in cards.items()})
    return _log(connection, event, {c: [plain(b), plain(a)] for c, (b, a) in cards.items()}, at, source)


def move(
    connection: Connection,
    event: str,
    cards: Mapping[int, tuple[Progress, Progress]],
    at: datetime,
    source: str = "",
) -> int:
    """The same for another progress, by a reset or another due day."""
    set_progress(connection, {card: after for card, (_, after) in cards.items()})
    told = {card: [progress_json(before), progress_json(after)] for card, (before, after) in cards.items()}
    return _log(connection, event, told, at, source)


def take_back(connection: Connection, detail: Mapping[str, Any]) -> None:
    """Gives each card what it had before."""
    before = {int(card): was for card, (was, _) in detail["cards"].items()}
    event = detail["does"]
    if event in SETS:
        dates = event == "bury"
        values = {c: date.fromisoformat(was) if dates and was else was for c, was in before.items()}
        _write(connection, column(event), values)
    else:
        set_progress(connection, {card: progress_from_json(was) for card, was in before.items()})


def after(detail: Mapping[str, Any]) -> Iterator[tuple[int, Any]]:
    """What each card became, as it stands in the log."""
    return ((int(card), became) for card, (_, became) in detail["cards"].items())


def _write(connection: Connection, target: Any, values: Mapping[int, Any]) -> None:
    if values:
        query = update(CARD).where(CARD.c.id == bindparam("card"))
        changed: dict[str, ColumnElement[Any]] = {target.key: bindparam("value", type_=target.type)}
        connection.execute(
            query.values(changed), [{"card": card, "value": value} for card, value in values.items()]
        )


def set_progress(connection: Connection, cards: Mapping[int, Progress]) -> None:
    """Gives each card another progress, unlogged."""
    if cards:
        query = update(CARD).where(CARD.c.id == bindparam("card"))
        query = query.values({name: bindparam(f"to_{name}") for name in PROGRESS})
        told = [
            {"card": card} | {f"to_{name}": value for name, value in progress_columns(progress).items()}
            for card, progress in cards.items()
        ]
        connection.execute(query, told)


def _log(
    connection: Connection, event: str, cards: Mapping[int, list[Any]], at: datetime, source: str
) -> int:
    if cards:
        detail = {"does": event, "cards": {str(card): told for card, told in cards.items()}}
        detail |= {"source": source} if source else {}
        connection.execute(insert(LOG).values(at=at, event=BULK, detail=detail))
    return len(cards)
