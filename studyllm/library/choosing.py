"""What a learner chooses about cards: this one or none, and all of its form."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.cards import Card, Deck
from studyllm.choices import BY_HAND, Choice, Choices, note_of
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.library.decks import decks_for
from studyllm.library.noteless import retire
from studyllm.library.plan import Plan, bring_in, plan
from studyllm.library.readers import NO_READERS, Readers
from studyllm.library.steps import Change, Step
from studyllm.notes import at_line, opened_by, text_of
from studyllm.notes.files import load
from studyllm.store import StudyCard
from studyllm.text import clean, key

if TYPE_CHECKING:
    from studyllm.store import Store


_COUNTED = 3
"""Letters of a number before a question, at most."""


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
) -> tuple[Plan, Card]:
    """Makes a card of what stands at a line of a note, and imports the note so: of what the importer could read there,
    or, with a front of the learner's own, of the text; `words` as for `plan`. The plan leaves a card unchanged that
    there is already; where nothing else comes of it, nothing is kept of the choice. Raises InputError where no card
    comes of it, and then changes nothing."""
    deck = _deck(store, path)
    choices, among = store.choices(deck.name), store.paths(deck.name)
    stored = store.cards_of_files(deck.name, [str(path)])
    found, by_hand = at(path, line, front, among, [one.card for one in stored if not one.gone])
    if by_hand is not None:
        choices = choices.chosen(by_hand)
    elif found is not None:
        choices = choose(choices, found, True, like, among=among)
    made = plan(store, deck, choices=choices, readers=readers, only=_notes(like, [str(path)]))
    here = _cards(store, made, str(path))
    term = key(front or (by_hand.front if by_hand else "") or (found.term if found else ""))
    cards = [card for card in here if key(card.term) == term]
    if not cards:
        raise InputError(_not_made(here, path, line))
    wanted = min(cards, key=lambda card: abs(card.source.line - line))
    if like is Like.ALONE and all(step.change is Change.UNCHANGED for step in made.steps):
        return made, wanted
    look([step for step in _moving(made) if step.new is None or key(step.new.term) != term])
    made = made if like is Like.ALONE else replace(made, like=wanted.term)
    return bring_in(store, made, now, readers=readers), wanted


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


def _not_made(here: Sequence[Card], path: Path, line: int) -> str:
    """Why none of the cards of a note is what was to be made of a line."""
    for card in here:
        if card.source.line <= line <= card.source.end_line:
            return _(
                "No card was made of line {line} of {path}: “{card}” asks for the same. "
                "`studyllm card drop` takes that one out."
            ).format(line=line, path=path, card=card.prompt)
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


def at(
    path: Path, line: int, front: str = "", among: Iterable[str] = (), cards: Iterable[Card] = ()
) -> tuple[Card | None, Choice | None]:
    """What can be made a card at a line of a note: a card that the importer could read there, one that is none of these
    `cards` first, or, with a front of the learner's own, the choice that makes the text there one; `among` as for
    `choose`. Raises InputError."""
    text = load(path).text
    if line > text.count("\n") + 1:
        told = _("{path} has no line {line}. Nothing was changed.")
        raise InputError(told.format(path=path, line=line))
    found, back = at_line(text, str(path), line)
    if not front and not any(card.source.line == line for card in found):
        front = opened_by(text.split("\n")[line - 1])  # what begins above and goes on here is not meant
    if found and not front:
        known = {key(card.term) for card in cards}
        return next((card for card in found if key(card.term) not in known), found[0]), None
    if not key(back):
        told = _("Nothing to remember stands at line {line} of {path}. Nothing was changed.")
        raise InputError(told.format(path=path, line=line))
    if not front:
        told = _(
            "Line {line} has no clear term. Say what the card asks, as in "
            '`--front "What is it for?"`; its answer is: {text}'
        )
        raise InputError(told.format(line=line, text=clean(back)[:160].replace("\n", " ")))
    own = key(text.split("\n")[line - 1])
    if own.endswith(key(front)) and len(own) - len(key(front)) <= _COUNTED and own == key(back):
        back = _below(text, str(path), line) or back  # the line is the question: what stands below it answers
    of_line = own.startswith(key(front)) and own != key(front)  # what stands around the line is not meant
    return None, Choice(True, note_of(str(path), among), front=front, text=own if of_line else key(back))


def _below(text: str, path: str, line: int) -> str:
    """What stands below a line and the blank ones after it."""
    lines = text.split("\n")
    after = next((at for at in range(line, len(lines)) if lines[at].strip()), None)
    return at_line(text, path, after + 1)[1] if after is not None else ""


def text_at(path: str, line: int) -> str:
    """What stands at a line of a note, as a card would have it; nothing where it cannot be read."""
    try:
        return text_of(load(Path(path)).text, line) if line else ""
    except (InputError, OSError):
        return ""


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
