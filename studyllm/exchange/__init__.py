"""In and out: other programs' decks, tables, whole homes. A format is a module; each says how it is told apart."""

from pathlib import Path

from studyllm.exchange.foreign import (
    Arrival,
    Arriving,
    Foreign,
    ForeignDeck,
    bring_in,
    merged,
    plan,
    replayed,
)
from studyllm.notes.files import OTHERS

PACKAGES = frozenset([".apkg", ".colpkg"])
HOME = ".jsonl"


def is_foreign(path: Path) -> bool:
    """Whether a file is no note but something to be brought in."""
    return path.suffix.casefold() in OTHERS


__all__ = [
    "HOME",
    "PACKAGES",
    "Arrival",
    "Arriving",
    "Foreign",
    "ForeignDeck",
    "bring_in",
    "is_foreign",
    "merged",
    "plan",
    "replayed",
]
