"""Equal values that are said the other way round: risen for fallen, north for south, two that changed their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Protocol

from studyllm.grading.lexical import negations
from studyllm.grading.lexical import units as words
from studyllm.grading.values.value import Pair, Value, ValueKind

_NUMBERS = frozenset((ValueKind.QUANTITY, ValueKind.DATE, ValueKind.RATIO, ValueKind.NAMED, ValueKind.CODE))
_MARK = "\x1f"
"""Stands for the value between the words before and after it."""


def _axis(one: str, two: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words of one sense, and those of the opposite one."""
    pair = (re.compile(words.replace("#", _MARK), re.I | re.A) for words in (one, two))
    return next(pair), next(pair)


_AXES = (
    _axis(
        r"增[大加长多至]|上升|升[高到至了值]|涨|提高|变[大多快]|加快|上调|调高|加息"
        r"|\b(?:ris(?:es?|en|ing)|rose|rais(?:es?|ed|ing)|increas\w*|grow\w*|grew|gain\w*|climb\w*|up(?! to))\b",
        r"减[小少慢至]|下降|降[低到至了息]|跌|缩小|变[小少慢]|放慢|下调|调低|贬值"
        r"|\b(?:fall(?:s|en|ing)?|fell|decreas\w*|drop\w*|declin\w*|shrink\w*|shrank|los(?:es?|t|ing)|reduc\w*|lower\w*"
        r"|cut(?:s|ting)?|down)\b",
    ),
    _axis(
        r"(?:[之以]?前|\bbefore) ?#|# ?(?:[之以]前|前|(?:before|ago|earlier)\b)",
        r"(?:[之以]?后|\bafter) ?#|# ?(?:[之以]后|后|(?:after|later)\b)",
    ),
    _axis(
        r"上午|早上|早晨|凌晨|# ?a\.?m\b|\bin the morning",
        r"下午|晚上|# ?p\.?m\b|\bin the (?:afternoon|evening)",
    ),
    _axis(
        r"不[超高多大][过于]|最多|至多|\bat most\b|\bno more than\b",
        r"不[低少小]于|最少|至少|\bat least\b|\bno less than\b",
    ),
    _axis(r"\bahead\b", r"\bbehind\b"),
    _axis(
        r"(?:[×*]|乘以?|\btimes|\bmultipl\w+(?: (?!divid|by)\S+){0,4} by) ?#",
        r"(?:÷|除以?|\bdivid\w+(?: (?!multipl|by)\S+){0,4} by) ?#",
    ),
    _axis(
        r"(?:(?<!增)加上?|\+|\bplus|\badd(?:s|ed|ing)?) ?#",
        r"(?:减去?|扣除?|\bminus|\bless|\bsubtract(?:s|ed|ing)?|\btak(?:es?|ing) away) ?#",
    ),
    _axis(r"北纬|°? ?\bnorth\b|# ?N\b", r"南纬|\bsouth\b|# ?S\b"),
    _axis(r"东经|\beast\b|# ?E\b", r"西经|\bwest\b|# ?W\b"),
    _axis(
        r"[较取孰]高|whichever is (?:the )?(?:high|great|larg|long)",
        r"[较取孰]低|whichever is (?:the )?(?:low|less|small|short)",
    ),
)
_OPERATOR = re.compile(r" ?[+*/·×÷=^]")
_FROM = re.compile(r"(?:\bfrom|从|由|自)\s*\Z", re.I)
_TO = re.compile(r"\s*(?:to|[升增涨提高降减跌]{0,2}[到至]|→|->|[-–—:]|down to)\s*", re.I | re.A)


class Around(Protocol):
    """A text of which the words around a value are known."""

    values: Sequence[Value]

    def near(self, value: Value) -> tuple[str, str]:
        """The words of its clause before and after it, up to the next values."""

    def between(self, one: Value, two: Value) -> str:
        """What stands between two values."""


