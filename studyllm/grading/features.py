"""Numbers about one answer, of each point and of the whole: what the words show, and what the models saw."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from studyllm.cards import Kind
from studyllm.grading import lexical
from studyllm.grading.listing import items, named
from studyllm.grading.signals import Shares, Signals
from studyllm.grading.verdict import Question
from studyllm.text import key, language

if TYPE_CHECKING:
    from studyllm.grading.values import Comparison

_ASKING = re.compile(
    r"什么(?:是|叫)|(?:是|指的?是|是指)什么(?:意思)?|的?(?:定义|概念|含义|意思)|请|(?:解释|简述|说明|描述)(?:一下)?|[?？:：。]"
    r"|\b(?:what (?:is|are)|what'?s|define|explain|describe|an?|the|meaning of|definition of|does|mean)\b",
    re.I,
)
_OTHER = re.compile(r"什么|为何|如何|怎[么样]|哪|几|吗|\b(?:why|how|when|where|which|who)\b", re.I)
"""What a question about more than a term still has once the asking is taken out."""
_TERM_LETTERS = {"zh": 14, "en": 26}
"""A question of no more letters than this names a term; "批归一化层的作用" has eight."""
_FIGURATIVE = re.compile(
    r"像|好比|比如|打个比方|想象|假如|就跟|\b(?:like|imagine|picture|think of|as if|suppose|it'?s as|say you)\b",
    re.I,
)
_MOST = 6.0
"""Logits beyond this say no more."""

Row = dict[str, float]


def language_of(question: Question) -> str:
    """The language a question is answered and explained in."""
    return question.lang if question.lang in ("zh", "en") else language(question.reference + question.text)


def is_list(question: Question) -> bool:
    """Whether a question wants several things named."""
    return question.kind is not Kind.TERM or bool(items(question.text, question.reference))


def subject(question: Question) -> str:
    """What the cross-encoder is told the question is: the term alone where there is no more to it."""
    asked = " ".join(_ASKING.sub(" ", question.text).split())
    short = len(key(asked)) <= _TERM_LETTERS[language_of(question)] and not _OTHER.search(asked)
    if is_list(question) or not (question.term or short):
        return question.text
    return question.term or asked or question.text


@lru_cache(maxsize=64)
def compared(question: Question, answer: str) -> Comparison:
    """The values of the reference and those of an answer."""
    from studyllm.grading.values import compare  # late: it takes 50 ms, and no first frame needs it

    return compare(question.reference, answer, question.text)


def of_points(question: Question, points: tuple[str, ...], answer: str, seen: Signals) -> list[Row]:
    """Numbers about each point; those of absent models are left out."""
    asked = frozenset(lexical.units(f"{question.text} {question.term} {' '.join(question.aliases)}"))
    shares = named(points, question.text, answer)
    negated = lexical.negations(answer)
    found = compared(question, answer)
    rows = []
    for number, point in enumerate(points):
        row = {
            "named": shares[number],
            "own_recall": lexical.recall(point, answer, asked),
            "soft_recall": lexical.soft_recall(point, answer),
            "turned": float((negated - lexical.negations(point)) % 2),
            "value_same": float(any(pair.note.text in point for pair in found.same)),
            "value_other": float(any(pair.note.text in point for pair in found.other)),
        }
        if number < len(seen.points):
            row["cosine"] = 10 * (seen.points[number] - 0.85)
        if number < len(seen.said):
            row |= {"said": bounded(seen.said[number]), "denied": bounded(seen.denied[number])}
        if seen.reading and number < len(seen.reading.points):
            said, _missed, contradicted = seen.reading.points[number]
            row |= {"read_said": logit(said), "read_contradicted": logit(contradicted)}
        elif seen.reading:  # a long list is read up to its twelfth item
            row |= {"read_said": 0.0, "read_contradicted": 0.0}
        rows.append(row)
    return rows


def of_whole(
    question: Question,
    points: tuple[str, ...],
    answer: str,
    seen: Signals,
    said: tuple[float, ...],
    contradicted: tuple[float, ...],
) -> Row:
    """Numbers about the whole answer; `said` and `contradicted` are the probabilities of its points.

    None of them is the answer's length, or a share of it: what an answer is worth does not depend on how much else is
    written beside.
    """
    asked = frozenset(lexical.units(f"{question.text} {question.term} {' '.join(question.aliases)}"))
    found = compared(question, answer)
    row = {
        "recall": lexical.recall(question.reference, answer),
        "own_recall": lexical.recall(question.reference, answer, asked),
        "mean_said": logit(sum(said) / len(said)),
        "least_said": logit(min(said)),
        "most_said": logit(max(said)),
        "most_contradicted": logit(max(contradicted)),
        "mean_contradicted": logit(sum(contradicted) / len(contradicted)),
        "value_same": len(found.same) / max(1, len(found.same) + len(found.other) + len(found.absent)),
        "value_other": float(bool(found.other)),
        "several": math.log(len(points)),
        "list": float(is_list(question)),
    }
    if seen.whole is not None:
        row |= {"cosine": 10 * (seen.whole - 0.85), "beyond_question": 10 * (seen.whole - seen.asked)}
    if seen.says is not None:
        row |= {"says": bounded(seen.says), "denies": bounded(seen.denies)}
    if seen.reading:
        correct, _partial, incorrect = seen.reading.whole
        row |= {"read_correct": logit(correct), "read_incorrect": logit(incorrect)}
    return row


def of_certainty(shares: Shares, whole: Row, said: tuple[float, ...], seen: Signals, answer: str) -> Row:
    """Numbers about how far the likeliest of correct, partial and incorrect can be trusted: how likely it is, whether
    points and models agree with it, and whether the answer speaks in examples, which models see through least."""
    ranked = sorted(shares, reverse=True)
    label = shares.index(ranked[0])
    row = {
        "likely": logit(ranked[0]),
        "margin": ranked[0] - ranked[1],
        "says_correct": float(label == 0),
        "says_partial": float(label == 1),
        "least_clear": min(abs(2 * share - 1) for share in said),
        "by_points": float(_by_points(said) == label),
        "recall": whole["recall"],
        "figurative": float(bool(_FIGURATIVE.search(answer))),
        "value_other": whole["value_other"],
    }
    if seen.whole is not None:
        row |= {"cosine": whole["cosine"], "cosine_incorrect": whole["cosine"] * (label == 2)}
    if seen.says is not None:
        row["encoder"] = (whole["says"], -abs(whole["says"]), -whole["says"])[label]
    if seen.reading:
        row["reader"] = logit(seen.reading.whole[label])
    return row


def _by_points(said: tuple[float, ...]) -> int:
    """The label, counted from 0 (correct), that the points come to by themselves."""
    hits = sum(share >= 0.5 for share in said)
    return 0 if hits == len(said) else 1 if hits else 2


def bounded(value: float) -> float:
    """A logit kept where it still says something."""
    return max(-_MOST, min(_MOST, value))


def logit(share: float) -> float:
    """The logit of a probability, bounded."""
    share = min(1 - 1e-6, max(1e-6, share))
    return bounded(math.log(share / (1 - share)))


def sigmoid(x: float) -> float:
    """The probability of a logit."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
