"""A word as an answer to a word: what is another form of it, a slip of spelling, or only taken for its meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studyllm.grading import lexical
from studyllm.grading.results import quoted_apart
from studyllm.grading.signals import Shares
from studyllm.grading.verdict import PARTIAL_FROM, SURE, Question, Verdict, verdict
from studyllm.grading.vocabulary import has_wrong_article, is_slip_of, is_word, lacks_article, misspelt
from studyllm.verdicts import Label, PointResult, State

_HALF = 0.5
"""What some of several forms are worth at most."""
ANOTHER_WORD = 0.96
"""From which probability on it is sure that a word without a letter of the note's means the same."""
A_FORM, A_READING = 0.97, 0.75
"""How sure it is that a Japanese word is right or wrong by how it is written, and that kana are the reading of one."""
MISSPELT = 0.79
"""Most that a word is worth that is spelt otherwise: good, not easy."""
NOT_SURE = SURE - 0.001
"""What is sure is a promise that was measured: by a reading that was not, no verdict is."""


def of_forms(point: str, answer: str, forms: tuple[bool, ...], by: tuple[str, ...]) -> Verdict:
    """The verdict on forms of a word, by which of them are right; some are but a slip of spelling away."""
    share = sum(forms) / len(forms)
    state = State.HIT if share == 1 else State.PARTLY if share else State.CONTRADICTED
    score = MISSPELT if share == 1 else _HALF * share
    return verdict(score, (PointResult(point, state, answer),), confidence=A_FORM, by=by)


def by_person(
    points: Sequence[str], answer: str, forms: Sequence[bool | None], by: tuple[str, ...]
) -> Verdict:
    """The verdict on the forms of a word by person: each is right, wrong or lacking."""
    states = {True: State.HIT, False: State.CONTRADICTED, None: State.MISSED}
    results = tuple(
        PointResult(point, states[one], answer if one is not None else "")
        for point, one in zip(points, forms, strict=True)
    )
    share = sum(one is True for one in forms) / len(forms)
    score = 1.0 if share == 1 else max(share * _HALF, PARTIAL_FROM) if share else 0.0
    return verdict(score, quoted_apart(results, answer), confidence=A_FORM, by=by)


def in_other_letters(question: Question, answer: str, shares: Shares) -> bool:
    """Whether what is taken for the meaning of a word has no word of it: 地下室 for 底楼, 占有 for
    所有权."""
    if shares[0] != max(shares):
        return False
    own, said = (frozenset(lexical.units(text)) for text in (question.reference, answer))
    return not question.exact and is_word(question.reference) and not (own & said)


def denies_more(question: Question, answer: str, shares: Shares) -> bool:
    """Whether of a word and what is taken for its meaning only one is a negation: to the models 决不 and 一定 are
    alike, though 几乎不 and 很少 may be as right."""
    return shares[0] == max(shares) and lexical.negations(question.reference) != lexical.negations(answer)


def is_misspelt(question: Question, answer: str) -> bool:
    """Whether an answer is the word that is asked for, spelt otherwise."""
    return question.exact and any(misspelt(answer, name) for name in (question.reference, *question.names))


def but_for_a_slip(question: Question, answer: str, meanings: Sequence[str], given: Verdict) -> Verdict:
    """The verdict where the meaning of a word is asked for and typed with a slip that makes no other word: where the
    models do not know it, it may be right, and is not sure."""
    if question.exact or given.label is Label.CORRECT or len(given.points) != 1:
        return given
    if not any(is_slip_of(answer, one) for one in meanings):
        return given
    points = (PointResult(given.points[0].text, State.HIT, answer),)
    return verdict(MISSPELT, points, confidence=min(given.confidence, NOT_SURE), by=given.by, ms=given.ms)


def called_otherwise(answer: str, given: Verdict) -> Verdict:
    """The verdict on the name of something else, where the name of what is described is asked for."""
    points = tuple(PointResult(point.text, State.CONTRADICTED, answer) for point in given.points)
    return verdict(1 - A_FORM, points, confidence=A_FORM, by=given.by, ms=given.ms)


def means_another(question: Question, given: Verdict) -> Verdict:
    """The verdict on what another word means word for word, and to the models this one as well: it is not sure."""
    if not is_word(question.reference) or given.label is not Label.CORRECT:
        return given
    return replace(given, confidence=min(given.confidence, NOT_SURE))


def of_a_word(question: Question, answer: str, given: Verdict) -> Verdict:
    """The verdict where a word of the note's is asked for: one that is spelt otherwise, or lacks its article, is not
    the best, one with another article is half of it, and of another word, though it may mean the same, it is not sure
    that it is right."""
    if not question.exact or not is_word(question.reference):
        return given
    names, said = (question.reference, *question.names), frozenset(lexical.units(answer))
    for found, score, state in (
        (lacks_article, MISSPELT, State.HIT),
        (has_wrong_article, _HALF, State.PARTLY),
    ):
        if any(found(answer, name) for name in names):
            points = (PointResult(question.reference, state, answer),)
            return verdict(score, points, confidence=A_FORM, by=given.by, ms=given.ms)
    if given.label is not Label.CORRECT:
        return given
    if any(said.issuperset(lexical.units(name)) for name in names):
        return given
    if is_misspelt(question, answer):
        score, right = min(given.score, MISSPELT), given.confidence
    else:
        score, right = given.score, min(given.confidence, NOT_SURE)
    return verdict(score, given.points, confidence=right, by=given.by, ms=given.ms)
