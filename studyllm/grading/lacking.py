"""Things of a list that an answer leaves out: it names most others, and of these nothing stands there."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from studyllm.grading.counted import LABEL, things_of
from studyllm.grading.lexical import soft_recall, units, words
from studyllm.grading.listing import segments, stated
from studyllm.text import CJK, key, language

_OTHERS = 2
"""Things that have to be named: who says one of them in its own words may say the next in others."""
_SHORT = {"zh": 12, "en": 44}
"""Letters of a thing; of what is longer something always stands elsewhere."""
_NAMES = 3
"""Things of a list that may be named one after the other."""
_BEGUN = 4
"""Letters that an abbreviation shares with its word: carbs, carbohydrates."""
_HAN = re.compile(f"[{CJK}]")
_BRACKETS = re.compile("[（）()]")
_REMARK = re.compile(r"[（(][^（()）]*[)）]")
_LATIN = re.compile(r"[A-Za-z]{3,}")
_CLAUSES = re.compile(r"[,;，；。]\s*(?:and\s+)?|\s+(?:and|&|\+)\s+")
_PIECES = re.compile(r"[,;，；、。\n+&]|\.\s|(?<!\s)\s+(?:and|[-–—])\s")
_DENSE = re.compile(r"→|[-=]>|/|[↑↓]")
"""Signs by which an answer says more than it has words."""
_FEW = {"zh": 4, "en": 3}
"""Letters or words of a piece that says one thing and no more."""
_CAPITALS = re.compile(r"\b[A-Z](?:[a-z]?[A-Z])+\b")


@dataclass(frozen=True, slots=True)
class Lacking:
    """What of the things of a card stands nowhere in an answer."""

    points: tuple[bool, ...]
    """For each point whether it is lacking."""
    parts: tuple[bool, ...]
    """For each point whether one of several things in it is."""
    surely: int = 0
    """So many of them at least are left out, whatever else the answer says: there is nothing left in it for them."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing of a list."""

    point: int
    text: str
    named: bool
    unheard: bool
    """Not even a part that is its own stands in the answer."""
    listed: bool
    """At least half of the things of its list are named."""


class _Rest:
    """What an answer has beside the things that it names."""

    def __init__(self, text: str, names: Collection[str]) -> None:
        self.text = text
        self._letters = frozenset(text)
        self._capitals = [short for short in _CAPITALS.findall(text) if key(short) not in names]
        self._begun = {word[:_BEGUN] for word in words(text) if len(word) >= _BEGUN}

    def may_be(self, thing: str) -> bool:
        """Whether something in it may be a thing in short or misspelt, and not the name of another one."""
        if _HAN.search(thing):
            return 2 * sum(letter in self._letters for letter in key(thing)) >= len(key(thing))
        if soft_recall(thing, self.text) or any(_initials(thing, short) for short in self._capitals):
            return True
        return not self._begun.isdisjoint(word[:_BEGUN] for word in words(thing))


def lacking(points: Sequence[str], answer: str) -> Lacking:
    """What is lacking of a list where at least half of its short things stand in the answer word for word.

    What an answer has in another script, or as an abbreviation, may stand for a thing; each of its pieces that name
    none for one thing only."""
    things = _things(points, answer)
    named = [thing.text for thing in things if thing.named]
    if len(named) < _OTHERS:
        return Lacking((False,) * len(points), (False,) * len(points))
    besides = _without(named)
    rest = _Rest(besides(answer), frozenset(key(thing.text) for thing in things))
    gone = [thing for thing in things if thing.unheard and not rest.may_be(thing.text)]
    absent = [thing for thing in gone if thing.listed]
    lost = set() if _foreign(rest.text, absent) else {thing.point for thing in absent}
    several = {at for at, number in Counter(thing.point for thing in things).items() if number > 1}
    # What stands in brackets, or in a sentence, is asked for only where some of it is named.
    asked = sum(thing.listed or thing.point not in several for thing in things)
    none = sum(thing.listed or thing.point not in several for thing in gone)
    free = sum(key(piece) == key(besides(piece)) for piece in segments(answer))
    return Lacking(
        tuple(at in lost and at not in several for at in range(len(points))),
        tuple(at in lost and at in several for at in range(len(points))),
        max(0, none - free) if 2 * len(named) >= asked else 0,
    )


def says_too_little(points: Sequence[str], answer: str) -> bool:
    """Whether an answer is a few bare words, with fewer pieces than the points have clauses, and more clauses of which
    nothing stands in it than pieces that stand for none: one of them at least was not said."""
    pieces = [piece for piece in _PIECES.split(answer) if key(piece)]
    if len(pieces) < 2 or _DENSE.search(answer) or not all(map(_is_bare, pieces)):
        return False
    clauses = [part for one in points for part in _CLAUSES.split(_REMARK.sub("", one)) if key(part)]
    rest, letters = _Rest(answer, frozenset()), set(_HAN.findall(answer))
    unheard = [one for one in clauses if not (rest.may_be(one) or letters & set(_HAN.findall(one)))]
    same_script = all(bool(_HAN.search(one)) is bool(letters) for one in unheard)
    free = max(0, len(pieces) - (len(clauses) - len(unheard)))
    return same_script and len(pieces) < len(clauses) and len(unheard) > free