def turned(note: Around, answer: Around, pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Pairs of equal values of which the answer says the opposite of the note."""
    numbers = [pair for pair in pairs if pair.note.kind in _NUMBERS]
    yield from (
        pair
        for pair in numbers
        if _opposite(note.near(pair.note), answer.near(pair.answer)) or _fallen(note, answer, pair)
    )
    for one, two in combinations(numbers[:_MOST], 2):
        if one.answer is two.answer:
            crossed = _backwards(note, one.note, two.note, one.answer)
        else:
            crossed = _crossed(note, answer, one, two) or _returned(note, answer, one, two)
        if crossed:
            yield from (one, two)


_MOST = 12
"""Equal values of one answer that are compared with each other."""


def _opposite(note: tuple[str, str], answer: tuple[str, str]) -> bool:
    """Whether the words around a value are of opposite senses: up and down, before and after, north and south."""
    here, there = (_MARK.join(near) for near in (note, answer))
    if negations(here) != negations(there):
        return False
    for axis in _AXES:
        sides = [tuple(bool(sense.search(text)) for sense in axis) for text in (here, there)]
        if sides in ([(True, False), (False, True)], [(False, True), (True, False)]):
            return True
    return False


def _backwards(note: Around, one: Value, two: Value, other: Value) -> bool:
    """Whether the note goes down from one number to another, and the answer gives them as a range that goes up."""
    return other.ranged and one.low > two.low and _TO.fullmatch(note.between(one, two)) is not None


def _returned(note: Around, answer: Around, one: Pair, two: Pair) -> bool:
    """Whether it goes from one number to another in the note, and back in the answer."""
    return (
        one.answer.start > two.answer.start
        and _TO.fullmatch(note.between(one.note, two.note)) is not None
        and _TO.fullmatch(answer.between(two.answer, one.answer)) is not None
    )


def _fallen(note: Around, answer: Around, pair: Pair) -> bool:
    """Whether what goes from the lower to the higher end of a range in the note goes down in the answer."""
    if not pair.note.ranged or pair.answer.ranged or not _FROM.search(note.near(pair.note)[0]):
        return False
    before = (v for v in answer.values if v.end <= pair.answer.start and v.low == pair.note.high)
    return any(_TO.fullmatch(answer.between(value, pair.answer)) for value in before)


def _crossed(note: Around, answer: Around, one: Pair, two: Pair) -> bool:
    """Whether two values of a unit changed places: the words beside the one are those beside the other in the note."""
    if one.note.unit != two.note.unit or one.note.kind is not two.note.kind:
        return False
    named = one.note.kind in (ValueKind.NAMED, ValueKind.CODE)
    if named and any(
        _in_formula(note.near(p.note)) or _in_formula(answer.near(p.answer)) for p in (one, two)
    ):
        return False
    told = {
        (side, side_two): _told(note, answer, (one, two), side, side_two)
        for side in (0, 1)
        for side_two in (0, 1)
    }
    return -2 in (told[0, 0], told[1, 1]) or (min(told.values()) < 0 and max(told.values()) <= 0)


def _in_formula(near: tuple[str, str]) -> bool:
    """Whether a value stands beside an operator: R1 in R1·R2."""
    return _OPERATOR.search(near[0][-2:]) is not None or _OPERATOR.match(near[1]) is not None


def _told(note: Around, answer: Around, pairs: tuple[Pair, Pair], side: int, side_two: int) -> int:
    """Whether the words on one side of two values in the note are those on a side of them in the answer: 1 if one is
    where it was, -2 if both changed places, -1 if one did and the other has no words, 0 if that cannot be seen."""
    mine, other = _own(*(frozenset(words(note.near(pair.note)[side])) for pair in pairs))
    here, there = _own(*(frozenset(words(answer.near(pair.answer)[side_two])) for pair in pairs))
    if mine & here or other & there:
        return 1
    moved = mine & there, other & here
    if all(moved):
        return -2
    return -1 if any(moved) and not (mine and other) else 0


def _own(one: frozenset[str], two: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Of two sets of words what each has alone."""
    return one - two, two - one
