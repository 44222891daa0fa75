"""Which card a wrong answer belongs to."""

from collections.abc import Callable, Collection

from studyllm.grading.gates import gate, visible
from studyllm.notes.wording import alike, keys, mentions, paragraph
from studyllm.quiz.distractors import same_section
from studyllm.review.asking import question
from studyllm.store.records import StudyCard
from studyllm.text import has_wide, key

ALIKE_FROM = 0.35
"""Share of letter pairs from which an answer may be another card's definition."""
_NEARER = 0.1
"""How much more it must be like that definition than like its own."""
_BRIEF_LETTERS, _BRIEF_HAN = 12, 6
"""Letters and digits, of a Chinese answer characters, below which an answer tells too little: it has to be nearly all
of a definition then, and its meaning says nothing."""
_NEARLY_ALL = 0.8
MEANT_FROM, _MEANT_NEARER = 0.88, 0.03
"""The same of cosines of e5, which are high: from where an answer may be a definition, and how much nearer to it than
to its own."""
_FARTHER = 0.03
"""How much higher the cosine must be where the other card stands below other headings: who takes one term for another
mostly met them together."""
Means = Callable[[str, StudyCard], float | None]
"""Cosine of an answer and a card's definition; None where it is not known."""


def mixed_up(
    card: StudyCard, answer: str, pool: Collection[StudyCard], means: Means = lambda answer, card: None
) -> int | None:
    """The card that a wrong answer names, or whose definition it is nearer to, by its words or else by its meaning;
    None when it is nobody's, and of what says that nothing is known, or next to nothing."""
    answer = visible(answer)
    if not key(answer):
        return None
    exact = next(
        (other.id for other in pool if other.id != card.id and key(answer) in keys(other.card)), None
    )
    ours = keys(card.card)
    if exact is not None or gate(question(card), answer):
        return None if key(answer) in ours else exact
    brief = is_brief(answer)
    own, itself = alike(answer, paragraph(card.card)), means(answer, card) or 1.0
    named: int | None = None
    nearest: tuple[float, int | None] = (own + _NEARER, None)
    meant: tuple[float, int | None] = (max(itself + _MEANT_NEARER, MEANT_FROM), None)
    for other in pool:
        if other.id == card.id or ours & keys(other.card):
            continue
        if named is None and mentions(answer, other.card) and not mentions(card.card.answer, other.card):
            named = other.id
        likeness = alike(answer, paragraph(other.card))
        if likeness >= (_NEARLY_ALL if brief else ALIKE_FROM) and likeness > nearest[0]:
            nearest = (likeness, other.id)
        cosine = None if brief else means(answer, other)
        if cosine is not None:
            cosine -= 0 if same_section(card, other) else _FARTHER
            if cosine > meant[0]:
                meant = (cosine, other.id)
    return nearest[1] or named or meant[1]


def is_brief(answer: str) -> bool:
    """Whether an answer tells too little to be compared by its meaning."""
    return len(key(answer)) < (_BRIEF_HAN if has_wide(answer) else _BRIEF_LETTERS)
