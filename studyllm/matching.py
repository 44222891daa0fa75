"""Which card of the edited notes is which card of the store: names first, then place, then likeness of text."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from studyllm.cards import Card, Kind
from studyllm.text import fold, key

LIKE = 0.45
"""Least likeness of two answers, 0-1, for them to be one card under another name."""


@dataclass(frozen=True, slots=True)
class Match:
    """Pairs of (old, new) indexes, and what is left on either side."""

    pairs: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    added: tuple[int, ...]


def match(old: Sequence[Card], new: Sequence[Card]) -> Match:
    """Pairs the cards of two readings of the notes; each card is in one pair at the most."""
    pairing = _Pairing(old, new)
    pairing.by(lambda card: (card.source.path, card.section, card.kind, key(card.term)))
    pairing.by(lambda card: (card.source.path, _family(card), key(card.term)))
    pairing.by(lambda card: (_family(card), key(card.term)), alone=True)
    pairing.by(lambda card: (card.source.path, _family(card), fold(card.answer)), alone=True)
    pairing.by(lambda card: (_family(card), fold(card.answer)), alone=True)
    pairing.by_likeness()
    return pairing.result()


def _family(card: Card) -> bool:
    """A bullet may turn into a table row, and a list into steps, and stay the same card."""
    return card.kind in (Kind.LIST, Kind.SEQUENCE)


class _Pairing:
    def __init__(self, old: Sequence[Card], new: Sequence[Card]) -> None:
        self.old, self.new = old, new
        self.pairs: list[tuple[int, int]] = []
        self.left = dict.fromkeys(range(len(old)))
        self.right = dict.fromkeys(range(len(new)))

    def take(self, i: int, j: int) -> None:
        self.pairs.append((i, j))
        del self.left[i], self.right[j]

    def by(self, of: Callable[[Card], Hashable], *, alone: bool = False) -> None:
        """Pairs cards with the same key, in their order; with `alone`, only where it is clear which is which."""
        if not self.left or not self.right:
            return
        wanted: dict[Hashable, list[int]] = defaultdict(list)
        for j in self.right:
            wanted[of(self.new[j])].append(j)
        found: dict[Hashable, list[int]] = defaultdict(list)
        for i in self.left:
            found[of(self.old[i])].append(i)
        for value, lefts in found.items():
            rights = wanted.get(value, [])
            if alone and (len(lefts) > 1 or len(rights) > 1):
                continue
            for i, j in zip(lefts, rights, strict=False):
                self.take(i, j)

    def by_likeness(self) -> None:
        """Pairs what is left by how alike names and answers are, the most alike first."""
        if not self.left or not self.right:
            return
        lefts = {i: _shingles(self.old[i]) for i in self.left}
        rights = {j: _shingles(self.new[j]) for j in self.right}
        rare = _index(rights)
        scored = []
        for i, shingles in lefts.items():
            shared: Counter[int] = Counter()
            for shingle in shingles:
                shared.update(rare.get(shingle, ()))
            for j, common in shared.items():
                if _family(self.old[i]) != _family(self.new[j]):
                    continue
                alike = 2 * common / (len(shingles) + len(rights[j]))
                if names(self.old[i]) & names(self.new[j]):
                    alike += 1
                if alike >= LIKE:
                    scored.append((alike, i, j))
        scored.sort(key=lambda s: (-s[0], s[1], s[2]))
        for _, i, j in scored:
            if i in self.left and j in self.right:
                self.take(i, j)

    def result(self) -> Match:
        return Match(tuple(sorted(self.pairs)), tuple(self.left), tuple(self.right))


def names(card: Card) -> frozenset[str]:
    """The folded term and aliases of a card."""
    return frozenset(key(name) for name in (card.term, *card.aliases))


def _shingles(card: Card) -> frozenset[str]:
    """Pairs of letters of the answer, and the names."""
    text = key(card.answer)
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) | names(card)


def _index(shingles: dict[int, frozenset[str]]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for j, parts in shingles.items():
        for part in parts:
            index[part].append(j)
    return index
