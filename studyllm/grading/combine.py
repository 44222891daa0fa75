"""How text and models add up: features of an answer, a calibrated score, and the state of each point."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from studyllm.cards import Kind
from studyllm.grading import overlap
from studyllm.grading.points import split_points
from studyllm.grading.signals import Signals
from studyllm.grading.verdict import (
    CORRECT_FROM,
    PARTIAL_FROM,
    Label,
    PointResult,
    Question,
    State,
    Verdict,
    band_of,
    label_of,
    verdict,
)
from studyllm.text import fold, key, language

_CEILING = 0.5
"""An answer whose best point is at nought is not worth more than this, whatever is thought of the whole."""
_NEAR, _ELSEWHERE = 0.84, 0.25
"""An answer with no word of the note and nothing near it in meaning is about something else, whatever the judge says:
so are 23 wrong and 3 right ones of the 510 that bench/fit_grader.py asked the judge about, none of ours right."""
_NAMED, _COUNTED, _OUT_OF_ORDER = 0.97, 0.6, 0.6
"""Lists, tables and sequences: what an item named in full counts, the share of the score that is counted items, and
the most that steps out of order are worth (partial). Chosen, not fitted: no data set has such questions with points."""

_BY_FORM = frozenset(
    {"own_recall", "soft_recall", "recall", "agreed_recall", "judge", "judged", "cosine", "support"}
)
_ASKING = re.compile(
    r"什么(?:是|叫)|是什么|是指什么|的?(?:定义|概念|含义|意思)|解释|简述|[?？]"
    r"|\b(?:what (?:is|are)|define|explain|describe|an?|the|meaning of|definition of|does|mean)\b",
    re.I,
)
_TERM_LETTERS = {"zh": 14, "en": 26}
"""A question of no more letters than this names a term; "批归一化层的作用" has eight."""

_WORDY = math.log(3)
"""An answer three times as long as the note gains nothing by going on."""

_UNSAID = 0.86
"""A point that shares no word with the answer and is less alike than this was not made."""
_BEHIND, _WORDED = 0.04, 0.4
"""Nor was one that is so much less alike than the best point, unless this share of its words is there.

Both stand whatever is thought of the whole. On the 258 answers of bench/glossary_answers.jsonl with 1.5B, halves
called correct fall from 55 % to 9 % and reversed ones from 15 % to 8 %, right ones from 91 % to 78 % (95 % stay at
least partial), and three-way accuracy rises from .69 to .76; half answers are shown .49 of their points as made."""
_SPOKEN = 0.94
"""A point as near as this was spoken of; what was said of it, the label of the whole has judged."""
_WITH_GAPS, _MOSTLY_GAPS = 0.60, 0.45
"""The most an answer is worth that leaves out a point, or more than three in five."""

Weights = Mapping[str, Mapping[str, float]]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The fitted weights: a table for each degree of help, and `point-…` for its points."""
    loaded: Weights = tomllib.loads(files(__package__).joinpath("weights.toml").read_text("utf-8"))
    return loaded


def points_of(question: Question) -> tuple[str, ...]:
    """The points a question is graded on."""
    return question.points or split_points(question.reference, question.kind) or (question.reference,)


def language_of(question: Question) -> str:
    """The language a question is answered and explained in."""
    return question.lang if question.lang in ("zh", "en") else language(question.reference + question.text)


def features(question: Question, points: tuple[str, ...], answer: str, seen: Signals) -> dict[str, float]:
    """Numbers about the whole answer; those of absent models are left out."""
    asked = frozenset(overlap.units(f"{question.text} {question.term} {' '.join(question.aliases)}"))
    said, wanted = frozenset(overlap.units(answer)), frozenset(overlap.units(question.reference))
    zh = language_of(question) == "zh"
    found = {
        "recall": overlap.recall(question.reference, answer),
        "own_recall": overlap.recall(question.reference, answer, asked),
        "soft_recall": overlap.soft_recall(question.reference, answer, overlap.words(question.text)),
        "precision": len(said & wanted) / len(said) if said else 0.0,
        "only_asked": len(said & (asked - wanted)) / len(said) if said else 0.0,
        "length": min(_WORDY, math.log((len(key(answer)) + 1) / (len(key(question.reference)) + 1))),
        "strange_number": float(
            bool(overlap.numbers(answer) - overlap.numbers(question.reference + question.text))
            and bool(overlap.numbers(question.reference))
        ),
        "turned": float((overlap.negations(answer) - overlap.negations(question.reference)) % 2),
        "zh": float(zh),
    }
    if seen.whole is not None:
        found |= {
            "cosine": 10 * (seen.whole - 0.85),
            "beyond_question": 10 * (seen.whole - seen.asked),
            "point_cosine": 10 * (sum(seen.points) / len(seen.points) - 0.85) if seen.points else 0.0,
        }
    if seen.judge is not None:
        found["judge"] = _bounded(seen.judge)
        found["judged"] = (
            sum(map(_bounded, seen.judged)) / len(seen.judged) if seen.judged else _bounded(seen.judge)
        )
        # Words in common mean something when the points are agreed with, and nothing when they are reversed.
        found["agreed_recall"] = found["own_recall"] * _sigmoid(4 * (found["judged"] - 1))
    for name in ("judge", "cosine"):
        if name in found:
            found[f"{name}_zh"] = found[name] * zh
    defines = asks_for_definition(question)
    found["support"] = _mean(support(points, answer, seen, defines=defines))
    return by_form(found, _BY_FORM, defines) | {"defines": float(defines)}


