"""Steps in an answer: where each one stands, and which of them stand the wrong way round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from studyllm.grading import lexical
from studyllm.text import CJK, fold, key

_STEP = re.compile(
    rf"(?<=[{CJK}])\s+(?=[{CJK}])"
    r"|[。！？；;，,\n]|(?<=[.!?])\s+|\s*(?:→|->|=>|⇒|>)\s*"
    r"|(?:，|,|\s)*(?:然后|接着|之后|最后|随后|再(?!次)|\bthen\b|\bnext\b|\bafter that\b|\bfinally\b|\bafterwards\b)",
    re.I,
)
_FILLER = re.compile(r"[从由在是的而又则]|[（(][^（）()]*[）)]")
_APART = re.compile(r"[，,；;：:。→]")
_CLAUSE = re.compile(r"[，,；;：:。→！!？?\n、]")
_CHINESE = re.compile(f"[{CJK}]+")
_WRITTEN_OUT = 2
"""How many times as long as a point a clause may be that says it with more letters: 初始长度 for 初长度."""
_HALF = 2
"""Letters of the shorter of two halves that may change places."""
_BY_CHANCE = 0.04
"""By how much a likeness in another order must exceed that in the order of the points to be believed: 83 of 100 answers
with two steps swapped do, and 12 of 100 right ones (89 and 40 without it)."""
MOST = 16
"""Stretches of an answer that are looked at."""


def stretches(answer: str) -> tuple[str, ...]:
    """The stretches of an answer that may each name one step."""
    parts = [part.strip(" 、:：") for part in _STEP.split(answer)]
    return tuple(part for part in parts if any(c.isalnum() for c in part))[:MOST]


def other_way(point: str, answer: str) -> bool:
    """Whether an answer says the two halves of a Chinese point in the other order: 队尾进队头出, 从队头出从队尾进."""
    wanted = _bare(point)
    if len(wanted) < 2 * _HALF or _APART.search(point.strip()) or not re.fullmatch(f"[{CJK}]+", wanted):
        return False
    for sentence in re.split(r"[。；;\n]", answer):
        parts = [_bare(part) for part in stretches(sentence)]
        said = {*parts, *map("".join, pairwise(parts))}
        if any(wanted[at:] + wanted[:at] in said for at in range(_HALF, len(wanted) - _HALF + 1)):
            return True
    return False


def written_out(point: str, answer: str) -> bool:
    """Whether a clause of an answer has all letters of a Chinese point in their order, and others between: the longer
    form of its words. Not where one of the two denies more."""
    if len(point) < 2 * _HALF or not _CHINESE.fullmatch(point):
        return False
    return any(
        len(clause) <= _WRITTEN_OUT * len(point)
        and lexical.negations(clause) == lexical.negations(point)
        and _runs_through(point, clause)
        for clause in _CLAUSE.split(answer)
    )


def _runs_through(letters: str, text: str) -> bool:
    """Whether letters stand in a text in their order, whatever stands between."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _bare(text: str) -> str:
    """The letters of a text without those that only lead on, and without what stands in brackets."""
    return key(_FILLER.sub("", text)) if _FILLER.sub("", text).strip() else ""


def assigned(likeness: Sequence[Sequence[float]], *, steps: bool = False) -> tuple[int, ...]:
    """For each point its own stretch, from (points, stretches) likeness; -1: none is left. The best assignment, or, of
    `steps` and where that is hardly better, the best one in their order: texts about one subject are all alike, and by
    chance four in ten answers with their steps in order looked as if they had not."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]

    if not likeness or not likeness[0]:
        return (-1,) * len(likeness)
    table = np.asarray(likeness) - np.mean(likeness, axis=1, keepdims=True)
    points, parts = linear_sum_assignment(-table)
    if steps:
        in_order, worth = _in_order(table)
        best = table[points, parts].sum() if len(points) == len(table) else table.max(axis=1).sum()
        if best - worth <= _BY_CHANCE:
            return in_order
    found = dict(zip(points.tolist(), parts.tolist(), strict=True))
    return tuple(found.get(point, -1) for point in range(len(table)))


def _in_order(table: Any) -> tuple[tuple[int, ...], float]:
    """The best stretches that follow one another as the points do, from (points, stretches) likeness, and what they
    come to together; points share stretches where there are more of them."""
    import numpy as np

    points, parts = table.shape
    step = int(points <= parts)
    best = np.full((points + 1, parts + 1), -np.inf)
    best[0] = 0.0
    for point in range(points):
        for part in range(parts):
            taken = best[point, part + 1 - step] + table[point, part]
            best[point + 1, part + 1] = max(best[point + 1, part], taken)
    found, part = [], parts
    for point in range(points, 0, -1):
        while best[point, part] == best[point, part - 1]:
            part -= 1
        found.append(part - 1)
        part -= step
    return tuple(reversed(found)), float(best[points, parts])


def by_words(points: Sequence[str], answer: str) -> tuple[int, ...]:
    """For each point, the letter of the answer at which a word of its own first stands; -1 where none does."""
    units, folded = [lexical.units(point) for point in points], fold(answer)
    places = []
    for number, mine in enumerate(units):
        others = {unit for i, other in enumerate(units) if i != number for unit in other}
        found = [_place(unit, folded) for unit in mine if unit not in others and unit in folded]
        places.append(min((place for place in found if place >= 0), default=-1))
    return tuple(places)


def _place(unit: str, text: str) -> int:
    """Where a word first stands in a text, -1 where it does not: LV is no part of a valve."""
    place = text.find(unit)
    while place > 0 and unit.isascii() and text[place - 1].isascii() and text[place - 1].isalnum():
        place = text.find(unit, place + 1)
    return place


def inversions(places: Sequence[int], said: Sequence[bool]) -> tuple[tuple[int, int], ...]:
    """Pairs of steps (earlier, later by the note) that follow each other among the steps that were said, and stand the
    other way round in the answer."""
    known = [i for i, place in enumerate(places) if place >= 0 and said[i]]
    return tuple((i, j) for i, j in pairwise(known) if places[i] > places[j])


def misplaced(
    points: Sequence[str], answer: str, where: Sequence[int], there: Sequence[bool], said: Sequence[bool]
) -> tuple[tuple[int, int], ...]:
    """The inversions of an answer: of steps that stand `there` word for word by where they stand, of the others by the
    stretch that each is nearest to (`where`), if that is known of all."""
    words = by_words(points, answer)
    if len(where) != len(points) or all(there):
        return inversions(words, said)
    word_for_word = inversions(words, list(map(all, zip(there, said, strict=True))))
    by_meaning = {pair for pair in inversions(where, said) if not all(there[i] for i in pair)}
    return tuple(sorted({*word_for_word, *by_meaning}))
