"""What a learner chose about the cards of a deck's notes: this one or none, all that is written so or none of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from studyllm.text import key

BY_HAND = "by hand"
"""The form of a card that the learner made of a text himself."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: about one card, when it has a `front`, or about all that is written in a `form`."""

    make: bool
    """Whether a card is made of it."""
    note: str = ""
    """Name of the file it is about, without its folder, so that it holds when notes are moved, or with so many of its
    folders as tell it from another note of the deck; empty for all notes of the deck."""
    form: str = ""
    """Form of writing: see `Card.rule`."""
    front: str = ""
    """Term of the card."""
    section: str = ""
    """Heading it stands under, where its term has several cards in the note."""
    text: str = ""
    """The text, folded, that the learner made the card of where the importer sees none."""
    lines: int = 0
    """How many lines of the note that text is, where the learner said from which to which; 0 where it is one text."""

    def answers_as(self, other: Choice) -> bool:
        """Whether it is about the same as another one, whose place it then takes."""
        return replace(self, make=other.make, text=other.text, lines=other.lines) == other


@dataclass(frozen=True, slots=True)
class Choices:
    """The choices of one deck, the newest last."""

    all: tuple[Choice, ...] = ()

    def of(self, form: str, front: str, section: str) -> bool | None:
        """What was chosen of a card; None where nothing was. One card outweighs a form, one note the deck."""
        best, found = 0, None
        for one in self.all:
            if one.front and (key(one.front) != key(front) or one.section not in ("", section)):
                continue
            if one.form != form and (not one.front or (one.text and form != BY_HAND)):
                continue  # what was made of a text by hand says nothing of another reading of it
            weight = 2 * bool(one.front) + bool(one.note) + 1
            if weight >= best:
                best, found = weight, one.make
        return found

    def chosen(self, choice: Choice) -> Choices:
        """With one more choice."""
        return Choices((*(one for one in self.all if not choice.answers_as(one)), choice))

    def without(self, choice: Choice) -> Choices:
        """Without one of them."""
        return Choices(tuple(one for one in self.all if one != choice))

    def since(self, before: Choices, now: Choices) -> Choices:
        """Those of `now` with what came and went between `before` and these: another program chose in the meantime."""
        kept = [one for one in now.all if one in self.all or one not in before.all]
        came = [one for one in self.all if one not in before.all and one not in kept]
        return Choices((*(one for one in kept if not any(new.answers_as(one) for new in came)), *came))

    def about(self, path: str) -> Choices:
        """Those about one file."""
        whole = f"/{_slashed(path)}"
        return Choices(tuple(one for one in self.all if not one.note or whole.endswith(f"/{one.note}")))

    def left_out(self) -> tuple[str, ...]:
        """Terms of cards that are none by choice."""
        return tuple(one.front for one in self.all if one.front and not one.make)

    def by_hand(self) -> tuple[Choice, ...]:
        """Cards that were made of a text."""
        return tuple(one for one in self.all if one.text and one.make)


def note_of(path: str, among: Iterable[str] = ()) -> str:
    """What choices know a file by: its name, with so many of its folders that it is no other note's as well."""
    parts = _slashed(path).split("/")
    others = [f"/{_slashed(other)}" for other in among if other != path]
    for count in range(1, len(parts)):
        found = "/".join(parts[-count:])
        if not any(other.endswith(f"/{found}") for other in others):
            return found
    return _slashed(path)


def _slashed(path: str) -> str:
    return path.replace("\\", "/")


NONE = Choices()
