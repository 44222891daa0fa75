"""What was chosen about a note goes where its cards go: into the file it is called now, or into another deck."""

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from studyllm.choices import Choice, Choices, note_of
from studyllm.library.steps import Step
from studyllm.text import key

if TYPE_CHECKING:
    from studyllm.store import NoteFile, Store


@dataclass(frozen=True, slots=True)
class _Way:
    """From a note of a deck to a note of the deck that is planned."""

    deck: str
    old: str
    new: str


def carried(
    store: "Store",
    deck: str,
    choices: Choices,
    steps: Sequence[Step],
    known: Mapping[str, "NoteFile"],
    files: Mapping[str, "NoteFile"],
    joined: Collection[str],
) -> Choices:
    """The choices of a deck as they are once its cards went the `steps`. All that was chosen about a note that is there
    no more goes with it into a new file; with a card that left its note, only what was chosen about that card. What
    is chosen about the new note already stays."""
    of_deck = cache(lambda name: choices if name == deck else store.choices(name))
    for way, terms in _ways(deck, steps, known, files).items():
        about = of_deck(way.deck).about(way.old).all
        whole = way.new in joined or (way.new not in known and not os.path.exists(way.old))  # noqa: PTH110
        told = [one for one in about if one.note and (whole or (one.front and key(one.front) in terms))]
        if way.old != way.new:
            told = [one for one in told if one not in choices.about(way.new).all]
        choices = _with(choices, told, note_of(way.new, files))
        if whole and way.deck == deck and way.old != way.new:
            choices = _without(choices, told, files)
    return choices


def _ways(
    deck: str, steps: Iterable[Step], known: Mapping[str, "NoteFile"], files: Mapping[str, "NoteFile"]
) -> Mapping[_Way, set[str]]:
    """The ways that cards went, with their terms, folded; and of notes without cards, whose text has another name."""
    found: dict[_Way, set[str]] = defaultdict(set)
    for step in steps:
        if not (step.old and step.new):
            continue
        way = _Way(step.old.deck, step.old.card.source.path, step.new.source.path)
        if way.deck != deck or way.old != way.new:
            found[way] |= {key(step.old.card.term), key(step.new.term)}
    named = {file.digest: path for path, file in files.items() if path not in known and file.digest}
    for path, file in known.items():
        if path not in files and (new := named.get(file.digest)):
            found.setdefault(_Way(deck, path, new), set())
    return found


def _with(choices: Choices, told: Iterable[Choice], note: str) -> Choices:
    """With what was told of another note, where nothing is said of the same in this one."""
    new = [replace(one, note=note) for one in told]
    return Choices(
        (*choices.all, *(one for one in new if not any(own.answers_as(one) for own in choices.all)))
    )


def _without(choices: Choices, told: Collection[Choice], files: Iterable[str]) -> Choices:
    """Without what was told of a note that has another name now, but for what is about another one as well."""
    there = {one for path in files for one in choices.about(path).all}
    return Choices(tuple(one for one in choices.all if one not in told or one in there))
