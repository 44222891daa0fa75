"""Codes of letters and digits in turn (A10BA02, CYP3A4, 7q31.2, NE555P), and those of the same shape in an answer.

Case, blanks and hyphens between their runs make no other code; the last part alone (3A4 of CYP3A4) is the code too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from studyllm.grading.values.value import Value, ValueKind

_TOKEN = re.compile(r"(?<![\w.^\\/-])[A-Za-z0-9]{3,20}(?:[.-][A-Za-z0-9]{1,8}){0,4}(?![\w^/=(])", re.A)
_RUN = re.compile(r"[A-Za-z]+|[0-9]+(?:\.[0-9]+)*")
_BAND = re.compile(r"(?:[0-9]{1,2}|[XY])[pq][0-9]{1,2}(?:\.[0-9]{1,3})?")
"""A place on a chromosome."""
_PLAIN = re.compile(r"[0-9.]+(?:[a-z]+|[A-Z][a-z]+)[0-9.]*|[0-9.]+[eExX][0-9.]+|[0-9]+[A-Za-z]{1,3}")
"""A number with a unit, 1e5 and 3x4 are no codes."""
_OWN = frozenset(
    (ValueKind.FORMULA, ValueKind.EQUATION, ValueKind.COMPLEXITY, ValueKind.ADDRESS, ValueKind.DATE)
)
_LEAST, _MOST = 3, 10
"""Runs of a code at least; codes of a note."""


def codes(note: str, wanted: Sequence[Value], answer: str) -> tuple[list[Value], list[Value]]:
    """The codes of a note that an answer has another or the same of, and these, each with its shape as its name."""
    taken = [(value.start, value.end) for value in wanted if value.kind in _OWN]
    own = [
        code
        for code in stated_codes(note)
        if not any(code.start < end and start < code.end for start, end in taken)
    ]
    found: list[Value] = []
    for code in own:
        for value in _read(answer, code.form):
            if not any(value.start < other.end and other.start < value.end for other in found):
                found.append(value)
    shapes = {value.name for value in found}
    return [code for code in own if code.name in shapes], found


@lru_cache(maxsize=64)
def stated_codes(text: str) -> tuple[Value, ...]:
    """The codes of a text."""
    return tuple(islice(_each(text), _MOST))


def _each(text: str) -> Iterator[Value]:
    for found in _TOKEN.finditer(text):
        runs = _RUN.findall(found[0])
        mixed = len(runs) >= _LEAST and any(run.isupper() for run in runs) and not _PLAIN.fullmatch(found[0])
        if mixed or _BAND.fullmatch(found[0]):
            yield _value(text, found.start(), found.end(), "".join(runs).lower())


def _value(text: str, start: int, end: int, form: str) -> Value:
    """A code as a value."""
    return Value(ValueKind.CODE, text[start:end], start, end, form=form, name=_shape(form))


def _shape(form: str) -> str:
    """Letters and digits without which they are: a00aa00."""
    return re.sub("[0-9]", "0", re.sub("[a-z]", "a", form))


def _read(answer: str, form: str) -> Iterator[Value]:
    """What has the shape of a code, or of its last part, which is completed."""
    runs = _RUN.findall(form)
    for first in range(max(1, len(runs) - _LEAST + 1)):
        pattern = r"[ -]?".join(_like(run) for run in runs[first:])
        matches = list(
            re.finditer(rf"(?<![A-Za-z0-9.]){pattern}(?![A-Za-z0-9]|\.[0-9])", answer, re.I | re.A)
        )
        for found in matches:
            yield _value(
                answer,
                found.start(),
                found.end(),
                "".join(runs[:first]) + re.sub("[ -]", "", found[0].lower()),
            )
        if matches:
            return


def _like(run: str) -> str:
    """A pattern of the runs of the same shape."""
    return (
        rf"[a-z]{{{len(run)}}}"
        if run.isalpha()
        else re.sub("[0-9]+", lambda part: f"[0-9]{{{len(part[0])}}}", re.escape(run))
    )
