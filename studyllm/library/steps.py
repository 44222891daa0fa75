"""What an import does to one card: from a card of the store and a card of the notes to a step."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from studyllm.cards import Card
from studyllm.choices import Choices
from studyllm.library.rewording import changed_meaning
from studyllm.notes import gaps
from studyllm.schedule import Learned
from studyllm.store import StudyCard
from studyllm.text import key


class Change(StrEnum):
    """What an import does to one card."""

    ADDED = "added"
    RENAMED = "renamed"
    CHANGED = "changed"
    MOVED = "moved"
    RETURNED = "returned"
    UNCHANGED = "unchanged"
    GONE = "gone"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Step:
    """One card of a plan: as the store has it, and as the notes have it now."""

    change: Change
    old: StudyCard | None
    new: Card | None
    why: str = ""
    """Why a changed definition should be looked at again soon; empty when only its wording changed."""
    candidates: tuple[Card, ...] = ()
    """For an ambiguous step: the cards of the notes that the old one may have become."""
    left_out: bool = False
    """Of a card that is gone: whether the learner left it out."""
    along: bool = False
    """Of a card that moved: whether it did because its note has another name, or is in another folder."""


def step_of(old: StudyCard, new: Card) -> Step:
    """What an import does to a card that is here and has become `new`. What was learnt with one gap goes on with it."""
    before = old.card
    if isinstance(old.progress, Learned):
        new = gaps.kept(before, new)
    why = changed_meaning(before.answer, new.answer)
    if old.gone:
        return Step(Change.RETURNED, old, new, why)
    if key(before.term) != key(new.term):
        return Step(Change.RENAMED, old, new, why)
    if (before.answer, before.kind, before.term, before.aliases) != (
        new.answer,
        new.kind,
        new.term,
        new.aliases,
    ):
        return Step(Change.CHANGED, old, new, why)
    if (before.source.path, before.headings) != (new.source.path, new.headings):
        return Step(Change.MOVED, old, new)
    return Step(Change.UNCHANGED, old, new)


def marked(steps: Iterable[Step], choices: Choices) -> tuple[Step, ...]:
    """The steps, those of cards marked that are gone because the learner chose so."""
    return tuple(
        replace(step, left_out=True) if step.change is Change.GONE and _is_chosen(step.old, choices) else step
        for step in steps
    )


def _is_chosen(old: StudyCard | None, choices: Choices) -> bool:
    card = old.card if old else None
    if card is None:
        return False
    return choices.about(card.source.path).of(card.rule, card.term, card.section) is False


def told(steps: Iterable[Step], counts: Mapping[str, int]) -> dict[str, int]:
    """How many cards each change befalls, those that the learner left out apart from those that are gone; how many
    notes were renamed, and how many of the cards that moved did so with them."""
    steps = tuple(steps)
    left_out = sum(step.left_out for step in steps)
    ways = Counter(
        (step.old.card.source.path, step.new.source.path)
        for step in steps
        if step.along and step.old and step.new
    )
    return {
        **counts,
        Change.GONE.value: counts[Change.GONE] - left_out,
        "left_out": left_out,
        "renamed_notes": len(ways),
        "moved_along": ways.total(),
    }
