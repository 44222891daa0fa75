"""What there is to do when a session has nothing more to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from studyllm.schedule import Day
from studyllm.store import Counts, Pick, Want

if TYPE_CHECKING:
    from studyllm.store import Store

MORE = 10
"""New cards that are offered at the end."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What is left when a session ends."""

    deck: str | None
    """What the session was over; None: all decks."""
    following: Counts | None
    """The next deck that has something to ask; None when there is none."""
    waiting: int
    """Decks that have something to ask."""
    again: datetime | None
    """When the next card of the session is to be repeated today."""
    unseen: int
    """Cards of the session's decks that were never asked, and that the day's limit leaves for later."""

    @property
    def all_done(self) -> bool:
        """Whether nothing is left to do today in any deck."""
        return self.following is None and self.again is None

    @property
    def more(self) -> Pick | None:
        """Some new cards beyond the day's limit."""
        return Pick(Want.NEW, min(MORE, self.unseen), self.deck) if self.unseen else None


def ending(store: "Store", day: Day, deck: str | None, now: datetime) -> Ending:
    """What is left after a session over a deck, or over all of them."""
    today = day.of(now)
    counts = store.counts(today, day)
    # From the deck of the session on, and round.
    names = [one.deck for one in counts]
    after = names.index(deck) + 1 if deck in names else 0
    waiting = [one for one in (*counts[after:], *counts[:after]) if _waits(store, one, day, today, now)]
    again = store.repeating(deck, today, day, day.start(today + timedelta(days=1)))
    mine = [one for one in counts if deck in (None, one.deck)]
    return Ending(
        deck=deck,
        following=waiting[0] if waiting else None,
        waiting=len(waiting),
        again=again[0][0] if again else None,
        unseen=_unseen(store, deck, mine, day, today),
    )


def _unseen(store: "Store", deck: str | None, counts: Sequence[Counts], day: Day, today: date) -> int:
    """New cards beyond those of today that can be asked today; what waits for another card cannot."""
    if not (most := sum(one.unseen - one.new for one in counts)):
        return 0
    there: int = store.picks.counts(Pick(Want.NEW, most, deck), today, day).new
    return min(most, there)


def _waits(store: "Store", counts: Counts, day: Day, today: date, now: datetime) -> bool:
    """Whether a deck has something to ask now."""
    if counts.due or counts.new or not counts.learning:
        return bool(counts.due or counts.new)
    return bool(store.repeating(counts.deck, today, day, now))
