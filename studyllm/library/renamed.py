"""Notes that have another name, or are in another folder: their cards moved with them."""

import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from studyllm.library.steps import Change, Step
from studyllm.store import StudyCard


def along(
    steps: Sequence[Step],
    before: Iterable[StudyCard],
    known: Collection[str],
    elsewhere: Collection[str],
) -> tuple[Step, ...]:
    """The steps, those of cards marked that moved because their note was renamed. It was when it is there no more, more
    than half of its cards, as they were `before`, went into one note that is new to the deck, and no other note gave
    that one more cards. Notes are those `known` of the deck and those `elsewhere`."""
    cards = Counter({card.id: card.card.source.path for card in before if not card.gone}.values())
    ways = Counter(way for step in steps if (way := _between(step)) and way[1] not in known)
    gave: dict[str, str] = {}
    for (old, new), count in ways.most_common():
        was_note = old in known or old in elsewhere
        if was_note and count * 2 > cards[old] and not os.path.exists(old):  # noqa: PTH110
            gave.setdefault(new, old)
    return tuple(
        replace(step, along=True)
        if step.change is Change.MOVED and (way := _between(step)) and gave.get(way[1]) == way[0]
        else step
        for step in steps
    )


def _between(step: Step) -> tuple[str, str] | None:
    """From which note to which other one a card goes."""
    if not (step.old and step.new) or step.old.gone or step.old.card.source.path == step.new.source.path:
        return None
    return step.old.card.source.path, step.new.source.path
