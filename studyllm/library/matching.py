"""Which card of the edited notes is which card of the store: names first, then place, then likeness of text."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from studyllm.cards import DERIVED, Card, Kind
from studyllm.text import dice, fold, key, pairs

SURE = 0.55
"""Likeness, 0-1, from which two cards of different names are one card."""
MAYBE = 0.40
"""Likeness from which a person is asked."""
MARGIN = 0.10
"""How much more alike the best candidate must be than the next one not to be asked about."""
_MARK = re.compile(r"^\s*\d+[.)、．]\s*", re.M)
_HELD = 12
"""Letters of an answer by which it is known within another."""
_SIGN = re.compile(r"[*_`\s]*(?:[:：=→|]|-{1,2}>|[-–—]{1,2}\s)")
_COMMON = 60
"""Pairs of letters that stand in more new cards than this tell nothing."""


@dataclass(frozen=True, slots=True)
class Match:
    """Pairs of (old, new) indexes, what is left on either side, and old ones that may be one of several new ones."""

    pairs: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    added: tuple[int, ...]
    doubts: tuple[tuple[int, tuple[int, ...]], ...]


def match(old: Sequence[Card], new: Sequence[Card]) -> Match:
    """Pairs the cards of two readings of the notes; each card is in one pair at the most. What is made of a card
    follows it."""
    pairing = _Pairing(old, new)
    made = tuple([n for n, card in enumerate(cards) if card.kind in DERIVED] for cards in (old, new))
    pairing.leave_out(*made)
    pairing.by(lambda card: (card.source.path, card.headings, card.kind, key(card.term)))
    pairing.by(lambda card: (card.source.path, card.section, enumerates(card), key(card.term)))
    pairing.by(lambda card: (card.section, enumerates(card), key(card.term)))
    pairing.by(lambda card: (card.source.path, enumerates(card), key(card.term)))
    pairing.by(lambda card: (enumerates(card), key(card.term)))
    # A list that became a table says the same under the same name.
    pairing.by(lambda card: (card.source.path, card.headings, key(card.term)), alone=True, alike=SURE)
    pairing.by(lambda card: (card.source.path, enumerates(card), fold(card.answer)), alone=True)
    pairing.by(lambda card: (enumerates(card), fold(card.answer)), alone=True)
    found = pairing.by_likeness()
    if not any(made):
        return found
    renamed = {_name(old[i]): _name(new[j]) for i, j in found.pairs}
    pairs, gone, added = _followed(old, new, made[0], made[1], renamed)
    return Match(
        tuple(sorted((*found.pairs, *pairs))), (*found.gone, *gone), (*found.added, *added), found.doubts
    )


def same_words(old: Sequence[Card], new: Sequence[Card]) -> tuple[tuple[int, int], ...]:
    """Pairs of (old, new) indexes of cards that ask and answer the same, letter by letter, of whatever kind: on its way
    through another program a card loses it."""
    waiting = {words(card): i for i, card in reversed(list(enumerate(old)))}
    found = ((waiting.pop(words(card), None), j) for j, card in enumerate(new))
    return tuple((i, j) for i, j in found if i is not None)


def words(card: Card) -> tuple[str, str]:
    """What a card asks and answers, folded, without marks and numbers before the items of a list."""
    return key(card.prompt or card.term), key(_MARK.sub("", card.answer))


def _name(card: Card) -> tuple[Hashable, ...]:
    return card.source.path, card.headings, key(card.term)


def _followed(
    old: Sequence[Card],
    new: Sequence[Card],
    ours: Sequence[int],
    theirs: Sequence[int],
    renamed: Mapping[Any, Any],
) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """Pairs what is made of cards by kind and by what their cards are called now; what is left on either side."""
    left = {(new[j].kind, *_name(new[j])): j for j in theirs}
    pairs, gone = [], []
    for i in ours:
        name = _name(old[i])
        j = left.pop((old[i].kind, *renamed.get(name, name)), None)
        if j is None:
            gone.append(i)
        else:
            pairs.append((i, j))
    taken = {j for _, j in pairs}
    return pairs, gone, [j for j in theirs if j not in taken]


def enumerates(card: Card) -> bool:
    """A bullet may turn into a table row, and a list into steps; a definition never turns into a list."""
    return card.kind in (Kind.LIST, Kind.SEQUENCE)


class _Pairing:
    def __init__(self, old: Sequence[Card], new: Sequence[Card]) -> None:
        self.old, self.new = old, new
        self.pairs: list[tuple[int, int]] = []
        self.left = dict.fromkeys(range(len(old)))
        self.right = dict.fromkeys(range(len(new)))
        self._letters: dict[int, frozenset[str]] = {}

    def leave_out(self, lefts: Iterable[int], rights: Iterable[int]) -> None:
        """Those are not to be paired here."""
        for i in lefts:
            del self.left[i]
        for j in rights:
            del self.right[j]

    def take(self, i: int, j: int) -> None:
        self.pairs.append((i, j))
        del self.left[i], self.right[j]

    def by(self, of: Callable[[Card], Hashable], *, alone: bool = False, alike: float = 0.0) -> None:
        """Pairs cards with the same key whose answers are so much `alike`. Of several the most alike go together; with
        `alone`, none do."""
        if not self.left or not self.right:
            return
        lefts, rights = _groups(self.left, self.old, of), _groups(self.right, self.new, of)
        for value, ours in lefts.items():
            theirs = rights.get(value, [])
            if len(ours) == len(theirs) == 1:
                if not alike or self.answers(ours[0], theirs[0]) >= alike:
                    self.take(ours[0], theirs[0])
            elif theirs and not alone:
                scored = sorted((-self.answers(i, j), i, j) for i in ours for j in theirs)
                for _, i, j in scored:
                    if i in self.left and j in self.right:
                        self.take(i, j)

    def by_likeness(self) -> Match:
        """Pairs what is left by how alike names and answers are, the most alike first; what is unclear is asked."""
        scored = sorted(self._candidates(), key=lambda s: (-s[0], s[1], s[2]))
        rivals: dict[tuple[str, int], list[tuple[float, int, int]]] = defaultdict(list)
        for candidate in scored:
            rivals["old", candidate[1]].append(candidate)
            rivals["new", candidate[2]].append(candidate)
        doubts: dict[int, list[int]] = defaultdict(list)
        for alike, i, j in scored:
            if i not in self.left or j not in self.right:
                continue
            close = any(
                alike - other < MARGIN and (a, b) != (i, j) and a in self.left and b in self.right
                for other, a, b in (*rivals["old", i], *rivals["new", j])
            )
            if alike >= SURE and not close:
                self.take(i, j)
            else:
                doubts[i].append(j)
        open_doubts = tuple(
            (i, tuple(j for j in js if j in self.right)) for i, js in doubts.items() if i in self.left
        )
        asked = tuple((i, js) for i, js in open_doubts if js)
        return Match(tuple(sorted(self.pairs)), tuple(self.left), tuple(self.right), asked)

    def _candidates(self) -> Iterable[tuple[float, int, int]]:
        """(likeness, old, new) of every pair worth a thought."""
        if not self.left or not self.right:
            return
        rights = {j: self._of_new(j) for j in self.right}
        index: dict[str, list[int]] = defaultdict(list)
        for j, letters in rights.items():
            for pair in letters:
                index[pair].append(j)
        limit = max(_COMMON, len(rights) // 20)
        for i in self.left:
            shared: Counter[int] = Counter()
            for pair in pairs(self.old[i].answer) | names(self.old[i]):
                found = index.get(pair, ())
                if len(found) <= limit:
                    shared.update(found)
            for j, common in shared.items():
                if common >= 2 or len(rights[j]) < 8:
                    alike = self.likeness(i, j)
                    if alike >= MAYBE:
                        yield alike, i, j

    def likeness(self, i: int, j: int) -> float:
        """How alike two cards of different names are, 0-1; a shared alias counts for much."""
        old, new = self.old[i], self.new[j]
        if enumerates(old) != enumerates(new) or _held(old, new):
            return 0.0
        answers = self.answers(i, j)
        if names(old) & names(new):
            return 0.5 + 0.5 * answers
        terms = SequenceMatcher(None, key(old.term), key(new.term), autojunk=False).ratio()
        return 0.7 * answers + 0.3 * terms

    def answers(self, i: int, j: int) -> float:
        """Dice's coefficient over the pairs of letters of two answers."""
        one, two = pairs(self.old[i].answer), self._of_new(j) - names(self.new[j])
        return dice(one, two)

    def _of_new(self, j: int) -> frozenset[str]:
        if j not in self._letters:
            self._letters[j] = pairs(self.new[j].answer) | names(self.new[j])
        return self._letters[j]


def _held(old: Card, new: Card) -> bool:
    """Whether the answer of a card held another one, its name at the begin of a line or with a sign before its meaning,
    behind what it said itself: the other one is no new name of it."""
    at = old.answer.find(new.term, 1)
    if at < 1 or not (old.answer[at - 1] == "\n" or _SIGN.match(old.answer, at + len(new.term))):
        return False
    told = key(new.answer)
    return len(told) >= _HELD and told[:_HELD] in key(old.answer[at:])


def _groups(
    indexes: Iterable[int], cards: Sequence[Card], of: Callable[[Card], Hashable]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for index in indexes:
        groups[of(cards[index])].append(index)
    return groups


def names(card: Card) -> frozenset[str]:
    """The folded term and aliases of a card."""
    return frozenset(key(name) for name in (card.term, *card.aliases))
