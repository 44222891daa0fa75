"""Entries of one list that are written alike are one thing to whoever reads them: all are cards, or none."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import fmean

from studyllm.notes.candidates import Candidate
from studyllm.notes.choice.score import logit, sigmoid
from studyllm.notes.outline import ITEM

_FEWEST = 3
"""Entries that are a list."""
_APART = 0.35
"""Between the likeliest and the least likely of a list; where more lies between them, something tells them apart."""
_SURE = 1e-4
"""A share is no nearer to none and to certain than that."""


def levelled(found: Sequence[Candidate], shares: Sequence[float]) -> list[float]:
    """The shares, those of the entries of one list as their mean."""
    level = list(shares)
    for run in _lists(found):
        own = [shares[i] for i in run]
        if max(own) - min(own) <= _APART:
            mean = sigmoid(fmean(logit(min(max(share, _SURE), 1 - _SURE)) for share in own))
            for i in run:
                level[i] = mean
    return level


def _lists(found: Sequence[Candidate]) -> Iterator[list[int]]:
    """The candidates, by number, that are read from items or lines right below one another in one form."""
    alike: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for i, one in enumerate(found):
        entry = one.form.startswith(("item ", "line ")) and "over" not in one.form and "list" not in one.form
        if entry and not one.explicit:
            above = one.node.parent if one.node.kind == ITEM else one.node
            alike[id(above), one.form].append(i)
    for some in alike.values():
        run: list[int] = []
        for i in sorted(some, key=lambda i: found[i].line):
            if run and found[i].line > found[run[-1]].end + 1:
                yield from [run] if len(run) >= _FEWEST else []
                run = []
            run.append(i)
        yield from [run] if len(run) >= _FEWEST else []
