"""Cards that stand in no note: another program, or a table, gave them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from studyllm.cards import Card, Deck
from studyllm.library.plan import Change, Plan, Step, all_as_new, apply, compare
from studyllm.store import StudyCard

if TYPE_CHECKING:
    from studyllm.store import Store


def retire(store: "Store", deck: Deck, cards: Sequence[StudyCard], now: datetime) -> Plan:
    """Puts cards away that stand in no note; undo brings them back."""
    steps = tuple(Step(Change.GONE, card, None) for card in cards if not card.gone)
    made = Plan(
        deck, steps, store.count(deck.name) - len(steps), (), (), (), store.last_import(), dropped=True
    )
    apply(store, made, now)
    return made


def plan_of(store: "Store", name: str, cards: Sequence[Card]) -> Plan:
    """What cards that stand in no note would change in a deck of that name. Those that are not among them stay as they
    are, and so do those of the deck's notes, which are known again all the same; what is ambiguous is new."""
    as_of = store.last_import()
    deck = next((known for known in store.decks() if known.name == name), None)
    there = store.cards(name, gone=True) if name in store.schedulings() else ()
    old = [card for card in there if not (card.gone and card.card.source.line)]
    made = Plan(deck or Deck(name), compare(old, (), cards), store.count(name), (), (), (), as_of)
    steps = tuple(_as_it_is(step) for step in all_as_new(made).steps if step.change is not Change.GONE)
    met = sum(step.old is not None and not step.old.gone for step in steps)
    return replace(made, steps=steps, untouched=made.untouched - met)


def _as_it_is(step: Step) -> Step:
    """The step; one of a card that stands in a note changes nothing."""
    if step.old and step.old.card.source.line:
        return Step(Change.UNCHANGED, step.old, step.new)
    return step
