"""The words of a quiz: what it is to ask, and one question of each kind."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from studyllm.cards import Kind
from studyllm.grading import Question
from studyllm.review.asking import contrast, stands
from studyllm.store.records import StudyCard


class Mode(StrEnum):
    """How a question is asked."""

    CHOOSE_MEANING = "choose-meaning"
    CHOOSE_TERM = "choose-term"
    MEANING = "meaning"
    """The meaning is typed, and graded as in a review."""
    TERM = "term"
    """The term is typed."""
    CLOZE = "cloze"
    MATCH = "match"
    ORDER = "order"
    TABLE = "table"
    CONTRAST = "contrast"
    """What tells two terms apart that were taken for one another is typed, and graded against both notes."""


USUAL = frozenset(Mode) - {Mode.CONTRAST}
"""The kinds of question that need no history: for a contrast two terms have to have been confused."""


class Level(StrEnum):
    """Which cards, by how well they are known."""

    ANY = "any"
    NEW = "new"
    LEARNING = "learning"
    """Reviewed, and back in less than three weeks."""
    MATURE = "mature"
    """Rests for three weeks or more."""
    LAPSED = "lapsed"
    """Forgotten at least once."""


class Origin(StrEnum):
    """Which cards, by what went wrong with them."""

    ALL = "all"
    WRONG = "wrong"
    """Answered wrong before, in a review or a quiz, and not right in a quiz since."""
    CONFUSED = "confused"
    """Taken for one another: they are asked against each other."""


MATURE_FROM = 21
"""Days of interval."""
DEFINED = (Kind.TERM, Kind.TABLE)
"""Kinds that have a meaning to choose or to fill in."""
NEEDS: Mapping[Mode, tuple[Kind, ...]] = {
    Mode.ORDER: (Kind.SEQUENCE,),
    Mode.TABLE: (Kind.TABLE,),
    Mode.CLOZE: (*DEFINED, Kind.CLOZE),
    Mode.MEANING: tuple(kind for kind in Kind if kind is not Kind.CLOZE),
}
"""Kinds of card that a mode asks for; the others ask for those that have a meaning."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a quiz is to be."""

    deck: str | None = None
    section: str = ""
    level: Level = Level.ANY
    origin: Origin = Origin.ALL
    modes: frozenset[Mode] = USUAL
    length: int = 10
    """Questions at the most."""
    minutes: int = 0
    """Time for all of it; 0: as long as it takes."""
    counted: bool = False
    """Whether typed meanings are reviews as well and move their cards."""

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of card that these modes can ask."""
        found: set[Kind] = set()
        for mode in self.modes:
            found |= set(NEEDS.get(mode, DEFINED))
        return tuple(kind for kind in Kind if kind in found)

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the result."""
        return asdict(self) | {"modes": sorted(self.modes)}


def options_from(value: Mapping[str, Any]) -> Options:
    """The options that were kept."""
    return Options(
        **{
            **value,
            "level": Level(value["level"]),
            "origin": Origin(value["origin"]),
            "modes": frozenset(map(Mode, value["modes"])),
        }
    )


@dataclass(frozen=True, slots=True)
class Typed:
    """The meaning or the term is typed."""

    mode: Mode
    card: StudyCard
    prompt: str


@dataclass(frozen=True, slots=True)
class MultipleChoice:
    """One of several texts is right."""

    mode: Mode
    card: StudyCard
    prompt: str
    options: tuple[str, ...]
    cards: tuple[int, ...]
    """The card of each option."""
    right: int
    """Index of the right option."""


@dataclass(frozen=True, slots=True)
class Cloze:
    """A definition with a gap."""

    card: StudyCard
    before: str
    after: str
    wanted: str
    accepted: tuple[str, ...]
    """Every text that fills the gap rightly; the wanted one is among them."""

    mode: Mode = Mode.CLOZE

    @property
    def prompt(self) -> str:
        """What stands above the text; nothing where a cloze card's own text has the gap."""
        text = self.card.card
        return text.section if text.kind is Kind.CLOZE else text.prompt or text.term


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line with a gap."""

    card: StudyCard
    cells: tuple[str, ...]
    """One a column, the term first; empty where the gap is."""
    gap: int
    """The column that is asked for."""
    wanted: str


@dataclass(frozen=True, slots=True)
class Grid:
    """Gaps in several rows, and the texts that belong into them, in any order: a table to fill, or pairs to match."""

    mode: Mode
    header: tuple[str, ...]
    rows: tuple[GridRow, ...]
    bank: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Steps to put in order."""

    card: StudyCard
    prompt: str
    steps: tuple[str, ...]
    """In the order of the note."""
    shown: tuple[int, ...]
    """Indexes into `steps`, as they are shown first."""

    mode: Mode = Mode.ORDER


@dataclass(frozen=True, slots=True)
class Contrast:
    """Two terms that were taken for one another."""

    card: StudyCard
    other: StudyCard

    mode: Mode = Mode.CONTRAST

    @property
    def prompt(self) -> str:
        return self.question.text

    @property
    def question(self) -> Question:
        """What the grader is asked."""
        return contrast(self.card, self.other)


def above(item: Typed | MultipleChoice | Cloze | Order | Contrast) -> tuple[str, ...]:
    """The deck and the headings that may stand over a question: none that names its answer, or one of the texts that
    are to choose from."""
    text = item.card.card
    hidden: tuple[str, ...] = ()
    if item.mode in (Mode.TERM, Mode.CHOOSE_TERM):
        hidden = (text.term, *text.aliases)
    elif isinstance(item, Cloze):
        hidden = item.accepted
    if isinstance(item, MultipleChoice):
        hidden = (*hidden, *item.options)
    return stands(item.card, hidden)[0]


Item = Typed | MultipleChoice | Cloze | Grid | Order | Contrast
