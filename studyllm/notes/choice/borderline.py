"""Borderline candidates: their form leaves open whether they are wanted, and a reader of their words may tell.

The scores of score.py know the form of a candidate, not what it says. A reader outside this package, which has an
embedding model, gives log-odds for each `Borderline`; the note is then read again with them.
"""

import math
from collections.abc import Mapping, Sequence

from studyllm.notes.candidates import Candidate
from studyllm.notes.choice.score import logit, sigmoid

Borderline = tuple[str, str]
"""What is shown of a candidate, and how its answer begins."""
Shifts = Mapping[Borderline, float]
"""Log-odds that the words of a candidate add to its share."""
_OPEN = math.log(6)
"""Log-odds up to which a share is borderline: .14 to .86."""
_FRONT, _ANSWER = 160, 200
"""Letters that are read."""


def words_of(one: Candidate) -> Borderline:
    """What a reader is given of a candidate."""
    return (one.prompt or one.term)[:_FRONT], one.answer[:_ANSWER]


def borderline(found: Sequence[Candidate], shares: Sequence[float]) -> tuple[Borderline, ...]:
    """The words of the borderline candidates, each once."""
    some = (words_of(one) for one, share in zip(found, shares, strict=True) if _is_borderline(one, share))
    return tuple(dict.fromkeys(some))


def shifted(found: Sequence[Candidate], shares: Sequence[float], shifts: Shifts) -> list[float]:
    """The shares with what the words add; those that are clear by form, or were not read, as they are."""
    return [
        sigmoid(logit(share) + shifts.get(words_of(one), 0.0)) if _is_borderline(one, share) else share
        for one, share in zip(found, shares, strict=True)
    ]


def _is_borderline(one: Candidate, share: float) -> bool:
    return not one.explicit and abs(logit(share)) <= _OPEN
