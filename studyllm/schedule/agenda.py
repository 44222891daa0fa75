"""What is asked today, and in which order."""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil

LEARN_AHEAD = timedelta(minutes=20)
"""When nothing else is left, a repetition within the day may come this much early: Anki's default."""
CATCH_UP = 7
"""Days over which a backlog is spread."""
_USUAL, _LEAST = 1.5, 100
"""A day of a backlog has at most so many times the usual reviews, but at least so many that small decks are whole."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card that can be asked, as much of it as its place in the order needs."""

    id: int
    deck: str
    path: str
    line: int
    section: str
    again: datetime | None = None
    """When it is to be repeated within the day; None when its day has come."""


def portion(due: int, usual: float, limit: int, done: int) -> int:
    """How many of the cards that are due are asked today, those already done set aside.

    `usual` is the reviews of an ordinary day. A backlog is spread over CATCH_UP days.
    """
    everything = due + done
    today = max(_LEAST, ceil(_USUAL * usual), ceil(everything / CATCH_UP))
    return max(0, min(due, today - done, limit - done))


def new_today(unseen: int, limit: int, done: int, today: date, exam: date | None) -> int:
    """How many new cards are shown today. Before an exam: enough to have seen all of them a few days earlier."""
    if exam is not None and today < exam:
        days = max(1, (exam - today).days - 3)
        limit = max(limit, ceil((unseen + done) / days))
    return max(0, min(unseen, limit - done))


def interleaved(cards: Sequence[Waiting]) -> list[Waiting]:
    """The cards with sections alternating, each section in its own order, and cards of one place in a note apart
    as far as there are others to put between them."""
    groups: dict[tuple[str, str, str], deque[Waiting]] = defaultdict(deque)
    for card in cards:
        groups[card.deck, card.path, card.section].append(card)
    order: list[Waiting] = []
    while groups:
        # The longest group first, never the same twice as long as there is another.
        last = order[-1] if order else None
        names = [n for n in groups if last is None or n != (last.deck, last.path, last.section)] or [*groups]
        name = max(names, key=lambda n: len(groups[n]))
        group = groups[name]
        if last is not None and len(group) > 1 and (group[0].path, group[0].line) == (last.path, last.line):
            group.rotate(-1)
        order.append(group.popleft())
        if not group:
            del groups[name]
    return order
