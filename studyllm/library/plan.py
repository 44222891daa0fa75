"""What an import would change. A card keeps its schedule through edits; nothing is done until it is applied."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.cards import Card, Deck, Kind, Skipped, file_name
from studyllm.choices import NONE, Choices
from studyllm.errors import InputError, StalePlan
from studyllm.i18n import _
from studyllm.library import note_paths, renaming, strays
from studyllm.library.comparing import compare, from_other_decks
from studyllm.library.readers import NO_READERS, Readers
from studyllm.library.reading import Cache, Progress, is_as_asked, read
from studyllm.library.renamed import along
from studyllm.library.sharing import rivals, taken
from studyllm.library.sides import sides as sides_of
from studyllm.library.steps import Change, Step, marked, step_of, told
from studyllm.notes import Borderline, Offer
from studyllm.notes.choice.known import by_note as known_by_note
from studyllm.notes.derived import one_way
from studyllm.notes.reasons import BRING_IN, is_notable, is_of_offer
from studyllm.store import Changes, NoteFile, StudyCard, Update
from studyllm.text import clean

if TYPE_CHECKING:
    from studyllm.store import Store


_TRIES = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do to one deck."""

    deck: Deck
    steps: tuple[Step, ...]
    """One for each card of the files that changed, and for each card that is gone."""
    untouched: int
    """Cards in files that did not change."""
    reading: tuple[NoteFile, ...]
    vanished: tuple[str, ...]
    unread: tuple[Skipped, ...]
    as_of: int
    """The last import in the log when the plan was made."""
    offers: tuple[Offer, ...] = ()
    """Cards that were not made of the files that changed, because it is in doubt whether they are wanted."""
    choices: Choices = NONE
    """What the learner chose about the notes."""
    chosen: Choices = NONE
    """What the store had of that when the plan was made."""
    elsewhere: Mapping[str, int] = field(default_factory=dict)
    """How many notes were left out because another deck has them, by its name."""
    twins: Mapping[str, int] = field(default_factory=dict)
    """How many cards were left out because another deck has them word for word, without a note, by its name."""
    is_new: bool = False
    """Whether there was no such deck yet."""
    join: bool = False
    """Whether all notes that other decks have are taken from these."""
    joined: tuple[str, ...] = ()
    """Notes that are taken from the decks that have them, with their cards."""
    borderline: tuple[Borderline, ...] = ()
    """The words of candidates that form leaves open, where no model has read them."""
    judged: frozenset[str] = frozenset()
    """Notes of which a model could tell otherwise than their form: in the others all was marked by an author."""
    only: frozenset[str] | None = None
    """The notes that were looked at; None for all of the deck."""
    dropped: bool = False
    """Whether it makes cards none any more that the learner chose."""
    like: str = ""
    """The term of the card with which the learner had all of its form made cards."""

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """All that was skipped, also in files that did not change."""
        return (*self.unread, *(skipped for file in self.reading for skipped in file.skipped))

    @property
    def texts(self) -> tuple[str, ...]:
        """The names of files that are no notes, and are read where they are named."""
        return tuple(clean(file_name(skipped.path)) for skipped in self.unread if skipped.reason == BRING_IN)

    @property
    def open_offers(self) -> tuple[Offer, ...]:
        """The offers but for cards that the plan drops: these are told of as gone."""
        gone = {
            (step.old.card.source.path, step.old.card.term)
            for step in self.steps
            if step.old and step.change is Change.GONE
        }
        return tuple(one for one in self.offers if (one.card.source.path, one.card.term) not in gone)

    @property
    def offered(self) -> int:
        """How many cards are offered, also in files that did not change."""
        told = sum(is_of_offer(skipped.reason) for skipped in self.skipped)
        return told - (len(self.offers) - len(self.open_offers))

    @property
    def skipped_texts(self) -> tuple[Skipped, ...]:
        """What was skipped and is neither offered as a card nor notable."""
        return tuple(s for s in self.skipped if not (is_of_offer(s.reason) or is_notable(s.reason)))

    @property
    def notable(self) -> tuple[Skipped, ...]:
        """What is to be known of the files at once: that one was not taken whole, or its letters were guessed."""
        return tuple(skipped for skipped in self.skipped if is_notable(skipped.reason))

    @property
    def one_way(self) -> int:
        """How many cards of the files that changed are asked in one direction, where the deck asks for terms, too."""
        if Kind.MEANING not in self.deck.kinds:
            return 0
        return one_way([step.new for step in self.steps if step.new])

    def _differs(self, old: StudyCard, new: Card) -> bool:
        return old.card != new or old.gone or old.deck != self.deck.name

    def counts(self) -> dict[str, int]:
        """How many cards each change befalls, in the order of Change."""
        found = Counter(step.change for step in self.steps)
        found[Change.UNCHANGED] += self.untouched
        return {change.value: found[change] for change in Change}

    @property
    def doubts(self) -> tuple[Step, ...]:
        """The steps that a person has to decide."""
        return tuple(step for step in self.steps if step.change is Change.AMBIGUOUS)

    def decide(self, old: StudyCard, new: Card | None) -> "Plan":
        """The plan with one doubt resolved: the old card has become `new`, or is gone. The other candidates, and
        any that no doubt is left about, become cards of their own."""
        steps = [step for step in self.steps if step.old != old]
        steps.append(step_of(old, new) if new else Step(Change.GONE, old, None))
        open_for = {card for step in steps for card in step.candidates} - {new}
        steps = [
            replace(step, candidates=tuple(card for card in step.candidates if card != new)) for step in steps
        ]
        settled = {step.new for step in steps if step.new}
        for step in self.steps:
            for card in step.candidates if step.old == old else ():
                if card not in open_for and card not in settled:
                    steps.append(Step(Change.ADDED, None, card))
        return replace(self, steps=tuple(_without_empty_doubts(steps)))

    @property
    def is_empty(self) -> bool:
        """Whether there is no such deck, and nothing for one: no card, and nothing that was chosen."""
        return self.is_new and not (self.steps or self.joined or self.choices != NONE)

    def changes(self) -> Changes:
        """The same for the store. Ambiguous cards stay as they are; their files are read again next time."""
        waiting = {step.old.card.source.path for step in self.doubts if step.old}
        waiting |= {card.source.path for step in self.doubts for card in step.candidates}
        return Changes(
            added=tuple(step.new for step in self.steps if step.new and not step.old),
            updated=tuple(
                Update(step.old.id, step.new, step.why)
                for step in self.steps
                if step.old and step.new and self._differs(step.old, step.new)
            ),
            gone=tuple(step.old.id for step in self.steps if step.old and step.change is Change.GONE),
            files=tuple(replace(file, digest="") if file.path in waiting else file for file in self.reading),
            vanished=self.vanished,
            choices=self.choices,
            joined=self.joined,
            dropped=self.dropped,
            like=self.like,
        )


