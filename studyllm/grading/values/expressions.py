"""Expressions without an equals sign: a note or an answer that is πr², n − 1, 1/((1 − p) + p/n) and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from studyllm.grading.values.algebra import LONGEST, evaluates
from studyllm.grading.values.plain import plain
from studyllm.grading.values.value import Value, ValueKind

_SIGNS = re.compile(r"[-+*/^!·×√0-9]")
_LETTERS = re.compile(r"[A-Za-z]{3,}|\b(?:to|or|of|is|in|at|by|on|an|as|be|we|it|up|no|so)\b")
_FUNCTIONS = frozenset(("log", "sin", "cos", "tan", "exp", "sqrt"))
_PART = re.compile(r"[^，。；！？,;!?\n:：是为]+")
_MOST = 40
"""Parts of a text that are looked at."""
_AROUND = " .`$*"
_IN_EXPRESSIONS = frozenset((ValueKind.QUANTITY, ValueKind.EQUATION, ValueKind.POWER))
_UNNAMED = "z"
"""The side that is not written."""


def expressions(note: str, wanted: Sequence[Value], answer: str) -> tuple[list[Value], list[Value]]:
    """The expression that a note is, and those of an answer that may stand for it or for the right side of an equation
    of the note."""
    equations = [value for value in wanted if value.kind is ValueKind.EQUATION]
    own = [] if equations or _measured(wanted) else list(_stated(note))
    forms = [value.form for value in (*equations, *own)]
    found = [
        _value(text, start, f"{left}={formula}")
        for left, right in (form.split("=", 1) for form in forms)
        for text, start, formula in _parts(answer)
        if _letters(formula) == _letters(right)
    ]
    return own, found


def _measured(values: Sequence[Value]) -> bool:
    """Whether a note has values of another sort: numbers with units, names, growths."""
    return any(value.unit or value.kind not in _IN_EXPRESSIONS for value in values)


def _stated(note: str) -> Iterator[Value]:
    """A note that is an expression with letters."""
    for text, start, formula in _parts(note):
        if len(text) >= len(note.strip(_AROUND + "。")) and _letters(formula):
            yield _value(text, start, f"{_UNNAMED}={formula}")


def _letters(formula: str) -> frozenset[str]:
    """The letters of a formula."""
    return frozenset(re.findall(r"[A-Za-zΑ-Ωα-ω](?:_?[0-9])?", formula))


@lru_cache(maxsize=64)
def _parts(text: str) -> tuple[tuple[str, int, str], ...]:
    """The parts of a text that are expressions, where they begin, and in plain notation."""
    found = []
    for piece in islice(_PART.finditer(text), _MOST):
        part = piece[0].strip(_AROUND)
        short = 1 < len(part) <= LONGEST and not frozenset(_LETTERS.findall(part)) - _FUNCTIONS
        formula = plain(part).text.strip() if short else ""
        if _SIGNS.search(formula) and evaluates(formula):
            found.append((part, piece.start() + piece[0].index(part), formula))
    return tuple(found)


def _value(text: str, start: int, form: str) -> Value:
    """An expression as the equation that it stands for."""
    return Value(ValueKind.EQUATION, text, start, start + len(text), form=form)
