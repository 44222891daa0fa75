"""Titles that only stand over what has cards of its own."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from studyllm.cards import Kind
from studyllm.notes.candidates import Candidate
from studyllm.notes.choice.customs import CUSTOMARY
from studyllm.notes.outline import ITEM
from studyllm.notes.words.labels import announces, is_glossary, is_list_title, says_too_little

_OF_LINES = ("line ", "short", "question and answer", "paragraph question", "item question", "sentence is")
"""Forms of what single lines open, or ask."""
_MANY = 9
"""Points of a list that nobody names at once."""
_SECTION = 4
"""Cards below a title from which on it is asked in its parts alone. Of such titles half were wanted by labellers, and
none by five learners who were asked everything twice."""
_LIKELY = 0.7
"""Share from which on a title is asked for as well as what stands under it: 83 of 100 such were wanted, or welcome."""


class Gathering:
    """The candidates that are to be cards, by where they stand."""

    def __init__(self, cards: Iterable[Candidate]) -> None:
        self._at: defaultdict[int, list[Candidate]] = defaultdict(list)
        self._under: defaultdict[int, list[Candidate]] = defaultdict(list)
        self._cards = sorted(cards, key=lambda card: card.line)
        for card in self._cards:
            self._at[id(card.node)].append(card)
            self._under[id(card.node.parent)].append(card)

    def only_gathers(self, one: Candidate, share: float) -> bool:
        """Whether a title only stands over terms, or lists, that have cards of their own: it is no card beside them,
        unless it is likely one. The title of a whole note never is."""
        if one.node.kind == ITEM:
            return self._is_too_long(one) or (self._opens_lines(one) and self._lines_are_cards(one))
        texts = one.form.startswith(
            (f"{one.node.kind} over text", "short line over lines", "short colon over lines")
        )
        texts &= not one.marks.get("named")
        if texts and self._lines_are_cards(one):
            return True
        if one.form.endswith("of parts") and self._is_asked_inside(one):
            return True
        if one.form.endswith("over table"):
            return sum(other.form == "table row" for other in self._at[id(one.node)]) >= 2
        if is_glossary(one.term) and one.kind is Kind.LIST and len(self._under[id(one.node)]) >= 2:
            return True
        listing = one.form.endswith(" first") and one.kind in (Kind.LIST, Kind.SEQUENCE)
        if not listing and not (" over" in one.form and "list" in one.form):
            return False
        own = self._under[id(one.node)]
        if one.form == "heading over list" and self._is_covered(one):
            return True
        lists = sum(other.form == "item over list" for other in own)
        if one.form == "heading over list" and lists >= 2 and lists == len(one.node.children):
            return True
        inside = sum(other.bold or other.form in CUSTOMARY for other in own)
        likely = share >= _LIKELY and one.node.level > 1 and not says_too_little(one.term)
        if announces(one.term) or (likely and inside < 3):
            return False
        told = sum(other.form.startswith("item") and " over" not in other.form for other in own)
        most = told >= 2 and told * 5 >= len(one.node.children) * 3 and not is_list_title(one.term)
        return inside >= 3 or most

    def _is_covered(self, one: Candidate) -> bool:
        """Whether all that stands under a title belongs to other cards: of 23 such lists four were wanted."""
        own = self._inside(one)
        written = min(one.end - one.line, one.answer.count("\n") + 1)
        asked = any(other.explicit or "question" in other.form for other in own)
        terms = len(own) >= 2 and not is_list_title(one.term)
        whole = (asked or terms) and len(_lines(own)) * 10 >= written * 8
        return whole and (asked or not all(other.prompt.startswith(one.term) for other in own))

    def _inside(self, one: Candidate) -> list[Candidate]:
        """The cards that begin below its line, under titles within it as well."""
        first, last = (
            bisect_right(self._cards, at, key=lambda card: card.line) for at in (one.line, one.end)
        )
        return [card for card in self._cards[first:last] if card is not one and card.end <= one.end]

    def _opens_lines(self, one: Candidate) -> bool:
        """Whether an item stands over lines of text of which the first is a card, as the others are."""
        first = any(other.line == one.line + 1 for other in self._at[id(one.node)])
        return first and one.form == "item over text" and not one.bold and one.end - one.line > 1

    def _is_too_long(self, one: Candidate) -> bool:
        """Whether an item stands over so much that it is asked in its parts, which most of it has cards of."""
        own = self._under[id(one.node)]
        lines = _lines(own)
        long = one.form == "item over list" and len(one.points) >= _MANY and not one.explicit
        return long and len(own) >= 2 and len(lines) * 5 >= (one.end - one.line) * 3

    def asks_each_item(self, one: Candidate) -> bool:
        """Whether a title stands over nothing but a list of which each item is a card: it is not offered either."""
        below = one.node.children
        items = len(below) > 1 and all(child.kind == ITEM and id(child) in self._at for child in below)
        return items and one.form.endswith("over list") and not one.explicit and not is_list_title(one.term)

    def _lines_are_cards(self, one: Candidate) -> bool:
        """Whether most lines under a title belong to cards that single lines open, or that their author marked; or
        nearly all of them to four cards and more: who was asked each of those is not asked for the section as well."""
        below = [
            other
            for other in (*self._at[id(one.node)], *self._under[id(one.node)])
            if one.line <= other.line <= one.end and other is not one
        ]
        opened = [other for other in below if other.explicit or other.form.startswith(_OF_LINES)]
        if len(opened) >= 2 and len(_lines(opened)) * 10 >= _written(one) * 6:
            return True
        return self._is_asked_inside(one)

    def _is_asked_inside(self, one: Candidate) -> bool:
        """Whether nearly all lines under a title belong to four cards and more, or every line to two and more, or to a
        question."""
        inner = self._inside(one)
        asked, written = len(_lines(inner)), _written(one)
        many = len(inner) >= _SECTION and asked * 10 >= written * 8
        whole = len(inner) > 1 or any("question" in card.form for card in inner)
        return many or (whole and asked >= written)


def _written(one: Candidate) -> int:
    """Lines of text under a title."""
    return min(one.end - one.line, one.answer.count("\n") + 1)


def _lines(cards: Iterable[Candidate]) -> set[int]:
    """The lines that cards stand in."""
    return {n for card in cards for n in range(card.line, card.end + 1)}
