"""A long text in sentences, and which of them speak of which question: likeness of meaning in, passages out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from studyllm.grading.features import is_list
from studyllm.grading.gates import visible
from studyllm.grading.verdict import Question
from studyllm.text import CJK, fold, holds, key

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

_SENTENCES, _ITEMS = 3, 5
"""Sentences that may speak of one question, and of one that wants several things."""
_OTHERS = 0.03
"""Likeness that a sentence may have more with another question; with more it speaks of that one."""
_NAMED = 0.05
"""Likeness that a sentence has more when it names the term."""
_NEARLY = 0.02
"""Likeness under the best sentence up to which another one is taken as well."""

_GOES_ON = 4
"""Sentences after one that names a term that may go on about it."""
_OF_ANOTHER = 0.01
"""Likeness that a sentence has more with another question that it was found for: where all sentences of a question
have, and none names its term, nothing speaks of it."""
_ELSEWHERE = 0.06
"""Likeness that such a sentence may have more with another question."""

LONGEST = 12_000
"""Characters of a text that are read."""
_SENTENCE = re.compile(r"(?<=[。！？!?；;])|(?<=\.)\s+(?=[A-Z\"“(])|(?<=[a-z]{3}[.])\s+(?=[a-z])|\n+")
"""The end of a sentence; before a small letter only behind a word of three letters or more: vs. and e.g. end none."""
_WORD = rf"(-?[A-Za-z]{{2,20}}-?)\s?([{CJK}]{{1,8}})"
_PAIR = re.compile(_WORD)
_GLUED = re.compile(rf"(?![^\n]*[A-Z])(?:{_WORD}[\s,，、;；]*){{2,}}")
"""Words with their meanings glued to them: cardi心 hepat肝."""
_CLAUSE = re.compile(r"(?<=[，,、：])|\s+(?=(?:and|but|so|then|which|because|while|whereas)\b)")
_HALF = re.compile(_CLAUSE.pattern.replace("、：", ""))
"""Where a sentence may go on to another term: not between the items of a list."""
_MOST = 60
"""Letters of a sentence; a longer one is cut at its commas, and where it has none anywhere."""
_FORGOTTEN = re.compile(
    r"(?:[^:：→=]{1,30}(?:[:：→=⇒]|-+>|[-–—…]{1,3}|\.{2,3})\s*)?"
    r"(?:[?？]+|blank|空白|(?:没?想|记)不?起来?了?\S{0,4}|忘(?:记|光)?了?|不(?:太)?记得了?|记不(?:太)?清楚?了?|不知道"
    r"|(?:i )?(?:forgot|(?:can(?:['’]|no)?t|do(?:n['’]| no)t) (?:remember|recall|know))(?: it| this)?|idk|no idea"
    r"|(?:[^\s:：→=]{0,20}(?:を|は)?)?(?:忘れた|わからない|思い出せない)|vergessen|oublié)[\s.。!！…]*",
    re.IGNORECASE,
)
"""A line that says no more than that something is forgotten."""
_ASKING = re.compile(
    r"是什么|是啥|的意思|\b(?:what|which|the|an?|is|are|was|means?)\b|\s+(?=\s|$)|(?<=\s)\s+|^\s+"
)
"""What stands around a term that is asked after."""
_BEFORE = 8
"""Letters before a clause that defines a term from which on they speak of something else, whatever it is."""
_CONDITION = re.compile(
    r"\W*(?:[在当若]|如果|假如|由于|对于|为了|(?:if|when|while|as|in|on|at|by|for|with|during|after|before|once|where)\b)",
    re.IGNORECASE,
)
"""How a clause begins that says under what condition the next one holds."""
_LEAST = 6
"""Letters of a sentence of its own; a shorter one belongs to the one before."""
_NUMBERED = re.compile(r"^[A-Z][\s.、]+(?=[\u4e00-\u9fff]{2})")
_LONGER = 2
"""Letters that a name has more than without its last one."""
_OWN = 2
"""Letters that a clause which says something of the term has at least beside the term."""
_OPENING = re.compile(r"^\W*(?:(?:and|but|so|then|while|whereas|the|an?)\b\s*|[而但]是?|然后|所谓)*")
"""What may stand before the term that a clause begins with."""
_ENDING = re.compile(r"\W+$")
_SET_OFF = re.compile(r"\s*(?:[(（\[][^()（）\[\]]{0,40}[)）\]]\s*)?(?:[:：→=⇒]|-+>|[-–—]{1,2}\s)")
"""What follows the term where a line is an entry for it."""
_ARROW = re.compile(r"[→⇒]|-+>")
_CALLED = re.compile(r"(?:是|叫做?|称为|\b(?:is|are|called))\W*(?:(?:the|an?)\s)?\s*$")
"""What stands before the term where a clause says its meaning first."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in their order, long ones in parts."""
    found: list[str] = []
    for raw in _SENTENCE.split(visible(text[:LONGEST])):
        piece = " ".join((raw or "").split())
        letters = sum(map(str.isalnum, piece))
        if _GLUED.fullmatch(piece):
            found += [f"{word} {meaning}" for word, meaning in _PAIR.findall(piece)]
            continue
        if not letters or _FORGOTTEN.fullmatch(piece):
            continue
        if letters < _LEAST and found:
            found[-1] = f"{found[-1]} {piece}"
        else:
            found += _parts(piece)
    return tuple(found)


