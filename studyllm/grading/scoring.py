"""How text and models add up: the probability of each label and of each point's state, and the verdict they come to."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.resources import files

from studyllm.cards import Kind
from studyllm.grading import lexical, opposites
from studyllm.grading.asides import without_uses
from studyllm.grading.by_words import by_words
from studyllm.grading.contrasts import tells_apart
from studyllm.grading.counted import LABEL, things
from studyllm.grading.doubts import in_doubt
from studyllm.grading.features import (
    Row,
    compared,
    is_list,
    language_of,
    of_certainty,
    of_points,
    of_whole,
    sigmoid,
)
from studyllm.grading.homophones import sounds_like
from studyllm.grading.listing import items, named, recited, stated
from studyllm.grading.naming import alike, alternatives
from studyllm.grading.one_word import (
    A_FORM,
    A_READING,
    MISSPELT,
    NOT_SURE,
    but_for_a_slip,
    by_person,
    is_misspelt,
    of_a_word,
    of_forms,
)
from studyllm.grading.order import misplaced, stretches
from studyllm.grading.paradigm import forms_by_person, forms_of
from studyllm.grading.points import answering, bare, chain, is_extra, split_points, unmarked
from studyllm.grading.results import Table, by_points, hangs_on_doubt, quoted_apart, results_of
from studyllm.grading.signals import Shares, Signals
from studyllm.grading.verdict import BANDS, LABELS, PARTIAL_FROM, SURE, Question, Verdict, in_keeping, verdict
from studyllm.grading.vocabulary import (
    in_two_letters,
    is_meaning,
    is_one_word,
    is_word,
    meanings,
    without_filling,
    without_marks,
)
from studyllm.grading.word_forms import Form, form, forms_said
from studyllm.text import has_wide, key
from studyllm.verdicts import Label, PointResult, State

_STILL_PARTIAL = 0.5
"""Of the probability that an answer with another value is correct, the share that goes to "partly correct" where there
are other points."""
_SETTLED = 0.8
"""Probability that an answer is correct that has all the values of a note that is nothing else."""
_SHARED = 2
"""Words, or pairs of Chinese letters, of the reference's own that a stretch must share to be about it."""
_EXTRA_SAID = 0.6
"""Share of an extra's words from which it counts as said."""
_LISTED = re.compile("[,，、;；]")
"""Between the things that an extra lists."""
_WRONG_BY_POINTS = 0.05
"""How likely the whole must be wrong for what the points alone make incorrect to be sure."""
_DISORDERED = 0.44
"""Most that steps in another order are worth: not recalled."""


@lru_cache(maxsize=1)
def weights() -> Mapping[str, Table]:
    """The fitted weights: a table for each degree of help."""
    loaded: Mapping[str, Table] = tomllib.loads(
        files(__package__).joinpath("weights.toml").read_text("utf-8")
    )
    return loaded


def points_of(question: Question) -> tuple[str, ...]:
    """The points of a question as they were written, extras among them. A chain of steps that was written as one point
    is its steps."""
    if is_chain(question):
        return split_points(question.reference)
    listed = items(question.text, question.reference) if question.kind is Kind.TERM else ()
    listed = answering(question.text, listed) if len(listed) > 1 else listed
    written = tuple(unmarked(point) for point in question.points)
    if not written and translations(question):
        return (without_uses(question.term or question.text, question.reference),)
    if found := written or listed or things(question.term or question.text, question.reference):
        return found
    told = answering(question.text, split_points(question.reference, question.kind))
    return told or (question.reference,)


def is_chain(question: Question) -> bool:
    """Whether a definition is steps between arrows, and its points are not the learner's own."""
    if question.kind is not Kind.TERM or not chain(question.reference):
        return False
    written = tuple(map(key, question.points))
    return written in ((), (key(question.reference),), tuple(map(key, split_points(question.reference))))


def in_steps(question: Question) -> Question:
    """The question as one for steps in their order, where its definition is a chain of them."""
    if not is_chain(question):
        return question
    return replace(question, points=points_of(question), kind=Kind.SEQUENCE)


def translations(question: Question) -> tuple[str, ...]:
    """The meanings of a word that is learnt, each of which is enough."""
    core = [point for point in question.points if not is_extra(point)]
    if question.exact or question.kind not in (Kind.TERM, Kind.TABLE) or len(core) > 1:
        return ()
    word = question.term or question.text
    return meanings(word, core[0] if core else without_uses(word, question.reference), question.context)


def filled(question: Question) -> Question:
    """The question with its points and language, as the models read it."""
    question = in_steps(question)
    return replace(question, points=points_of(question), lang=language_of(question))


def required(question: Question) -> Question:
    """The question without its extras: what they say is not asked of an answer."""
    core = tuple(point for point in question.points if not is_extra(point))
    if not core or len(core) == len(question.points):
        return replace(question, points=tuple(map(bare, question.points)))
    return replace(question, points=core, reference="\n".join(core))


