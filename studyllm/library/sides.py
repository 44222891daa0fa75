"""What an import compares: the cards that were read, and those of the store that they may be."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from studyllm.cards import DERIVED, Card, Deck
from studyllm.library import strays
from studyllm.library.matching import words as words_of
from studyllm.library.notes_read import NotesRead
from studyllm.library.sharing import under
from studyllm.store import NoteFile, StudyCard

if TYPE_CHECKING:
    from studyllm.store import Store


@dataclass(frozen=True, slots=True)
class Sides:
    """What an import compares: the cards of the notes that changed, and those of the store that they may be."""

    cards: Sequence[Card]
    old: Sequence[StudyCard]
    """Of the same notes; with notes of other decks that are taken from these."""
    others: Sequence[StudyCard]
    """Elsewhere: of notes that were moved away, without a note, of other decks."""
    away: Sequence[StudyCard]
    """Of notes that are not where they were."""
    here: Sequence[StudyCard]
    """Without a note, word for word one of the new ones."""
    twins: Mapping[str, int]
    """How many new ones another deck has without a note, by its name: they are left out."""
    vanished: Sequence[str]
    joined: tuple[str, ...]
    """Notes that are taken from other decks."""

    @property
    def before(self) -> Iterator[StudyCard]:
        """All that the store has of these; some more than once."""
        return chain(self.old, self.others, self.away)

    def own(self, deck: Deck) -> int:
        """How many cards the deck had of these notes."""
        return sum(card.deck == deck.name and not card.gone for card in self.old)


def sides(
    store: "Store",
    deck: Deck,
    reading: NotesRead,
    known: Mapping[str, NoteFile],
    theirs: Mapping[str, str],
    *,
    with_twins: bool,
    all_notes: bool,
) -> Sides:
    """The cards that were read beside those of the store; `theirs` are notes of other decks. `with_twins` takes what
    another deck has word for word as well; `all_notes` says that none of the deck's was passed over."""
    unread = tuple(skipped.path for skipped in reading.unread)
    had = [*known, *(strays.deleted(store, deck, known) if all_notes else ())]
    vanished = tuple(path for path in had if path not in reading.files and not under(path, unread))
    touched = reading.changed.union(vanished)
    old = list(store.cards_of_files(deck.name, touched)) if touched else []
    joined = tuple(path for path in reading.files if path in theirs)
    for name in sorted({theirs[path] for path in joined}):
        old += [card for card in store.cards_of_files(name, joined) if not card.gone]
    away = strays.away(store, deck, reading, touched) if reading.cards else []
    noteless = strays.without_note(store, old, reading.cards)
    twins = {words_of(c.card): c.deck for c in noteless if c.deck != deck.name and not with_twins}
    cards = [card for card in reading.cards if words_of(card) not in twins]
    here = [card for card in noteless if words_of(card.card) not in twins]
    moved = strays.moved_with(away, cards)
    ids = {card.id for card in moved}
    others = [
        *moved,
        *(card for card in here if card.id not in ids),
        *strays.of_other_decks(store, deck, old, [c for c in cards if c.kind not in DERIVED]),
    ]
    return Sides(cards, old, others, away, here, Counter(twins.values()), vanished, joined)
