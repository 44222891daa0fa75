"""Cards that resemble others: of the same note, or of other decks."""

import re
from collections.abc import Sequence

from sqlalchemy import Connection, func, or_, select

from studyllm.cards import Card, Kind
from studyllm.store.columns import study_card
from studyllm.store.records import StudyCard
from studyllm.store.tables import CARD, DECK
from studyllm.text import key

CARDS = select(CARD, DECK.c.name.label("deck")).join_from(CARD, DECK)
_AT_ONCE = 500
"""Values in one query."""
_DEFINED = (Kind.TERM, Kind.LIST, Kind.TABLE, Kind.SEQUENCE)
"""Cards whose answer says what their term is."""
_MARKS = 1.5
"""How much longer a definition may be than its letters and digits: what is marked, or in lines of its own."""
_NUMBER = re.compile(r"^\s*[0-9]+[.)、．]", re.M)
"""Before an item of a list; an answer may leave it out."""
_BEGINNING = 16
"""Letters of a text that are compared first."""


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
    """The other cards of a card's note that say what a term is, the nearest by line first."""
    source = card.card.source
    query = (
        CARDS.where(DECK.c.name == card.deck, CARD.c.path == source.path, CARD.c.id != card.id)
        .where(CARD.c.kind.in_(_DEFINED), CARD.c.gone_at.is_(None))
        .order_by(func.abs(CARD.c.line - source.line), CARD.c.id)
        .limit(most)
    )
    return tuple(map(study_card, connection.execute(query)))


def defined_so(connection: Connection, card: StudyCard, text: str) -> StudyCard | None:
    """The other card of a deck whose definition a text is, word for word, but for marks, spaces and case; None where
    there is none, or where it is also in this card's own. One of the same note and near this one goes first."""
    wanted, source = key(text), card.card.source
    if not wanted or wanted in key(card.card.answer):
        return None
    long = func.length(CARD.c.answer).between(len(wanted), int(_MARKS * len(wanted)) + 20)
    query = (
        select(CARD.c.id, CARD.c.answer)
        .join(DECK)
        .where(DECK.c.name == card.deck, CARD.c.id != card.id, CARD.c.gone_at.is_(None), long)
        .where(CARD.c.kind.in_(_DEFINED))
        .order_by(CARD.c.path != source.path, func.abs(CARD.c.line - source.line), CARD.c.id)
    )
    for row in connection.execute(query):
        if _same(wanted, row.answer) or _same(wanted, _NUMBER.sub("", row.answer)):
            return study_card(connection.execute(CARDS.where(CARD.c.id == row.id)).one())
    return None


def _same(wanted: str, written: str) -> bool:
    """Whether these are the letters and digits of a text; its beginning tells most others apart."""
    return wanted.startswith(key(written[:_BEGINNING])) and wanted == key(written)