def with_extras(question: Question, answer: str, given: Verdict) -> Verdict:
    """The verdict with the question's extras among its points, in their order: said or not, by their words. What
    the note says of another thing was not said by an answer that takes it for the meaning of this one."""
    if len(required(question).points) == len(question.points):
        return given
    core = iter(given.points)
    points = []
    for point in question.points:
        if is_extra(point):
            of_the_other = given.label is not Label.CORRECT and tells_apart(bare(point))
            said = not of_the_other and _is_said(bare(point), answer)
            state = State.HIT if said else State.MISSED
            points.append(PointResult(bare(point), state, extra=True))
        else:
            points.append(next(core))
    return replace(given, points=tuple(points))


def _is_said(extra: str, answer: str) -> bool:
    """Whether an answer has the words of an extra, or all of one of the things that it lists behind its label."""
    told = LABEL.sub("", extra, count=1)
    whole = lexical.recall(told, answer) >= _EXTRA_SAID
    return whole or any(lexical.recall(part, answer) == 1 for part in _LISTED.split(told) if part.strip())


def combine(question: Question, answer: str, seen: Signals) -> Verdict:
    """The verdict on an answer that passed the gates."""
    question = in_steps(question)
    points, table = points_of(question), weights()[seen.degree]
    if _is_the_reference(question, answer) or _is_the_list(question, points, answer):
        hits = quoted_apart([PointResult(point, State.HIT, answer) for point in points], answer)
        score = MISSPELT if is_misspelt(question, answer) else 1.0
        return verdict(score, hits, confidence=1.0, by=seen.by)
    if len(points) == 1 and (word := form(question.reference, answer)):
        other = word is Form.OTHER
        (point,) = points
        result = PointResult(point, State.CONTRADICTED if other else State.HIT, answer)
        sure = A_READING if word is Form.READING else A_FORM
        return verdict(1 - sure if other else sure, (result,), confidence=sure, by=seen.by)
    if len(points) == 1 and (forms := forms_said(question.term or question.text, question.reference, answer)):
        return of_forms(points[0], answer, forms, seen.by)
    if persons := forms_by_person(points, answer) or forms_of(question.term, points, answer):
        return by_person(points, answer, persons, seen.by)
    said, contradicted = states_of(of_points(question, points, answer, seen), table)
    said, contradicted, absent = by_words(question, points, answer, said, contradicted)
    whole = whole_of(question, answer, seen, said, contradicted)
    shares = label_shares(dot(table["partial"], whole), dot(table["correct"], whole))
    shares = capped(question, answer, seen, shares)
    turned = out_of_order(question, answer, seen, said)
    if turned or absent:  # whoever says all steps in another order, or leaves one out, has not the whole
        shares = 0.0, shares[0] + shares[1], shares[2]
    one_word = len(points) == 1 and is_one_word(question.reference)
    right = sigmoid(dot(table["right"], of_certainty(shares, whole, said, seen, answer)))
    if in_doubt(question, points, answer, seen, shares, right):
        right = min(right, NOT_SURE)
    if one_word and right < SURE:
        shares = shares[0] + shares[1] / 2, 0.0, shares[2] + shares[1] / 2
    if not seen.reads and is_list(question):
        said = named(points, question.text, answer)  # of one letter that all items share no item is made
    found = settle(question, answer, seen, shares, right, said, contradicted, turned)
    found = but_for_a_slip(question, answer, translations(question) or (question.reference,), found)
    return of_a_word(question, answer, found)


def _is_the_reference(question: Question, answer: str) -> bool:
    """Whether an answer is the reference but for case, width, spaces and marks, or a name that is as right; folding
    drops signs, so values and signs of logic are compared as well."""
    if key(answer) != key(question.reference):
        names = (*question.names, *alternatives(question.reference))
        asked = key(question.text)
        named = any(key(name) == key(answer) != "" and key(name) not in asked for name in names)
        named = named or is_meaning(answer, translations(question))
        plain = has_wide(question.reference) and is_word(question.reference)
        named = named or (plain and key(without_filling(answer)) == key(without_filling(question.reference)))
        named = named or (question.exact and without_marks(answer, question.reference))
        named = named or (question.exact and sounds_like(answer, question.reference))
        named = named or in_two_letters(answer, question.reference)
        return named or alike(answer, question.reference)
    found = compared(replace(question, text=""), answer)
    turned = any(opposites.turned((question.reference,), answer))
    return not (found.other or found.absent or turned)


def _is_the_list(question: Question, points: tuple[str, ...], answer: str) -> bool:
    """Whether an answer is the items of a list, whose order says nothing, and no more."""
    unordered = question.kind in (Kind.TERM, Kind.LIST) and is_list(question)
    return unordered and recited(question.text, points, answer)


def states_of(rows: Sequence[Row], table: Table) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """For each point the probability that it was said, and that it was contradicted."""
    said = tuple(sigmoid(dot(table["said"], row)) * (1 - row["value_other"]) for row in rows)
    contradicted = (max(sigmoid(dot(table["contradicted"], row)), row["value_other"]) for row in rows)
    return said, tuple(min(c, 1 - s) for s, c in zip(said, contradicted, strict=True))


