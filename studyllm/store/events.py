"""What can happen to a card, and how it is taken back. Each is a row of the log.

practice: an answer that moved no card, as a review with the same progress before and after.
review, reset, due: the card's progress `before` and `after`.
suspend, bury, tags, points: columns of the card, `before` and `after` in the detail.
bulk: one of those but a review, done to many cards: see `bulk.py`.
history: answers that were given elsewhere, see `past.py`.
recall, heard: a section that was recalled as a whole, and each of its cards that this did not move: see `recalls.py`.
scheduling: how a deck is scheduled, and the progress of each of its cards, before and after.
rename, delete: of decks, see `decks.py`. search: see `searches.py`.
import, the reset of the calibration, undo: as their modules say.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from studyllm.cards import Scheduling
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.schedule import Learned, Progress
from studyllm.store import bulk, decks, imports, past, recalls, searches
from studyllm.store.bulk import BULK
from studyllm.store.columns import (
    plain,
    progress_columns,
    progress_from_json,
    progress_json,
    progress_of,
    scheduling_json,
)
from studyllm.store.decks import DELETED, RENAMED
from studyllm.store.details import SETS
from studyllm.store.past import PAST
from studyllm.store.recalls import RECALL
from studyllm.store.rows import review_of, told
from studyllm.store.searches import SAVED
from studyllm.store.tables import CARD, DECK, LOG, STANDING

MOVES = ("review", "reset", "due")
"""Events with the progress of one card."""


def unknown(card_id: int) -> InputError:
    """What is said of a card that is not there."""
    return InputError(_("There is no card {id}; `studyllm cards` lists them.").format(id=card_id))


def put(connection: Connection, event: str, card_id: int, value: Any, at: datetime) -> bool:
    """Sets the column of one of SETS; False when it has that value already. Raises InputError without such a card."""
    column = CARD.c[SETS[event]]
    row = connection.execute(select(column).where(CARD.c.id == card_id)).one_or_none()
    if row is None:
        raise unknown(card_id)
    before = row[0]
    if before == value:
        return False
    connection.execute(update(CARD).where(CARD.c.id == card_id).values({column: value}))
    detail = {"before": {SETS[event]: plain(before)}, "after": {SETS[event]: plain(value)}}
    connection.execute(insert(LOG).values(at=at, event=event, card_id=card_id, detail=detail))
    return True


def move(
    connection: Connection, event: str, card_id: int, moved: Callable[[Progress], Progress], at: datetime
) -> bool:
    """Gives a card another progress, by one of MOVES that is no review; False when it has that already. Raises
    InputError without such a card, and what `moved` raises."""
    row = connection.execute(select(CARD).where(CARD.c.id == card_id)).one_or_none()
    if row is None:
        raise unknown(card_id)
    before = progress_of(row)
    after = moved(before)
    if before == after:
        return False
    set_progress(connection, card_id, after)
    values = {"before": progress_json(before), "after": progress_json(after)}
    connection.execute(insert(LOG).values(at=at, event=event, card_id=card_id, **values))
    return True


def reschedule(
    connection: Connection, deck: str, scheduling: Scheduling, cards: Mapping[int, Progress], at: datetime
) -> int:
    """Schedules a deck otherwise, its cards standing where they would stand under that; how many moved."""
    row = connection.execute(select(DECK.c.id, DECK.c.scheduling).where(DECK.c.name == deck)).one()
    moved: dict[str, list[Any]] = {}
    for card in connection.execute(select(CARD).where(CARD.c.deck_id == row.id)):
        before, after = progress_of(card), cards.get(card.id, progress_of(card))
        if before != after:
            moved[str(card.id)] = [progress_json(before), progress_json(after)]
            set_progress(connection, card.id, after)
    after_json = scheduling_json(scheduling)
    connection.execute(update(DECK).where(DECK.c.id == row.id).values(scheduling=after_json))
    detail = {"deck": deck, "before": row.scheduling, "after": after_json, "cards": moved}
    connection.execute(insert(LOG).values(at=at, event="scheduling", detail=detail))
    return len(moved)


def days_by_hand(connection: Connection, deck_id: int) -> dict[int, date]:
    """The days that were set by hand and stand: no review or reset of the card came after."""
    moved = select(LOG.c.card_id, func.max(LOG.c.id).label("id")).join(CARD, CARD.c.id == LOG.c.card_id)
    last = (
        moved.where(CARD.c.deck_id == deck_id, LOG.c.event.in_(MOVES), STANDING)
        .group_by(LOG.c.card_id)
        .subquery()
    )
    query = (
        select(LOG.c.card_id, LOG.c.after)
        .join_from(LOG, last, last.c.id == LOG.c.id)
        .where(LOG.c.event == "due")
    )
    found = {}
    for card, after in connection.execute(query):
        progress = progress_from_json(after)
        if isinstance(progress, Learned):
            found[card] = progress.due
    _together(connection, deck_id, found)
    return found


def _together(connection: Connection, deck_id: int, found: dict[int, date]) -> None:
    """Adds to the days that were set by hand what was done to many cards at once."""
    query = select(LOG.c.id, LOG.c.detail).where(LOG.c.event == BULK, STANDING).order_by(LOG.c.id)
    many = [row for row in connection.execute(query) if row.detail["does"] in MOVES]
    if not many:
        return
    last = select(CARD.c.id, func.max(LOG.c.id)).where(CARD.c.deck_id == deck_id)
    moves = and_(LOG.c.card_id == CARD.c.id, LOG.c.event.in_(MOVES), STANDING)
    last = last.outerjoin_from(CARD, LOG, moves)
    moved = {card: alone or 0 for card, alone in connection.execute(last.group_by(CARD.c.id))}
    for row in many:
        for card, after in bulk.after(row.detail):
            if row.id > moved.get(card, row.id):
                found.pop(card, None)
                progress = progress_from_json(after)
                if row.detail["does"] == "due" and isinstance(progress, Learned):
                    found[card] = progress.due


_ELSEWHERE: Mapping[str, Callable[[Connection, dict[str, Any], datetime], None]] = {
    BULK: lambda connection, detail, _: bulk.take_back(connection, detail),
    PAST: past.take_back,
    RENAMED: lambda connection, detail, _: decks.take_back(connection, RENAMED, detail),
    DELETED: lambda connection, detail, _: decks.take_back(connection, DELETED, detail),
    SAVED: lambda connection, detail, _: searches.take_back(connection, detail),
    RECALL: recalls.take_back,
}
"""What takes back the events that have modules of their own."""


def take_back(connection: Connection, row: Any, at: datetime) -> None:
    """Puts things as they were before a row of the log, and says so in another."""
    detail = told(row) or {}
    if row.event == "import":
        imports.undo(connection, detail, at)
        _take_with(connection, detail.get("together"), at)
    elif row.event in SETS:
        column, value = SETS[row.event], detail["before"][SETS[row.event]]
        if column == "buried" and value:
            value = date.fromisoformat(value)
        connection.execute(update(CARD).where(CARD.c.id == row.card_id).values({column: value}))
    elif row.event in MOVES:
        set_progress(connection, row.card_id, progress_from_json(row.before))
        if row.event == "review" and (early := review_of(row).detail.early_look):
            # A later import may have given another reason since.
            still = func.coalesce(CARD.c.early_look, early)
            connection.execute(update(CARD).where(CARD.c.id == row.card_id).values(early_look=still))
    elif row.event in _ELSEWHERE:
        _ELSEWHERE[row.event](connection, detail, at)
    elif row.event == "scheduling":
        before = detail["before"]
        connection.execute(update(DECK).where(DECK.c.name == detail["deck"]).values(scheduling=before))
        for card_id, (progress, _) in detail["cards"].items():
            set_progress(connection, int(card_id), progress_from_json(progress))
    connection.execute(insert(LOG).values(at=at, event="undo", card_id=row.card_id, undoes=row.id))


def _take_with(connection: Connection, number: int | None, at: datetime) -> None:
    """Takes back a row that belongs to another one, if it stands."""
    found = select(LOG).where(LOG.c.id == number, STANDING)
    if number is not None and (row := connection.execute(found).one_or_none()):
        take_back(connection, row, at)


def set_progress(connection: Connection, card_id: int, progress: Progress) -> None:
    """Gives a card's row another progress."""
    connection.execute(update(CARD).where(CARD.c.id == card_id).values(**progress_columns(progress)))
