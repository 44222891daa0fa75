"""What a learner chooses about cards: this one or none, and all of its form."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.cards import Card, Deck
from studyllm.choices import BY_HAND, Choice, Choices, note_of
from studyllm.errors import InputError
from studyllm.i18n import _, listed
from studyllm.library.decks import decks_for
from studyllm.library.noteless import retire
from studyllm.library.places import at
from studyllm.library.plan import Plan, bring_in, plan
from studyllm.library.readers import NO_READERS, Readers
from studyllm.library.steps import Change, Step, step_of
from studyllm.store import StudyCard
from studyllm.text import key

if TYPE_CHECKING:
    from studyllm.store import Store


class Like(StrEnum):
    """How far a choice about a card reaches."""

    ALONE = "alone"
    NOTE = "note"
    """All that is written in its form, in its note."""
    DECK = "deck"
    """The same, in all notes of the deck."""


Look = Callable[[Sequence[Step]], None]
"""Is shown which other cards come or go by a choice before it is made, and raises InputError where they shall not."""


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
    if like is Like.ALONE or not has_alike(card):
        return choices.chosen(alone)
    # What was said of this card before must not outweigh what is said now of all like it.
    others = Choices(tuple(one for one in choices.all if not alone.answers_as(one)))
    return others.chosen(Choice(make, note if like is Like.NOTE else "", form=card.rule))


def has_alike(card: Card) -> bool:
    """Whether others may be written as a card is; none are of which a learner says what they ask."""
    return card.rule != BY_HAND


def make(
    store: "Store",
    path: Path,
    line: int,
    front: str,
    like: Like,
    now: datetime,
    *,
    readers: Readers = NO_READERS,
    look: Look = lambda _others: None,
    end: int = 0,
    another: bool = False,
) -> tuple[Plan, Card]:
    """Makes a card of what stands at a line of a note, or of its lines up to `end`, and imports the note so: of what
    the importer could read there, or, with a front of the learner's own, of the text; `readers` as for `plan`. Where
    the learner made a card of that line before, a front is its new one, unless `another` card is wanted. The plan
    leaves a card unchanged that there is already; where nothing else comes of it, nothing is kept of the choice. Raises
    InputError where no card comes of it, and then changes nothing."""
    deck = _deck(store, path)
    choices, among = store.choices(deck.name), store.paths(deck.name)
    stored = [one for one in store.cards_of_files(deck.name, [str(path)]) if not one.gone]
    found, by_hand = at(path, line, front, among, [one.card for one in stored], end=end)
    before = _made_before(choices, stored, str(path), line, end, front) if front and not another else None
    if by_hand is not None and before is not None:
        choices, by_hand = _renamed(choices, before, by_hand, [one.card for one in stored], among)
    elif by_hand is not None:
        choices = choices.chosen(by_hand)
    elif found is not None:
        choices = choose(choices, found, True, like, among=among)
    made = plan(store, deck, choices=choices, readers=readers, only=_notes(like, [str(path)]))
    if before is not None:
        made = _going_on(made, before, front)
    here = _cards(store, made, str(path))
    term = key(front or (by_hand.front if by_hand else "") or (found.term if found else ""))
    cards = [card for card in here if key(card.term) == term]
    if not cards:
        raise InputError(_not_made(here, path, line, {key(one.card.prompt): one.id for one in stored}))
    wanted = min(cards, key=lambda card: abs(card.source.line - line))
    if like is Like.ALONE and all(step.change is Change.UNCHANGED for step in made.steps):
        return made, wanted
    look([step for step in _moving(made) if step.new is None or key(step.new.term) != term])
    made = made if like is Like.ALONE else replace(made, like=wanted.term)
    return bring_in(store, made, now, readers=readers), wanted


def _made_before(
    choices: Choices, stored: Iterable[StudyCard], path: str, line: int, end: int, front: str
) -> StudyCard | None:
    """The card that the learner made of what begins at a line, of several lines only that of all of them; None where
    there is none. Raises InputError where there are several."""
    chosen = {key(one.front): one for one in choices.about(path).all if one.make and one.front}
    found = [
        card
        for card in stored
        if card.card.source.line == line
        and (end <= line or card.card.source.end_line == end)
        and (one := chosen.get(key(card.card.term)))
        and bool(one.text) == (card.card.rule == BY_HAND)
    ]
    if any(card.card.term == front for card in found):
        return None  # it is there already
    if len(found) > 1:
        told = _(
            "Line {line} has several cards of your own ({cards}). Nothing was changed: drop the one that is to have "
            "another front, or make one more with --another."
        )
        raise InputError(told.format(line=line, cards=listed(card.card.prompt for card in found)))
    return found[0] if found else None


def _renamed(
    choices: Choices, before: StudyCard, by_hand: Choice, beside: Sequence[Card], among: Iterable[str]
) -> tuple[Choices, Choice]:
    """The choices with a new front for a card that the learner made before, and the one that says so."""
    own = before.card
    old = [
        one
        for one in choices.about(own.source.path).by_hand()
        if own.rule == BY_HAND and key(one.front) == key(own.term)
    ]
    if not old:  # it was chosen as the importer reads it, and would be made so again
        return choose(choices, own, False, Like.ALONE, beside, among).chosen(by_hand), by_hand
    anew = replace(by_hand, text=old[0].text, lines=old[0].lines) if not by_hand.lines else by_hand
    for one in old:
        choices = choices.without(one)
    return choices.chosen(anew), anew


def _going_on(made: Plan, before: StudyCard, front: str) -> Plan:
    """A plan in which a card goes on, with its schedule, as the one that has its new front."""
    path = before.card.source.path
    cards = [card for step in made.steps for card in ((step.new,) if step.new else step.candidates)]
    same = [card for card in cards if key(card.term) == key(front) and card.source.path == path]
    if not same:
        return made
    anew = min(same, key=lambda card: (card.rule != BY_HAND, abs(card.source.line - before.card.source.line)))
    steps = [step_of(before, anew)]
    for step in made.steps:
        others = tuple(card for card in step.candidates if card != anew)
        if step.old and step.old.id == before.id:
            continue
        if step.new == anew or (step.candidates and not others):
            steps += [Step(Change.GONE, step.old, None)] if step.old and not step.old.gone else []
        else:
            steps.append(replace(step, candidates=others))
    return replace(made, steps=tuple(steps))


def _moving(made: Plan) -> list[Step]:
    """The cards that come or go by a plan."""
    return [step for step in made.steps if step.change in (Change.ADDED, Change.RETURNED, Change.GONE)]


def _deck(store: "Store", path: Path) -> Deck:
    """The deck whose notes have a file; a new one for a note of which the importer makes no card, and no deck, by
    itself. Raises InputError."""
    try:
        return deck_of(store, path)
    except InputError:
        new = decks_for(store, [path]) if path.is_file() else ()
        if len(new) == 1 and plan(store, new[0]).is_empty:
            return new[0]
        raise


def _cards(store: "Store", made: Plan, path: str) -> list[Card]:
    """The cards of a note as a plan leaves them, and those that an old one may have become."""
    found = [card for step in made.steps for card in ((step.new,) if step.new else step.candidates)]
    stored = store.cards_of_files(made.deck.name, [path])
    waiting = {step.old.id for step in made.steps if step.old}
    found += [one.card for one in stored if not one.gone and one.id not in waiting]
    return [card for card in found if card.source.path == path]


def _not_made(here: Sequence[Card], path: Path, line: int, numbers: Mapping[str, int]) -> str:
    """Why none of the cards of a note is what was to be made of a line; `numbers` are those of its cards, by front."""
    for card in here:
        if card.source.line <= line <= card.source.end_line:
            number = numbers.get(key(card.prompt), "ID")
            return _(
                "No card was made of line {line} of {path}: it is in the card “{card}” already. "
                "`studyllm card drop {number}` takes that one out."
            ).format(line=line, path=path, card=card.prompt, number=number)
    return _(
        "No card was made of line {line} of {path}: the deck leaves out its section, or cards of that kind. "
        "Nothing was changed."
    ).format(line=line, path=path)


def _notes(like: Like, paths: Iterable[str]) -> frozenset[str] | None:
    """The notes that a choice about cards of some can change."""
    return None if like is Like.DECK else frozenset(paths)


def drop(
    store: "Store",
    cards: Sequence[StudyCard],
    like: Like,
    now: datetime,
    *,
    readers: Readers = NO_READERS,
    look: Look = lambda _others: None,
) -> list[Plan]:
    """Makes no cards any more of what these were made of, and imports their notes so; `words` as for `plan`. Cards that
    stand in no note are put away."""
    plans, named = [], {card.id for card in cards}
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
            notes = _notes(like, (card.card.source.path for card in own))
            made = replace(plan(store, deck, choices=choices, readers=readers, only=notes), dropped=True)
            look([step for step in _moving(made) if step.old is None or step.old.id not in named])
            plans.append(bring_in(store, made, now, readers=readers))
    return plans


def deck_of(store: "Store", path: Path) -> Deck:
    """The deck that has a note, else the one that names it, or a folder around it, most closely. Raises InputError."""
    found = [
        (str(path) in store.paths(deck.name), len(root.parts), deck)
        for deck in store.decks()
        for root in deck.notes
        if path == root or root in path.parents
    ]
    if not found:
        raise InputError(
            _("{path} belongs to no deck: import it first. Nothing was changed.").format(path=path)
        )
    return max(found, key=lambda one: one[:2])[2]
