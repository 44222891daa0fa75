"""A model's words as they stream: checked clause by clause, so that nothing wrong is shown before it is seen to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from studyllm.grading import lexical
from studyllm.grading.features import language_of
from studyllm.grading.signals import Reading
from studyllm.grading.verdict import Question
from studyllm.text import clean, key, language

_CLAUSE = re.compile(r"(?:[^，。！？；,.!?;]|[,.!?;](?=\S))*(?:[，。！？；]|[,.!?;](?=\s)\s*)")
_MARKS, _STOPS = "，。！？；,.!?;", "。！？.!?"
_SENTENCES = 2
"""Sentences that a model adds to an explanation."""
_LONGEST_TAIL = 60
"""Letters of a last clause without an end; more was cut off by the limit."""
_SAID, _CONTRADICTED = 0.6, 0.2
"""How likely a point must be said in a clause of a model's explanation, and how likely contradicted at most."""
_PRAISE = re.compile(
    r"(?:回答|答案)?(?:完全|基本|全部|是|很|非常)?(?:正确|准确|无误)(?!地?理解)|没有(?:遗漏|错误|问题)|与参考答案一致"
    r"|\b(?:is|are|was|fully|completely|entirely|mostly)\s+(?:correct|accurate|right)\b"
    r"|\bno (?:errors?|mistakes?)\b|well done",
    re.I,
)
_DENIED = re.compile(r"(?:不|并非|没有?|未|not|n't|isn't)[^，。,.]{0,6}$", re.I)
_BLAME = re.compile(
    r"错误|不(?:够|太|是很|完全)?(?:正确|准确|完整|全面|清楚|具体)|有误|说反|遗漏|漏[了掉]|缺少|不足|不够"
    r"|没有?(?:能)?(?:提到|提及|说明|指出|说到|回答|涉及|包含|包括|解释|描述)|未(?:能)?(?:提到|提及|说明|指出|涉及|包含|解释|描述)"
    r"|\bnot (?:entirely |fully |completely |quite )?(?:correct|accurate|complete|right)\b"
    r"|\b(?:does|did|do)(?: not|n't) (?:mention|say|state|explain|include|cover|address|describe)\b",
    re.I,
)
"""Ways to say that something is missing, whose negation is not one of the subject's."""
_DISMISSED = re.compile(
    r"(?:是|都是)?(?:错误的?|错的|不对的?|不正确的?)[。；，]?$"
    r"|\b(?:is|are) (?:incorrect|wrong|false|not (?:true|correct))\W*$",
    re.I,
)
"""A clause that calls wrong what it says: too often that is the note's own sentence."""
_BRACKETS = (("(", ")"), ("（", "）"), ("[", "]"), ("“", "”"), ("「", "」"), ("《", "》"))
_SMALL_NUMBERS = frozenset("123456")
"""How many points there are may be said."""


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
        if not fits(clause, question, answer) or (key(clause) and not bears(clause)):
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
        if lexical.numbers(clause) - lexical.numbers(known) - _SMALL_NUMBERS or not bears(clause):
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


def borne(reading: Reading) -> bool:
    """Whether a reading of a clause finds a point of the note said in it, and none contradicted."""
    said = max((point[0] for point in reading.points), default=0.0)
    return said >= _SAID and max((point[2] for point in reading.points), default=0.0) <= _CONTRADICTED


def fits(piece: str, question: Question, answer: str) -> bool:
    """Whether a piece of a model's explanation may be shown: right language, nothing invented, no other verdict."""
    letters = key(piece)
    if not letters:
        return True
    note = f"{question.text} {question.reference}"
    known = f"{note} {answer}"
    if len(letters) >= 4 and language_of(question) != language(piece) and letters not in key(known):
        return False
    if lexical.numbers(piece) - lexical.numbers(known) - _SMALL_NUMBERS:
        return False
    # "You left out that it can not pass": a negation that the note does not have, perhaps the learner's own.
    if lexical.negations(_BLAME.sub("", piece)) and not lexical.negations(note):
        return False
    if any(piece.count(opened) != piece.count(closed) for opened, closed in _BRACKETS):
        return False
    if _DISMISSED.search(piece.strip()):
        return False
    return all(_DENIED.search(piece[: match.start()]) for match in _PRAISE.finditer(piece))
