"""A formula that an answer gives for a quantity in the place of the note's: ν = N - k for ν = N - 1."""

import re
from collections import Counter
from collections.abc import Sequence

from studyllm.grading.values.plain import plain
from studyllm.text import CJK, fold

_SIDES = re.compile(r"([^\s=:：]{1,8})\s*[=:：]\s*(\S.{0,48})")
_WORD = re.compile(rf"[^\W\d_]{{3,}}|[{CJK}]")
_TERM = re.compile(r"[^\W\d_]|\d+(?:\.\d+)?|[-+]")


def another_formula(point: str, parts: Sequence[str]) -> str:
    """The part of an answer that gives what a point is about another formula than that, with some of its letters; empty
    where none does, or one has it rightly. The parts folded."""
    name, wanted = _sides(point)
    if not wanted:
        return ""
    letters = set(filter(str.isalpha, wanted))
    said = [
        (part, its) for part in parts for of, its in [_sides(part)] if of == name and letters & its.keys()
    ]
    return "" if any(its == wanted for _part, its in said) or not said else said[0][0]


def _sides(text: str) -> tuple[str, Counter[str]]:
    """What a text of nothing but a formula is about, and the letters, numbers and signs of that, in any order."""
    read = fold(plain(text.replace("$", " ")).text)
    found = _SIDES.fullmatch(" ".join(read.split()).strip(" 。."))
    if found is None or _WORD.search(found[2]):
        return "", Counter()
    terms = Counter(_TERM.findall(found[2]))
    return (found[1], terms) if any(map(str.isalpha, terms)) else ("", Counter())
