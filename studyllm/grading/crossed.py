"""What an answer says of one thing that the note says of another: of two points that are written alike, the beginning
of one with the end of the other."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from studyllm.text import CJK, fold

_UNIT = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
_COLON, _AMONG = re.compile("[:：]"), re.compile(r"\s*(?:/|→|->|\|)\s*")
_FORMULA = re.compile(r"[=+*^<>(){}\[\]]")
"""What is compared sign by sign."""
_OTHERWISE = re.compile(
    r"[缺无没不少非也亦比]|[强弱大小高低快慢多少优次]于|而非|同样|对方|禁止|避免|代替|替代|有时|可能|n['’]t\b"
    r"|\b(?:lacks?|lacking|less|fewer|rare(?:ly)?|hardly|without|unlike|never|no|not|cannot|also|both|too|than|instead"
    r"|but|sometimes|may|might|avoid)\b"
)
"""Words of a part that may say the opposite of a thing, or more of it, or compare it."""
_HALF, _SHORT = 2, 2
"""Letters of Chinese that a half of a point has at least, as many as a word counts, and of a short name."""
_BESIDE = 4
"""Units of a part beside the two halves at most: what says more may say anything."""
_MOST = 12
"""Points that are compared with one another, and of their units twice as many."""
Run = tuple[str, ...]


def crossed(point: str, points: Sequence[str], parts: Sequence[str]) -> str:
    """The part of an answer that says of what this point tells of what another point tells of something else; nothing
    where the answer says it rightly anywhere, or may only leave out what stands between."""
    if len(points) > _MOST:
        return ""
    parts = [one for part in parts for one in _AMONG.split(part) if not _FORMULA.search(one)]
    said = [_units(part) for part in parts]
    for head, tail, other_head, other_tail in _halves(point, tuple(points)):
        if any(_has(one, head, other_head) and _has(one, tail, other_tail) for one in said):
            continue
        for part, one in zip(parts, said, strict=True):
            short = len(one) <= len(head) + len(other_tail) + _BESIDE
            own = _has(one, tail, other_tail) or _has(one, other_head, head)
            otherwise = set(_OTHERWISE.findall(part)).difference(_OTHERWISE.findall(fold(point)))
            if short and _has(one, head, other_head) and _stands(one, other_tail) and not (own or otherwise):
                return part
    return ""


@lru_cache(maxsize=64)
def _halves(point: str, points: tuple[str, ...]) -> tuple[tuple[Run, Run, Run, Run], ...]:
    """Of this point and each that is written like it, what stands before and behind a colon, or what both have."""
    found = [halves for other in points if other != point and (halves := _parted(point, other))]
    several = [_units(one) for one in points]
    return tuple(
        halves
        for halves in found
        if sum(_stands(one, halves[0]) for one in several)
        == sum(_stands(one, halves[3]) for one in several)
        == 1
    )


def _parted(point: str, other: str) -> tuple[Run, Run, Run, Run] | None:
    labelled = [_COLON.split(fold(one), maxsplit=1) for one in (point, other)]
    if all(len(sides) == 2 for sides in labelled):
        first, second, third, fourth = (_units(side) for sides in labelled for side in sides)
        short = max(map(len, (first, second, third, fourth))) <= 2 * _MOST
        return (first, second, third, fourth) if short and _are_apart(first, second, third, fourth) else None
    own, others = _units(point), _units(other)
    if max(len(own), len(others)) > 2 * _MOST:
        return None
    for at, there, size in sorted(_shared(own, others), key=lambda run: (-run[2], run[0])):
        halves = (own[:at], own[at + size :], others[:there], others[there + size :])
        if all(map(_is_enough, (own[at : at + size], *halves))) and _are_apart(*halves):
            return halves
    return None


def _shared(one: Run, two: Run) -> Iterator[tuple[int, int, int]]:
    """Where runs that both have begin in each, and how long they are."""
    for at in range(len(one)):
        for there in range(len(two)):
            if one[at] != two[there] or (at and there and one[at - 1] == two[there - 1]):
                continue
            size = 1
            while one[at + size : at + size + 1] == two[there + size : there + size + 1] != ():
                size += 1
            yield at, there, size


def _are_apart(head: Run, tail: Run, other_head: Run, other_tail: Run) -> bool:
    """Whether neither half of one point stands in a half of the other: A to B and B to C are steps of one way."""
    if not (head and tail and other_head and other_tail) or all(map(str.isdecimal, head)):
        return False
    pairs = ((head, other_head), (tail, other_tail), (tail, other_head), (head, other_tail))
    return not any(_stands(one, two) or _stands(two, one) for one, two in pairs)


def _is_enough(run: Run) -> bool:
    return sum(1 if len(unit) == 1 and unit >= "\u3400" else _HALF for unit in run) >= _HALF


def _has(said: Run, run: Run, other: Run) -> bool:
    """Whether a run stands in a text, or most of a Chinese one, or its end, that the other run has not."""
    if _stands(said, run):
        return True
    chinese = len(run) > _SHORT and all(len(unit) == 1 and unit >= "\u3400" for unit in run)
    short = [run[:size] for size in range(len(run) // 2 + 1, len(run))]
    short += [run[-size:] for size in range(_SHORT, len(run))]
    return chinese and any(_stands(said, one) and not _stands(other, one) for one in short)


def _stands(text: Run, run: Run) -> bool:
    return f" {' '.join(run)} " in f" {' '.join(text)} "


def _units(text: str) -> Run:
    return tuple(_UNIT.findall(fold(text)))
