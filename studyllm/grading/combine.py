"""How text and models add up: a calibrated score, a label, and the state of each point."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from studyllm.cards import Kind
from studyllm.grading import overlap
from studyllm.grading.features import LIST, features, form_of, sigmoid, support
from studyllm.grading.listing import items, named
from studyllm.grading.points import split_points
from studyllm.grading.signals import Signals
from studyllm.grading.verdict import (
    Label,
    PointResult,
    Question,
    State,
    Verdict,
    label_of,
    verdict,
)
from studyllm.text import fold, key

_CEILING = 0.5
"""An answer whose best point is at nought is not worth more than this, whatever is thought of the whole."""
_NEAR, _ELSEWHERE = 0.84, 0.2
"""An answer with no word of the note and nothing near it in meaning is about something else."""
_OUT_OF_ORDER = 0.45
"""The most that steps out of order are worth."""

BINS = 10
"""Equal steps of the score for which a confidence was measured."""

Weights = Mapping[str, Mapping[str, float]]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The fitted weights: a table for each degree of help."""
    loaded: Weights = tomllib.loads(files(__package__).joinpath("weights.toml").read_text("utf-8"))
    return loaded


def points_of(question: Question) -> tuple[str, ...]:
    """The points a question is graded on."""
    listed = items(question.text, question.reference) if question.kind is Kind.TERM else ()
    return (
        question.points or listed or split_points(question.reference, question.kind) or (question.reference,)
    )


def combine(question: Question, answer: str, seen: Signals, ms: float = 0.0) -> Verdict:
    """The verdict on an answer that passed the gates."""
    points, form, table = points_of(question), form_of(question), weights()[seen.degree]
    # A list is counted: see `settle`.
    raw = 0.0 if form == LIST else sigmoid(dot(table, features(question, points, answer, seen, form)))
    return settle(question, answer, seen, raw, table, ms)


def settle(
    question: Question, answer: str, seen: Signals, raw: float, table: Mapping[str, float], ms: float = 0.0
) -> Verdict:
    """The verdict on a raw score, 0..1: what is counted, what caps it, and what became of each point."""
    points, form = points_of(question), form_of(question)
    if form == LIST:
        made = counted(question, points, answer, seen)
        score = sum(made) / len(made)
    else:
        made, score = support(points, answer, seen), raw
    if question.kind is Kind.SEQUENCE and not in_order(points, answer):
        score = min(score, _OUT_OF_ORDER)
    if key(answer) == key(question.reference):
        score, made = 1.0, (1.0,) * len(points)
    score = min(score, _CEILING + max(made))
    if seen.says is None and _elsewhere(question, answer, seen):
        score = min(score, _ELSEWHERE)
    results = _states(points, made, answer, seen, label_of(score))
    return verdict(score, results, confidence=confidence(score, table), by=seen.by, ms=ms)


def counted(question: Question, points: tuple[str, ...], answer: str, seen: Signals) -> tuple[float, ...]:
    """For each item of a list, how far it was named and not contradicted, 0..1.

    A list is worth the share of its items: the words alone have a quadratic weighted kappa of .91 with the graders of
    all 354 answers of LE, without anything fitted.
    """
    shares = named(points, question.text, answer)
    if len(seen.denied) != len(points):
        return shares
    return tuple(share * (1 - sigmoid(logit)) for share, logit in zip(shares, seen.denied, strict=True))


def _elsewhere(question: Question, answer: str, seen: Signals) -> bool:
    """Whether an answer shares no word with the note, and is not near it in meaning as far as that is known."""
    near = seen.whole is not None and max(seen.whole, *seen.points, 0.0) >= _NEAR
    return not near and overlap.recall(question.reference, answer) == 0.0


def in_order(points: tuple[str, ...], answer: str) -> bool:
    """Whether the steps that an answer names come in the order of the note."""
    told, folded = [overlap.units(point) for point in points], fold(answer)
    places = []
    for number, units in enumerate(told):
        others = {unit for i, other in enumerate(told) if i != number for unit in other}
        found = [folded.find(unit) for unit in units if unit not in others and unit in folded]
        places += [min(found)] if found else []
    return places == sorted(places)


def confidence(score: float, table: Mapping[str, float]) -> float:
    """Share of the answers scored like this one, on unseen questions, whose label was right."""
    return table.get(f"sure_{min(BINS - 1, int(score * BINS))}", 0.5)


def _states(
    points: tuple[str, ...], made: tuple[float, ...], answer: str, seen: Signals, label: Label
) -> tuple[PointResult, ...]:
    """The state of each point, in keeping with the label: a correct answer makes one, a wrong one does not make all."""
    parts, best = overlap.segments(answer), max(range(len(made)), key=made.__getitem__)
    hits = [p >= 0.5 for p in made]
    if label is not Label.INCORRECT and not any(hits):
        hits[best] = True
    if label is not Label.CORRECT and all(hits) and (len(hits) > 1 or label is Label.INCORRECT):
        hits[min(range(len(made)), key=made.__getitem__)] = False
    results = []
    for number, point in enumerate(points):
        evidence = _evidence(point, number, answer, parts, seen)
        if hits[number]:
            results.append(PointResult(point, State.HIT, evidence))
        elif label is not Label.CORRECT and _contradicts(point, evidence, number, seen):
            results.append(PointResult(point, State.CONTRADICTED, evidence))
        else:
            results.append(PointResult(point, State.MISSED))
    return tuple(results)


def _evidence(point: str, number: int, answer: str, parts: tuple[str, ...], seen: Signals) -> str:
    """The segment of the answer nearest to a point."""
    if not parts:
        return answer
    shared = [overlap.recall(point, part) for part in parts]
    if max(shared) > 0:
        return parts[shared.index(max(shared))]
    if number < len(seen.where) and 0 <= seen.where[number] < len(parts):
        return parts[seen.where[number]]
    return answer if len(answer) <= 80 else parts[0]


def _contradicts(point: str, evidence: str, number: int, seen: Signals) -> bool:
    """Whether the answer speaks of this point and says otherwise."""
    if number < len(seen.denied):
        return seen.denied[number] >= 0.0
    return (
        overlap.recall(point, evidence) >= 0.4
        and (overlap.negations(point) - overlap.negations(evidence)) % 2 == 1
    )


def dot(table: Mapping[str, float], row: Mapping[str, float]) -> float:
    """Bias and weighted sum; features without a weight do not count."""
    return table["bias"] + sum(table.get(name, 0.0) * value for name, value in row.items())
