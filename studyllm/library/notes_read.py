"""What one look at a deck's notes found."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from studyllm.cards import Card, Deck, Skipped
from studyllm.errors import InputError
from studyllm.i18n import _, listed
from studyllm.notes import Borderline, Note, Offer
from studyllm.notes.reasons import BRING_IN
from studyllm.store import NoteFile

WITH_WORDS, WITH_LINES = "/words", "/lines"
"""Stand behind the rules of a file whose borderline candidates were read by their words too, and of one that a language
model read."""


@dataclass(slots=True)
class NotesRead:
    """What one look at a deck's notes found."""

    files: dict[str, NoteFile] = field(default_factory=dict)
    """Every file that was read now or is as it was, by path."""
    changed: set[str] = field(default_factory=set)
    """Paths read now."""
    unread: list[Skipped] = field(default_factory=list)
    """Files that are there and cannot be read: their cards stay as they are."""
    cards: list[Card] = field(default_factory=list)
    """The cards of the changed files."""
    offers: list[Offer] = field(default_factory=list)
    """What the changed files offer besides."""
    borderline: list[Borderline] = field(default_factory=list)
    """The words of candidates in the changed files that no model has read yet."""
    judged: set[str] = field(default_factory=set)
    """Changed files of which a model could tell otherwise than their form."""
    skipped: list[str] = field(default_factory=list)
    """Paths that were not read because another deck has them."""

    def elsewhere(self, decks: Mapping[str, str]) -> Mapping[str, int]:
        """How many were not read, by the deck that has them."""
        return Counter(decks[path] for path in self.skipped)

    def leave(self, path: Path, why: str) -> None:
        """Adds a file that is not read."""
        self.unread.append(Skipped(str(path), 0, why))

    def take(self, file: NoteFile, note: Note | None) -> None:
        """Adds what one file gave; no note where it says what it said before."""
        self.files[file.path] = file
        if note is not None:
            if not with_words(file):
                self.borderline += note.borderline
            self.changed.add(file.path)
            self.judged |= {file.path} if note.judged else set()
            self.cards += note.cards
            self.offers += note.offers


def with_words(file: NoteFile) -> bool:
    """Whether the borderline candidates of a file were read by their words too."""
    return file.reader.endswith((WITH_WORDS, WITH_LINES))


def complain(deck: Deck, reading: NotesRead) -> None:
    """Raises InputError where there is nothing that could be a note."""
    if reading.skipped:
        raise InputError(
            _(
                "Other decks have all notes in {paths} already. Nothing was imported; with --join, or in "
                "the app where it imports, they are taken into this one, with their cards and schedules."
            ).format(paths=listed(map(str, deck.notes)))
        )
    others = [skipped.path for skipped in reading.unread if skipped.reason == BRING_IN]
    if len(others) < len(reading.unread):
        return
    said = _("There are no Markdown notes in {paths}. Nothing was imported.")
    if others:
        said = _(
            "There are no Markdown notes in {paths}, but {others}: import it by its name. Nothing was imported."
        )
    raise InputError(
        said.format(paths=listed(map(str, deck.notes)), others=Path(others[0]).name if others else "")
    )
