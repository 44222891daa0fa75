"""Cards that resemble others: of the same note, or of other decks."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from studyllm.cards import Card, Kind
from studyllm.store.columns import study_card
from studyllm.store.records import StudyCard
from studyllm.store.tables import CARD, DECK

CARDS = select(CARD, DECK.c.name.label("deck")).join_from(CARD, DECK)
_AT_ONCE = 500
"""Values in one query."""


def elsewhere(connection: Connection, deck: str, cards: Sequence[Card]) -> tuple[StudyCard, ...]:
    """Cards of other decks with the term or the answer of one of these, those that are gone as well."""
    found: dict[int, StudyCard] = {}
    for first in range(0, len(cards), _AT_ONCE):
        some = cards[first : first + _AT_ONCE]
        like = or_(
            CARD.c.term.in_([card.term for card in some]),
            CARD.c.answer.in_([card.answer for card in some]),
        )
        for row in connection.execute(CARDS.where(DECK.c.name != deck, like).order_by(CARD.c.id)):
            found[row.id] = study_card(row)
    return tuple(found.values())


def near(connection: Connection, card: StudyCard, most: int) -> tuple[StudyCard, ...]:
    """The other terms of a card's note, the nearest by line first."""
    source = card.card.source
    query = (
        CARDS.where(DECK.c.name == card.deck, CARD.c.path == source.path, CARD.c.id != card.id)
        .where(CARD.c.kind == Kind.TERM.value, CARD.c.gone_at.is_(None))
        .order_by(func.abs(CARD.c.line - source.line), CARD.c.id)
        .limit(most)
    )
    return tuple(map(study_card, connection.execute(query)))