def apart(questions: Sequence[Question], told: Sequence[str]) -> tuple[str, ...]:
    """The sentences, each cut where a clause of it goes on to define another question's term."""
    names = [(fold(name), at) for at, one in enumerate(questions) for name in _names(one)]
    terms = [(name, at) for name, at in names if len(key(name)) > 1]
    terms.sort(key=lambda named: -len(named[0]))  # the longest name that stands there is meant
    said = (sentence for sentence in told if not _is_forgotten(terms, sentence))
    return tuple(part for sentence in said for part in _by_term(terms, sentence))


def _is_forgotten(terms: Sequence[tuple[str, int]], sentence: str) -> bool:
    """Whether a sentence says no more than that a term is forgotten: 梭口想不起来了, I forgot what the shed is."""
    folded = fold(sentence)
    about = next((name for name, _ in terms if name in folded), "")
    return bool(about) and _FORGOTTEN.fullmatch(_ASKING.sub("", folded.replace(about, ""))) is not None


def _names(one: Question) -> tuple[str, ...]:
    """What a question's term is called in a text: without a letter that numbers it, and without a last 性."""
    told = (one.term, *one.aliases)
    told = (*told, *(term.strip("-") for term in told if term.startswith("-") or term.endswith("-")))
    short = (_NUMBERED.sub("", term).strip() for term in told)
    return tuple(
        dict.fromkeys((*told, *(term.removesuffix("性") if len(term) > _LONGER else term for term in short)))
    )


def _by_term(terms: Sequence[tuple[str, int]], sentence: str) -> list[str]:
    """The parts of a sentence that define one term each."""
    parts, about = [""], None
    for clause in _HALF.split(sentence):
        defined = _defined(terms, fold(clause))
        before = parts[-1]
        long = sum(map(str.isalnum, before)) >= _BEFORE * _wide(before)
        more = about is not None or (long and not _CONDITION.match(before))
        if defined is not None and defined != about and more:
            parts.append("")
        parts[-1] = _joined(parts[-1], clause)
        about = next((one for one in (defined, about, _mentioned(terms, clause)) if one is not None), None)
    return [part.strip() for part in parts if part.strip()]


def _defined(terms: Sequence[tuple[str, int]], clause: str) -> int | None:
    """The question whose term a clause begins with, or says what is called so, in words of its own; None without."""
    begun, ended = _OPENING.sub("", clause), _ENDING.sub("", clause)
    for term, at in terms:
        before = ended.removesuffix(term)
        if len(key(clause)) < len(key(term)) + _OWN or not holds(clause, term):
            continue
        if begun.startswith(term) or (before != ended and _CALLED.search(before)):
            return at
    return None


