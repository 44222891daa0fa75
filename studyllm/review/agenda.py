"""Which cards are asked, and in which order: those of today, or those that the learner picked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from studyllm.review import building
from studyllm.schedule import Day, Grade, Learned, Waiting, interleaved
from studyllm.store import Pick, StudyCard, Want

if TYPE_CHECKING:
    from studyllm.store import Store


@dataclass(frozen=True, slots=True)
class Agenda:
    """The next cards, in their order."""

    cards: list[Waiting]
    behind: int = 0
    """New cards that come after these: they are put in order when their turn has come."""


def of_today(
    store: "Store",
    day: Day,
    today: date,
    deck: str | None,
    most: int | None = None,
    *,
    without: Collection[int] = (),
    whole: bool = False,
) -> Agenda:
    """What is due, in an order that mixes sections, but for some cards; and what is new, when nothing is due or the
    whole is wanted. Of a deck, at most so many of each."""
    counts = [c for c in store.counts(today, day) if deck in (None, c.deck)]
    due = [
        waiting
        for c in counts
        if c.due
        for waiting in store.waiting(c.deck, today, day, min(c.due, most or c.due))
        if waiting.id not in without
    ]
    if due and not whole:
        return Agenda(interleaved(due), sum(c.new for c in counts))
    new: list[Waiting] = []
    for one in counts:
        if one.new:
            count = min(one.new, most or one.new)
            unseen = store.unseen(one.deck, today, day, max(count, building.AHEAD))
            new += [card for card in building.in_order(store, unseen)[:count] if card.id not in without]
    return Agenda(interleaved(due) + new)


def of_pick(store: "Store", day: Day, today: date, pick: Pick, most: int, without: Collection[int]) -> Agenda:
    """What a pick has, but for those that were asked already, at most so many: what was learned, sections mixed, then
    what is new."""
    if pick.want in (Want.NEW, Want.DUE):
        most = min(most, pick.number - len(without))
    learned = store.picks.cards(pick, today, day, most + len(without))
    found = interleaved([card for card in learned if card.id not in without][: max(0, most)])
    if (left := most - len(found)) > 0:
        new = store.picks.cards(pick, today, day, max(left, building.AHEAD) + len(without), new=True)
        found += building.in_order(store, [card for card in new if card.id not in without])[:left]
    return Agenda(found)


def moves(pick: Pick | None, card: StudyCard, grade: Grade, today: date) -> bool:
    """Whether a grade moves a card. Of those that were picked to be practised, what was recalled before its day stays
    where it is: that proves little. What was not recalled is forgotten, whatever the day."""
    progress = card.progress
    if pick is None or pick.want is Want.AHEAD or not isinstance(progress, Learned):
        return True
    return not grade.recalled or progress.due <= today or bool(card.early_look) or progress.again is not None
