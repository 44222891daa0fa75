"""A note and an answer that are one formula each, with words for its quantities, compared by what both come to
(algebra.py): (waiting + running) / running is 1 + waiting / running, 完成−提交 is not 提交−完成."""

from __future__ import annotations

import re
from itertools import takewhile

from studyllm.grading.values.algebra import equivalent
from studyllm.grading.values.formula_letters import of_answer, of_note
from studyllm.grading.values.formula_signs import OPERATION
from studyllm.grading.values.plain import plain
from studyllm.grading.values.value import Comparison, Pair, Value, ValueKind


def operations(note: str, answer: str) -> Comparison | None:
    """What became of a note that is one formula in an answer that is one; None where either is none, or has other
    quantities."""
    found = of_note(note)
    if found is None or _bare(note) == _bare(answer):
        return None  # only the brackets differ, and many leave them out: a + b / b
    readings, surely = of_answer(answer, found)
    if not surely:  # an operand that is only a part of a name is not certain enough to call the answer right
        readings = tuple(takewhile(lambda said: _equal(found.form, said) is not True, readings))
    if not readings:
        return None
    verdicts = {_equal(found.form, said) for said in readings}
    pair = Pair(_value(note, found.form), _value(answer, readings[0]))
    if True in verdicts:
        return Comparison(same=(pair,), settled=True)
    if verdicts != {False} or _leaves_open(answer, readings[0]):
        return None
    return Comparison(other=(pair,))


def _leaves_open(answer: str, reading: str) -> bool:
    """Whether an answer says several operations in words, without saying what belongs together: p over 1 minus p."""
    return not OPERATION.search(plain(answer).text) and len(OPERATION.findall(reading)) > 1


def _bare(text: str) -> str:
    """A text without its blanks and brackets."""
    return re.sub(r"[\s()（）]", "", plain(text).text).lower()


def _value(text: str, form: str) -> Value:
    return Value(ValueKind.EQUATION, text, 0, len(text), form=f"z={form}")


def _equal(one: str, two: str) -> bool | None:
    """Whether two formulas come to the same; None where one has not all letters of the other, or they differ by the
    hundred of a percentage."""
    if set(re.findall("[A-Z]", one)) != set(re.findall("[A-Z]", two)):
        return None
    same = equivalent(("z", one), ("z", two))
    if same:
        return True
    hundred = equivalent(("z", f"100*({one})"), ("z", two)) or equivalent(("z", one), ("z", f"100*({two})"))
    return None if hundred else same
