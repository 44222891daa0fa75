"""Whose names an answer uses."""

from sqlalchemy import String, literal, or_, select

from studyllm.store.database import Database
from studyllm.store.due import HERE
from studyllm.store.records import Naming, StudyCard
from studyllm.store.sql import any_held, held
from studyllm.store.tables import CARD, DECK
from studyllm.store.today import naming
from studyllm.text import fold

_COLUMNS = (CARD.c.id, CARD.c.term, CARD.c.aliases, CARD.c.answer, CARD.c.path)


class Terms:
    """What is asked about terms of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def used_by(self, card: StudyCard) -> tuple[Naming, ...]:
        """Other cards of the deck with a name that stands somewhere in a card's answer, perhaps within a word, in the
        order of the notes."""
        text = literal(fold(card.card.answer), String)
        query = (
            select(*_COLUMNS)
            .join(DECK)
            .where(*HERE, DECK.c.name == card.deck, CARD.c.id != card.id)
            .where(or_(held(text, CARD.c.term), any_held(text, CARD.c.aliases)))
            .order_by(CARD.c.path, CARD.c.line, CARD.c.id)
        )
        with self._database.read() as connection:
            return tuple(map(naming, connection.execute(query)))
