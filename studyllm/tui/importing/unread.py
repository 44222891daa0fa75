"""What models can still read of the notes of some plans: the embedding model what form leaves open, the language model
each note once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from studyllm.i18n import _, ngettext
from studyllm.tui.reading import line_reader_of

if TYPE_CHECKING:
    from studyllm.grading import Grader, Readiness
    from studyllm.library import Plan
    from studyllm.library.lines import LineReader
    from studyllm.library.readers import Went
    from studyllm.library.words import Words
    from studyllm.notes import Borderline
    from studyllm.tui.study import Study


class More(Protocol):
    """What one of the models reads."""

    @property
    def total(self) -> int:
        """How much that is."""
        ...

    def loading(self, ready: Readiness) -> bool:
        """Whether its model is not there yet."""
        ...

    def read(self, grader: Grader, went: Went) -> object:
        """Let it be read; None where nothing was. What was read by the time that `went` says to stop is kept."""
        ...

    def so_far(self, done: int, of: int) -> str:
        """How far it is, and what that means for the counts."""
        ...


@dataclass(frozen=True)
class OpenWords:
    """The words of what form leaves open."""

    words: Words
    some: tuple[Borderline, ...]

    @property
    def total(self) -> int:
        return len(self.some)

    def loading(self, ready: Readiness) -> bool:
        return ready.embedding == "loading"

    def read(self, grader: Grader, went: Went) -> object:
        return self.words.read(self.some, grader, went)

    def so_far(self, done: int, of: int) -> str:
        told = _(
            "Reading what is borderline: {done} of {total}… The counts may change; Ctrl+S takes them as they are."
        )
        return told.format(done=done, total=of)


@dataclass(frozen=True)
class Whole:
    """Notes that the language model has not read."""

    reader: LineReader
    texts: tuple[str, ...]
    new: bool
    """Whether they bring new cards; else there are only offers in them."""

    @property
    def unasked(self) -> bool:
        """Whether it reads them without being asked to: what is new, long enough and soon read."""
        from studyllm.library.lines import SOON, is_long

        return self.new and self._seconds <= SOON and all(map(is_long, self.texts))

    @property
    def _seconds(self) -> float:
        from studyllm.library.lines import seconds

        return seconds(self.texts)

    @property
    def total(self) -> int:
        return sum(text.count("\n") + 1 for text in self.texts)

    def loading(self, ready: Readiness) -> bool:
        return ready.language == "loading"

    def read(self, grader: Grader, went: Went) -> object:
        found = self.reader.read(self.texts, grader, went)
        return found if any(found) else None

    def so_far(self, done: int, of: int) -> str:
        told = _(
            "The language model reads the notes: line {done} of {total}… Ctrl+S takes the cards as they are."
        )
        return told.format(done=done, total=of)

    def hint(self) -> str:
        """Which key lets it read them, and how long that takes."""
        minutes = max(1, round(self._seconds / 60))
        told = ngettext(
            "l lets the language model read the note as well (about {minutes} min): fewer useless cards.",
            "l lets the language model read the {count} notes as well (about {minutes} min): fewer useless cards.",
            len(self.texts),
        )
        return told.format(count=len(self.texts), minutes=minutes)


def can_read(study: Study) -> bool:
    """Whether there is a language model that reads notes."""
    return line_reader_of(study) is not None


def unread_notes(study: Study, plans: Sequence[Plan]) -> Whole | None:
    """The notes among some plans that the language model has not read: those that bring new cards, else those with
    offers; None where there are none, or it cannot. What is a card already would stay one, and so would what an author
    marked as one."""
    reader = line_reader_of(study)
    if reader is None:
        return None
    from studyllm.library.lines import is_long
    from studyllm.notes.files import text_of  # late: it reads Markdown

    new = [step.new for made in plans for step in made.steps if step.new and step.old is None]
    offered = [offer.card for made in plans for offer in made.offers]
    judged = frozenset[str]().union(*(made.judged for made in plans))
    for cards in (new, offered):
        paths = dict.fromkeys(card.source.path for card in cards if card.source.path in judged)
        texts = [text for path in paths if (text := text_of(Path(path)))]
        unknown = (text for text, known in zip(texts, reader.known(texts), strict=True) if known is None)
        if found := tuple(unknown):
            long = tuple(filter(is_long, found)) if cards is new else ()
            return Whole(reader, long or found, new=cards is new)
    return None
