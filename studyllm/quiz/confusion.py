"""Which card a wrong answer belongs to."""

from collections.abc import Callable, Iterable

from studyllm.notes.wording import alike, keys, mentions, paragraph
from studyllm.store.records import StudyCard
from studyllm.text import key

ALIKE_FROM = 0.35
"""Share of letter pairs from which an answer may be another card's definition."""
_NEARER = 0.1
"""How much more it must be like that definition than like its own."""


MEANT_FROM, _MEANT_NEARER = 0.88, 0.03
"""The same of cosines of e5, which are high: from where an answer may be a definition, and how much nearer to it than
to its own."""
Means = Callable[[str, StudyCard], float | None]
"""Cosine of an answer and a card's definition; None where it is not known."""


def mixed_up(
    card: StudyCard, answer: str, pool: Iterable[StudyCard], means: Means = lambda answer, card: None
) -> int | None:
    """The card that a wrong answer names, or whose definition it is nearer to, by its words or else by its meaning;
    None when it is nobody's."""
    if not key(answer):
        return None
    own, ours = alike(answer, paragraph(card.card)), keys(card.card)
    named: int | None = None
    nearest: tuple[float, int | None] = (own + _NEARER, None)
    meant: tuple[float, int | None] = (max((means(answer, card) or 1.0) + _MEANT_NEARER, MEANT_FROM), None)
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
        if (cosine := means(answer, other)) is not None and cosine > meant[0]:
            meant = (cosine, other.id)
    return nearest[1] or named or meant[1]
