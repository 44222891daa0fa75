"""Numbers about one answer: what the words show, and what the models saw."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from studyllm.cards import Kind
from studyllm.grading import overlap
from studyllm.grading.listing import items
from studyllm.grading.signals import Signals
from studyllm.grading.verdict import Question
from studyllm.text import key, language

TERM, OPEN = "term", "open"
FORMS = (TERM, OPEN)
"""Questions that name a term and longer ones, each with weights of its own: definitions are given in the learner's own
words, so right ones share few words with the note and reversed ones many."""
LIST = "list"
"""A question that wants several things named; those are counted, see combine.py."""
_BY_FORM = frozenset(
    {"recall", "own_recall", "soft_recall", "cosine", "support", "says", "denies", "least", "opinion"}
)
_ASKING = re.compile(
    r"什么(?:是|叫)|(?:是|指的?是|是指)什么(?:意思)?|的?(?:定义|概念|含义|意思)|请|(?:解释|简述|说明|描述)(?:一下)?|[?？:：。]"
    r"|\b(?:what (?:is|are)|what'?s|define|explain|describe|an?|the|meaning of|definition of|does|mean)\b",
    re.I,
)
_OTHER = re.compile(r"什么|为何|如何|怎[么样]|哪|几|吗|\b(?:why|how|when|where|which|who)\b", re.I)
"""What a question about more than a term still has once the asking is taken out."""
_TERM_LETTERS = {"zh": 14, "en": 26}
"""A question of no more letters than this names a term; "批归一化层的作用" has eight."""
_WORDY = math.log(3)
"""An answer three times as long as the note gains nothing by going on."""
_MOST = 6.0
"""Logits beyond this say no more."""


def language_of(question: Question) -> str:
    """The language a question is answered and explained in."""
    return question.lang if question.lang in ("zh", "en") else language(question.reference + question.text)


def form_of(question: Question) -> str:
    """Which of FORMS a question has, or LIST."""
    if question.kind is not Kind.TERM or items(question.text, question.reference):
        return LIST
    asked = _ASKING.sub(" ", question.text)
    short = len(key(asked)) <= _TERM_LETTERS[language_of(question)] and not _OTHER.search(asked)
    return TERM if question.term or short else OPEN


def wants_opinion(question: Question) -> bool:
    """Whether the language model is asked as well: not about a card's term, of which the cross-encoder knows more."""
    return not question.term and form_of(question) != LIST


def subject(question: Question) -> str:
    """What the cross-encoder is told the question is: the term alone where there is no more to it."""
    if form_of(question) != TERM:
        return question.text
    return question.term or " ".join(_ASKING.sub(" ", question.text).split()) or question.text


def features(
    question: Question, points: tuple[str, ...], answer: str, seen: Signals, form: str
) -> dict[str, float]:
    """Numbers about the whole answer; those of absent models are left out."""
    asked = frozenset(overlap.units(f"{question.text} {question.term} {' '.join(question.aliases)}"))
    said, wanted = frozenset(overlap.units(answer)), frozenset(overlap.units(question.reference))
    zh = language_of(question) == "zh"
    made = support(points, answer, seen)
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
        "support": sum(made) / len(made),
    }
    if seen.whole is not None:
        found |= {
            "cosine": 10 * (seen.whole - 0.85),
            "beyond_question": 10 * (seen.whole - seen.asked),
            "point_cosine": 10 * (sum(seen.points) / len(seen.points) - 0.85) if seen.points else 0.0,
        }
    if seen.says is not None:
        found |= {
            "says": bounded(seen.says),
            "denies": bounded(seen.denies),
            "least": min(made),
            "denied": max(map(sigmoid, seen.denied), default=sigmoid(seen.denies)),
        }
    if seen.opinion is not None:
        found["opinion"] = bounded(seen.opinion)
    return by_form(found, form)


def by_form(row: Mapping[str, float], form: str) -> dict[str, float]:
    """Features under one of several names, so that each form of question has weights of its own."""
    plain = {name: v for name, v in row.items() if name not in _BY_FORM}
    own = {
        f"{name}_{f}": (v if f == form else 0.0) for name, v in row.items() if name in _BY_FORM for f in FORMS
    }
    return plain | own | {f"is_{f}": float(f == form) for f in FORMS}


def support(points: tuple[str, ...], answer: str, seen: Signals) -> tuple[float, ...]:
    """For each point, the probability that the answer makes it; without a cross-encoder, the share of its words."""
    if len(seen.said) == len(points):
        return tuple(sigmoid(logit) for logit in seen.said)
    shares = (overlap.recall(p, answer) + overlap.soft_recall(p, answer) for p in points)
    return tuple(min(1.0, max(0.0, share / 2)) for share in shares)


def bounded(logit: float) -> float:
    """A logit kept where it still says something."""
    return max(-_MOST, min(_MOST, logit))


def sigmoid(x: float) -> float:
    """The probability of a logit."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
