"""Cards that the notes have now and that the store has elsewhere: in other decks, or in notes that were moved."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.cards import Card, Deck, Kind, Source
from studyllm.choices import Choices
from studyllm.errors import InputError
from studyllm.library.matching import SURE, match, same_words, words
from studyllm.library.notes_read import NotesRead
from studyllm.library.steps import Change, Step, step_of
from studyllm.notes import Known, Offer, read_note
from studyllm.notes.files import is_among_notes, load
from studyllm.notes.gaps import IN_NOTES
from studyllm.notes.reasons import LEFT
from studyllm.notes.skip import mentions
from studyllm.notes.words.inline import CLOZE
from studyllm.schedule import New
from studyllm.store import NoteFile, StudyCard
from studyllm.text import dice, key, pairs

if TYPE_CHECKING:
    from studyllm.store import Store

SAME = 20
"""Letters of an answer, folded, by which a card is known again."""


def away(store: "Store", deck: Deck, reading: NotesRead, touched: Collection[str]) -> list[StudyCard]:
    """The deck's cards of notes that are not there: moved, or not plugged in."""
    paths = store.paths(deck.name).difference(reading.files, touched)
    gone = {path for path in paths if not os.path.exists(path)}  # noqa: PTH110 - the path may be any text
    return [card for card in store.cards_of_files(deck.name, gone) if not card.gone] if gone else []


def deleted(store: "Store", deck: Deck, known: Collection[str]) -> list[str]:
    """Notes with cards that are gone from folders that are there, and that no import is known of: it was undone."""
    roots = {root for root in deck.notes if root.is_dir()}
    paths = sorted(path for path in store.paths(deck.name).difference(known) if path)
    return [path for path in paths if roots.intersection(Path(path).parents) and not os.path.exists(path)]  # noqa: PTH110


def moved_with(away: Sequence[StudyCard], new: Sequence[Card]) -> list[StudyCard]:
    """Those that the notes have now: with their term and the beginning of their answer, or an answer much alike."""
    said = {_says(card) for card in new}
    named: dict[str, list[Card]] = defaultdict(list)
    for card in new:
        named[key(card.term)].append(card)

    def is_here(card: Card) -> bool:
        alike = (dice(pairs(card.answer), pairs(one.answer)) for one in named.get(key(card.term), ()))
        return _says(card) in said or max(alike, default=0.0) >= SURE

    return [card for card in away if is_here(card.card)]


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


def without_note(store: "Store", old: Sequence[StudyCard], new: Sequence[Card]) -> list[StudyCard]:
    """Cards of any deck that stood in no note until now, and stand word for word in these."""
    known = {words(card.card) for card in old if not card.gone}
    wanted = {words(card): card.term for card in new if words(card) not in known}
    found = store.without_note(sorted(set(wanted.values()))) if wanted else ()
    return [card for card in found if words(card.card) in wanted]


def kept(
    steps: Sequence[Step], offers: Sequence[Offer], choices: Choices
) -> tuple[tuple[Step, ...], tuple[Offer, ...]]:
    """The steps, those that would be gone as what they have surely become among the offers of their notes, and the
    other offers: a card that was made once is not in doubt because its line was reworded, unless it was left out."""
    left_out = {(one.card.source.path, key(one.card.term)) for one in offers if one.reason == LEFT}
    lost: defaultdict[str, list[StudyCard]] = defaultdict(list)
    for step in steps:
        if step.old and step.change is Change.GONE and not step.old.gone:
            card, path = step.old.card, step.old.card.source.path
            unwanted = choices.about(path).of(card.rule, card.term, card.section) is False
            if not unwanted and (path, key(card.term)) not in left_out:
                lost[path].append(step.old)
    became: dict[int, Step] = {}
    taken: set[int] = set()
    for path, cards in lost.items():
        here = [offer for offer in offers if offer.card.source.path == path and offer.reason != LEFT]
        for i, j in match([card.card for card in cards], [offer.card for offer in here]).pairs:
            became[cards[i].id] = step_of(cards[i], here[j].card)
            taken.add(id(here[j]))
    told = tuple(became.get(step.old.id, step) if step.old else step for step in steps)
    return told, tuple(offer for offer in offers if id(offer) not in taken)