def asks_for_definition(question: Question) -> bool:
    """Whether the question is little more than a term.

    Definitions are given in the learner's own words: right ones share few words with the note, reversed ones many.
    Answers to longer questions are right or wrong by the words they share; both cannot have the same weights.
    """
    return (
        bool(question.term)
        or len(key(_ASKING.sub(" ", question.text))) <= _TERM_LETTERS[language_of(question)]
    )


def by_form(row: dict[str, float], names: frozenset[str], defines: bool) -> dict[str, float]:
    """Features under one of two names, so that definitions and open questions have weights of their own."""
    ending, other = ("_term", "_open") if defines else ("_open", "_term")
    return {name: v for name, v in row.items() if name not in names} | {
        f"{name}{end}": (v if end == ending else 0.0)
        for name, v in row.items()
        if name in names
        for end in (ending, other)
    }


def point_features(
    points: tuple[str, ...], answer: str, seen: Signals, *, defines: bool
) -> list[dict[str, float]]:
    """Numbers about each point."""
    rows = []
    for number, point in enumerate(points):
        row = {"recall": overlap.recall(point, answer), "soft_recall": overlap.soft_recall(point, answer)}
        if len(seen.points) == len(points):
            row["cosine"] = 10 * (seen.points[number] - 0.85)
        if seen.judge is not None:
            row["judge"] = _bounded(seen.judge)
            row["judged"] = _bounded(seen.judged[number] if len(seen.judged) == len(points) else seen.judge)
        rows.append(by_form(row, _BY_FORM, defines) | {"defines": float(defines)})
    return rows


def support(points: tuple[str, ...], answer: str, seen: Signals, *, defines: bool) -> tuple[float, ...]:
    """For each point, the probability that the answer makes it."""
    table = weights()[f"point-{seen.degree}"]
    rows = point_features(points, answer, seen, defines=defines)
    return tuple(_sigmoid(_dot(table, row)) for row in rows)


def combine(question: Question, answer: str, seen: Signals, ms: float = 0.0) -> Verdict:
    """The verdict on an answer that passed the gates."""
    points = points_of(question)
    table = weights()[seen.degree]
    made = support(points, answer, seen, defines=asks_for_definition(question))
    raw = _sigmoid(_dot(table, features(question, points, answer, seen)))
    score = in_bands(raw, table, asks_for_definition(question))
    if question.kind is not Kind.TERM:
        made = tuple(
            max(p, _NAMED) if said_whole(point, answer) else p for p, point in zip(made, points, strict=True)
        )
        score = (1 - _COUNTED) * score + _COUNTED * _mean(made)
        if question.kind is Kind.SEQUENCE and not in_order(points, answer):
            score = min(score, _OUT_OF_ORDER)
    if key(answer) == key(question.reference):
        score, made = 1.0, (1.0,) * len(points)
    score = min(score, _CEILING + max(made, default=0.0))
    shares = overlap.recall(question.reference, answer) > 0.0
    near = seen.whole is not None and max(seen.whole, *seen.points, 0.0) >= _NEAR
    if not shares and not near:
        score = min(score, _ELSEWHERE)
    if len(points) > 1 and question.kind is Kind.TERM:
        gaps = unsaid(points, answer, seen)
        made = tuple(0.0 if gap else p for gap, p in zip(gaps, made, strict=True))
        if any(gaps):
            score = min(score, _WITH_GAPS if sum(gaps) <= 0.6 * len(gaps) else _MOSTLY_GAPS)
    results = _states(points, made, answer, seen, label_of(score))
    return verdict(score, results, confidence=confidence(score, table.get("sigma", 0.3)), by=seen.by, ms=ms)


