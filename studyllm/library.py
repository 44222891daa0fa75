"""Notes against the store: what an import would change, and doing it. A card keeps its schedule through edits."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from studyllm.cards import Card, Deck, Skipped, Source
from studyllm.config import load_deck
from studyllm.errors import InputError
from studyllm.grading import split_points
from studyllm.matching import match
from studyllm.notes import read_note
from studyllm.notes.files import find_notes, load
from studyllm.store import Changes, Store, StudyCard
from studyllm.text import clean, key


class Change(StrEnum):
    """What an import does to one card."""

    ADDED = "added"
    RENAMED = "renamed"
    CHANGED = "changed"
    MOVED = "moved"
    RETURNED = "returned"
    UNCHANGED = "unchanged"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Step:
    """One card of a plan: as the store has it, and as the notes have it now."""

    change: Change
    old: StudyCard | None
    new: Card | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do to one deck; nothing is done until it is applied."""

    deck: Deck
    steps: tuple[Step, ...]
    skipped: tuple[Skipped, ...]
    files: int

    def counts(self) -> dict[str, int]:
        """How many cards each change befalls, in the order of Change."""
        found = Counter(step.change for step in self.steps)
        return {change.value: found[change] for change in Change}

    def changes(self) -> Changes:
        """The same for the store; what stands in the notes unchanged may still have moved a few lines."""
        return Changes(
            added=tuple(step.new for step in self.steps if step.new and not step.old),
            updated=tuple(
                (step.old.id, step.new)
                for step in self.steps
                if step.old and step.new and (step.old.card != step.new or step.old.gone)
            ),
            gone=tuple(step.old.id for step in self.steps if step.old and not step.new),
        )


Progress = Callable[[int, int, Path], None]
"""Told (files read, files in all, the file being read)."""


def decks_for(store: Store, paths: Sequence[Path], name: str | None) -> tuple[Deck, ...]:
    """Which decks those paths are for: deck files speak for themselves, other paths go to the deck named,
    the deck that has them already, or a new one named after them. No paths: every deck, from its own."""
    known = store.decks()
    if not paths:
        chosen = tuple(deck for deck in known if name in (None, deck.name))
        if not chosen:
            raise InputError(
                "There is nothing to import again: say which notes, as in `studyllm import ~/notes`."
            )
        return chosen
    absolute = [path.expanduser().resolve() for path in paths]
    for path in absolute:
        if not path.exists():
            raise InputError(f"There is no {path}. Nothing was imported.")
    files = [path for path in absolute if path.suffix == ".toml"]
    decks = [load_deck(path) for path in files]
    notes: dict[str, list[Path]] = {}
    for path in absolute:
        if path.suffix != ".toml":
            notes.setdefault(name or _home_of(path, known) or _new_name(path), []).append(path)
    by_name = {deck.name: deck for deck in known}
    for title, chosen_paths in notes.items():
        decks.append(replace(by_name.get(title, Deck(title)), notes=tuple(chosen_paths)))
    if name is not None and files:
        decks = [replace(deck, name=name) for deck in decks]
    return tuple(decks)


def _home_of(path: Path, known: Iterable[Deck]) -> str | None:
    return next(
        (deck.name for deck in known for root in deck.notes if path == root or root in path.parents), None
    )


def _new_name(path: Path) -> str:
    """A folder's name, or a note's own title."""
    if path.is_dir():
        return path.name or "notes"
    try:
        return read_note(load(path).text, str(path)).title or path.stem
    except InputError:
        return path.stem


def plan(store: Store, deck: Deck, progress: Progress | None = None) -> Plan:
    """Reads the deck's notes and compares them with its cards in the store."""
    files = list(find_notes(deck.notes))
    if not files:
        raise InputError(
            f"There are no Markdown notes in {', '.join(map(str, deck.notes))}. Nothing was imported."
        )
    cards: list[Card] = []
    skipped: list[Skipped] = []
    unread: set[str] = set()
    for number, file in enumerate(files):
        if progress:
            progress(number, len(files), file)
        try:
            loaded = load(file)
        except InputError as error:
            if len(files) == 1:
                raise
            unread.add(str(file))
            skipped.append(Skipped(str(file), 0, str(error)))
            continue
        if loaded.guessed:
            skipped.append(Skipped(str(file), 0, f"not UTF-8: read as {loaded.encoding}"))
        note = read_note(loaded.text, str(file), kinds=deck.kinds)
        cards += (_with_points(card) for card in note.cards)
        skipped += note.skipped
    if progress:
        progress(len(files), len(files), files[-1])
    seen = _scope(deck, files)
    old = [
        card
        for card in _stored(store, deck.name)
        if card.card.source.path not in unread
        and (seen(card.card.source) or not Path(card.card.source.path).exists())
    ]
    return Plan(deck, _compare(old, cards, seen), tuple(skipped), len(files))


def _with_points(card: Card) -> Card:
    """A card whose note has no list of points gets those of its sentences."""
    return card if card.points else replace(card, points=split_points(card.answer, card.kind))


def _stored(store: Store, deck: str) -> list[StudyCard]:
    known = any(deck == one.name for one in store.decks())
    return list(store.cards(deck, gone=True)) if known else []


def _scope(deck: Deck, files: Iterable[Path]) -> Callable[[Source], bool]:
    """Whether a card's note was looked at: a file that was read, or one that is gone from a folder that was."""
    read = {str(file) for file in files}
    folders = tuple(f"{root}/" for root in deck.notes if root.is_dir())
    return lambda source: source.path in read or source.path.startswith(folders)


def _compare(
    old: Sequence[StudyCard], new: Sequence[Card], seen: Callable[[Source], bool]
) -> tuple[Step, ...]:
    """The steps from the store to the notes. A card whose note was not looked at can move, but is never gone."""
    found = match([stored.card for stored in old], new)
    steps = {j: _step(old[i], new[j]) for i, j in found.pairs}
    steps |= {j: Step(Change.ADDED, None, new[j]) for j in found.added}
    gone = [
        Step(Change.GONE, old[i], None) for i in found.gone if seen(old[i].card.source) and not old[i].gone
    ]
    return (*(steps[j] for j in sorted(steps)), *gone)


def _step(old: StudyCard, new: Card) -> Step:
    before = old.card
    if old.gone:
        change = Change.RETURNED
    elif key(before.term) != key(new.term):
        change = Change.RENAMED
    elif (before.answer, before.kind, before.term, before.aliases) != (
        new.answer,
        new.kind,
        new.term,
        new.aliases,
    ):
        change = Change.CHANGED
    elif (before.source.path, before.headings) != (new.source.path, new.headings):
        change = Change.MOVED
    else:
        change = Change.UNCHANGED
    return Step(change, old, new)


def apply(store: Store, plan: Plan, now: datetime) -> None:
    """Does what a plan says, in one transaction; the deck remembers its notes."""
    known = {deck.name: deck for deck in store.decks()}
    before = known.get(plan.deck.name)
    roots = dict.fromkeys((*(before.notes if before else ()), *plan.deck.notes))
    store.save_deck(replace(plan.deck, notes=tuple(roots)))
    store.apply(plan.deck.name, plan.changes(), now)


def describe(skipped: Skipped) -> str:
    """One line for a learner: where, and why."""
    place = f"{skipped.path}:{skipped.line}" if skipped.line else skipped.path
    return clean(f"{place}: {skipped.reason}").replace("\n", " ")
