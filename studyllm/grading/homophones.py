"""Chinese characters that were typed for others of the same sound, as input methods offer them: 鱼精旦白, 鱼精蛋白."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from studyllm.grading.spelling import pairs, seen
from studyllm.grading.verdict import Question, Verdict

_RUN = re.compile("[\u4e00-\u9fff]{2,}")
_PLAIN = frozenset("的地得了着过是在有和与或而为以于之其不也都就被把将对从到这那一个上下中内外时事")
"""Characters that stand beside any other: a pair with one of them is no word."""


def meant(question: Question, answer: str) -> str:
    """An answer with the words that the question or its note has and that were typed as they sound; only where what
    was typed is no word. As long as the answer."""
    if question.exact:  # how a word is written is said there, and costs a little
        return answer
    known = _pairs_of(question)
    return _RUN.sub(lambda run: _mended(run.group(), known), answer) if known else answer


def as_typed(given: Verdict, answer: str, read: str) -> Verdict:
    """The verdict on an answer as it was read, with the learner's words as they were typed."""
    if answer == read or len(answer) != len(read):
        return given
    points = tuple(replace(point, evidence=_typed(point.evidence, answer, read)) for point in given.points)
    return replace(given, points=points)


def sounds_like(typed: str, name: str) -> bool:
    """Whether a word is a name with characters of the same sound in it, and no word itself."""
    known = frozenset(pair for run in _RUN.findall(name) for pair in pairs(run))
    return typed != name and _RUN.sub(lambda run: _mended(run.group(), known), typed) == name


def _typed(evidence: str, answer: str, read: str) -> str:
    at = read.find(evidence)
    return evidence if at < 0 else answer[at : at + len(evidence)]


@lru_cache(maxsize=64)
def _pairs_of(question: Question) -> frozenset[str]:
    told = "\n".join((question.text, question.reference, question.term, *question.names, *question.aliases))
    return frozenset(pair for run in _RUN.findall(told) for pair in pairs(run))


def _mended(run: str, known: frozenset[str]) -> str:
    """A run of Chinese characters, each character that makes no word with those beside it set right."""
    found = list(run)
    for at, typed in enumerate(run):
        around = run[max(0, at - 1) : at + 2]
        if typed in _PLAIN or any(pair in known or seen(pair) for pair in pairs(around)):
            continue
        before, after = run[at - 1 : at] if at else "", run[at + 1 : at + 2]
        fitting = {
            pair[place]
            for pair in known
            for place, beside in ((1, before), (0, after))
            if beside
            and beside == pair[1 - place]
            and not _PLAIN.intersection(pair)
            and _alike(typed, pair[place])
        }
        if len(fitting) == 1:
            found[at] = fitting.pop()
    return "".join(found)


def _alike(one: str, other: str) -> bool:
    """Whether two characters are commonly read as the same syllable in the same tone: 买 and 卖 differ in it alone."""
    from pypinyin import Style, lazy_pinyin  # late: its dictionary takes a quarter of a second

    return lazy_pinyin(one, Style.TONE3) == lazy_pinyin(other, Style.TONE3)
