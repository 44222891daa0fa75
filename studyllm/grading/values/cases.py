"""Of which case a complexity is said to be: best, worst, average, space; several may have one value before them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from studyllm.grading.values.equal import same
from studyllm.grading.values.value import Pair, Value, ValueKind

_CASES = {
    "最坏": "worst", "worst": "worst", "最差": "worst", "最好": "best", "best": "best", "平均": "average",
    "average": "average", "期望": "average", "expect": "average", "一般": "average", "typical": "average",
    "空间": "space", "space": "space", "memory": "space", "内存": "space",
}  # fmt: skip
"""Words that say of which case a complexity is: that of another case contradicts nothing."""
_LABEL = re.compile("|".join(_CASES), re.I)
_AMONG = re.compile(
    r"(?:[、/&,的]|(?<!\s)\s(?!\s)|[和与及跟]|情况|时间|复杂度|\b(?:and|or|the|cases?|time)\b)*", re.I
)
"""Between the labels of one value."""


class _Placed(Protocol):
    """A text with its values."""

    every: Sequence[Value]

    def near(self, value: Value) -> tuple[str, str]:
        """The words of its clause before and after a value."""
        ...


@dataclass(frozen=True, slots=True)
class _Labels:
    """The cases of a value, and the text from the first of them up to it."""

    cases: frozenset[str]
    written: str = ""


def cases(words: Iterable[str]) -> frozenset[str]:
    """The cases that words name."""
    return frozenset(_CASES[word] for word in words if word in _CASES)


def of_another_case(note: _Placed, answer: _Placed, pairs: Sequence[Pair]) -> Iterator[Pair]:
    """Complexities that the note gives for other cases than the answer: another one for the same case, with its label,
    and an equal one for another case."""
    mine, theirs = _labelled(note), _labelled(answer)
    wanted, said = _by_case(mine), _by_case(theirs)
    for case in wanted.keys() & said.keys():
        if not same(wanted[case], said[case]):
            own = wanted[case]
            text = mine[own].written + own.text
            yield Pair(replace(own, start=own.end - len(text), text=text), said[case])
    for pair in pairs:
        if pair.note.kind is ValueKind.COMPLEXITY:
            here, there = (_of(pair.note, labels) for labels in (mine, theirs))
            if here and there and not here & there:
                yield pair


def _labelled(text: _Placed) -> dict[Value, _Labels]:
    """The complexities of a text with their cases."""
    return {value: _labels(*text.near(value)) for value in text.every if value.kind is ValueKind.COMPLEXITY}


def _labels(before: str, after: str) -> _Labels:
    """The last case before a value, and those that stand right before that one, or else the first one after it. What is
    said of the space of a case is none of the others."""
    found = list(_LABEL.finditer(before))
    if not found:
        first = _LABEL.search(after)
        return _Labels(cases([first[0].lower()] if first else []))
    begun = len(found) - 1
    while begun and _AMONG.fullmatch(before, found[begun - 1].end(), found[begun].start()):
        begun -= 1
    named = cases(one[0].lower() for one in found[begun:])
    return _Labels(named & {"space"} or named, before[found[begun].start() :])


def _by_case(labelled: Mapping[Value, _Labels]) -> dict[str, Value]:
    """The value of each case that has one and no other."""
    found: dict[str, list[Value]] = {}
    for value, labels in labelled.items():
        for case in labels.cases:
            found.setdefault(case, []).append(value)
    return {case: values[0] for case, values in found.items() if all(same(values[0], v) for v in values)}


def _of(value: Value, labelled: Mapping[Value, _Labels]) -> frozenset[str]:
    """The cases of all values that are equal to one."""
    return frozenset(case for one, its in labelled.items() if same(value, one) for case in its.cases)
