"""What a definition builds on: the terms of other cards that it uses. New cards come after those that they build on."""

import re
from collections.abc import Iterable, Sequence
from operator import add
from typing import TYPE_CHECKING

from studyllm.cards import Card
from studyllm.store import Naming, StudyCard
from studyllm.text import fold, has_wide, key

if TYPE_CHECKING:
    from studyllm.schedule import Waiting
    from studyllm.store import Store

AHEAD = 300
"""New cards that are put in order together; of more, those first come first."""
MOST = 5
"""Cards that are named as what another one builds on."""
_SHORTEST = 2
"""Letters of a name that says something."""
_ABBREVIATED, _ORDINARY = 3, 5
"""Letters up to which a Latin name is written as an abbreviation is, and as an ordinary word may be."""
_DENIED = re.compile(r"(?<!\w)non[ -]\Z")
"""What stands before a name that is denied: non-secret."""
_SMALL = frozenset(
    """a an the of to in is it and or as at by for from on with not no la le les un une de du des en et au aux y il ils
    elle je tu ce se sa son ne pas que qui ou el los las uno una del al e o der die das den dem ein eine im am zu
    und""".split()  # noqa: SIM905
)
"""Words of grammar, which stand in any text of their language."""
_BEFORE = frozenset("的是和与在对由使为及或被把将用以从即叫当有并到致起求见种个类一这那某")
"""Letters after which a Chinese word begins."""
_PLURALS = ("es", "s", "")
_ANYTHING = frozenset(
    """all both each other others any none some first second third last next direct indirect low medium high small large
    early late left right up down type types kind kinds part parts step steps stage note notes example examples use uses
    mechanism mechanisms cause causes effect effects name names function functions definition result results""".split()  # noqa: SIM905
)
"""Words that stand in any definition, whatever card is called so."""


class Names:
    """The names of some cards, to be found in a text."""

    def __init__(self, cards: Iterable[Naming]) -> None:
        self._by_start: dict[str, dict[str, int]] = {}
        self._as_written: dict[str, set[str]] = {}
        """Of short names, their letters as they are: LA is no la."""
        self._cased: dict[str, set[str]] = {}
        """The same of short words with a capital, which are ordinary words in another note: Copy is no copy."""
        self._notes: dict[int, str] = {}
        for card in cards:
            self._notes[card.id] = card.path
            for written in (card.term, *card.aliases):
                name = fold(written)
                if len(name) >= _SHORTEST and name not in _ANYTHING and written not in _SMALL:
                    self._by_start.setdefault(name[:_SHORTEST], {}).setdefault(name, card.id)
                    if len(name) <= _ABBREVIATED and name.isascii():
                        self._as_written.setdefault(name, set()).add(written.strip())
                    elif len(name) <= _ORDINARY and written.isalpha() and written != written.lower():
                        self._cased.setdefault(name, set()).add(written.strip())
        for names in self._by_start.values():  # the longest first: "self-attention" is no "attention"
            for name in sorted(names, key=len, reverse=True):
                names[name] = names.pop(name)

    def within(self, text: str, note: str = "") -> tuple[int, ...]:
        """The cards whose names a text of a note has, in the order in which they come; a name within a longer one is
        none."""
        folded, end, found = fold(text), 0, dict[int, None]()
        for at, start in enumerate(map(add, folded, folded[1:])):
            if start in self._by_start and at >= end:
                for name, card in self._by_start[start].items():
                    exactly = self._as_written.get(name)
                    if exactly is None and self._notes[card] != note:
                        exactly = self._cased.get(name)
                    here = text[at : at + len(name)] if len(text) == len(folded) else None
                    if exactly and (here not in exactly if here else not any(one in text for one in exactly)):
                        continue
                    if folded.startswith(name, at) and (after := _end(folded, at, name)):
                        found[card], end = None, after
                        break
        return tuple(found)


def _end(text: str, at: int, name: str) -> int:
    """Where a name ends that stands at a place, as words of its own and perhaps in the plural; 0 where it does not, and
    where it is denied: non secret."""
    if (_is_letter(name[0]) and at and _is_letter(text[at - 1])) or _DENIED.search(text, 0, at):
        return 0
    if (
        len(name) == _SHORTEST
        and at
        and has_wide(name)
        and _is_ideograph(text[at - 1])
        and text[at - 1] not in _BEFORE
    ):
        return 0  # 血压 in 高血压
    end = at + len(name)
    if not _is_letter(name[-1]):
        return end
    for plural in _PLURALS:
        after = end + len(plural)
        if text.startswith(plural, end) and not (after < len(text) and _is_letter(text[after])):
            return after
    return 0


def _is_ideograph(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _is_letter(letter: str) -> bool:
    """Whether a letter belongs to words that have spaces between them: Chinese ones have not."""
    return letter.isalnum() and letter < "\u2e80"


def builds_on(store: "Store", card: StudyCard) -> tuple[StudyCard, ...]:
    """The cards of the same deck whose terms or aliases a card's answer uses, at most MOST; none that asks for this one
    from the other side. Reads the whole deck: off the event loop."""
    own = Naming(card.id, card.card.term, card.card.aliases, card.card.answer, card.card.source.path)
    found = Names((own, *store.terms.used_by(card))).within(own.answer, own.path)
    others = (store.card(other) for other in found if other != card.id)
    return tuple(other for other in others if not _is_other_side(other.card, card.card))[:MOST]


def _is_other_side(one: Card, other: Card) -> bool:
    """Whether two cards are the two sides of one pair."""
    return key(one.term) == key(other.answer) or key(one.answer) == key(other.term)


def in_order(store: "Store", waiting: "Sequence[Waiting]") -> "list[Waiting]":
    """New cards in their order, but for those that others build on, which come before these."""
    by_id = {one.id: one for one in waiting}
    return [by_id[card] for card in after_what_they_use(store.names(tuple(by_id)))]


def after_what_they_use(cards: Sequence[Naming]) -> list[int]:
    """The ids of cards in their order, but for those that others use, which come before these. Two that use each other
    stay as they are; a longer circle is cut where it closes."""
    names = Names(cards)
    uses = {card.id: names.within(card.answer, card.path) for card in cards}
    placed: dict[int, None] = {}
    begun: set[int] = set()
    for first in uses:
        path = [first]
        while path:
            card = path[-1]
            begun.add(card)
            needed = (one for one in uses[card] if one not in begun and card not in uses[one])
            if (following := next(needed, None)) is not None:
                path.append(following)
            else:
                placed[path.pop()] = None
    return list(placed)
