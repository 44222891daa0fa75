"""The names of cards, and whose answers use them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, String, bindparam, literal, or_, select

from studyllm.store.columns import texts
from studyllm.store.database import Database
from studyllm.store.due import HERE
from studyllm.store.records import Naming, StudyCard
from studyllm.store.sql import any_held, held, numbers
from studyllm.store.tables import CARD, DECK
from studyllm.text import fold

_COLUMNS = (CARD.c.id, CARD.c.term, CARD.c.aliases, CARD.c.answer)
_OF = select(*_COLUMNS).where(CARD.c.id.in_(select(numbers(bindparam("cards", type_=JSON)))))


class Terms:
    """What is asked about terms of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, cards: Sequence[int]) -> tuple[Naming, ...]:
        """The names and answers of those cards, in their order."""
        with self._database.read() as connection:
            found = {row.id: _naming(row) for row in connection.execute(_OF, {"cards": list(cards)})}
        return tuple(found[card] for card in cards)

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
            return tuple(map(_naming, connection.execute(query)))


def _naming(row: Any) -> Naming:
    texts(row.term, row.answer, *row.aliases)
    return Naming(row.id, row.term, tuple(row.aliases), row.answer)