def plan(
    store: "Store",
    deck: Deck,
    progress: Progress | None = None,
    *,
    as_new: bool = False,
    choices: Choices | None = None,
    afresh: bool = False,
    seen: Cache | None = None,
    join: bool = False,
    readers: Readers = NO_READERS,
    only: frozenset[str] | None = None,
) -> Plan:
    """Reads what changed in the deck's notes and compares it with its cards in the store.

    `as_new` takes ambiguous cards for new ones; the old ones are kept, out of the way. `choices` stand in for those
    that the store has. `afresh` reads every file, so that all offers are known. Notes that another deck has are left
    out, with `join` taken from it; see `_taken` for those that a deck file takes.
    `readers` tell what models make of the notes. With `only`, no other note is looked at. Raises InputError.
    """
    as_of = store.last_import()  # first: what another import changes from here on makes the plan a stale one
    chosen = store.choices(deck.name)
    choices = chosen if choices is None else choices
    known = {file.path: file for file in store.note_files(deck.name)}
    elsewhere = store.files_elsewhere(deck.name)
    deck = note_paths.with_renamed(deck, known, elsewhere)
    terms = cache(lambda: known_by_note(store.texts(), os.path.exists))
    believed = {path: replace(file, reader="") for path, file in known.items()} if afresh else known
    theirs = rivals(store, deck, known, join=join)
    skip = frozenset() if join else frozenset(theirs) - taken(store, deck, theirs)
    reading = read(
        deck,
        believed,
        terms,
        progress,
        choices=choices,
        cache=seen,
        skip=skip,
        readers=readers,
        only=only,
        empty=known.keys() - store.paths(deck.name),
    )
    sides = sides_of(store, deck, reading, known, theirs, with_twins=join or as_new, all_notes=only is None)
    found = compare(sides.old, sides.others, sides.cards)
    steps, offers = strays.kept(from_other_decks(deck, found), reading.offers, choices)
    as_asked = {path for path in reading.changed if is_as_asked(known.get(path), reading.files[path])}
    steps, twinned = strays.with_twins(store, deck, strays.still_said(steps, as_asked))
    moved_choices = renaming.carried(store, deck.name, choices, steps, known, reading.files, sides.joined)
    if moved_choices != choices:
        return plan(
            store,
            deck,
            progress,
            as_new=as_new,
            choices=moved_choices,
            afresh=afresh,
            seen=seen,
            join=join,
            readers=readers,
            only=only,
        )
    settled = {step.old.id for step in steps if step.old}
    waiting = {card.card.source.path for card in sides.away if card.id not in settled}
    emptied = {card.card.source.path for card in sides.away} - waiting
    left = strays.without_moved_roots(deck, waiting, emptied, reading.files)
    came = {card.id for card in (*sides.away, *sides.here) if card.deck == deck.name} & settled
    made = Plan(
        deck=left,
        steps=along(marked(steps, choices), sides.before, known, elsewhere),
        untouched=store.count(deck.name) - sides.own(deck) - twinned - len(came),
        reading=(*reading.files.values(), *strays.to_read_again(sides.away, settled, waiting, known)),
        vanished=(*sides.vanished, *emptied),
        unread=tuple(
            s
            for s in reading.unread
            if Path(s.path) not in {*deck.notes} - {*left.notes}
            and not (s.reason == BRING_IN and s.path in theirs)
        ),
        as_of=as_of,
        offers=offers,
        choices=choices,
        chosen=chosen,
        elsewhere=reading.elsewhere(theirs),
        twins=sides.twins,
        is_new=deck.name not in store.schedulings(),
        join=join,
        joined=sides.joined,
        borderline=tuple(reading.borderline),
        judged=frozenset(reading.judged),
        only=only,
    )
    return all_as_new(made) if as_new else made


