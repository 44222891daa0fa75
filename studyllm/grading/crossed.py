"""What an answer says of one thing that the note says of another: of two points that are written alike, the beginning
of one with the end of the other."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from studyllm.text import CJK, fold, has_wide

_UNIT = re.compile(rf"[{CJK}]|[^\W_{CJK}]+")
PAIRED, _AMONG = re.compile(r"[:：=→⇒]|->|=>"), re.compile(r"\s*(?:/|\|)\s*")
"""Between the two sides of a pair, and between pairs."""
_BETWEEN = re.compile(r"\s*[;；\n]\s*|\s+[/|]\s+")
"""Between the pairs of one point."""
_FORMULA = re.compile(r"[+*^<>(){}\[\]]")
"""What is compared sign by sign."""
_REMARK, _OR = re.compile(r"\([^()]{0,40}\)"), re.compile(r"\s*[,，、]\s*(?:or\s+)?|\s+or\s+")
_TO_BE = re.compile(r"^to (?:be )?")
_OTHERWISE = re.compile(
    r"[缺无没不少非也亦比]|[强弱大小高低快慢多少优次]于|而非|同样|对方|禁止|避免|代替|替代|有时|可能|n['’]t\b"
    r"|\b(?:lacks?|lacking|less|fewer|rare(?:ly)?|hardly|without|unlike|never|no|not|cannot|also|both|too|than|instead"
    r"|but|sometimes|may|might|avoid)\b"
)
"""Words by which a part of an answer may deny a thing, limit it, add to it or compare it with another: then it need not
say of one thing what the note says of another."""
_HALF, _SHORT = 2, 2
"""Letters at least of a half of a point in Chinese (a word counts as so many), and letters of a short name."""
_BESIDE = 4
"""Units at most that a part of an answer has beside the two halves: a longer one may say something else."""
_MOST = 12
"""Points that are compared with one another, and of their units twice as many."""
Run = tuple[str, ...]
Halves = tuple[Run, tuple[Run, ...], Run, tuple[Run, ...]]
"""The beginning and the ends of a pair, and those of another."""


def crossed(point: str, points: Sequence[str], parts: Sequence[str]) -> str:
    """The part of an answer that gives what this point is about what another point says of another thing (TCP is
    connectionless); empty where the answer also says it rightly, or may only have left out what stands between."""
    if len(points) > _MOST:
        return ""
    pieces = tuple(piece for one in points for piece in _pieces(one))
    said = _said(parts, signed="=" in point)
    for piece in _pieces(point) if len(pieces) <= 2 * _MOST else ():
        for halves in _halves(piece, pieces):
            if found := _says_crossed(said, halves, point):
                return found
    return ""


def _pieces(point: str) -> tuple[str, ...]:
    """The pairs of a point that is several of them: "ser listo = clever / estar listo = ready"; else the point."""
    several = tuple(piece for piece in _BETWEEN.split(point) if piece)
    return several if 1 < len(several) <= _MOST else (point,)


def _said(parts: Sequence[str], *, signed: bool) -> list[tuple[str, Run]]:
    """The parts of an answer, and their units; one with a sign of equality only where the note's pairs have it."""
    pieces = [one for part in parts for one in _AMONG.split(part) if not _FORMULA.search(one)]
    return [(one, _units(one)) for one in pieces if signed or "=" not in one]


def _says_crossed(said: Sequence[tuple[str, Run]], halves: Halves, point: str) -> str:
    """The part that has the beginning of a pair with the end of another, where none has it with its own."""
    head, tails, other_head, other_tails = halves
    known = set(_OTHERWISE.findall(fold(point)))
    if any(
        _has(one, head, other_head) and _has(one, tail, other)
        for _part, one in said
        for tail in tails
        for other in other_tails
    ):
        return ""
    for part, one in said:
        short = len(one) <= len(head) + max(map(len, other_tails)) + _BESIDE
        own = _has(one, other_head, head) or any(_has(one, tail, other_tails[0]) for tail in tails)
        otherwise = set(_OTHERWISE.findall(part)).difference(known)
        crosses = _has(one, head, other_head) and any(_stands(one, tail) for tail in other_tails)
        if short and crosses and not (own or otherwise):
            return part
    return ""


@lru_cache(maxsize=64)
def _halves(point: str, points: tuple[str, ...]) -> tuple[Halves, ...]:
    """Of this pair and each that is written like it, what stands before and behind a sign, or what both have; the ends
    as a whole and as the several things that they are."""
    several = [_units(one) for one in points]

    def alone(run: Run) -> bool:
        return sum(_stands(one, run) for one in several) == 1

    return tuple(
        halves
        for other in points
        if other != point
        for halves in _parted(point, other)
        if alone(halves[0]) and alone(halves[3][0])
    )


def _parted(point: str, other: str) -> tuple[Halves, ...]:
    labelled = [PAIRED.split(fold(one), maxsplit=1) for one in (point, other)]
    if all(len(sides) == 2 for sides in labelled):
        (first, second), (third, fourth) = labelled
        halves = (_units(first), _ends(second), _units(third), _ends(fourth))
        formula = any("=" in one and _FORMULA.search(_REMARK.sub("", one)) for one in (point, other))
        short = max(map(len, (halves[0], *halves[1], halves[2], *halves[3]))) <= 2 * _MOST
        return (halves,) if short and not formula and _are_apart(*halves) else ()
    own, others = _units(point), _units(other)
    if max(len(own), len(others)) > 2 * _MOST or any(len(sides) == 2 for sides in labelled):
        return ()
    for at, there, size in sorted(_shared(own, others), key=lambda run: (-run[2], run[0])):
        found = tuple(
            (own[: at + more], (own[at + size :],), others[: there + more], (others[there + size :],))
            for more in range(size)
        )
        enough = all(
            map(_is_enough, (own[at : at + size], own[:at], others[:there], *found[0][1], *found[0][3]))
        )
        if enough and _are_apart(*found[0]):
            return found
    return ()


def _ends(text: str) -> tuple[Run, ...]:
    """What stands behind the sign of a pair, as a whole and, where it is several things, each of them."""
    whole, bare = _units(text), _REMARK.sub(" ", text).strip()
    if has_wide(text):  # a part of it may stand in another point, whose words are not parted by blanks
        return (whole,)
    each = [_units(_TO_BE.sub("", one)) for one in (bare, *_OR.split(bare))]
    return tuple(dict.fromkeys((whole, *(one for one in each if one))))


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


def _are_apart(head: Run, tails: tuple[Run, ...], other_head: Run, other_tails: tuple[Run, ...]) -> bool:
    """Whether neither half of one pair stands in a half of the other: A to B and B to C are steps of one way."""
    if not (head and tails[0] and other_head and other_tails[0]) or all(map(str.isdecimal, head)):
        return False
    pairs = [(head, other_head), *((one, two) for one in tails for two in other_tails)]
    pairs += [(one, other_head) for one in tails] + [(head, two) for two in other_tails]
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
