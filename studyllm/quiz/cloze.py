"""A definition with a gap, as a question of a quiz."""

import random
from collections.abc import Sequence

from studyllm.cards import Card
from studyllm.notes import gaps
from studyllm.quiz.items import Cloze
from studyllm.store.records import StudyCard


def as_written(card: StudyCard) -> Cloze | None:
    """The gap that the note itself has."""
    before, gap, after = card.card.prompt.partition(gaps.IN_NOTES)
    return Cloze(card, before, after, card.card.answer, (card.card.answer,)) if gap else None


def cloze(card: StudyCard, others: Sequence[Card], dice: random.Random) -> Cloze | None:
    """The definition with a gap, see `gaps.gap`; which of several words is left out is chance."""
    found = gaps.gap(card.card, others, dice.choice)
    return Cloze(card, found.before, found.after, found.word, found.accepted) if found else None
