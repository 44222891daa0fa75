"""Notes that several decks name: which of them a deck leaves to the others, and which it takes."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.cards import DERIVED, Deck
from studyllm.store import NoteFile

if TYPE_CHECKING:
    from studyllm.store import Store


def rivals(store: "Store", deck: Deck, known: Mapping[str, NoteFile], *, join: bool) -> Mapping[str, str]:
    """The notes of other decks that this one cannot read beside them: the name of the deck by path. Decks without a
    common kind of card read the same notes, and so does a deck that shared some until now."""
    beside = {one.name for one in store.decks() if not (one.kinds & deck.kinds) - DERIVED}
    theirs = {path: name for path, name in store.files_elsewhere(deck.name).items() if name not in beside}
    shares = not join and deck.file is None and any(path in theirs for path in known)
    return {} if shares else theirs


def taken(store: "Store", deck: Deck, theirs: Mapping[str, str]) -> set[str]:
    """The notes of other decks that a deck file takes, so that no card is asked twice: those that it names as closely
    as the other deck does, or more so."""
    if deck.file is None:
        return set()
    roots = {one.name: one.notes for one in store.decks()}
    return {
        path for path, name in theirs.items() if _depth(deck.notes, path) >= _depth(roots.get(name, ()), path)
    }


def _depth(roots: Sequence[Path], path: str) -> int:
    """How closely the paths of a deck name a note: parts of the longest that leads to it."""
    note = Path(path)
    return max((len(root.parts) for root in roots if root == note or root in note.parents), default=0)


def under(path: str, unread: Sequence[str]) -> bool:
    """Whether a note is one that cannot be read now, or stands in a folder that cannot: its cards stay."""
    return any(path == one or path.startswith(f"{one}/") for one in unread)
