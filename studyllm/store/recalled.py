"""Records of sections that were recalled as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from studyllm.cards import file_name
from studyllm.store.records import Review
from studyllm.verdicts import Recalled


@dataclass(frozen=True, slots=True)
class Section:
    """A note, or what stands under one heading of it."""

    deck: str
    path: str
    headings: tuple[str, ...] = ()
    """From the outermost down to its own; none: the whole note."""
    deck_id: int = field(default=0, compare=False)
    """What the deck is known by, whatever it is called."""
    title: str = field(default="", compare=False)
    """The heading that all cards of the note stand under; empty where there is none."""
    below: tuple[str, ...] = field(default=(), compare=False)
    """The headings under it that have all of its cards, which are no sections of their own."""

    @property
    def note(self) -> str:
        """The name of the note."""
        return file_name(self.path).removesuffix(".md")

    @property
    def inner(self) -> tuple[str, ...]:
        """The headings below the one that it is named by that have all of its cards."""
        return self.below[1:] if self.title and not self.headings else self.below

    @property
    def name(self) -> str:
        """Its heading; of a whole note its title, or its name."""
        return self.headings[-1] if self.headings else self.title or self.note

    @property
    def is_untitled(self) -> bool:
        """Whether it is a note whose cards stand under no common heading: only its file tells which they are."""
        return not (self.headings or self.title)


@dataclass(frozen=True, slots=True)
class SectionCounts:
    """A section as it stands today."""

    section: Section
    cards: int
    due: int
    last: "RecallCounts | None" = None
    """The last recall of it that stands."""


@dataclass(frozen=True, slots=True)
class RecallCounts:
    """What a recall of a section came to."""

    at: datetime
    states: Mapping[Recalled, int]
    """How many cards were in each state."""

    @property
    def hit(self) -> int:
        return self.states.get(Recalled.HIT, 0)

    @property
    def cards(self) -> int:
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class HeardCard:
    """What a recall did with one card, as it goes into the log."""

    card_id: int
    state: Recalled
    words: str = ""
    """The learner's own words about it."""
    review: Review | None = None
    """The review that it counts as; None where it moves nothing."""
    next: bool = False
    """Whether the card is asked next."""


@dataclass(frozen=True, slots=True)
class Recall:
    """A text about a section, written from memory, and what it did with each card."""

    section: Section
    text: str
    at: datetime
    cards: tuple[HeardCard, ...]