def still_said(steps: Sequence[Step], as_asked: Collection[str]) -> tuple[Step, ...]:
    """The steps; what was studied of notes that are read `as_asked` for before stays while its name and answer stand in
    them word for word, though no card is made of these any more, unless others are made of most of the answer."""
    made: defaultdict[str, list[str]] = defaultdict(list)
    for step in steps:
        if step.new:
            made[step.new.source.path].append(key(step.new.answer))
    texts: dict[str, tuple[str, str]] = {}
    """What a note says, and that folded: read once for all of its cards."""

    def kept(step: Step) -> Step:
        old = step.old
        if step.change is not Change.GONE or not old or isinstance(old.progress, New):
            return step
        path, answer = old.card.source.path, key(old.card.answer)
        again = sum(len(other) for other in made[path] if other and other in answer)
        if path not in as_asked or not answer or 2 * again >= len(answer):
            return step
        if path not in texts:
            said = _text_of(path)
            texts[path] = said, key(said)
        text, whole = texts[path]
        name = (
            old.card.term.replace(IN_NOTES, old.card.answer) if old.card.kind is Kind.CLOZE else old.card.term
        )
        if answer not in whole or key(name) not in whole:
            return step
        return Step(Change.UNCHANGED, old, replace(old.card, source=_where(old.card, text)))

    return tuple(map(kept, steps))


def _text_of(path: str) -> str:
    """What a note says, hidden parts shown; nothing where it cannot be read, or where its author leaves parts out."""
    try:
        text = load(Path(path)).text
    except InputError:
        return ""
    return "" if mentions(text) else CLOZE.sub(r"\1", text)


def _where(card: Card, text: str) -> Source:
    """Where a card stands in the text of its note now: from the line on that has its name."""
    name, own = key(card.term), card.source
    found = (at for at, line in enumerate(text.split("\n"), 1) if name and name in key(line))
    at = min(found, key=lambda at: abs(at - own.line), default=own.line)
    return replace(own, line=at, end_line=own.end_line + at - own.line)


def with_twins(store: "Store", deck: Deck, steps: Sequence[Step]) -> tuple[tuple[Step, ...], int]:
    """The steps; what was studied and would be gone stands for the card of the deck that says the same in another note
    and was never asked, which goes instead. And how many of these there are."""
    studied = (s.old for s in steps if s.change is Change.GONE and s.old)
    lost = {words(old.card): old.id for old in studied if not isinstance(old.progress, New)}
    known = {step.old.id for step in steps if step.old}
    twin: dict[int, StudyCard] = {}
    for card in store.cards(deck.name) if lost else ():
        if card.id not in known and isinstance(card.progress, New) and words(card.card) in lost:
            twin[lost.pop(words(card.card))] = card
    told = (
        Step(Change.MOVED, s.old, twin[s.old.id].card) if s.old and s.old.id in twin else s for s in steps
    )
    return (*told, *(Step(Change.GONE, one, None) for one in twin.values())), len(twin)


def of_one_text(
    cards: Sequence[StudyCard], left: Sequence[int], new: Sequence[Card]
) -> list[tuple[StudyCard, int]]:
    """Cards and new ones of the same words; then those of the same answer, if it is long enough to know one by, though
    several have it."""
    same = same_words([card.card for card in cards], [new[j] for j in left])
    found = [(cards[i], left[k]) for i, k in same]
    taken, settled = {card.id for card, _ in found}, {j for _, j in found}
    waiting = {
        answer: card
        for card in reversed(cards)
        if card.id not in taken and len(answer := key(card.card.answer)) >= SAME // 2
    }
    rest = [j for j in left if j not in settled]
    return found + [(card, j) for j in rest if (card := waiting.pop(key(new[j].answer), None))]


def _says(card: Card) -> tuple[str, str]:
    """Term and beginning of the answer, folded: cards that agree in them are one."""
    return key(card.term), key(card.answer)[:SAME]


def _still_there(card: Card) -> bool:
    """Whether the note of a card still gives it."""
    path = Path(card.source.path)
    if not card.source.line:  # it stands in no note that could have lost it
        return True
    try:
        found = read_note(load(path).text, card.source.path, known=Known.of([(card.term, card.answer)])).cards
    except InputError:
        return path.exists()
    return any(_says(other) == _says(card) for other in found)


def without_moved_roots(
    deck: Deck, left: Iterable[str], emptied: Iterable[str], found: Iterable[str]
) -> Deck:
    """The deck without the folders that are not there and whose notes were found elsewhere, all of them; with the texts
    that it has by their own names where they were `found`."""

    def holds(root: Path, paths: Iterable[str]) -> bool:
        return any(root == Path(path) or root in Path(path).parents for path in paths)

    moved = {
        root for root in deck.notes if holds(root, emptied) and not holds(root, left) and not root.exists()
    }
    names = {root.name for root in deck.notes if not root.exists()}
    texts = [Path(path) for path in found if not is_among_notes(Path(path)) and Path(path).name in names]
    kept = (*(root for root in deck.notes if root not in moved), *texts)
    return replace(deck, notes=tuple(dict.fromkeys(kept)))


def to_read_again(
    away: Iterable[StudyCard], found: Collection[int], waiting: Collection[str], known: Mapping[str, NoteFile]
) -> list[NoteFile]:
    """Notes that are not there and of which some cards were found elsewhere: should they come back, they are read."""
    partly = {card.card.source.path for card in away if card.id in found} & set(waiting)
    return [replace(known[path], digest="") for path in sorted(partly) if path in known]
