"""What is asked today, and in which order."""

from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import heapify, heappop, heappush
from math import ceil

LEARN_AHEAD = timedelta(minutes=20)
"""When nothing else is left, a repetition within the day may come this much early: Anki's default."""
RECENT = 30
"""Days of study whose median is a usual day of a balanced deck."""


@dataclass(frozen=True, slots=True)
class BacklogPace:
    """How a backlog is worked off: a day asks the most of these."""

    times: float
    """So many times what is usual."""
    share: int
    """One in so many of all that is due."""
    least: int
    """So many, so that small decks are whole."""


PLAIN_PACE = BacklogPace(1.5, 7, 100)
BALANCED_PACE = BacklogPace(1.3, 21, 10)
"""For decks whose days are to be alike: what comes after a holiday waits longer. bench/simulate.py measures it."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A card that can be asked, as much of it as its place in the order needs."""

    id: int
    deck: str
    path: str
    line: int
    section: str


def portion(due: int, usual: float, limit: int, done: int, pace: BacklogPace = PLAIN_PACE) -> int:
    """How many of the cards that are due are asked today, those already done set aside. `usual` is the reviews of an
    ordinary day; a backlog is spread over days that are not much fuller."""
    today = max(pace.least, ceil(pace.times * usual), ceil((due + done) / pace.share))
    return max(0, min(due, today - done, limit - done))


def usual_reviews(lately: Sequence[int], expected: float) -> float:
    """Reviews of an ordinary day: the median of the last RECENT days of study. Until there is a third of them:
    `expected`, the sum of 1/interval over all cards."""
    from statistics import median  # late: it would cost the first frame twenty milliseconds

    days = lately[-RECENT:]
    return median(days) if len(days) >= RECENT // 3 else expected


def new_today(unseen: int, limit: int, done: int, today: date, exam: date | None) -> int:
    """How many new cards are shown today. Before an exam: enough to have seen all of them a few days earlier."""
    if exam is not None and today < exam:
        days = max(1, (exam - today).days - 3)
        limit = max(limit, ceil((unseen + done) / days))
    return max(0, min(unseen, limit - done))


def interleaved(cards: Sequence[Waiting]) -> list[Waiting]:
    """The cards with sections alternating, and within a section cards of one place in a note apart; what need not be
    moved for that keeps its order."""
    sections = _grouped(cards, lambda card: (card.deck, card.path, card.section))
    spread = [card for section in sections for card in _apart(section, lambda card: (card.path, card.line))]
    return _apart(spread, lambda card: (card.deck, card.path, card.section))


def _apart(cards: Sequence[Waiting], key: Callable[[Waiting], Hashable]) -> list[Waiting]:
    """Never two of one key in a row while there are others: always one of the key that has most left."""
    groups = [deque(group) for group in _grouped(cards, key)]
    # The longest first, of equals the one that began first; the one just asked rests while there is another.
    heap = [(-len(group), number) for number, group in enumerate(groups)]
    heapify(heap)
    resting: list[tuple[int, int]] = []
    order: list[Waiting] = []
    while heap:
        size, number = heappop(heap)
        order.append(groups[number].popleft())
        if resting:
            heappush(heap, resting.pop())
        if groups[number]:
            (resting if heap else heap).append((size + 1, number))
    return order


def _grouped(cards: Sequence[Waiting], key: Callable[[Waiting], Hashable]) -> list[list[Waiting]]:
    """The cards of each key, keys in the order of their first card."""
    groups: dict[Hashable, list[Waiting]] = {}
    for card in cards:
        groups.setdefault(key(card), []).append(card)
    return list(groups.values())
