"""An entry of the glossary: one sense of a term, where it stands in the notes and when it is asked."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from studyllm.store.entries import EntryRow

STATES = ("new", "learning", "review", "due", "suspended", "buried", "gone")
"""What becomes of a card today; those that are gone are no longer in the notes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A card as the glossary shows it."""

    id: int
    term: str
    aliases: tuple[str, ...]
    answer: str
    headings: tuple[str, ...]
    """Outermost first."""
    deck: str
    path: str
    line: int
    state: str
    """One of STATES."""
    leech: bool
    """Whether it was forgotten as often as its deck allows, or more."""
    tags: tuple[str, ...]
    due: date | None
    ease: float | None
    lapses: int
    interval: int
    """Days between its last review and the next."""
    stability: float | None
    """Days after which it is recalled with probability 0.9, where FSRS knows it."""
    added: datetime
    """When it came."""


def entry(row: EntryRow) -> Entry:
    """An entry from its row."""
    return Entry(
        id=row.id,
        term=row.term,
        aliases=texts(row.aliases),
        answer=row.answer,
        headings=texts(row.headings),
        deck=row.deck,
        path=row.path,
        line=row.line,
        state=row.state,
        leech=bool(row.leech),
        tags=texts(row.tags),
        due=date.fromisoformat(row.due) if row.due else None,
        ease=row.ease,
        lapses=row.lapses or 0,
        interval=row.interval or 0,
        stability=row.stability,
        added=datetime.fromisoformat(row.added).replace(tzinfo=UTC),
    )


@lru_cache(maxsize=4096)
def texts(value: str) -> tuple[str, ...]:
    """A list of texts from its JSON; cards of one section have the same headings."""
    return () if value == "[]" else tuple(json.loads(value))
