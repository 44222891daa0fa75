"""What an import brings to the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from studyllm.cards import Card, Scheduling, Skipped
from studyllm.choices import Choices
from studyllm.schedule import Progress
from studyllm.store.records import Review


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A note as it was when it was last read."""

    path: str
    size: int
    mtime_ns: int
    """0 when the file was too young to trust its time."""
    digest: str
    """SHA-256 of its bytes, in hex; empty when it has to be read again."""
    reader: str
    """Which rules read it."""
    skipped: tuple[Skipped, ...] = ()

    def is_as(self, size: int, mtime_ns: int) -> bool:
        """Whether a file of that size and time is the one that was read."""
        return bool(self.digest) and (self.size, self.mtime_ns) == (size, mtime_ns)


@dataclass(frozen=True, slots=True)
class Update:
    """A card that keeps its id and progress under a new text or place; one that was gone is back."""

    id: int
    card: Card
    early_look: str = ""
    """Why it should be asked before it is due; empty when it need not."""


@dataclass(frozen=True, slots=True)
class Start:
    """What a new card brings from another program."""

    progress: Progress
    reviews: tuple[Review, ...] = ()
    """What happened to it there, oldest first; whatever number of a card they have."""
    suspended: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import does to one deck."""

    added: tuple[Card, ...] = ()
    updated: tuple[Update, ...] = ()
    gone: tuple[int, ...] = ()
    files: tuple[NoteFile, ...] = ()
    vanished: tuple[str, ...] = ()
    choices: Choices | None = None
    """What the learner chose from now on; None: as before."""
    joined: tuple[str, ...] = ()
    """Paths of notes that other decks had and lose."""
    starts: Mapping[int, Start] = field(default_factory=dict)
    """What some of the added cards begin with, by their place among them; the others are new."""
    scheduling: Scheduling | None = None
    """How the deck is scheduled from now on; None: as before."""
    together: int | None = None
    """The log row of an import that is taken back with this one."""
    dropped: bool = False
    """Whether the learner chose cards that are to be none any more: that is about cards, and so is its undo."""
    like: str = ""
    """The term of the card with which the learner had all of its form made cards."""
