"""What the very words of an answer settle of each point, whatever the models make of it."""

import re
from collections.abc import Sequence

from studyllm.cards import Kind
from studyllm.grading import opposites
from studyllm.grading.features import is_list
from studyllm.grading.lacking import lacking, unlabelled
from studyllm.grading.listing import segments, stated
from studyllm.grading.naming import outside_remarks, without_remarks
from studyllm.grading.order import other_way, written_out
from studyllm.grading.results import TOLD_SAID
from studyllm.grading.verdict import Question
from studyllm.grading.word_forms import Form, behind_label
from studyllm.text import key

_SETTLED = 0.98
"""Probability that a point was said, or was not, of which the words of the answer tell."""
_PARTLY = 0.45
"""The same of a point of which a part was left out: not said, and not missed."""
_SEVERAL = 3
"""Points from which on one that stands there word for word is a thing of a list and no part of a sentence."""

_NAMED = re.compile(r"([^:：\n—–]{2,30}?)(?:\s+[-–—]{1,2}\s|[:：]\s?|——)\s*\S")
"""What a thing of a list is called, before what is said of it."""
_LABEL = re.compile(
    r"[优缺特]点|优势|劣势|不足|用途|作用|功能|定义|概念|条件|场所|地点|时间|人物|原因|结果|影响|意义|目的|方法|步骤.*|第.*步|阶段.*"
    r"|who|what|when|where|why|how|(?:pro|con|advantage|disadvantage|definition|use|cause|effect|result)s?|step .*",
    re.IGNORECASE,
)
"""What says of a thing only in which respect it is told of."""

_SAID = (Form.SAME, Form.READING)

Shares = tuple[float, ...]
"""A probability for each point."""


def by_words(
    question: Question, points: tuple[str, ...], answer: str, said: Shares, contradicted: Shares
) -> tuple[Shares, Shares, bool]:
    """The probabilities that each point was said and contradicted with what words settle, and whether one was left out.

    What stands there word for word was said, and is not contradicted, though the models take what is wrong beside it
    for a contradiction. A thing of which nothing stands there beside others that do was not said, unless that is as
    good as certain to the models: of 31 such in 13,100 answers none had been. A point that is turned round is
    contradicted.
    """
    there, turned = _there(question, points, answer), opposites.turned(points, answer)
    left = lacking(points, answer)
    absent = [none and share < TOLD_SAID for none, share in zip(left.points, said, strict=True)]
    right = [one and not wrong for one, wrong in zip(there, turned, strict=True)]
    not_said = [bool(wrong) or none for wrong, none in zip(turned, absent, strict=True)]
    said = _lowered(_raised(said, right), not_said)
    said = tuple(min(share, _PARTLY) if part else share for part, share in zip(left.parts, said, strict=True))
    return (
        said,
        _raised(_lowered(contradicted, right), list(map(bool, turned))),
        any(absent) or any(left.parts) or left.surely > 0,
    )


def _there(question: Question, points: tuple[str, ...], answer: str) -> Sequence[bool]:
    """For each point whether it stands in the answer: one of several, or what it says outside of brackets, word for
    word, else in two halves in the other order, or with longer forms of its words."""
    read = [behind_label(point, points, answer)[0] in _SAID for point in points]
    if is_list(question):
        names = _names(points) if question.kind is Kind.LIST else ()
        only = bool(names) and set(map(key, segments(answer))) <= set(map(key, names))
        named = stated(names, answer) if only else stated(points, answer)
        said, heads = set(map(key, segments(answer))), [key(outside_remarks(point)) for point in points]
        alone = [head in said and heads.count(head) == 1 for head in heads]
        return [any(one) for one in zip(named, read, alone, strict=True)]
    several = stated(unlabelled(points), answer) if len(points) >= _SEVERAL else [False] * len(points)
    bare = tuple(map(without_remarks, points))
    told = [bool(one) and there for one, there in zip(bare, stated(bare, answer), strict=True)]
    return [
        one or other or its or other_way(point, answer) or written_out(point, answer)
        for one, other, its, point in zip(several, read, told, points, strict=True)
    ]


def _names(points: tuple[str, ...]) -> tuple[str, ...]:
    """What things of a list are called that each have their name before a dash or a colon; empty where one has none."""
    found = [_NAMED.match(point) for point in points]
    names = tuple(one[1] for one in found if one)
    named = len(set(map(key, names))) == len(points) and not any(map(_LABEL.fullmatch, names))
    return names if named else ()


def _raised(shares: Shares, where: Sequence[bool]) -> Shares:
    return tuple(max(share, _SETTLED) if one else share for one, share in zip(where, shares, strict=True))


def _lowered(shares: Shares, where: Sequence[bool]) -> Shares:
    return tuple(min(share, 1 - _SETTLED) if one else share for one, share in zip(where, shares, strict=True))
