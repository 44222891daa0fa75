"""A model's words as they stream: checked clause by clause, so that nothing wrong is shown before it is seen to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from studyllm.grading import explain, lexical
from studyllm.grading.features import language_of
from studyllm.grading.verdict import Question
from studyllm.text import clean, key

_CLAUSE = re.compile(r"(?:[^，。！？；,.!?;]|[,.!?;](?=\S))*(?:[，。！？；]|[,.!?;](?=\s)\s*)")
_MARKS, _STOPS = "，。！？；,.!?;", "。！？.!?"
_SENTENCES = 2
"""Sentences that a model adds to an explanation."""
_LONGEST_TAIL = 60
"""Letters of a last clause without an end; more was cut off by the limit."""


def spoken(
    pieces: Iterator[str],
    question: Question,
    answer: str,
    composed: str = "",
    bears: Callable[[str], bool] = lambda _: True,
) -> Iterator[str]:
    """What a model adds to the composed sentence, as far as it may be shown; often nothing.

    What the composed sentence has already is left out. `bears` tells whether the note bears a clause: at the first that
    it does not it ends. The mark after a clause is held back until the next one has passed, so that the last one ends
    in a full stop.
    """
    zh = language_of(question) == "zh"
    lead, stop = ("" if zh else " "), ("。" if zh else ".")
    shown, held, sentences = "", "", 0
    for clause in _to_the_learner(_clauses(pieces), question):
        if not explain.fits(clause, question, answer) or (key(clause) and not bears(clause)):
            break
        body = clause.rstrip()
        if key(body).isdecimal() or (key(body) and key(body) in key(composed)):
            continue
        mark = body[-1:] if body[-1:] in _MARKS else ""
        if not mark and len(key(body)) > _LONGEST_TAIL:
            break
        rest = held + (clause[: len(body) - 1] if mark else clause)
        held = clause[len(body) - 1 :] if mark else ""
        if key(rest):
            yield rest if shown else lead + rest.lstrip()
            shown += rest
        sentences += mark in _STOPS and bool(mark)
        if sentences >= _SENTENCES:
            break
    if key(shown):
        yield held.strip() if held.strip() in _STOPS and held.strip() else stop


def _to_the_learner(clauses: Iterator[str], question: Question) -> Iterator[str]:
    """Clauses that speak to the learner, where a model speaks of a student."""
    about_students = "学生" in f"{question.text}{question.reference}"
    for clause in clauses:
        yield clause if about_students else re.sub("(?:这[位个名])?学生", "你", clause)


def grounded(
    pieces: Iterator[str], known: str, bears: Callable[[str], bool] = lambda _: True
) -> Iterator[str]:
    """A reply as far as its numbers are known and the note bears it: what comes from nowhere ends it."""
    for clause in _clauses(pieces):
        if lexical.numbers(clause) - lexical.numbers(known) - explain.SMALL_NUMBERS or not bears(clause):
            return
        yield clause


def _clauses(pieces: Iterator[str]) -> Iterator[str]:
    """Text cut after each mark, the mark with its clause; at the end what is left."""
    rest = ""
    for piece in pieces:
        rest += clean(piece)
        while match := _CLAUSE.match(rest):
            yield match.group()
            rest = rest[match.end() :]
    if key(rest):
        yield rest
