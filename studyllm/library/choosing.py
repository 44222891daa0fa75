"""What a learner chooses about cards: this one or none, and all of its form."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.cards import Card, Deck
from studyllm.choices import Choice, Choices, note_of
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.library.noteless import retire
from studyllm.library.plan import Plan, bring_in, plan
from studyllm.notes import at_line
from studyllm.notes.files import load
from studyllm.store import StudyCard
from studyllm.text import clean, key

if TYPE_CHECKING:
    from studyllm.store import Store


class Like(StrEnum):
    """How far a choice about a card reaches."""

    ALONE = "alone"
    NOTE = "note"
    """All that is written in its form, in its note."""
    DECK = "deck"
    """The same, in all notes of the deck."""


def choose(
    choices: Choices,
    card: Card,
    make: bool,
    like: Like,
    beside: Iterable[Card] = (),
    among: Iterable[str] = (),
) -> Choices:
    """The choices with one about a card added; `beside` are the other cards of its note, made and offered, and `among`
    the notes of its deck, one of which may have the same name in another folder."""
    note = note_of(card.source.path, among)
    named_alike = any(
        other.section != card.section and key(other.term) == key(card.term)
        for other in beside
        if other.source.path == card.source.path
    )
    alone = Choice(make, note, front=card.term, section=card.section if named_alike else "")
    if like is Like.ALONE:
        return choices.chosen(alone)
    # What was said of this card before must not outweigh what is said now of all like it.
    others = Choices(tuple(one for one in choices.all if not alone.answers_as(one)))
    return others.chosen(Choice(make, note if like is Like.NOTE else "", form=card.rule))


def drop(store: "Store", cards: Sequence[StudyCard], like: Like, now: datetime) -> list[Plan]:
    """Makes no cards any more of what these were made of, and imports the notes of their decks so. Cards that stand in
    no note are put away."""
    plans = []
    for deck in store.decks():
        mine = [card for card in cards if card.deck == deck.name]
        if strange := [card for card in mine if not card.card.source.line]:
            plans.append(retire(store, deck, strange, now))
        own = [card for card in mine if card.card.source.line]
        choices = store.choices(deck.name)
        for card in own:
            beside = [other.card for other in store.cards_of_files(deck.name, [card.card.source.path])]
            choices = choose(choices, card.card, False, like, beside, store.paths(deck.name))
        if own:
            made = replace(plan(store, deck, choices=choices), dropped=True)
            plans.append(bring_in(store, made, now))
    return plans


def at(
    path: Path, line: int, front: str = "", among: Iterable[str] = ()
) -> tuple[Card | None, Choice | None]:
    """What can be made a card at a line of a note: a card that the importer could read there, or, with a front of the
    learner's own, the choice that makes the text there one; `among` as for `choose`. Raises InputError."""
    text = load(path).text
    if line > text.count("\n") + 1:
        told = _("{path} has no line {line}. Nothing was changed.")
        raise InputError(told.format(path=path, line=line))
    found, back = at_line(text, str(path), line)
    if found and not front:
        return found[0], None
    if not key(back):
        told = _("Nothing to remember stands at line {line} of {path}. Nothing was changed.")
        raise InputError(told.format(path=path, line=line))
    if not front:
        told = _(
            "No term is to be seen at line {line}. Say what the card asks, as in "
            '`--front "What is it for?"`; its answer is: {text}'
        )
        raise InputError(told.format(line=line, text=clean(back)[:160].replace("\n", " ")))
    return None, Choice(True, note_of(str(path), among), front=front, text=key(back))


def deck_of(store: "Store", path: Path) -> Deck:
    """The deck whose notes have a file. Raises InputError."""
    for deck in store.decks():
        if any(path == root or root in path.parents for root in deck.notes):
            return deck
    raise InputError(_("{path} belongs to no deck: import it first. Nothing was changed.").format(path=path))