def all_as_new(plan: Plan) -> Plan:
    """The plan with what is ambiguous taken for new."""
    while plan.doubts:
        old = plan.doubts[0].old
        assert old is not None
        plan = plan.decide(old, None)
    return plan


def _without_empty_doubts(steps: Sequence[Step]) -> list[Step]:
    """A doubt without a candidate left is none: the old card is gone."""
    return [
        Step(Change.GONE, step.old, None) if step.change is Change.AMBIGUOUS and not step.candidates else step
        for step in steps
    ]


def apply(store: "Store", plan: Plan, now: datetime) -> int | None:
    """Does what a plan says, in one transaction, and remembers the deck's notes; the id of its log row, or None
    when nothing about any card changed. No deck is made where nothing comes in. Raises StalePlan when the cards changed
    since the plan was made."""
    if plan.is_empty:
        return None
    vanished = {Path(path) for path in plan.vanished}
    deck = replace(plan.deck, notes=tuple(root for root in plan.deck.notes if root not in vanished))
    counted = plan.counts() if plan.dropped else told(plan.steps, plan.counts())
    counts = {name: count for name, count in counted.items() if count}
    return store.apply(deck, plan.changes(), now, counts, plan.as_of)


def bring_in(
    store: "Store",
    made: Plan,
    now: datetime,
    progress: Progress | None = None,
    *,
    as_new: bool = False,
    readers: Readers = NO_READERS,
) -> Plan:
    """Applies a plan; when another import came in between, plans again first."""
    for _attempt in range(_TRIES):
        try:
            apply(store, made, now)
        except StalePlan:
            made = replace(
                plan(
                    store,
                    made.deck,
                    progress,
                    as_new=as_new,
                    choices=made.choices.since(made.chosen, store.choices(made.deck.name)),
                    join=made.join,
                    readers=readers,
                    only=made.only,
                ),
                dropped=made.dropped,
                like=made.like,
            )
            continue
        return made
    raise InputError(
        _("Another program keeps importing into this home. Nothing was changed; try again later.")
    )
