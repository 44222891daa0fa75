"""The words of the whole program: a card, its points, where it came from, the deck it is in."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

_EXPORTED = re.compile(r"(?<=\S)[ \xa0][0-9a-f]{32}(?=\.[^.]*$|$)")


def file_name(path: str) -> str:
    """A file's name as it is shown: without its folder, and without the number that an export of Notion has in it."""
    return _EXPORTED.sub("", path.replace("\\", "/").rpartition("/")[2])


class Kind(StrEnum):
    """What a card asks for."""

    TERM = "term"
    """The meaning of one term."""
    LIST = "list"
    """Every item of an enumeration, in any order."""
    TABLE = "table"
    """The labelled cells of one table row."""
    CLOZE = "cloze"
    """What is hidden in a sentence."""
    SEQUENCE = "sequence"
    """Every step, in order."""
    MEANING = "meaning"
    """The term, from its meaning."""
    GAP = "gap"
    """A word that is left out of a definition."""


DERIVED = frozenset({Kind.MEANING, Kind.GAP})
"""What is made of a term's card, in decks that want it: the other direction, and a gap in the definition."""
USUAL = frozenset(Kind) - DERIVED
"""What a deck has unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a card stands in the notes: lines are 1-based and inclusive; 0 for one that came from no note."""

    path: str
    line: int
    end_line: int

    @property
    def place(self) -> str:
        """The name of the file, and the line."""
        name = file_name(self.path)
        return f"{name}:{self.line}" if self.line else name


@dataclass(frozen=True, slots=True)
class Carried:
    """A schedule that a note carries: another program asked its card before."""

    due: date
    interval: int
    """Days."""
    ease: float


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to remember, as the notes say it."""

    kind: Kind
    term: str
    answer: str
    source: Source
    aliases: tuple[str, ...] = ()
    prompt: str = ""
    """What the learner is shown; the term with as much context as it needs."""
    points: tuple[str, ...] = ()
    """The points a good answer makes, where the note lists them; empty for a definition in prose, which the grader
    splits."""
    headings: tuple[str, ...] = ()
    """The headings above the card, outermost first."""
    lang: str = "en"
    """Language of the answer: "zh" or "en"."""
    rule: str = ""
    """The form of writing that it was read from."""
    carried: Carried | None = field(default=None, compare=False)
    """What a card new here starts with."""
    tags: tuple[str, ...] = field(default=(), compare=False)
    """The tags that it then gets: what its note says."""

    @property
    def section(self) -> str:
        """The innermost heading, or an empty string."""
        return self.headings[-1] if self.headings else ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A line that looked as if it might be a card, or a file that could not be read, and why it is none."""

    path: str
    line: int
    reason: str


class Algorithm(StrEnum):
    """Who decides how long a card may rest."""

    SM2 = "sm2"
    FSRS = "fsrs"

    @property
    def label(self) -> str:
        """Its name as its authors write it."""
        return {"sm2": "SM-2", "fsrs": "FSRS-6"}.get(self.value, self.value)


class Spread(StrEnum):
    """What is done against cards that come in clumps."""

    NONE = "none"
    FUZZ = "fuzz"
    """Intervals vary a little."""
    BALANCE = "balance"
    """Within what fuzz allows, the day with the fewest cards."""


class Backlog(StrEnum):
    """Which of the cards that are due come first, where a day does not ask them all."""

    OVERDUE = "overdue"
    """Those that have waited longest."""
    LIKELY = "likely"
    """Those that are most likely still recalled: what is forgotten anyway can wait."""


@dataclass(frozen=True, slots=True)
class Scheduling:
    """How a deck is scheduled."""

    algorithm: Algorithm = Algorithm.SM2
    retention: float = 0.9
    """The share that FSRS is to keep recalled, 0.7 to 0.99."""
    weights: tuple[float, ...] = ()
    """FSRS weights fitted to this learner; none: the defaults of FSRS-6."""
    learning_steps: tuple[int, ...] = (1, 10)
    """Minutes between the first answers to a new card, under FSRS."""
    relearning_steps: tuple[int, ...] = (10,)
    """Minutes until what was not recalled is asked again the same day; none: not before its day."""
    spread: Spread = Spread.NONE
    easy_days: tuple[float, ...] = ()
    """How much of an ordinary day's reviews each weekday is to have, 0 to 1, Monday first; none: all alike. Only
    balanced days heed it."""
    days_off: tuple[tuple[date, date], ...] = ()
    """First and last day of each time without reviews. Only balanced days heed it."""
    exam: date | None = None
    """A day by which everything has been asked, and asked again."""
    leech: int = 8
    """Lapses after which a card asks for attention."""
    correct: int = 0
    """Correct recalls that a missed card needs on the same day; 0: whatever the algorithm asks for."""
    backlog: Backlog = Backlog.OVERDUE


@dataclass(frozen=True, slots=True)
class Deck:
    """A named set of notes and how to study them, as a TOML file in a `decks/` folder says."""

    name: str
    notes: tuple[Path, ...] = ()
    """Files and folders the cards come from."""
    kinds: frozenset[Kind] = USUAL
    new_per_day: int = 20
    reviews_per_day: int = 200
    exclude: tuple[str, ...] = ()
    """Globs of files that are left out: `drafts/*`, `*.private.md`."""
    skip_headings: tuple[str, ...] = ()
    """Headings under which nothing becomes a card."""
    language: str = "auto"
    """Language of explanations: "auto" (that of the card), "zh" or "en"."""
    scheduling: Scheduling | None = None
    """None: as the deck is scheduled already, or by default."""
    file: Path | None = field(default=None, compare=False)
    """The deck file that says all this; None for a deck as the store has it."""
