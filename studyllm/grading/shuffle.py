"""Whether an answer is the reference's words out of order, with nothing said between them. No model sees what is
stopped here: of Chinese, which says one thing in many orders, words have to be cut up, or stand one by one."""

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from operator import eq
from typing import NamedTuple

from studyllm.grading import lexical, spelling
from studyllm.text import fold, key

_UNIT = re.compile("[\u3400-\u9fff]|[^\\W_\u3400-\u9fff]+(?:['’][a-z]+)?|[^\\w\\s]")
_LATIN = re.compile("[a-z]+")
_BREAK = re.compile(r"[^\w\s'’\"“”%]")
_SIGN = re.compile(r"[^\w\s.,;:!?'\"()，。；：！？、…（）“”‘’\-—–]")
_LONGEST = 20
"""Places of one unit in the reference, and units of one piece, that are looked at."""

_CUT, _CUT_FOR_SURE = 2, 3
"""Chinese words cut up from which an answer may be a shuffle, and from which it is one."""
_LONG = 24
"""Units of a Chinese answer from which one word that is cut up will do."""
_FEW = 8
"""Words of an answer that says little more than numbers."""
_MANY = 5
"""Words that stand one by one, from which they may be a shuffle."""

_ENOUGH, _SOME = 0.4, 0.7
"""Share of the words that stand in their places where an answer has as many as the reference, and as a part of it."""

_NEVER_LAST = frozenset("但的和与或及把被而从以在于且让使对将因若则其") | frozenset(
    "a an the of and or to for with from in that which by is are at".split()  # noqa: SIM905
)
_VERB = re.compile(
    r"is|are|was|were|has|have|had|can|may|will|be|do|does|it|they|this|ist|sind|est|sont|es|son"
)
_LIST = 8
"""Words of a list without commas at most."""
_NEVER_FIRST = frozenset("的了之性化者们地得着")


@dataclass(frozen=True, slots=True)
class _Text:
    units: list[str]
    """Each Chinese character and each other word."""
    openings: set[int]
    """The units that begin an item or a clause."""
    marks: set[int]
    """The units with a mark before them."""
    breaks: set[int]
    """The units with a mark or white space before them."""
    parts: int
    """How many items and clauses there are."""


class _Piece(NamedTuple):
    """A run of units that stand together in the reference."""

    at: int
    """Where it is in the answer."""
    begin: int
    end: int
    """Where it is in the reference."""


def shuffled(reference: str, answer: str) -> bool:
    """Whether nearly all of the answer is the reference's, in short pieces of which many go backwards."""
    reference, answer = fold(reference), fold(answer)
    if set(_SIGN.findall(answer)) - set(_SIGN.findall(reference)):
        return False
    wanted, said = _text(reference), _text(answer)
    if not wanted.units or not said.units:
        return False
    size = len(said.units)
    if _of_numbers(said.units):
        return False
    if _of_words(wanted.units) and sorted(wanted.units) == sorted(filter(str.isalnum, said.units)):
        return False
    chinese = sum(len(unit) == 1 and unit >= "\u3400" for unit in said.units) * 2 > size
    parted = said.breaks if chinese else said.marks
    torn = any(
        said.units[at - 1] in _NEVER_LAST or said.units[at % size] in _NEVER_FIRST for at in {*parted, size}
    )
    if not torn and len(said.breaks) <= len(wanted.breaks) + 1 and _exchanged(wanted.units, said.units):
        return False
    pieces, strange = _pieces(wanted.units, said, chinese)
    cut = _words_cut(wanted, said, pieces) if chinese else _CUT
    apart = not chinese or _one_by_one(said, pieces)
    if not cut and not apart:
        return False
    if _backwards(reference, answer) or _anagram(reference, answer):
        return True
    if size < (6 if chinese else 4) or size < 0.4 * len(wanted.units) or strange > 0.05 * size:
        return False
    if len(pieces) < 3 or (cut < (_CUT if size < _LONG else 1) and not apart):
        return False
    return cut >= max(_CUT_FOR_SURE, len(pieces) / 5) or _disordered(wanted, said, pieces, chinese, torn)


def _of_numbers(units: list[str]) -> bool:
    """Whether half of a text and more is numbers, between Chinese or few other words: these are compared as values."""
    numbers = sum(unit[0].isdigit() for unit in units)
    if any(unit >= "\u3400" for unit in units):
        return numbers * 2 > len(units)
    words = [unit for unit in units if unit[0].isalnum()]
    named = any(not unit[0].isdigit() and unit not in _NEVER_LAST for unit in words)
    return named and numbers >= 2 and len(words) <= _FEW and numbers * 2 >= len(words)


def _of_words(units: list[str]) -> bool:
    """Whether a text is a few words side by side and no sentence, as words are that are learnt together: durch für
    gegen ohne um. They have no order, and a comma between them changes nothing."""
    bare = all(unit.isalpha() and unit not in _NEVER_LAST and not _VERB.fullmatch(unit) for unit in units)
    return bare and 2 < len(units) <= _LIST


