"""What an assistant is given, as plain records."""

from dataclasses import dataclass

# What is handed out has no slots: the MCP library would take them for default values.


@dataclass(frozen=True)
class DeckToday:
    """A deck, and how many of its cards are asked today."""

    deck: str
    due: int
    again: int
    """To be repeated within the day."""
    new: int
    cards: int


@dataclass(frozen=True)
class Question:
    """A card that is asked; what it is to be answered with is not told."""

    card: int
    deck: str
    headings: list[str]
    """Above the card in its note, outermost first."""
    question: str
    wanted: str
    """What kind of answer is asked for; empty where the question says it all."""
    left: int
    """Cards that are still to be asked today, this one among them, and those that come back."""


@dataclass(frozen=True)
class Point:
    """Something that a good answer says, and what became of it."""

    text: str
    state: str


@dataclass(frozen=True)
class Judged:
    """The verdict of the grader on an answer; only now the reference."""

    card: int
    verdict: str
    """correct, partial, incorrect or unsure."""
    score: float
    points: list[Point]
    grade: int | None
    """The grade that was recorded, 0 to 5; none where the learner has to decide."""
    again: str
    """When the card is asked again; empty while it has no grade."""
    reference: str
    place: str
    """The note and its line."""
    explanation: str


@dataclass(frozen=True)
class Recorded:
    """A card that has a grade."""

    card: int
    term: str
    grade: int
    again: str


@dataclass(frozen=True)
class Term:
    """An entry of the glossary."""

    card: int
    term: str
    aliases: list[str]
    deck: str
    headings: list[str]
    state: str
    answer: str | None
    """None while the card waits to be asked today: the learner is to recall it first."""
