"""What a language model that read a note once, line after line, makes of its lines: beside the form of a candidate it
knows what is said."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from studyllm.notes.candidates import Candidate
from studyllm.notes.choice.near import NearCandidates
from studyllm.notes.choice.rivals import rivals, says_again
from studyllm.notes.choice.score import logit, sigmoid
from studyllm.notes.choice.together import levelled

_KEPT, _MADE = 0.5, 0.7
"""From which share on a card stays one, and what is offered becomes one; chosen on twelve hands, each left out."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Log-odds that the lines of a note add to a candidate that begins, and that ends there; no numbers for lines that
    were not read."""

    first: tuple[float, ...]
    last: tuple[float, ...]
    form: float
    """The weight of the log-odds by form."""

    def share(self, one: Candidate, share: float) -> float:
        """How likely a candidate is wanted, given its share by form."""
        if one.end > len(self.first):
            return share
        odds = self.form * logit(share) + self.first[one.line - 1] + self.last[one.end - 1]
        return share if math.isnan(odds) else sigmoid(odds)

    def shares(self, found: Sequence[Candidate], shares: Sequence[float]) -> list[float]:
        """How likely each is wanted; the entries of one list alike."""
        return levelled(found, [self.share(one, share) for one, share in zip(found, shares, strict=True)])

    def doubted(self, found: Sequence[Candidate], shares: Sequence[float]) -> set[int]:
        """The candidates, by number, that are no cards where nobody asked for them."""
        return {i for i, share in enumerate(self.shares(found, shares)) if share < _KEPT}


def as_read(
    found: Sequence[Candidate],
    shares: Sequence[float],
    made: Sequence[int],
    offered: Sequence[int],
    lines: Lines,
    held: Collection[int],
) -> tuple[list[int], list[int]]:
    """What is made and what is offered, by number, once the note was read: cards that are doubted are offered, and
    offers that are sure are made, where no card asks for the same. Those that are `held` stay as they are, and what an
    author marked."""
    read = lines.shares(found, shares)
    kept = [i for i in made if i in held or found[i].explicit or read[i] >= _KEPT]
    worth = {i: read[i] for i in offered if i not in held}
    near = NearCandidates()
    for i in kept:
        near.add(i, found[i])
    lifted: set[int] = set()
    for i in sorted(worth, key=lambda i: (-worth[i], i)):
        again = (rivals(found[i], found[j]) or says_again(found[i], found[j]) for j in near.around(found[i]))
        if worth[i] >= _MADE and not any(again):
            lifted.add(i)
            near.add(i, found[i])
    every = {*made, *offered}
    cards = sorted({*kept, *lifted})
    return cards, sorted(every.difference(cards))
