"""Which card a wrong answer belongs to."""

from collections.abc import Iterable

from studyllm.notes.wording import alike, keys, mentions, paragraph
from studyllm.store.records import StudyCard
from studyllm.text import key

ALIKE_FROM = 0.35
"""Share of letter pairs from which an answer may be another card's definition."""
_NEARER = 0.1
"""How much more it must be like that definition than like its own."""


def mixed_up(card: StudyCard, answer: str, pool: Iterable[StudyCard]) -> int | None:
    """The card that a wrong answer names, or whose definition it is nearer to; None when it is nobody's."""
    if not key(answer):
        return None
    own, ours = alike(answer, paragraph(card.card)), keys(card.card)
    named: int | None = None
    nearest: tuple[float, int | None] = (own + _NEARER, None)
    for other in pool:
        if other.id == card.id or ours & keys(other.card):
            continue
        if key(answer) in keys(other.card):
            return other.id
        if named is None and mentions(answer, other.card) and not mentions(card.card.answer, other.card):
            named = other.id
        likeness = alike(answer, paragraph(other.card))
        if likeness >= ALIKE_FROM and likeness > nearest[0]:
            nearest = (likeness, other.id)
    return nearest[1] or named
