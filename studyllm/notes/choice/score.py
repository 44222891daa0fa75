"""How likely a candidate is a card that a careful student wants: a logistic sum with weights from weights.toml, and
boosted trees (trees.json) over it.

The sum looks at a candidate by itself and at the form in its file; the trees also at what the sum made of the
candidates around it: the one it is nested in, those nested in it, its rivals for the same lines.
"""

import math
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from studyllm.notes.candidates.candidate import Candidate
from studyllm.notes.choice import trees
from studyllm.notes.choice.features import ROWS, Row
from studyllm.notes.choice.near import NearCandidates

Weights = Mapping[str, Mapping[str, float]]
"""Of each form, and of "all": weight by feature, "bias" among them."""
ALL = "all"
_OTHER_GENRE, _DOUBT = 0.6, 1.0
"""From which genre on (genre.py) a file is hardly notes, and by how much the log-odds of its candidates are lowered."""


@cache
def weights() -> Mapping[str, Any]:
    """The fitted weights, and the bands."""
    loaded: Mapping[str, Any] = tomllib.loads(files(__package__).joinpath("weights.toml").read_text("utf-8"))
    return loaded


def scores(
    found: Sequence[Candidate],
    rows: Sequence[Row],
    table: Weights | None = None,
    grown: trees.Trees | None = None,
) -> list[float]:
    """The probability of each candidate."""
    if not found:
        return []
    table, grown = table or weights()["sum"], grown or trees.shipped()
    alone = [probability(table, one.form, row) for one, row in zip(found, rows, strict=True)]
    wide = [row | more for row, more in zip(rows, neighbours(found, alone), strict=True)]
    shares = grown.probabilities(wide, [one.form for one in found])
    return [_in_doubt(p) if row["genre"] >= _OTHER_GENRE else p for p, row in zip(shares, rows, strict=True)]


def _in_doubt(share: float) -> float:
    """A share in a file that reads like something else than notes: there are too few of these to learn it from."""
    return sigmoid(logit(share) - _DOUBT)


def probability(table: Weights, form: str, row: Row) -> float:
    """The logistic sum of the common weights and those of a form."""
    weight = _summed(table, form)
    total = weight["bias"] + sum([value * weight[name] for name, value in row.items() if value])
    return sigmoid(total)


class _Summed(dict[str, float]):
    """Weights by feature; one that was not learnt counts nothing."""

    def __missing__(self, name: str) -> float:
        return 0.0


def _summed(table: Weights, form: str) -> Mapping[str, float]:
    """The weights of a form, those of all forms added."""
    kept = _SUMS.setdefault(id(table), (table, {}))[1]
    if form not in kept:
        common, own = table[ALL], table.get(form, {})
        names = (*common, *own)
        kept[form] = _Summed({name: common.get(name, 0.0) + own.get(name, 0.0) for name in names})
    return kept[form]


_SUMS: dict[int, tuple[Weights, dict[str, Mapping[str, float]]]] = {}


def logit(share: float) -> float:
    """The log-odds of a share."""
    share = min(0.999, max(0.001, share))
    return math.log(share / (1 - share))


def sigmoid(odds: float) -> float:
    """The share of log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def neighbours(found: Sequence[Candidate], alone: Sequence[float]) -> list[Row]:
    """What the sum made of the candidates round each: the nearest that holds it, the best and the mean of those
    it holds, its best rival, and the mean of its form beside it and in the file."""
    all_, wide = NearCandidates(), NearCandidates()
    for i, one in enumerate(found):
        all_.add(i, one, id(one.node))
        if not one.form.startswith(ROWS):
            wide.add(i, one, id(one.node))
    holds: defaultdict[int, list[int]] = defaultdict(list)
    holder: dict[int, int] = {}
    for i, one in enumerate(found):
        nodes = (
            [one.node, *one.node.above()]
            if one.form.startswith(("line", "sentence", "lead", "table", "cloze"))
            else list(one.node.above())
        )
        for node in nodes:
            over = [
                j
                for j in wide.at(one.line, id(node))
                if j != i and found[j].line < one.line and found[j].end >= one.end
            ]
            if over:
                best = max(over, key=lambda j: alone[j])
                holder[i] = best
                holds[best].append(i)
                break
    beside: defaultdict[tuple[int, str], list[float]] = defaultdict(list)
    form: defaultdict[str, list[float]] = defaultdict(list)
    for one, share in zip(found, alone, strict=True):
        beside[id(one.node.parent), one.style].append(share)
        form[one.style].append(share)
    mean_beside = {at: sum(shares) / len(shares) for at, shares in beside.items()}
    mean_form = {style: sum(shares) / len(shares) for style, shares in form.items()}
    rows: list[Row] = []
    for i, one in enumerate(found):
        inner = [alone[j] for j in holds[i]]
        beside_it = (wide if one.form.startswith(ROWS) else all_).around(one, id(one.node))
        rivals = (
            alone[j] for j in beside_it if j != i and found[j].line <= one.end and one.line <= found[j].end
        )
        rows.append(
            {
                "s_alone": logit(alone[i]) / 3,
                "s_held": float(i in holder),
                "s_holder": logit(alone[holder[i]]) / 3 if i in holder else 0.0,
                "s_holds": min(1.0, len(inner) / 6),
                "s_best_inner": max(inner, default=0.0),
                "s_mean_inner": sum(inner) / len(inner) if inner else 0.0,
                "s_rival": max(rivals, default=0.0),
                "s_beside": mean_beside[id(one.node.parent), one.style],
                "s_form": mean_form[one.style],
            }
        )
    return rows
