"""Which files are a deck's notes."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
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
        if why == BRING_IN and str(path) in known and path not in roots:
            texts.append(path)  # it was read when there was no Markdown beside it
        elif why == BRING_IN and not texts and _is_moved_root(path, deck, known):
            texts.append(path)
        elif why != BRING_IN or (path not in roots and not _excluded(path, deck, roots)):
            unread(path, why)

    for path in find_notes(roots, tell):
        if not _excluded(path, deck, roots):
            yield path
    yield from texts


def with_renamed(deck: Deck, known: Mapping[str, NoteFile], theirs: Collection[str]) -> Deck:
    """The deck with notes that it has by their own names, that are not there, and of which a file beside where they
    were has every letter, by the names of these; a file of another deck (`theirs`) is none of them."""
    return replace(deck, notes=tuple(_renamed(root, deck, known, theirs) or root for root in deck.notes))


def _renamed(root: Path, deck: Deck, known: Mapping[str, NoteFile], theirs: Collection[str]) -> Path | None:
    """The file that a note has become under another name in its folder; None where it is there, or none is the same."""
    was = known.get(str(root))
    if was is None or root.exists() or not root.parent.is_dir():
        return None
    beside = (path for path in sorted(root.parent.iterdir()) if path.suffix == root.suffix)
    others = {*known, *theirs, *map(str, deck.notes)}
    new = (path for path in beside if str(path) not in others and path.is_file())
    return next((path for path in new if _says_the_same(path, was)), None)


def _says_the_same(path: Path, was: NoteFile) -> bool:
    try:
        return path.stat().st_size == was.size and load(path).digest == was.digest
    except (InputError, OSError):
        return False


def _is_moved_root(path: Path, deck: Deck, known: Mapping[str, NoteFile]) -> bool:
    """Whether a text in a folder is one that the deck had, and that is not where it was."""
    names = {str(root) for root in deck.notes} | {one for one in known if one.endswith(".txt")}
    gone = [known.get(one) for one in names if Path(one).name == path.name and not Path(one).exists()]
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
