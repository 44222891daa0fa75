"""Cards that stand in no note: another program, or a table, gave them."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from studyllm import library
from studyllm.cards import Card, Scheduling
from studyllm.errors import InputError, StalePlan
from studyllm.i18n import _
from studyllm.schedule import Day, Grade, Learned
from studyllm.schedule.compare import replay
from studyllm.store.changes import Changes, Start

if TYPE_CHECKING:
    from studyllm.store import Store, StudyCard

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Foreign:
    """A card of another program, and what it brings."""

    card: Card
    start: Start
    identity: str = ""
    """What it was called on its way out, if it comes from here; see `identity`."""


@dataclass(frozen=True, slots=True)
class ForeignDeck:
    """Cards that belong together there."""

    name: str
    cards: tuple[Foreign, ...]
    scheduling: Scheduling | None = None
    """How they were scheduled, as far as it can be done here; None: by default."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a file gave."""

    decks: tuple[ForeignDeck, ...]
    passed: tuple[str, ...] = ()
    """Why something was passed over or kept otherwise than it stood, a sentence each."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """What bringing in one deck would change."""

    plan: library.Plan
    starts: dict[int, Start]
    """By identity of the card."""
    scheduling: Scheduling | None
    """For a deck that is new here."""

    def changes(self) -> Changes:
        """The same for the store."""
        found = self.plan.changes()
        starts = {n: self.starts[id(card)] for n, card in enumerate(found.added)}
        still = {
            step.old.id for step in self.plan.steps if step.old and step.change is library.Change.UNCHANGED
        }
        updated = tuple(one for one in found.updated if one.id not in still)
        return replace(found, updated=updated, starts=starts, scheduling=self.scheduling)

    def fresh(self, deck: ForeignDeck) -> ForeignDeck:
        """The deck with those of its cards alone that are new here."""
        new = {id(step.new) for step in self.plan.steps if step.new and not step.old}
        return replace(deck, cards=tuple(one for one in deck.cards if id(one.card) in new))

    @property
    def met(self) -> dict[int, Start]:
        """What cards bring that were here already, by number."""
        of = {id(step.new): step.old.id for step in self.plan.steps if step.old and step.new}
        return {of[card]: start for card, start in self.starts.items() if card in of}


def merged(arrival: Arrival, name: str) -> Arrival:
    """All its decks as one of that name."""
    cards = tuple(card for deck in arrival.decks for card in deck.cards)
    scheduling = next((deck.scheduling for deck in arrival.decks if deck.scheduling), None)
    return replace(arrival, decks=(ForeignDeck(name, cards, scheduling),))


def identity(card: "StudyCard") -> str:
    """What tells a card apart from all others, here and elsewhere: its number and when it was made."""
    added = card.added.isoformat() if card.added else ""
    return hashlib.sha256(f"studyllm {card.id} {added}".encode()).hexdigest()[:20]


def plan(store: "Store", deck: ForeignDeck) -> Arriving:
    """What a deck would change here: its cards are known again by what they were called on their way out, else by
    their words, and keep the schedule they have here."""
    cards = [one.card for one in deck.cards]
    made = library.plan_of(store, deck.name, cards, _from_here(store, deck))
    scheduling = None if made.deck in store.decks() else deck.scheduling
    return Arriving(made, {id(one.card): one.start for one in deck.cards}, scheduling)


def _from_here(store: "Store", deck: ForeignDeck) -> dict[int, "StudyCard"]:
    """The cards of this home that a deck brings back, by their place in it. Another deck may have them by now."""
    places = {one.identity: place for place, one in enumerate(deck.cards) if one.identity}
    if not places:
        return {}
    known = ((places.get(identity(card)), card) for card in store.cards())
    return {place: card for place, card in known if place is not None}


def bring_in(store: "Store", arrival: Arrival, now: datetime) -> tuple[Arriving, ...]:
    """Puts decks into the store, each in one transaction; they are taken back together. When another import came in
    between, plans again first."""
    found = []
    together = None
    for deck in arrival.decks:
        made, row = _bring_in(store, deck, now, together)
        found.append(made)
        together = row or together
    return tuple(found)


def _bring_in(
    store: "Store", deck: ForeignDeck, now: datetime, together: int | None
) -> tuple[Arriving, int | None]:
    for _attempt in range(_TRIES):
        made = plan(store, deck)
        counts = {name: count for name, count in made.plan.counts().items() if count}
        with suppress(StalePlan):
            changes = replace(made.changes(), together=together)
            if not (changes.added or changes.updated) and made.plan.deck.name not in store.schedulings():
                return made, None
            return made, store.apply(made.plan.deck, changes, now, counts, made.plan.as_of)
    raise InputError(
        _("Another program keeps importing into this home. Nothing was changed; try again later.")
    )


@dataclass(frozen=True, slots=True)
class Replayed:
    """A reviewed card whose day our scheduler, asked from its first review on, would have set otherwise."""

    prompt: str
    brought: date
    here: date


def replayed(deck: ForeignDeck, day: Day) -> tuple[int, tuple[Replayed, ...]]:
    """How many cards with reviews there are, and those that would stand on another day than they bring with them."""
    scheduling = deck.scheduling or Scheduling()
    count, others = 0, []
    for one in deck.cards:
        stands = one.start.progress
        if one.start.reviews and isinstance(stands, Learned):
            count += 1
            history = tuple((review.at, Grade(review.chosen)) for review in one.start.reviews)
            here = replay(history, day, scheduling)
            if isinstance(here, Learned) and here.due != stands.due:
                others.append(Replayed(one.card.prompt, stands.due, here.due))
    return count, tuple(others)
