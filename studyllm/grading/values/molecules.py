"""How many molecules an answer says in words, where the note has a reaction: six oxygens, 十二个氧分子 for 6O₂."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from studyllm.grading.values.equal import CALLED
from studyllm.grading.values.numerals import number_at
from studyllm.grading.values.value import Value, ValueKind

_COUNT = re.compile(
    r"([0-9]{1,2}|[a-z]{3,6}|[一二两三四五六七八九十]{1,3}) ?(?:个|份|分子|mol(?:ecule)?s? of|摩尔)? ?(?:的)?\Z",
    re.I | re.A,
)
_BEFORE = 24
"""Letters before a name that are looked at for a count."""


def molecules(_note: str, wanted: Sequence[Value], answer: str) -> tuple[list[Value], list[Value]]:
    """Nothing more of the note; of an answer the substances of its reaction that are counted in words."""
    asked = {value.form: value.name for value in wanted if value.kind is ValueKind.FORMULA and value.low}
    counted = list(_counted(answer)) if len(asked) > 1 else []
    return [], [
        Value(ValueKind.FORMULA, answer[start:end], start, end, count, count, name=asked[form], form=form)
        for form, count, start, end in counted
        if form in asked
    ]


@lru_cache(maxsize=64)
def _counted(text: str) -> tuple[tuple[str, float, int, int], ...]:
    """Each substance with a count before it: its formula, how many, and where that stands."""
    return tuple(_each(text))


def _each(text: str) -> Iterator[tuple[str, float, int, int]]:
    forms, pattern = _names()
    for found in pattern.finditer(text):
        before = _COUNT.search(text[max(0, found.start() - _BEFORE) : found.start()])
        number = number_at(before[1].lower(), 0) if before else None
        if before and number and number.end == len(before[1]):
            yield (
                forms[int((found.lastgroup or "n0")[1:])],
                number.value,
                found.start() - len(before[0]),
                found.end(),
            )


@lru_cache(maxsize=1)
def _names() -> tuple[list[str], re.Pattern[str]]:
    """The formulas that have names, and a pattern with a group for each name, the longest first."""
    called = sorted(
        ((name, form) for form, names in CALLED.items() for name in names.split("|")),
        key=lambda pair: -len(pair[0]),
    )
    pattern = "|".join(f"(?P<n{number}>{name}s?)" for number, (name, _) in enumerate(called))
    return [form for _, form in called], re.compile(pattern, re.I | re.A)