def unsaid(points: tuple[str, ...], answer: str, seen: Signals) -> tuple[bool, ...]:
    """For each point, whether nothing in the answer speaks of it, in word or meaning; unknown without embeddings."""
    if len(seen.points) != len(points):
        return (False,) * len(points)
    best, gaps = max(seen.points), []
    for point, alike in zip(points, seen.points, strict=True):
        words = overlap.recall(point, answer)
        gaps.append((alike < _UNSAID and words == 0.0) or (alike < best - _BEHIND and words < _WORDED))
    return tuple(gaps)


def in_bands(raw: float, table: Mapping[str, float], defines: bool) -> float:
    """A raw score moved, in three straight lines, so that the labels' fitted edges fall on the bands' own."""
    form = "term" if defines else "open"
    edges = (
        (0.0, 0.0),
        (table.get(f"partial_from_{form}", PARTIAL_FROM), PARTIAL_FROM),
        (table.get(f"correct_from_{form}", CORRECT_FROM), CORRECT_FROM),
        (1.0, 1.0),
    )
    for (low, at), (high, to) in pairwise(edges):
        if raw <= high:
            return at + (to - at) * (raw - low) / (high - low)
    return 1.0


def said_whole(point: str, answer: str) -> bool:
    """Whether every word of an item is in the answer."""
    return overlap.recall(point, answer) >= 1.0


def in_order(points: tuple[str, ...], answer: str) -> bool:
    """Whether the steps that an answer names come in the order of the note."""
    told, folded = [overlap.units(point) for point in points], fold(answer)
    places = []
    for number, units in enumerate(told):
        others = {unit for i, other in enumerate(told) if i != number for unit in other}
        found = [folded.find(unit) for unit in units if unit not in others and unit in folded]
        places += [min(found)] if found else []
    return places == sorted(places)


def confidence(score: float, sigma: float) -> float:
    """Probability that the label is right, if true scores spread around this one by `sigma` (from cross-validation)."""
    low, high = band_of(label_of(score))

    def below(edge: float) -> float:
        return 0.5 * (1 + math.erf((edge - score) / (sigma * math.sqrt(2))))

    return (1.0 if high >= 1.0 else below(high)) - (0.0 if low <= 0.0 else below(low))


def _states(
    points: tuple[str, ...], made: tuple[float, ...], answer: str, seen: Signals, label: Label
) -> tuple[PointResult, ...]:
    """The state of each point, in keeping with the label: a correct answer makes one, a wrong one does not make all."""
    parts = overlap.segments(answer)
    hits = [p >= 0.5 for p in made]
    strength = seen.points if len(seen.points) == len(points) else made
    if label is not Label.INCORRECT and strength is seen.points:
        hits = [hit or alike >= _SPOKEN for hit, alike in zip(hits, strength, strict=True)]
    if label is not Label.INCORRECT and not any(hits):
        hits[max(range(len(made)), key=strength.__getitem__)] = True
    if (label is Label.INCORRECT or (label is Label.PARTIAL and len(hits) > 1)) and all(hits):
        hits[min(range(len(made)), key=strength.__getitem__)] = False
    results = []
    for number, point in enumerate(points):
        evidence = _evidence(point, number, answer, parts, seen)
        if hits[number]:
            results.append(PointResult(point, State.HIT, evidence))
        elif label is not Label.CORRECT and _contradicts(point, evidence, number, made[number], seen):
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


def _contradicts(point: str, evidence: str, number: int, made: float, seen: Signals) -> bool:
    """Whether the answer speaks of this point (words or meaning near) and says otherwise."""
    near = overlap.recall(point, evidence) >= 0.4
    if len(seen.points) > number:
        near = near or seen.points[number] >= 0.92
    if seen.judge is not None and not seen.small:
        return near and made < 0.4 and seen.judge < 0.0
    return near and (overlap.negations(point) - overlap.negations(evidence)) % 2 == 1


def _mean(values: tuple[float, ...]) -> float:
    return sum(values) / len(values) if values else 0.0


def _bounded(logit: float) -> float:
    """A logit kept within ±8: beyond that it says no more."""
    return max(-8.0, min(8.0, logit))


def _dot(table: Mapping[str, float], row: Mapping[str, float]) -> float:
    """Bias and weighted sum; features without a weight do not count."""
    return table["bias"] + sum(table.get(name, 0.0) * value for name, value in row.items())


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
