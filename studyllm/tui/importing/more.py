"""What models can still read of the notes of some plans: the embedding model what form leaves open, the language model
each note once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from textual import work

from studyllm.i18n import _, ngettext
from studyllm.tui.importing.paths import TypesPaths
from studyllm.tui.reading import line_reader_of

if TYPE_CHECKING:
    from studyllm.grading import Grader, Readiness
    from studyllm.library import Plan
    from studyllm.library.lines import LineReader
    from studyllm.library.readers import Went
    from studyllm.library.words import Words
    from studyllm.notes import Borderline
    from studyllm.tui.study import Study

_A_LETTER = 0.009
"""Seconds that a letter takes the language model on two cores."""


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
        minutes = max(1, round(sum(map(len, self.texts)) * _A_LETTER / 60))
        told = ngettext(
            "l lets the language model read the note as well (about {minutes} min): fewer useless cards.",
            "l lets the language model read the {count} notes as well (about {minutes} min): fewer useless cards.",
            len(self.texts),
        )
        return told.format(count=len(self.texts), minutes=minutes)


class ReadsMore(TypesPaths):
    """A screen of plans that models read more of."""

    def __init__(self) -> None:
        super().__init__()
        self.plans: list[Plan] = []
        self._unread_notes: Whole | None = None
        self._thorough = False
        """Whether the language model is to read these."""
        self._reading = ""
        """How far the models are."""

    async def go_on(self, words: Words | None) -> None:
        """Lets models read what the plans leave open, once they are shown."""
        self._unread_notes = await asyncio.to_thread(unread_notes, self.study, self.plans)
        self._say()
        if words and (some := [one for made in self.plans for one in made.borderline]):
            self.read_more(OpenWords(words, tuple(some)))
        elif self._thorough and self._unread_notes:
            self.read_more(self._unread_notes)

    def action_thorough(self) -> None:
        self._thorough = self._unread_notes is not None
        if self._unread_notes and not self._reading:
            self.read_more(self._unread_notes)

    @work(exclusive=True, group="more", exit_on_error=False)
    async def read_more(self, more: More) -> None:
        """Lets a model read what it can of the notes, then shows what that changes."""
        plans = self.plans

        def went(done: int, of: int) -> bool:
            wanted = self.is_mounted and self.plans is plans
            if wanted:
                self._reading = more.so_far(done, of)
                self.app.call_later(self._say)
            return wanted

        try:
            went(0, more.total)
            grader = await self.study.when_ready()
            while more.loading(grader.readiness()):
                await asyncio.sleep(0.5)
            done = await asyncio.to_thread(more.read, grader, went)
        finally:
            self._reading = ""
        if self.plans is plans and self.is_mounted:
            self._say()
            if done is not None:
                self.notes_saved()
            elif isinstance(more, Whole):
                self._thorough = False
                told = _("The language model cannot read the notes now. The cards stay as they are.")
                self.notice(told, "error", 8)

    def notes_saved(self) -> None:
        """Plans anew."""
        raise NotImplementedError

    def _say(self) -> None:
        """Shows how far it is."""
        raise NotImplementedError


def unread_notes(study: Study, plans: Sequence[Plan]) -> Whole | None:
    """The notes among some plans that bring new cards and that the language model has not read; None where there are
    none, or it cannot. What is a card already would stay one."""
    reader = line_reader_of(study)
    if reader is None:
        return None
    from studyllm.notes.files import text_of  # late: it reads Markdown

    cards = [step.new for made in plans for step in made.steps if step.new and step.old is None]
    texts = [
        text for path in dict.fromkeys(card.source.path for card in cards) if (text := text_of(Path(path)))
    ]
    unknown = tuple(text for text, known in zip(texts, reader.known(texts), strict=True) if known is None)
    return Whole(reader, unknown) if unknown else None
