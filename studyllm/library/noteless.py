"""Cards that stand in no note: another program, or a table, gave them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from studyllm.cards import Card, Deck
from studyllm.library.comparing import compare
from studyllm.library.matching import same_words
from studyllm.library.plan import Plan, all_as_new, apply
from studyllm.library.steps import Change, Step, step_of
from studyllm.store import StudyCard

if TYPE_CHECKING:
    from studyllm.store import Store


def retire(store: "Store", deck: Deck, cards: Sequence[StudyCard], now: datetime) -> Plan:
    """Puts cards away that stand in no note; undo brings them back."""
    steps = tuple(Step(Change.GONE, card, None, left_out=True) for card in cards if not card.gone)
    made = Plan(
        deck,
        steps,
        store.count(deck.name) - len(steps),
        (),
        (),
        (),
        store.last_import(),
        choices=store.choices(deck.name),
        dropped=True,
    )
    apply(store, made, now)
    return made


def plan_of(
    store: "Store", name: str, cards: Sequence[Card], known: Mapping[int, StudyCard] | None = None
) -> Plan:
    """What cards that stand in no note would change in a deck of that name. Those that are not among them stay as they
    are, and so do those of the deck's notes, which are known again all the same; what is ambiguous is new. `known` are
    cards that are here already, by their place among `cards`."""
    as_of = store.last_import()
    deck = next((one for one in store.decks() if one.name == name), None)
    there = store.cards(name, gone=True) if name in store.schedulings() else ()
    old = [card for card in there if not (card.gone and card.card.source.line)]
    found = dict(known or {})
    ids = {card.id for card in found.values()}
    old = [card for card in old if card.id not in ids]
    left = [n for n in range(len(cards)) if n not in found]
    here = [card for card in old if not card.gone]
    same = {left[n]: here[i] for i, n in same_words([c.card for c in here], [cards[n] for n in left])}
    ids = {card.id for card in same.values()}
    found |= same
    rest = compare(
        [card for card in old if card.id not in ids], (), [c for n, c in enumerate(cards) if n not in found]
    )
    settled = tuple(step_of(card, cards[n]) for n, card in sorted(found.items()))
    choices = store.choices(name)
    made = Plan(deck or Deck(name), (*settled, *rest), store.count(name), (), (), (), as_of, choices=choices)
    steps = tuple(_as_it_is(one, name) for one in all_as_new(made).steps if one.change is not Change.GONE)
    met = sum(one.old is not None and not one.old.gone and one.old.deck == name for one in steps)
    return replace(made, steps=steps, untouched=made.untouched - met)


def _as_it_is(one: Step, deck: str) -> Step:
    """The step; one of a card that stands in a note, or in another deck by now, changes nothing."""
    if one.old and (one.old.card.source.line or one.old.deck != deck):
        return Step(Change.UNCHANGED, one.old, one.new)
    return one