def _mentioned(terms: Sequence[tuple[str, int]], clause: str) -> int | None:
    """The question whose term a clause has, among words of its own; None without."""
    said = (at for term, at in terms if len(key(clause)) >= len(key(term)) + _OWN and holds(clause, term))
    return next(said, None)


def _parts(sentence: str) -> list[str]:
    """A sentence, cut where it is too long."""
    if len(sentence) <= _MOST * _wide(sentence):
        return [sentence]
    parts = [""]
    for clause in _CLAUSE.split(sentence):
        most = 2 * _MOST * _wide(sentence)
        for at in range(0, len(clause), most):
            piece = clause[at : at + most]
            if parts[-1] and len(parts[-1]) + len(piece) > _MOST * _wide(sentence):
                parts.append("")
            parts[-1] = _joined(parts[-1], piece)
    return [part.strip() for part in parts if part.strip()]


def _joined(part: str, clause: str) -> str:
    """A part and the clause after it, as they stood."""
    return part + clause if not part or part[-1] in "，,、： " else f"{part} {clause}"


def _wide(text: str) -> int:
    """How many letters of it stand for one Chinese letter."""
    return 1 if any(letter >= "\u2e80" for letter in text) else 3


def chosen(
    questions: Sequence[Question],
    told: Sequence[str],
    whole: NDArray[numpy.float32],
    points: Sequence[NDArray[numpy.float32]],
    *,
    by_meaning: bool = True,
) -> list[list[int]]:
    """For each question the sentences that speak of it, in their order; none where these speak of another one, which
    only likeness of meaning tells.

    `whole` is the likeness of each question's reference with each sentence, `points` that of its points. What counts is
    how much more alike a sentence is to a question than to others, and than other sentences are to that question: texts
    about one subject are all alike. A sentence that names the term speaks of it more.
    """
    if not told or not questions:
        return [[] for _ in questions]
    import numpy as np  # late: no first frame needs it

    mean = (whole + np.stack([rows.max(0) for rows in points])) / 2
    alone = 1 / len(questions)  # one question has nothing that its sentences could be set against
    usual = mean.mean(0) * (1 - alone)
    there = named(questions, told)
    names = _NAMED * there
    scores = mean - usual - mean.mean(1)[:, None] + mean.mean() + names
    entries = _entries(questions, told)
    allowed = _allowed(questions, entries, there)
    best = np.where(allowed, scores, -1.0).max(0)
    behind = best - scores
    after = _going_on(there) if len(questions) > 1 else [[]]  # of one alone nothing shows that it is left
    found: list[list[int]] = []
    for at, (one, score) in enumerate(zip(questions, scores, strict=True)):
        own = allowed[at].nonzero()[0]
        if not len(own):
            found.append([])
            continue
        rows = [(row - usual + names[at])[own] for row in points[at]]
        nearest = _of_one(is_list(one), score[own], behind[at][own], rows, _NEARLY * alone)
        more = [s for s in after[at] if behind[at][s] < _ELSEWHERE and allowed[at][s]]
        found.append(sorted({*(int(own[s]) for s in nearest), *more, *entries[at][:_SENTENCES]}))
    if not by_meaning:
        return found
    return [
        [] if not there[at][said].any() and all(_is_of_another(found, mean, at, s) for s in said) else said
        for at, said in enumerate(found)
    ]


def _is_of_another(
    found: Sequence[Sequence[int]], mean: NDArray[numpy.float32], at: int, sentence: int
) -> bool:
    """Whether a sentence that was found for a question was found for one that it is more like, too."""
    return any(
        sentence in said and mean[other][sentence] - mean[at][sentence] > _OF_ANOTHER
        for other, said in enumerate(found)
    )


