"""Decks by their names."""

from sqlalchemy import Connection, select

from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.store.tables import DECK


def deck_id(connection: Connection, name: str) -> int:
    """The id of a deck; raises InputError, naming those there are, when there is none of that name."""
    found = connection.scalar(select(DECK.c.id).where(DECK.c.name == name))
    if found is None:
        names = connection.scalars(select(DECK.c.name).order_by(DECK.c.name)).all()
        if not names:
            said = _("There is no deck {deck!r}; there is none yet: import some notes.")
            raise InputError(said.format(deck=name))
        said = _("There is no deck {deck!r}; there are {known}.")
        raise InputError(said.format(deck=name, known=", ".join(names)))
    return int(found)
