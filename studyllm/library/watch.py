"""Following the notes: which decks a saved file belongs to, as soon as it is saved."""

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from studyllm.cards import Deck
from studyllm.notes.files import SUFFIXES

_QUIET = 300
"""Milliseconds without a further change before it is told: an editor saves in several steps."""


def watch(decks: Callable[[], Sequence[Deck]], stop: threading.Event) -> Iterator[tuple[Deck, ...]]:
    """The decks whose notes changed, each time some did, until `stop` is set. They are asked for each time: a deck may
    be called otherwise by then, be gone, or have other folders, which are watched from then on."""
    from watchfiles import watch as changes

    there = _folders(decks())
    while there:
        for batch in changes(*there, stop_event=stop, debounce=1600, step=_QUIET, raise_interrupt=True):
            known = decks()
            paths = [Path(path) for _, path in batch]
            if touched := tuple(deck for deck in known if any(_concerns(deck, path) for path in paths)):
                yield touched
            if _folders(known) != there:
                break
        if stop.is_set():
            return
        there = _folders(decks())


def _folders(decks: Sequence[Deck]) -> list[Path]:
    """The folders to be watched. A file named outright is watched through its own: editors replace files instead of
    writing into them."""
    folders = {root if root.is_dir() else root.parent for deck in decks for root in deck.notes}
    return sorted(folder for folder in folders if folder.is_dir())


def _concerns(deck: Deck, path: Path) -> bool:
    """Whether a changed path is a note of the deck, or may be a folder of them."""
    if path in deck.notes:
        return True
    return path.suffix.casefold() in (*SUFFIXES, "") and any(root in path.parents for root in deck.notes)
