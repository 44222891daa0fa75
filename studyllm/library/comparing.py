"""The cards of the store beside those of the notes: what each has become."""

from collections.abc import Sequence
from dataclasses import replace

from studyllm.cards import Card, Deck
from studyllm.library import strays
from studyllm.library.matching import match
from studyllm.library.steps import Change, Step, step_of
from studyllm.schedule import New
from studyllm.store import StudyCard


def compare(old: Sequence[StudyCard], others: Sequence[StudyCard], new: Sequence[Card]) -> tuple[Step, ...]:
    """The steps from the store to the notes, in the order of the notes. What no card of the deck has become may be a
    stray, then one that is gone, then a stray that is, those that were studied before all others: of two with one text
    the one that was there keeps its schedule, and of two that are gone the one that was studied."""
    there, gone = ([card for card in old if card.gone is is_gone] for is_gone in (False, True))
    strange, ghosts = ([card for card in others if card.gone is is_gone] for is_gone in (False, True))
    found = match([stored.card for stored in there], new)
    waiting = {j for _, js in found.doubts for j in js}
    steps = {j: step_of(there[i], new[j]) for i, j in found.pairs}
    left = [j for j in found.added if j not in waiting]
    lost_before = [
        [card for card in cards if isinstance(card.progress, New) is is_new]
        for is_new in (False, True)
        for cards in (gone, ghosts)
    ]
    for some in (strange, *lost_before):
        back = match([stored.card for stored in some], [new[j] for j in left])
        pairs = [(some[i], left[k]) for i, k in back.pairs]
        pairs += strays.of_one_text([some[i] for i in back.gone], [left[k] for k in back.added], new)
        steps |= {j: step_of(card, new[j]) for card, j in pairs}
        left = [j for j in left if j not in steps]
    steps |= {j: Step(Change.ADDED, None, new[j]) for j in left}
    doubted = {i for i, _ in found.doubts}
    asked = [
        Step(Change.AMBIGUOUS, there[i], None, candidates=tuple(new[j] for j in js)) for i, js in found.doubts
    ]
    lost = [Step(Change.GONE, there[i], None) for i in found.gone if i not in doubted]
    return (*asked, *(steps[j] for j in sorted(steps)), *lost)


def from_other_decks(deck: Deck, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps, cards that come from other decks as moved."""
    return tuple(
        replace(step, change=Change.MOVED)
        if step.change is Change.UNCHANGED and step.old and step.old.deck != deck.name
        else step
        for step in steps
    )
