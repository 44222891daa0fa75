"""What is shown of each point of a note: what the answer did with it, and the learner's words for it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from studyllm.grading import lexical, opposites
from studyllm.grading.crossed import PAIRED
from studyllm.grading.features import compared
from studyllm.grading.listing import begun, names_some
from studyllm.grading.order import stretches
from studyllm.grading.signals import Signals
from studyllm.grading.verdict import Question
from studyllm.text import key
from studyllm.verdicts import Label, PointResult, State

_OWN_WORDS = 0.5
"""Share of a point's words that another stretch must have more than the nearest one to be what says it."""
_SENTENCE = re.compile(r"(?:[^。！？!?；;.\n]|\.(?=\S))+")
_QUOTED = 120
"""Letters of a sentence that is quoted whole."""
_EDGES = " ,;:，、；：→⇒"
_LIKELY = 0.5
"""How likely the label must be right for a point to be called contradicted, unless a value or a word shows it: below
it, a third of them were not."""
_READ_WRONG = 0.6
"""How likely the language model must find a point contradicted for it to be called so, unless a value or a word shows
it: below it, some four in ten were not."""
_TOLD_WRONG, _TOLD_SHOWN, _TOLD_MISSED, TOLD_SAID = 0.98, 0.5, 0.1, 0.97
"""From how likely contradicted (to the language model; less where a value or a word shows it), to how likely said and
from how likely said a state is told as a fact: it is true of 97 in 100 then, on hands left out; of those that are only
marked it is true of some 80."""
_MOST_QUOTED = 3
"""Points under which the same words are not quoted any more."""

Table = Mapping[str, Any]


def results_of(
    question: Question,
    points: tuple[str, ...],
    said: tuple[float, ...],
    contradicted: tuple[float, ...],
    answer: str,
    seen: Signals,
    table: Table,
    right: float,
) -> tuple[PointResult, ...]:
    """What is shown of each point: "missed" and "contradicted" only where that is likely enough; `right` is how likely
    the label is right."""
    results = []
    parts = stretches(answer)
    asked = f"{question.text} {question.term}"
    pairs = compared(question, answer).other
    written = {
        i: pair.answer.text for i, point in enumerate(points) for pair in pairs if pair.note.text in point
    } | {i: part for i, part in enumerate(opposites.turned(points, answer)) if part}
    for number, point in enumerate(points):
        evidence = written.get(number) or _evidence(point, number, answer, parts, seen)
        if contradicted[number] >= table["contradicted_from"]:
            wrong = written.get(number) or _sentence(answer, evidence)
            shown, read = number in written, _read_wrong(number, seen)
            accused = shown or (right >= _LIKELY and read >= _READ_WRONG)
            results.append(PointResult(point, *((State.CONTRADICTED, wrong) if accused else (State.UNSURE,))))
            results[-1] = replace(results[-1], certain=read >= (_TOLD_SHOWN if shown else _TOLD_WRONG))
        elif said[number] >= table["said_from"]:
            results.append(PointResult(point, State.HIT, evidence, certain=said[number] >= TOLD_SAID))
        else:
            other = " ".join(one for at, one in enumerate(points) if at != number)
            missed = State.MISSED if said[number] <= table["missed_to"] else State.UNSURE
            partly = begun(point, f"{asked} {other}", answer)
            certain = said[number] <= _TOLD_MISSED
            results.append(PointResult(point, State.PARTLY if partly else missed, certain=certain))
    hits = [one for one in results if one.state is State.HIT]
    others = [part for part in parts if any(_says(part, hit) for hit in hits)]
    for number, one in enumerate(results):
        if one.state is State.CONTRADICTED and number not in written:
            stretch = _evidence(one.text, number, answer, parts, seen)
            results[number] = replace(one, evidence=_between(one.evidence, stretch, others))
    return quoted_apart(results, answer)