def whole_of(
    question: Question, answer: str, seen: Signals, said: tuple[float, ...], contradicted: tuple[float, ...]
) -> Row:
    """The features of the whole, given those of its points."""
    points = points_of(question)
    turned = out_of_order(question, answer, seen, said)
    whole = of_whole(question, points, answer, seen, said, contradicted)
    return whole | {"disorder": len(turned) / len(points)}


def out_of_order(
    question: Question, answer: str, seen: Signals, said: tuple[float, ...]
) -> tuple[tuple[int, int], ...]:
    """Pairs of neighbouring steps, counted from 0, that the answer has the wrong way round."""
    if question.kind is not Kind.SEQUENCE:
        return ()
    points = points_of(question)
    return misplaced(points, answer, seen.where, stated(points, answer), [share >= 0.5 for share in said])


def label_shares(partial: float, correct: float) -> Shares:
    """Probabilities of correct, partial and incorrect, from the logits of "at least partial" and of "correct"."""
    least, most = sigmoid(partial), sigmoid(correct)
    most = min(most, least)
    return most, least - most, 1 - least


def settle(
    question: Question,
    answer: str,
    seen: Signals,
    shares: Shares,
    right: float,
    said: tuple[float, ...],
    contradicted: tuple[float, ...],
    turned: tuple[tuple[int, int], ...] = (),
) -> Verdict:
    """The verdict on these probabilities, `right` being that the likeliest label is right; and what is shown of each
    point. Steps that stand the wrong way round (`turned`) were said: their order is what is wrong."""
    points, table = points_of(question), weights()[seen.degree]
    label = LABELS[shares.index(max(shares))]
    credit = sum(said) / len(said) if is_list(question) else shares[0] + shares[1] / 2
    results = results_of(question, points, said, contradicted, answer, seen, table, right)
    likeliest, (label, doubted) = label, by_points(question, label, results, answer)
    doubted = doubted or (label is not likeliest and shares[2] < _WRONG_BY_POINTS)
    right = min(right, NOT_SURE) if doubted else right
    if not turned or label is not Label.PARTIAL:
        wrong = doubted and any(one.state is State.CONTRADICTED for one in results)  # beside half of it
        kept = results if wrong and label is Label.PARTIAL else in_keeping(results, label, right)
        # Of a list of which all was named, what was named beside is wrong.
        named_all = is_list(question) and all(one.state is State.HIT for one in results)
        right = min(right, NOT_SURE) if hangs_on_doubt(label, kept) and not named_all else right
        return verdict(within(credit, label), kept, confidence=right, by=seen.by)
    score = within(min(credit, _DISORDERED), label)
    return replace(verdict(score, results, confidence=right, by=seen.by), turned=turned)


def capped(question: Question, answer: str, seen: Signals, shares: Shares) -> Shares:
    """Probabilities that no model lifts: another value is not correct; and without a model that reads, what has no
    words of the note is incorrect."""
    correct, partial, incorrect = shares
    if not seen.reads and is_list(question):
        return _counted(named(points_of(question), question.text, answer))
    if not seen.reads and not _touches(question, answer):
        return 0.0, 0.0, 1.0
    found = compared(question, answer)
    if found.settled and correct < _SETTLED and not is_list(question):
        kept = (1 - _SETTLED) / (1 - correct)
        return _SETTLED, partial * kept, incorrect * kept
    points = points_of(question)
    if found.other or any(opposites.turned(points, answer)):
        kept = _STILL_PARTIAL if len(points) > 1 else 0.0
        return 0.0, partial + correct * kept, incorrect + correct * (1 - kept)
    return shares


def _counted(shares: tuple[float, ...]) -> Shares:
    """Probabilities of a list whose items are only compared by their words: named all, some, hardly any."""
    found = sum(shares) / len(shares)
    if found == 1.0:
        return 0.8, 0.2, 0.0
    return (0.0, 0.8, 0.2) if found >= PARTIAL_FROM else (0.0, 0.2, 0.8)


def _touches(question: Question, answer: str) -> bool:
    """Whether a stretch of an answer shares enough of the reference's own words; a long one shares some by chance."""
    asked = frozenset(lexical.units(f"{question.text} {question.term} {' '.join(question.aliases)}"))
    own = frozenset(lexical.units(question.reference))
    own = own - asked or own
    shared = max((len(own & frozenset(lexical.units(part))) for part in stretches(answer)), default=0)
    return shared >= min(len(own), _SHARED) and shared > 0


def within(credit: float, label: Label) -> float:
    """The score nearest to a credit, 0..1, that has this label."""
    low, high = BANDS[label]
    return min(high, max(low, credit))


def dot(table: Mapping[str, float], row: Mapping[str, float]) -> float:
    """Bias and weighted sum; features without a weight do not count."""
    return table["bias"] + sum(table.get(name, 0.0) * value for name, value in row.items())
