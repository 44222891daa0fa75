"""Cards that stay when the learner dropped all of a form: those that look like it and are not of it, or were chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studyllm.cards import Card
from studyllm.library.choosing import Like, has_alike

if TYPE_CHECKING:
    from studyllm.store import Store, StudyCard


@dataclass(frozen=True, slots=True)
class Staying:
    """The cards of a deck that stayed, though they look like one that was dropped with all of its form."""

    chosen: tuple[Card, ...] = ()
    """Those of its form: the learner made them cards one by one."""
    otherwise: tuple[Card, ...] = ()
    """Those beside it that were read from another form."""


def staying(store: "Store", dropped: "StudyCard", like: Like) -> Staying:
    """What stayed when a card was dropped with all like it."""
    card = dropped.card
    if like is Like.ALONE or not has_alike(card):
        return Staying()
    stored = (
        store.cards(dropped.deck)
        if like is Like.DECK
        else store.cards_of_files(dropped.deck, [card.source.path])
    )
    left = [one.card for one in stored if not one.gone and one.id != dropped.id]
    choices = store.choices(dropped.deck)
    chosen = (
        one
        for one in left
        if one.rule == card.rule and choices.about(one.source.path).of(one.rule, one.term, one.section)
    )
    return Staying(tuple(chosen), tuple(_beside(card, left)))


def _beside(card: Card, others: Iterable[Card]) -> Iterable[Card]:
    """The cards that stand beside one and are written in another form of the same kind: an item, a heading, a row."""
    for other in others:
        if (
            other.rule != card.rule
            and other.kind is card.kind
            and has_alike(other)
            and other.rule.split()[:1] == card.rule.split()[:1]
            and other.source.path == card.source.path
            and other.headings[:-1] == card.headings[:-1]
        ):
            yield other
