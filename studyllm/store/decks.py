"""Decks by their names: which there are, another name, and none any more. What is deleted is kept out of the way, like
what left the notes, so that undo or an import brings it back with its schedule.

The detail of a rename is {"deck": name, "to": name}, of a deletion {"deck": name, "notes": [paths], "cards": [ids]}.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, case, delete, exists, insert, or_, select, update

from studyllm.errors import InputError
from studyllm.i18n import _, listed
from studyllm.store.sql import as_text
from studyllm.store.tables import CARD, DECK, LOG, NOTE, QUIZ

RENAMED, DELETED = "rename", "delete"
"""Events of the log."""
THERE = or_(
    as_text(DECK.c.notes) != "[]",
    exists().where(CARD.c.deck_id == DECK.c.id, CARD.c.gone_at.is_(None)),
)
"""A deck that has notes or cards. The others were deleted or undone, or all their notes went into another one."""
_AT_ONCE = 500


def deck_id(connection: Connection, name: str) -> int:
    """The id of a deck, deleted ones included; raises InputError, naming those there are, when there is none of that
    name."""
    found = connection.scalar(select(DECK.c.id).where(DECK.c.name == name))
    if found is None:
        raise _unknown(connection, name)
    return int(found)


def require(connection: Connection, name: str) -> None:
    """Raises InputError, naming those there are, when there is no deck of that name."""
    if connection.scalar(select(DECK.c.id).where(DECK.c.name == name, THERE)) is None:
        raise _unknown(connection, name)


def rename(connection: Connection, deck: str, name: str, at: datetime) -> bool:
    """Gives a deck another name; False when it has that already. Raises InputError when there is no such deck, or one
    of the other name."""
    require(connection, deck)
    if deck == name:
        return False
    if connection.scalar(select(DECK.c.id).where(DECK.c.name == name, THERE)) is not None:
        raise InputError(_("There is a deck {deck} already. Nothing was changed.").format(deck=name))
    _swap(connection, deck, name)
    connection.execute(insert(LOG).values(at=at, event=RENAMED, detail={"deck": deck, "to": name}))
    return True


def remove(connection: Connection, deck: str, at: datetime) -> int:
    """Takes a deck away with all its cards, and follows its notes no more; how many cards. Raises InputError when there
    is no such deck."""
    require(connection, deck)
    row = connection.execute(select(DECK.c.id, DECK.c.notes).where(DECK.c.name == deck)).one()
    here = (CARD.c.deck_id == row.id, CARD.c.gone_at.is_(None))
    cards = list(connection.scalars(select(CARD.c.id).where(*here).order_by(CARD.c.id)))
    connection.execute(update(CARD).where(*here).values(gone_at=at))
    connection.execute(update(DECK).where(DECK.c.id == row.id).values(notes=[]))
    connection.execute(delete(NOTE).where(NOTE.c.deck_id == row.id))
    detail = {"deck": deck, "notes": row.notes, "cards": cards}
    connection.execute(insert(LOG).values(at=at, event=DELETED, detail=detail))
    return len(cards)


def take_back(connection: Connection, event: str, detail: Mapping[str, Any]) -> None:
    """Undoes one of the two. The notes are read again at the next import."""
    if event == RENAMED:
        _swap(connection, detail["deck"], detail["to"])
        return
    connection.execute(update(DECK).where(DECK.c.name == detail["deck"]).values(notes=detail["notes"]))
    cards = detail["cards"]
    for first in range(0, len(cards), _AT_ONCE):
        some = CARD.c.id.in_(cards[first : first + _AT_ONCE])
        connection.execute(update(CARD).where(some).values(gone_at=None))


def _swap(connection: Connection, one: str, other: str) -> None:
    """Gives each of two names to the deck that had the other: one of them may be that of a deck that was deleted."""
    named = select(DECK.c.name, DECK.c.id).where(DECK.c.name.in_((one, other)))
    decks = {row.name: row.id for row in connection.execute(named)}
    for number in decks.values():  # two decks never have the same name
        connection.execute(update(DECK).where(DECK.c.id == number).values(name=f"\x1f{number}"))
    for name, number in decks.items():
        connection.execute(update(DECK).where(DECK.c.id == number).values(name=other if name == one else one))
    quizzes = update(QUIZ).where(QUIZ.c.deck.in_((one, other)))
    connection.execute(quizzes.values(deck=case((QUIZ.c.deck == one, other), else_=one)))


def _unknown(connection: Connection, name: str) -> InputError:
    names = connection.scalars(select(DECK.c.name).where(THERE).order_by(DECK.c.name)).all()
    if not names:
        said = _("There is no deck {deck!r}; there is none yet: import some notes.")
        return InputError(said.format(deck=name))
    said = _("There is no deck {deck!r}; there are {known}.")
    return InputError(said.format(deck=name, known=listed(names)))
