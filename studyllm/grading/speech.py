"""An explanation as it streams: checked clause by clause, so that nothing wrong is shown before it is seen to be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studyllm.grading import explain
from studyllm.grading.combine import language_of
from studyllm.grading.verdict import Question, Verdict
from studyllm.text import clean, key

_CLAUSE = re.compile(r"[^，。！？；,.!?;]*(?:[，。！？；]|[,.!?;](?=\s)\s*)")
_MARKS, _STOPS = "，。！？；,.!?;", "。！？.!?"
_SENTENCES = 3
_LONGEST_TAIL = 60
"""Letters of a last clause without an end; more was cut off by the limit."""


def spoken(pieces: Iterator[str], question: Question, answer: str, verdict: Verdict) -> Iterator[str]:
    """The model's words as far as they may be shown; the composed explanation when the first clause may not.

    The mark after a clause is held back until the next one has passed, so that the last one ends in a full stop.
    """
    stop = "。" if language_of(question) == "zh" else "."
    shown, held, rest, sentences = "", "", "", 0
    for clause in _clauses(pieces):
        if not explain.fits(clause, question, answer, verdict):
            break
        body = clause.rstrip()
        mark = body[-1:] if body[-1:] in _MARKS else ""
        if not mark and len(key(body)) > _LONGEST_TAIL:
            break
        rest = held + (clause[: len(body) - 1] if mark else clause)
        held = clause[len(body) - 1 :] if mark else ""
        if key(rest):
            shown += rest
            yield rest
        sentences += mark in _STOPS and bool(mark)
        if sentences >= _SENTENCES:
            break
    if key(shown):
        yield held.strip() if held.strip() in _STOPS and held.strip() else stop
    else:
        yield explain.composed(question, verdict)


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