def _is_bare(piece: str) -> bool:
    return len(key(piece)) <= _FEW["zh"] if _HAN.search(piece) else len(piece.split()) <= _FEW["en"]


def _things(points: Sequence[str], answer: str) -> list[_Thing]:
    """The short things that points name, and what of each stands in the answer."""
    found = [
        (at, one)
        for at, point in enumerate(unlabelled(points))
        for one in things_of(point)
        if len(key(one)) <= _SHORT["zh" if language(one) == "zh" else "en"]
    ]
    texts = tuple(text for _at, text in found)
    said, ending = frozenset(units(answer)), _ending(texts)
    named = [
        one or _stands(text, ending, answer) for one, text in zip(stated(texts, answer), texts, strict=True)
    ]
    lists = _lists(points, [at for at, _text in found])
    of, named_of = Counter(lists), Counter(its for its, one in zip(lists, named, strict=True) if one)
    return [
        _Thing(at, text, one, not one and not own & said, 2 * named_of[its] >= of[its])
        for (at, text), one, own, its in zip(found, named, _own(texts), lists, strict=True)
    ]


def names_things(points: Sequence[str], answer: str) -> bool:
    """Whether an answer is names and no more: each of its pieces is a thing of a list, or a part of one or of the label
    before them, and there are not more pieces than that makes."""
    things = [key(thing) for point in unlabelled(points) for thing in things_of(point)]
    labels = [key(found[0]) for found in map(LABEL.match, points) if found]
    if len(things) < _NAMES or any(len(thing) > _SHORT["zh"] for thing in things):
        return False
    pieces = [key(piece) for piece in segments(answer)]
    return len(pieces) <= len(things) + len(labels) and all(
        any(piece in whole for whole in (*things, *labels)) for piece in pieces
    )


def unlabelled(points: Sequence[str]) -> tuple[str, ...]:
    """Points without the labels that several of them share, as the cells of a row in several points do."""
    labels = _labels(points)
    often = Counter(labels)
    return tuple(
        point[len(label) :] if label and often[label] > 1 else point
        for point, label in zip(points, labels, strict=True)
    )


def _labels(points: Sequence[str]) -> list[str]:
    """The label before each point; empty where there is none."""
    return [found[0] if (found := LABEL.match(point)) else "" for point in points]


def _lists(points: Sequence[str], at: Sequence[int]) -> list[str | int]:
    """The list that each thing is of, given the number of its point: a cell of a row, which may be several points, a
    point with several things, or else all the points that are one."""
    labels, several = _labels(points), Counter(at)
    often = Counter(labels)
    return [labels[n] if labels[n] and often[labels[n]] > 1 else n if several[n] > 1 else -1 for n in at]


def _own(things: Sequence[str]) -> list[frozenset[str]]:
    """The words, or pairs of Chinese letters, of each thing that only it has, or few others."""
    parts = [frozenset(units(thing)) for thing in things]
    often = Counter(part for some in parts for part in some)
    shared = {part for part, number in often.items() if number >= max(_OTHERS, len(things) / 4)}
    return [some - shared or some for some in parts]


def _ending(things: Sequence[str]) -> str:
    """The last Chinese letters that half of the things share and more, three at the most: 山脉, 高原."""
    keys = list(map(key, things))
    found = Counter(
        one[-size:] for one in keys for size in (1, 2, 3) if len(one) > size and _HAN.match(one[-size:])
    )
    return max(
        (end for end, number in found.items() if number * 2 >= len(keys) > _OTHERS), key=len, default=""
    )


def _stands(thing: str, ending: str, answer: str) -> bool:
    """Whether a Chinese thing stands in an answer: with a 和 in it, which parts items elsewhere, without the letters
    that most of them end in, or as what stands before or in its brackets."""
    if not _HAN.search(thing):
        return False
    whole, said = key(thing), key(answer)
    names = {whole.removesuffix(ending), *map(key, _BRACKETS.split(thing))} - {whole}
    return (len(whole) > _OTHERS and whole in said) or any(
        len(name) >= _OTHERS and name in said for name in names
    )


def _foreign(rest: str, absent: Sequence[_Thing]) -> bool:
    """Whether the rest of an answer is in another script than a thing that is absent."""
    return any(bool((_LATIN if _HAN.search(thing.text) else _HAN).search(rest)) for thing in absent)


def _without(named: Sequence[str]) -> Callable[[str], str]:
    """What leaves of a text what is none of those things, as they stand in it word for word."""
    longest_first = sorted(named, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if named else None
    return lambda text: pattern.sub(" ", text) if pattern else text


def _initials(thing: str, short: str) -> bool:
    """Whether some of the letters of a thing, the first among them, are an abbreviation."""
    letters = iter(key(thing))
    return all(letter in letters for letter in short.lower()) and key(thing)[:1] == short[:1].lower()
