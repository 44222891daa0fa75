"""In and out: other programs' decks, tables, whole homes. A format is a module; each says how it is told apart."""

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
from studyllm.notes.files import is_foreign

PACKAGES = frozenset([".apkg", ".colpkg"])
HOME = ".jsonl"


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
