"""Which cards are asked, and in which order: those of today, or those that the learner picked."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from studyllm.review import building
from studyllm.schedule import Day, Grade, Learned, Waiting, interleaved
from studyllm.store import Pick, StudyCard, Want

if TYPE_CHECKING:
    from studyllm.store import Store


def of_today(
    store: "Store", day: Day, today: date, deck: str | None, most: int | None = None
) -> list[Waiting]:
    """What is due, in an order that mixes sections, then what is new; of a deck, at most so many of each."""
    counts = [c for c in store.counts(today, day) if deck in (None, c.deck)]
    due = [
        waiting
        for c in counts
        if c.due
        for waiting in store.waiting(c.deck, today, day, min(c.due, most or c.due))
    ]
    new = [
        waiting
        for c in counts
        if c.new
        for waiting in building.in_order(store, c.deck, today, min(c.new, most or c.new))
    ]
    return interleaved(due) + new


def of_pick(
    store: "Store", day: Day, today: date, pick: Pick, most: int, without: Collection[int]
) -> list[Waiting]:
    """What a pick has, but for those that were asked already, at most so many: what was learned, sections mixed, then
    what is new."""
    if pick.want in (Want.NEW, Want.DUE):
        most = min(most, pick.number - len(without))
    found: list[Waiting] = []
    for new in (False, True):
        cards = store.picks.cards(pick, today, day, most + len(without), new=new)
        some = [card for card in cards if card.id not in without][: max(0, most - len(found))]
        found += some if new else interleaved(some)
    return found


def moves(pick: Pick | None, card: StudyCard, grade: Grade, today: date) -> bool:
    """Whether a grade moves a card. Of those that were picked to be practised, what was recalled before its day stays
    where it is: that proves little. What was not recalled is forgotten, whatever the day."""
    progress = card.progress
    if pick is None or pick.want is Want.AHEAD or not isinstance(progress, Learned):
        return True
    return not grade.recalled or progress.due <= today or bool(card.early_look) or progress.again is not None
