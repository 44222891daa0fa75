"""A deck's note files: which of them changed since the last import, and the cards of those that did."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from studyllm import __version__
from studyllm.cards import Card, Deck, Skipped
from studyllm.errors import InputError
from studyllm.notes import read_note
from studyllm.notes.files import find_notes, load
from studyllm.store import NoteFile

RULES = 1
"""Raised when the rules change what they make of a note: every file is then read again."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file of the same size and time is believed to be the same (a clock may tick slowly)."""

Progress = Callable[[int, int, Path], None]
"""Told (files looked at, files in all, the file)."""


@dataclass(slots=True)
class Reading:
    """What one look at a deck's notes found."""

    files: dict[str, NoteFile] = field(default_factory=dict)
    """Every file that was read now or is as it was, by path."""
    changed: set[str] = field(default_factory=set)
    """Paths read now."""
    unread: list[Skipped] = field(default_factory=list)
    """Files that are there and cannot be read: their cards stay as they are."""
    cards: list[Card] = field(default_factory=list)
    """The cards of the changed files."""


def read(
    deck: Deck,
    known: Mapping[str, NoteFile],
    terms: Callable[[], frozenset[str]],
    progress: Progress | None = None,
) -> Reading:
    """Reads what changed since the last import; `terms` tells the folded terms and openings of the deck's
    cards, when they are wanted. Raises InputError when there is nothing to read at all."""
    reading = Reading()
    paths = list(_wanted(deck, lambda path, why: reading.unread.append(Skipped(str(path), 0, why))))
    if not paths and not known and not reading.unread:
        raise InputError(
            f"There are no Markdown notes in {', '.join(map(str, deck.notes))}. Nothing was imported."
        )
    reader = f"{__version__}/{RULES}/{','.join(sorted(deck.kinds))}/{'|'.join(deck.skip_headings)}"
    for number, path in enumerate(paths):
        if progress:
            progress(number, len(paths), path)
        try:
            _look(path, deck, known.get(str(path)), reader, terms, reading)
        except InputError as error:
            if len(paths) == 1 and not known:
                raise
            reading.unread.append(Skipped(str(path), 0, str(error)))
    if progress and paths:
        progress(len(paths), len(paths), paths[-1])
    return reading


def _wanted(deck: Deck, unread: Callable[[Path, str], None]) -> Iterator[Path]:
    roots = [root for root in deck.notes if os.access(root, os.F_OK)]
    if not roots:
        raise InputError(
            f"There is no {deck.notes[0] if deck.notes else 'note'} any more. Nothing was changed."
        )
    for path in find_notes(roots, unread):
        if not _excluded(path, deck, roots):
            yield path


def _excluded(path: Path, deck: Deck, roots: Iterable[Path]) -> bool:
    if not deck.exclude or path in roots:
        return False
    inside = [path.relative_to(root) for root in roots if root in path.parents]
    return any(_matches(part, glob) for glob in deck.exclude for part in (*inside, path))


def _matches(path: PurePath, glob: str) -> bool:
    """`drafts/*` is anything in that folder, however deep; `*.private.md` any file so called."""
    return path.match(glob) or any(parent.match(glob.removesuffix("/*")) for parent in path.parents)


def _look(
    path: Path,
    deck: Deck,
    before: NoteFile | None,
    reader: str,
    terms: Callable[[], frozenset[str]],
    reading: Reading,
) -> None:
    name = str(path)
    try:
        found = path.stat()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error
    same_reader = before is not None and before.reader == reader
    if before and same_reader and before.is_as(found.st_size, found.st_mtime_ns):
        reading.files[name] = before
        return
    loaded = load(path)
    now = time.time_ns()
    settled = found.st_mtime_ns if now - found.st_mtime_ns > _SETTLED else 0
    if before and same_reader and before.digest == loaded.digest:
        reading.files[name] = replace(before, size=found.st_size, mtime_ns=settled)
        return
    note = read_note(loaded.text, name, kinds=deck.kinds, known=terms())
    skipped = list(note.skipped)
    if loaded.guessed:
        skipped.insert(0, Skipped(name, 0, f"not UTF-8: read as {loaded.encoding}, a guess"))
    for card in note.cards:
        if set(deck.skip_headings).intersection(card.headings):
            skipped.append(
                Skipped(name, card.source.line, f"under a heading that the deck leaves out: {card.term}")
            )
        else:
            reading.cards.append(card)
    reading.changed.add(name)
    reading.files[name] = NoteFile(name, found.st_size, settled, loaded.digest, reader, tuple(skipped))
