"""Which cards are asked, and in which order: those of today, or those that the learner picked."""

from collections.abc import Collection, Iterable
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
    """Cards that come after these: they are put in order when their turn has come."""


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
    """What was not said when its section was recalled; what is due, in an order that mixes sections; and what is new,
    when nothing of these is left or the whole is wanted. But for some cards, and of a deck at most so many of each."""
    counts = [c for c in store.counts(today, day) if deck in (None, c.deck)]
    first: list[Waiting] = []
    due: list[Waiting] = []
    unseen: dict[str, int] = {}
    said = store.unsaid(today, day)
    for one in counts:
        learned = [card for card in said[0] if card.deck == one.deck][: one.due]
        new = [card for card in said[1] if card.deck == one.deck][: one.new]
        first += [*learned, *new]
        unseen[one.deck] = one.new - len(new)
        if count := one.due - len(learned):
            due += _others(store.waiting(one.deck, today, day, min(one.due, most or one.due)), first)[:count]
    asked = interleaved(_without(first, without)) + interleaved(_without(due, without))
    if asked and not whole:
        return Agenda(asked, sum(unseen.values()))
    for name, count in unseen.items():
        if count := min(count, most or count):
            found = _others(store.unseen(name, today, day, max(count, building.AHEAD)), first)
            asked += _without(building.in_order(store, found)[:count], without)
    return Agenda(asked)


def _others(cards: Iterable[Waiting], first: Iterable[Waiting]) -> list[Waiting]:
    return _without(cards, {card.id for card in first})


def _without(cards: Iterable[Waiting], without: Collection[int]) -> list[Waiting]:
    return [card for card in cards if card.id not in without]


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
    return Agenda(found, _behind(store, day, today, pick, without) - len(found) if len(found) >= most else 0)


def _behind(store: "Store", day: Day, today: date, pick: Pick, without: Collection[int]) -> int:
    """How many cards of a pick were not asked yet."""
    picked = store.picks.counts(pick, today, day)
    some = (
        store.picks.cards(pick, today, day, count, new=new)
        for new, count in ((False, picked.due + picked.early), (True, picked.new))
    )
    count = sum(card.id not in without for cards in some for card in cards)
    return min(count, pick.number - len(without)) if pick.want in (Want.NEW, Want.DUE) else count


def moves(pick: Pick | None, card: StudyCard, grade: Grade, today: date) -> bool:
    """Whether a grade moves a card. Of those that were picked to be practised, what was recalled before its day stays
    where it is: that proves little. What was not recalled is forgotten, whatever the day."""
    progress = card.progress
    if pick is None or pick.want is Want.AHEAD or not isinstance(progress, Learned):
        return True
    return not grade.recalled or progress.due <= today or bool(card.early_look) or progress.again is not None