def _disordered(wanted: _Text, said: _Text, pieces: list[_Piece], chinese: bool, torn: bool) -> bool:
    """Whether enough of the pieces lie before the piece that they follow, for how short they are."""
    parted = said.breaks if chinese else said.marks
    free = parted if len(parted) <= wanted.parts + 2 else set()
    back = sum(_turns(wanted, a, b, free) for a, b in pairwise(pieces)) / (len(pieces) - 1)
    covered = len(said.units) / len(wanted.units)
    size = sum(piece.end - piece.begin for piece in pieces)
    if torn and back >= 0.4:
        return size <= 5 * len(pieces)
    if len(pieces) < (4 if chinese or back >= 0.5 else 5):
        return False
    if len(pieces) > 5 and size <= (1.8 if chinese else 1.4) * len(pieces) and covered >= 0.6:
        return back > 0.15 or (chinese and back > 0 and size <= 1.4 * len(pieces) and covered >= 0.8)
    return back >= 0.3 and size <= (2 + 3 * back) * len(pieces)


def _words_cut(wanted: _Text, said: _Text, pieces: list[_Piece]) -> int:
    """How many Chinese words of the reference were cut up: their characters are there, and nowhere side by side."""
    together, there = set(pairwise(said.units)), set(said.units)
    ends = (piece.end for piece in pieces if piece.end < len(wanted.units) and piece.end not in wanted.marks)
    pairs = {(wanted.units[end - 1], wanted.units[end]) for end in ends}
    return sum(
        min(pair) >= "\u3400" and pair[1] in there and spelling.seen("".join(pair))
        for pair in pairs - together
    )


def _one_by_one(said: _Text, pieces: list[_Piece]) -> bool:
    """Whether many Chinese words stand alone, each between marks or spaces or in great number."""
    words = [piece for piece in pieces if said.units[piece.at] >= "\u3400"]
    short = sum(piece.end - piece.begin for piece in words) <= 2.3 * len(words)
    apart = len(said.breaks) >= 0.8 * len(pieces)
    return short and len(words) >= (_MANY if apart else 2 * _MANY)


def _anagram(reference: str, answer: str) -> bool:
    """Whether the letters are exactly the reference's, its words cut up or few letters beside their neighbours. One
    word for one is misspelt."""
    wanted, said = key(reference), key(answer)
    if _LATIN.fullmatch(answer.strip()) and _LATIN.fullmatch(reference.strip()):
        return False
    if len(said) < 8 or len(said) != len(wanted) or sorted(said) != sorted(wanted):
        return False
    if not set(_LATIN.findall(answer)) <= set(_LATIN.findall(reference)):
        return True
    together = set(pairwise(wanted))
    kept = sum(pair in together for pair in pairwise(said))
    return kept < 0.45 * len(said) and len(_BREAK.split(reference)) * 2 <= len(said)


def _backwards(reference: str, answer: str) -> bool:
    """Whether the letters are the reference's from the last to the first."""
    wanted, said = key(reference), key(answer)
    return len(said) >= 3 and said == wanted[::-1] != wanted and len(_BREAK.split(reference)) * 3 <= len(said)


def _turns(wanted: _Text, piece: _Piece, following: _Piece, free: set[int]) -> bool:
    """Whether the next piece lies before this one. To go back to the beginning of an item may be honest."""
    end, start = piece.end, following.begin
    ended = end in wanted.openings or end == len(wanted.units) or (wanted.parts > 2 and following.at in free)
    return start < end and not (start in wanted.openings and ended)


def _exchanged(wanted: list[str], said: list[str]) -> bool:
    """Whether only a few words changed places, in all of the reference or a part of it: that says something, though it
    may be wrong."""
    room = len(wanted) - len(said)
    return any(
        sum(map(eq, wanted[at:], said)) >= (_SOME if room else _ENOUGH) * len(said) for at in range(room + 1)
    )


def _text(text: str) -> _Text:
    units: list[str] = []
    openings, breaks = {0}, {0}
    parts = [part for part in _BREAK.split(text) if part.strip()]
    for part in parts:
        openings.add(len(units))
        for word in part.split():
            breaks.add(len(units))
            units += _UNIT.findall(word)
    joined = {i + 1 for i, unit in enumerate(units) if unit in {"和", "与", "及", "或", "and", "or"}}
    return _Text(units, openings | joined, openings, breaks, len(parts))


def _pieces(wanted: list[str], said: _Text, chinese: bool) -> tuple[list[_Piece], int]:
    """The answer's longest runs of the reference's units, no "of" or "the" alone, and how many are not its."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, unit in enumerate(wanted):
        places[unit].append(place)
    pieces: list[_Piece] = []
    strange = at = 0
    while at < len(said.units):
        longest, begin = 0, 0
        for place in places.get(said.units[at], ())[:_LONGEST]:
            size = 1
            while (
                size < _LONGEST
                and at + size < len(said.units)
                and place + size < len(wanted)
                and said.units[at + size] == wanted[place + size]
                and not (chinese and at + size in said.breaks)
            ):
                size += 1
            if size > longest or (size == longest and pieces and begin < pieces[-1].end <= place):
                longest, begin = size, place
        if longest > 1 or (longest and (said.units[at] >= "\u3400" or lexical.words(said.units[at]))):
            pieces.append(_Piece(at, begin, begin + longest))
        strange += not longest
        at += longest or 1
    return pieces, strange
