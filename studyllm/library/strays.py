"""Cards that the notes have now and that the store has elsewhere: in other decks, or in notes that were moved."""

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.cards import Card, Deck
from studyllm.errors import InputError
from studyllm.library.reading import NotesRead
from studyllm.notes import Known, read_note
from studyllm.notes.files import load
from studyllm.store import StudyCard
from studyllm.text import key

if TYPE_CHECKING:
    from studyllm.store import Store

SAME = 20
"""Letters of an answer, folded, by which a card is known again."""


def away(store: "Store", deck: Deck, reading: NotesRead, touched: Collection[str]) -> list[StudyCard]:
    """The deck's cards of notes that are not there: moved, or not plugged in."""
    paths = store.paths(deck.name).difference(reading.files, touched)
    gone = [path for path in paths if not os.path.exists(path)]  # noqa: PTH110 - the path may be any text
    return [card for card in store.cards_of_files(deck.name, gone) if not card.gone] if gone else []


def moved_with(away: Sequence[StudyCard], new: Sequence[Card]) -> list[StudyCard]:
    """Those that the notes have now; where that are half of them, all: a folder was moved, and edited since."""
    said = {_says(card) for card in new}
    found = [card for card in away if _says(card.card) in said]
    return list(away) if 2 * len(found) >= len(away) else found


def of_other_decks(
    store: "Store", deck: Deck, old: Sequence[StudyCard], new: Sequence[Card]
) -> list[StudyCard]:
    """Cards of other decks that the notes of this one have now, and their own notes have no more."""
    known = {_says(card.card) for card in old if not card.gone}
    wanted = [card for card in new if _says(card) not in known]
    said = {_says(card) for card in wanted} | {("", key(card.answer)) for card in wanted}
    ids = {card.id for card in old}
    return [
        card
        for card in store.elsewhere(deck.name, wanted)
        if card.id not in ids
        and (_says(card.card) in said or ("", key(card.card.answer)) in said)
        and (card.gone or not _still_there(card.card))
    ]


def _says(card: Card) -> tuple[str, str]:
    """Term and beginning of the answer, folded: cards that agree in them are one."""
    return key(card.term), key(card.answer)[:SAME]


def _still_there(card: Card) -> bool:
    """Whether the note of a card still gives it."""
    path = Path(card.source.path)
    try:
        found = read_note(load(path).text, card.source.path, known=Known.of([(card.term, card.answer)])).cards
    except InputError:
        return path.exists()
    return any(_says(other) == _says(card) for other in found)


def without_moved_roots(deck: Deck, left: Iterable[str], emptied: Iterable[str]) -> Deck:
    """The deck without the folders that are not there and whose notes were found elsewhere, all of them."""

    def holds(root: Path, paths: Iterable[str]) -> bool:
        return any(root == Path(path) or root in Path(path).parents for path in paths)

    moved = {
        root for root in deck.notes if holds(root, emptied) and not holds(root, left) and not root.exists()
    }
    return replace(deck, notes=tuple(root for root in deck.notes if root not in moved))