def _entries(questions: Sequence[Question], told: Sequence[str]) -> list[list[int]]:
    """For each question the sentences that are entries for its term: `term: …`, `term → …`."""
    names = [[fold(name) for name in _names(one) if len(key(name)) > 1] for one in questions]
    folded = [(at, fold(sentence)) for at, sentence in enumerate(told)]
    return [[at for at, sentence in folded if _is_entry(own, sentence)] for own in names]


def _allowed(
    questions: Sequence[Question], entries: Sequence[Sequence[int]], there: NDArray[numpy.bool_]
) -> NDArray[numpy.bool_]:
    """Whether each sentence may speak of each question: (questions, sentences). An entry speaks of its own term, of
    those that it names, and of what its term is a part of. Who has an entry is told of there, in what goes on from it,
    and where it is named."""
    import numpy as np

    allowed = np.ones(there.shape, bool)
    every = {at for own in entries for at in own}
    for sentence in every:
        terms = [key(one.term) for one, own in zip(questions, entries, strict=True) if sentence in own]
        over = [any(term in key(one.reference) for term in terms) for one in questions]
        allowed[:, sentence] = there[:, sentence] | over
    for at, (one, own) in enumerate(zip(questions, entries, strict=True)):
        if own and not is_list(one):
            told_of = there[at].copy()
            told_of[[*own, *(s for entry in own for s in _on_from(entry, every, there))]] = True
            allowed[at] &= told_of
        allowed[at, list(own)] = True
    return allowed


def _on_from(entry: int, entries: Collection[int], there: NDArray[numpy.bool_]) -> Iterator[int]:
    """The sentences after an entry that go on about its term, up to the next entry, or one that names a term."""
    for sentence in range(entry + 1, min(entry + 1 + _GOES_ON, there.shape[1])):
        if sentence in entries or there[:, sentence].any():
            return
        yield sentence


def _is_entry(names: Sequence[str], sentence: str) -> bool:
    """Whether a sentence opens with one of these names and a sign."""
    begun = _OPENING.sub("", sentence)
    if len(_ARROW.findall(sentence)) > 1:
        return False  # one thing after another
    return any(begun.startswith(name) and _SET_OFF.match(begun, len(name)) for name in names)


def _going_on(there: NDArray[numpy.bool_]) -> list[list[int]]:
    """For each question the sentences that name no term and follow one that names its term alone: they go on about it,
    whatever they are like."""
    runs: list[list[int]] = [[] for _ in there]
    topic, count = -1, 0
    for sentence, named_in in enumerate(there.T):
        terms = named_in.nonzero()[0].tolist()
        if terms:
            topic, count = (terms[0] if len(terms) == 1 else -1), 0
        elif topic >= 0 and count < _GOES_ON:
            runs[topic].append(sentence)
            count += 1
    return runs


def _of_one(
    is_list: bool,
    score: NDArray[numpy.float32],
    behind: NDArray[numpy.float32],
    points: Sequence[NDArray[numpy.float32]],
    ahead: float,
) -> list[int]:
    """The sentences of one question: the best, the best for each point where it is so far `ahead` of that one, and what
    is nearly as good as the best; none that speaks of another question far more, or points would be taken from there.
    Items of a list may have cards of their own."""
    order = [int(at) for at in (-score).argsort(kind="stable")]
    own = [at for at in order if behind[at] < _OTHERS] or order[:1]
    best = {int(row.argmax()) for row in points if row.max() > row[own[0]] + ahead}
    wanted = {at for at in own if at in best or score[at] > score[own[0]] - _NEARLY}
    if is_list:
        wanted |= best
    found = [at for at in order if at in wanted and at != own[0]]
    return sorted([own[0], *found[: (_ITEMS if is_list else _SENTENCES) - 1]])


def named(questions: Sequence[Question], told: Sequence[str]) -> NDArray[numpy.bool_]:
    """Whether each sentence has the term of each question, or another name of it: (questions, sentences)."""
    import numpy as np

    folded = [key(sentence) for sentence in told]
    names = [[name for term in _names(one) if (name := key(term))] for one in questions]
    return np.array([[any(name in sentence for name in some) for sentence in folded] for some in names])
