"""Which files are a deck's notes."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePath

from studyllm.cards import Deck
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.notes.files import find_notes, load
from studyllm.notes.reasons import BRING_IN
from studyllm.store import NoteFile


def of_deck(deck: Deck, known: Mapping[str, NoteFile], unread: Callable[[Path, str], None]) -> Iterator[Path]:
    """The deck's notes. A folder that is not there may be on a disk that is not plugged in: its cards stay."""
    roots = [root for root in deck.notes if os.access(root, os.F_OK)]
    if not roots:
        raise InputError(
            _("There is no {path} any more. Nothing was changed.").format(
                path=deck.notes[0] if deck.notes else _("note")
            )
        )
    for root in deck.notes:
        if root not in roots and str(root) not in known:
            unread(root, _("is not there (moved, or not plugged in?): its cards stay as they are"))

    texts: list[Path] = []

    def tell(path: Path, why: str) -> None:
        if why == BRING_IN and not texts and _is_moved_root(path, deck, known):
            texts.append(path)
        elif why != BRING_IN or (path not in roots and not _excluded(path, deck, roots)):
            unread(path, why)

    for path in find_notes(roots, tell):
        if not _excluded(path, deck, roots):
            yield path
    yield from texts


def _is_moved_root(path: Path, deck: Deck, known: Mapping[str, NoteFile]) -> bool:
    """Whether a text in a folder is one that the deck had by its own name, and that is not where it was."""
    gone = [known.get(str(root)) for root in deck.notes if root.name == path.name and not root.exists()]
    try:
        return any(was is not None and was.digest == load(path).digest for was in gone)
    except InputError:
        return False


def _excluded(path: Path, deck: Deck, roots: Iterable[Path]) -> bool:
    if not deck.exclude or path in roots:
        return False
    inside = [path.relative_to(root) for root in roots if root in path.parents]
    return any(_matches(part, glob) for glob in deck.exclude for part in (*inside, path))


def _matches(path: PurePath, glob: str) -> bool:
    """`drafts/*` is anything in that folder, however deep; `*.private.md` any file so called."""
    return path.match(glob) or any(parent.match(glob.removesuffix("/*")) for parent in path.parents)
