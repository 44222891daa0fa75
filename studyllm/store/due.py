"""What is due, and what waits, as SQLAlchemy has it; `today.py` asks."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from studyllm.cards import DERIVED
from studyllm.store.messages import MISSAID, UNSAID
from studyllm.store.sql import last_text
from studyllm.store.tables import CARD, DECK

HERE = (CARD.c.gone_at.is_(None), CARD.c.suspended.is_(False))
WAS_UNSAID = and_(
    CARD.c.early_look.is_not(None),  # for the index on those few
    or_(*(CARD.c.early_look.startswith(form.partition("{")[0]) for form in (UNSAID, MISSAID))),
)
NEW = and_(CARD.c.due.is_(None), or_(CARD.c.early_look.is_(None), WAS_UNSAID))
"""Cards never reviewed, but for those that were wanted today: they are asked with what is due."""
_IS_MADE = or_(*(CARD.c.kind == kind.value for kind in sorted(DERIVED)))


def not_buried(today: Any) -> ColumnElement[bool]:
    """Whether a card was not put off until tomorrow."""
    return CARD.c.buried.is_distinct_from(today)


def waits(today: Any, start: Any) -> ColumnElement[bool]:
    """A card that was made of another one waits for it, and for what was made before it: until that was seen, and while
    it is due or was asked today. Two of them never come on one day."""
    other = CARD.alias().c
    held = exists().where(
        other.deck_id == CARD.c.deck_id,
        other.path == CARD.c.path,
        other.term == CARD.c.term,
        other.id < CARD.c.id,
        other.gone_at.is_(None),
        other.suspended.is_(False),
        or_(other.due.is_(None), other.due <= today, other.reviewed >= start),
    )
    return and_(_IS_MADE, held)


def day_has_come(today: Any, start: Any) -> ColumnElement[bool]:
    """Whether a card is asked today: its day has come, or it is asked early."""
    return or_(come(today, start), early(today, start))


def come(today: Any, start: Any) -> ColumnElement[bool]:
    """A repetition that was left out on an earlier day does not count any more."""
    return and_(or_(CARD.c.again.is_(None), CARD.c.again < start), CARD.c.due <= today)


def early(today: Any, start: Any) -> ColumnElement[bool]:
    """A card whose definition changed, or that was wanted today, and that is not asked today anyway."""
    repeated = or_(CARD.c.again.is_(None), CARD.c.again < start)
    return and_(repeated, CARD.c.early_look.is_not(None), ~NEW, or_(CARD.c.due.is_(None), CARD.c.due > today))


def listed(*where: ColumnElement[bool], order: Iterable[Any]) -> Select[Any]:
    """As much of each card of some as its place in the order of the day needs."""
    section = func.coalesce(last_text(CARD.c.headings), "")
    query = select(CARD.c.id, DECK.c.name, CARD.c.path, CARD.c.line, section.label("section")).join_from(
        CARD, DECK
    )
    return query.where(*where).order_by(*order)