def by_points(
    question: Question, label: Label, results: Sequence[PointResult], answer: str
) -> tuple[Label, bool]:
    """The label that goes with what is shown of the points, and whether it is in doubt: what is called incorrect may be
    half of it where something of a point stands in the answer word for word, beside what is wrong."""
    states = [result.state for result in results]
    if label is Label.PARTIAL and _says_nothing_right(states):
        return Label.INCORRECT, False
    if label is not Label.INCORRECT:
        return label, False
    if State.PARTLY in states and State.CONTRADICTED not in states:
        return Label.PARTIAL, True
    asked = f"{question.text} {question.term}"
    if any(len(PAIRED.findall(one.text)) > 1 for one in results):
        return label, False  # whoever takes one pair's end for the other's has all words of both
    if len(results) == 1 and begun(results[0].text, asked, answer):
        return Label.PARTIAL, True
    return label, State.HIT in states or any(names_some(one.text, asked, answer) for one in results)


def hangs_on_doubt(label: Label, points: Sequence[PointResult]) -> bool:
    """Whether an answer is partly correct only by a point that is in doubt: all the others were said, so that it may be
    correct, or none was, so that it may be wrong."""
    states = [point.state for point in points if not point.extra]
    others = {state for state in states if state is not State.UNSURE}
    if label is not Label.PARTIAL or len(others) == 0 or State.UNSURE not in states:
        return False
    return others == {State.HIT} or others <= {State.MISSED, State.CONTRADICTED}


def _says_nothing_right(states: Sequence[State]) -> bool:
    """Whether most points are contradicted, and of none anything is said."""
    said = State.HIT in states or State.PARTLY in states
    return not said and 2 * states.count(State.CONTRADICTED) > len(states)


def _says(stretch: str, hit: PointResult) -> bool:
    """Whether a stretch of an answer is what a point was said by, or a part of it."""
    return stretch == hit.evidence or lexical.recall(stretch, hit.text) > _OWN_WORDS


def _between(sentence: str, stretch: str, others: Sequence[str]) -> str:
    """The part of a sentence round a stretch of it that no other point was said by."""
    first = sentence.find(stretch)
    left, right, last = 0, len(sentence), first + len(stretch)
    if first < 0 or stretch in others:
        return sentence
    for other in others:
        for found in re.finditer(rf"(?<![A-Za-z0-9]){re.escape(other)}(?![A-Za-z0-9])", sentence):
            if found.end() <= first:
                left = max(left, found.end())
            elif found.start() >= last:
                right = min(right, found.start())
    return sentence[left:right].strip(_EDGES)


def _read_wrong(number: int, seen: Signals) -> float:
    """How likely the language model finds a point contradicted; one that it has not read is left to the others."""
    if seen.reading is None or number >= len(seen.reading.points):
        return _READ_WRONG
    return seen.reading.points[number][2]


def quoted_apart(results: Sequence[PointResult], answer: str) -> tuple[PointResult, ...]:
    """Points without the words that say nothing of which part says what: those that stand for most of several points,
    and the whole answer."""
    quotes = [point.evidence for point in results if point.state is State.HIT]
    return tuple(
        replace(point, evidence="")
        if len(results) > 1
        and point.state is State.HIT
        and (key(point.evidence) == key(answer) or quotes.count(point.evidence) >= _MOST_QUOTED)
        else point
        for point in results
    )


def _evidence(point: str, number: int, answer: str, parts: tuple[str, ...], seen: Signals) -> str:
    """The stretch of the answer that says a point: the one that has its words, else the one that is nearest to it."""
    if not parts:
        return answer
    shared = [lexical.recall(point, part) for part in parts]
    there = seen.where[number] if number < len(seen.where) and 0 <= seen.where[number] < len(parts) else None
    if there is not None and max(shared) - shared[there] < _OWN_WORDS and (shared[there] or not max(shared)):
        return parts[there]
    if max(shared) > 0:
        return parts[shared.index(max(shared))]
    return answer if len(answer) <= 80 else parts[0]


def _sentence(answer: str, stretch: str) -> str:
    """The sentence of an answer that a stretch stands in, unless it is long: what is wrong often stands next to the
    words that are nearest to the point."""
    for sentence in _SENTENCE.findall(answer):
        if stretch in sentence and len(sentence) <= _QUOTED:
            return str(sentence.strip())
    return stretch
