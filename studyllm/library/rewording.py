"""Whether a definition only changed its words or also what it says."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from studyllm.library.numbers import Number, in_figures
from studyllm.store.messages import NEGATION, NUMBER, REWRITTEN
from studyllm.text import key

_NOT = re.compile(r"不|没有|無|无法|非|未|\b(?:not|no|never|without|cannot)\b|n't\b")
_ROUNDED = 0.007
"""What a part may lose in whole percents: two thirds are 66 or 67 %."""
_NEW_SHARE = 0.5
"""From this share of new letter pairs on, a definition counts as a new one."""
_SHORT = 12
"""Letters of a definition to which a word or two may come without making it a new one."""


def changed_meaning(old: str, new: str) -> str:
    """Why a definition should be looked at again soon, in English; empty when only its wording changed."""
    was, now = in_figures(old), in_figures(new)
    before, after = was.text, now.text
    gone, come = _only(was.numbers, now.numbers), _only(now.numbers, was.numbers)
    same = key(before) == key(after) or key(old) == key(new)
    if same:
        gone, come = _plain(gone), _plain(come)  # a date may be set with other signs, and 1.5 is not 15
    if gone and come:
        return NUMBER.format(before=_shown(gone), after=_shown(come))
    if same:
        return ""
    if len(_NOT.findall(before)) % 2 != len(_NOT.findall(after)) % 2:
        return NEGATION
    other = _new_share(key(before), key(after)) >= _NEW_SHARE
    kept = len(key(after)) < _SHORT and _new_share(key(after), key(before)) <= _NEW_SHARE
    return REWRITTEN if other and not kept else ""


def _only(numbers: Sequence[Number], others: Sequence[Number]) -> list[Number]:
    """The numbers of one text that the other has not. What may be none counts only where another number stands at its
    place; a span whose two ends stand apart in the other text is there as well, and so are the ends."""
    here, there = _without(numbers, others), _without(others, numbers)
    places = {one.place for one in there}
    lone, found = _singles(here), _singles(there)
    told = {end for span in there if lone.issuperset(span.apart) for end in span.apart}
    return [
        one
        for one in here
        if (one.sure or one.place in places)
        and not (one.apart and found.issuperset(one.apart))
        and not told.issuperset(one.value)
    ]


def _without(numbers: Sequence[Number], others: Sequence[Number]) -> list[Number]:
    """The numbers that none of the others equals, each once."""
    known = {one.value for one in others}
    parts, wholes = (sorted(_values(one for one in others if one.part is part)) for part in (True, False))
    unlike = {
        one.value: one for one in sorted(numbers, key=lambda one: one.sure) if one.value not in known
    }.values()
    return [one for one in unlike if not _is_near(one, wholes if one.part else parts)]


def _is_near(number: Number, values: Sequence[float]) -> bool:
    """Whether a single number is one of some sorted values, rounded."""
    value = number.value[0]
    if len(number.value) > 1 or isinstance(value, str):
        return False
    at = bisect_left(values, value - _ROUNDED)
    return at < len(values) and values[at] <= value + _ROUNDED


def _values(numbers: Iterable[Number]) -> Iterator[float]:
    """The values of the single numbers."""
    for one in numbers:
        value = one.value[0]
        if len(one.value) == 1 and not isinstance(value, str):
            yield value


def _singles(numbers: Sequence[Number]) -> set[float | str]:
    return {one.value[0] for one in numbers if len(one.value) == 1}


def _plain(numbers: Sequence[Number]) -> list[Number]:
    return [one for one in numbers if len(one.ends) == 1 and not isinstance(one.ends[0], str)]


def _shown(numbers: Sequence[Number]) -> str:
    return ", ".join(one.shown for one in sorted(numbers, key=lambda one: one.shown)[:3])


def _new_share(before: str, after: str) -> float:
    pairs = {after[i : i + 2] for i in range(len(after) - 1)}
    known = {before[i : i + 2] for i in range(len(before) - 1)}
    return len(pairs - known) / len(pairs) if pairs else 0.0
