"""Equals signs that stand in an equation or a formula, and set off no term."""

import re

from studyllm.notes.words.inflected import is_inflected
from studyllm.notes.words.terms import ENDING

_BRACKETED = re.compile(r"\([^()]*\)|（[^（）]*）")
_FUNCTION = re.compile(r"(?:sin|cos|tan|log|ln|exp|lim|sqrt)(?![a-z])")
_OPERATED = re.compile(rf"[+*/^·−]|{_FUNCTION.pattern}$")
_WORD = re.compile(r"[^\W\d_]{3,}|[\u4e00-\u9fff\u3040-\u30ff]")
"""A side of an equation is computed, and has no word."""


def is_side(front: str, rest: str) -> bool:
    """Whether an equals sign stands between two sides of an equation: 1/f = 1/u + 1/v."""
    bare = _BRACKETED.sub("", front)
    computed = _OPERATED.search(bare) is not None and not _WORD.search(_FUNCTION.sub("", bare))
    return computed and not _WORD.search(_FUNCTION.sub("", rest))


def ends_in_formula(front: str, *, glued: bool) -> bool:
    """Whether the front before an equals sign is a sentence with the begin of a formula, and no name."""
    named = ENDING.sub("", _BRACKETED.sub("", front))
    return bool(
        re.search(r"[\s，,]", front) if glued else re.search(r"[,，]\s", named) and not is_inflected(named)
    )
