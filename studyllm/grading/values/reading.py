"""Reads the values that a text states: which reader goes first, and what is no value (list numbers, labels, links)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from studyllm.grading.values.chemistry import composed, formulas, orbitals
from studyllm.grading.values.commands import options, schedules
from studyllm.grading.values.dates import dates
from studyllm.grading.values.frequencies import frequencies
from studyllm.grading.values.names import addresses, identifiers, names, ratios
from studyllm.grading.values.plain import plain
from studyllm.grading.values.quantities import quantities
from studyllm.grading.values.symbols import complexities, equations, powers
from studyllm.grading.values.value import Sign, Value, ValueKind

MOST = 400
"""Values that are read from one text; what goes beyond is no answer."""

_READERS: tuple[Callable[[str], Iterator[Sign]], ...] = (
    identifiers,
    options,
    schedules,
    complexities,
    equations,
    addresses,
    frequencies,
    dates,
    orbitals,
    composed,
    formulas,
    names,
    ratios,
    powers,
)
"""In this order: what one takes, no later one reads. Numbers come last."""
_LABELS = (
    "step case thread line fig figure table chapter section part item example question point task node process option "
    "phase no number page player person user group team level stage round day week type"
).replace(" ", "|")
_NO_VALUE = re.compile(
    r"https?://[^\s\u2e80-\uffef]{1,300}|\b[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{1,20}"
    r"|(?:^|(?<=[\n；;。]))[ \t]{0,8}(?:[-*+] )?\(?[0-9]{1,2}[.)、）](?![0-9])"
    r"|(?<![A-Za-z0-9^_])\([0-9]{1,2}\)|(?:^|(?<=[\n；;。:]))\s?[一二三四五六七八九十]{1,2}[、.)]"
    r"|第[一二三四五六七八九十]{1,3}(?![届版代任一二三四五六七八九十])[点步条项个位次种类章节]?"
    rf"|\b(?:{_LABELS})s?\.? (?:[0-9]{{1,3}}|one|two|three|four|five)\b(?![.,]?[0-9%])"
    r"|(?:步骤|线程|进程|图|表|例|问题|任务|情况|方案|选项|节点|事务|用户|玩家|阶段|第)\s?[0-9]{1,3}"
    r"(?![0-9.%年亿万届版代任]|\s?[-~到至]\s?[0-9])\s?[步章节条点]?"
    r"|\b(?:first|second|third)ly\b|\b(?:one another|no one|one of|one by one|at one|two-way|one-way)\b",
    re.I | re.A | re.M,
)
_NUMBERED = re.compile(r"(?<![0-9.A-Za-z])([0-9]{1,2})[.)](?=\s[^\s0-9]|[\u4e00-\u9fff])")
_EXAMPLE = re.compile(
    r"比如|例如|譬如|好比|举例|举个例|假设|假如|设想|就像|像是|想象|如[:：]|如果|\be\.\s?g\b\.?"
    r"|\b(?:for example|for instance|such as|suppose|imagine|say|let's say|if I|if you|like(?!\s?[0-9]))\b",
    re.I | re.A,
)
_STOP = re.compile(r"[。.！!？?；;\n)）](?![0-9])")
_SUM = re.compile(
    r"[0-9]\s?[-+*/×÷]\s?[0-9(][0-9.\s+*/×÷()-]{0,40}=(?P<result>\s?[0-9.]{1,20})|(?:->|→|=>)\s?[0-9.]{1,20}"
    r"|(?<![0-9.])[0-9.]{1,20}\s?=\s?[0-9.]{1,20}\s?[-+*/×÷]\s?[0-9.]{1,20}"
    r"|[0-9]\s?\+\s?[0-9][0-9.\s+*/×÷()-]{0,40}"
)


@lru_cache(maxsize=512)
def read(text: str) -> tuple[Value, ...]:
    """Every value that a text states, in order."""
    known = plain(text)
    taken = _stretches(known.text, _without_value(known.text))
    examples = _stretches(known.text, _examples(known.text))
    found: list[Value] = []
    for reader in _READERS:
        for sign in reader(known.text):
            if len(found) < MOST and not any(taken[sign.start : sign.end]):
                _mark(taken, sign.start, sign.end)
                start, end = known.span(sign.start, sign.end)
                found.append(
                    Value(
                        sign.kind,
                        text[start:end],
                        start,
                        end,
                        sign.low,
                        sign.high,
                        form=sign.form,
                        name=sign.name,
                    )
                )
    for number, q in enumerate(quantities(known.text, taken)):
        if number == MOST:
            break
        start, end = known.span(q.start, q.end)
        example = any(examples[q.start : q.end])
        found.append(
            Value(
                ValueKind.QUANTITY, text[start:end], start, end, q.low, q.high, q.step, q.unit, q.relation, q.about,
                q.large, q.name, example=example,
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda value: value.start)[:MOST])


def _mark(marked: bytearray, start: int, end: int) -> None:
    """Mark a stretch."""
    marked[start:end] = b"\1" * (end - start)


def _stretches(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """For each letter of a text whether it lies in one of the stretches."""
    marked = bytearray(len(text))
    for start, end in spans:
        _mark(marked, start, end)
    return marked


def _without_value(text: str) -> Iterator[tuple[int, int]]:
    """Links, labels (step 2, 线程 1) and the numbers of a list, at the start of a line or in it (1. this 2. that)."""
    yield from (found.span() for found in _NO_VALUE.finditer(text))
    numbered = list(_NUMBERED.finditer(text))
    if {"1", "2"} <= {found[1] for found in numbered}:
        yield from (found.span(1) for found in numbered)


def _examples(text: str) -> Iterator[tuple[int, int]]:
    """Sums, and examples from "e.g." to the end of the sentence."""
    last = 0
    for found in _EXAMPLE.finditer(text):
        if found.start() >= last:
            stop = _STOP.search(text, found.end())
            last = stop.start() if stop else len(text)
            yield found.start(), last
    for found in _SUM.finditer(text):
        yield found.start(), found.start("result") - 1 if found["result"] else found.end()
