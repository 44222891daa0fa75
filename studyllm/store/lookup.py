"""Cards, all of them, those of some notes, and those that resemble others."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import Connection, func, or_, select

from studyllm.cards import DERIVED, Card, Kind
from studyllm.store.columns import study_card
from studyllm.store.decks import deck_id
from studyllm.store.records import StudyCard
from studyllm.store.tables import CARD, DECK, NOTE
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
_ARTICLE = re.compile(
    r"(?:el|la|los|las|der|die|das|eine?|les?|une?|una|lo|gli|os|uma?|the|an?|to)\s+|l['’]", re.IGNORECASE
)
_APART, _LONGEST = re.compile(r"[,;/，；、\n]"), 6
"""Between two meanings, and letters of an article with the blank behind it at most."""
_BEGINNING = 16
"""Letters of a text that are compared first."""


def cards(connection: Connection, deck: str | None, *, gone: bool) -> Iterator[StudyCard]:
    """Cards of a deck or of all in the order of the notes; those no longer in the notes only on request."""
    query = CARDS.order_by(DECK.c.name, CARD.c.path, CARD.c.line, CARD.c.id)
    if not gone:
        query = query.where(CARD.c.gone_at.is_(None))
    if deck is not None:
        query = query.where(CARD.c.deck_id == deck_id(connection, deck))
    for row in connection.execute(query.execution_options(yield_per=500)):
        yield study_card(row)


def of_files(connection: Connection, deck: str, paths: Collection[str]) -> Iterator[StudyCard]:
    """The cards of those notes, and all that are gone from the deck and might be back."""
    query = CARDS.where(DECK.c.name == deck).order_by(CARD.c.path, CARD.c.line, CARD.c.id)
    for row in connection.execute(query):
        if row.gone_at is not None or row.path in paths:
            yield study_card(row)


def paths(connection: Connection, deck: str) -> set[str]:
    """The notes that a deck's cards stand in."""
    query = select(CARD.c.path).join(DECK).where(DECK.c.name == deck, CARD.c.gone_at.is_(None))
    return set(connection.scalars(query.distinct()))


def files_elsewhere(connection: Connection, deck: str) -> Mapping[str, str]:
    """The notes of other decks: the name of the deck by path. After an undo no import of a note is known, but its cards
    are there."""
    read = select(NOTE.c.path, DECK.c.name).join_from(NOTE, DECK).where(DECK.c.name != deck)
    stand = select(CARD.c.path, DECK.c.name).join_from(CARD, DECK)
    stand = stand.where(DECK.c.name != deck, CARD.c.gone_at.is_(None), CARD.c.line > 0).distinct()
    return {row.path: row.name for query in (stand, read) for row in connection.execute(query)}


def texts(connection: Connection) -> tuple[tuple[str, str, str], ...]:
    """Term, answer and path of all cards but what was made of another card; of those that are gone only the answered
    ones, so that what an undone import brought in is not known."""
    kept = or_(CARD.c.gone_at.is_(None), CARD.c.due.is_not(None))
    query = select(CARD.c.term, CARD.c.answer, CARD.c.path).where(CARD.c.kind.not_in(DERIVED), kept)
    return tuple((term, answer, path) for term, answer, path in connection.execute(query))


def count(connection: Connection, deck: str | None) -> int:
    """Cards that are in the notes, of a deck or of all; 0 for a deck that is not there yet."""
    query = select(func.count(CARD.c.id)).join(DECK).where(CARD.c.gone_at.is_(None))
    if deck is not None:
        query = query.where(DECK.c.name == deck)
    return connection.scalar(query) or 0


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


def without_note(connection: Connection, terms: Sequence[str]) -> Iterator[StudyCard]:
    """The cards of those terms that stand in no note, of all decks."""
    query = CARDS.where(CARD.c.line == 0, CARD.c.gone_at.is_(None)).order_by(CARD.c.id)
    for first in range(0, len(terms), _AT_ONCE):
        some = CARD.c.term.in_(terms[first : first + _AT_ONCE])
        yield from map(study_card, connection.execute(query.where(some)))


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
    there is none, or where it is also in this card's own. One of the same note and near this one goes first. Of a card
    that asks for a term, the other card whose term it is."""
    if card.card.kind is Kind.MEANING:
        return _named_so(connection, card, text)
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


def _named_so(connection: Connection, card: StudyCard, text: str) -> StudyCard | None:
    """The other card of a deck whose term a text is, with its article or without; None where there is none, where it is
    this card's answer as well, or where both mean the same."""
    wanted, own = _bare(text), card.card
    if not wanted or wanted in map(_bare, (own.answer, *own.aliases)):
        return None
    asked = _meanings(f"{own.prompt};{own.term}")
    long = func.length(CARD.c.term).between(len(text.strip()) - _LONGEST, len(text.strip()) + _LONGEST)
    query = CARDS.where(DECK.c.name == card.deck, CARD.c.id != card.id, CARD.c.gone_at.is_(None), long)
    query = query.where(CARD.c.kind.in_(_DEFINED)).order_by(CARD.c.path != own.source.path, CARD.c.id)
    for row in connection.execute(query):
        if _bare(row.term) == wanted and asked.isdisjoint(_meanings(row.answer)):
            return study_card(row)
    return None


def _bare(word: str) -> str:
    """A word without its article, and without marks."""
    return key(_ARTICLE.sub("", word.strip()))


def _meanings(text: str) -> set[str]:
    """Each of several meanings."""
    return {_bare(part) for part in _APART.split(text)} - {""}


def _same(wanted: str, written: str) -> bool:
    """Whether these are the letters and digits of a text; its beginning tells most others apart."""
    return wanted.startswith(key(written[:_BEGINNING])) and wanted == key(written)
