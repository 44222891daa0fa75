"""A text about many things, and what it says to each of several questions: sentences that speak of a question are found
by meaning, then judged together as an answer to it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studyllm.grading import lexical
from studyllm.grading.passages import apart, chosen, sentences
from studyllm.grading.scoring import filled, required
from studyllm.grading.verdict import MOST_FORESEEN, SURE, Foreseeing, Grader, Question, Verdict
from studyllm.text import holds, key
from studyllm.verdicts import Label, PointResult, Recalled, State

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

_SEVERAL = 2
"""Points from which a card counts as said when each of them was heard, though the verdict on the whole is not sure."""

_OUTRIGHT = 4
"""Letters of a point from which on it counts as said when it stands in the text word for word."""
_LIKELY = 0.6
"""How sure a verdict is at least that credits a card whose points were all heard."""
_ENDED = re.compile(r"[。！？!?；;\n]|\.\s")
_LOOK = 0.5
"""Seconds between two looks at a text that did not grow."""

Progress = Callable[[int, int], bool]
"""Told how many questions of how many are judged; whether to go on."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text said to one question."""

    state: Recalled
    words: str = ""
    """The sentences that speak of it, as they were written."""
    points: tuple[PointResult, ...] = ()


NOTHING = Heard(Recalled.MISSED)


def hear(
    grader: Grader, questions: Sequence[Question], text: str, progress: Progress = lambda done, of: True
) -> tuple[Heard, ...] | None:
    """What a text said to each question; None when `progress` said to stop. Waits for models."""
    told = _told(questions, text)
    if not progress(0, len(questions)):
        return None
    passages = _passages(grader, questions, told)
    heard = []
    for number, (question, passage) in enumerate(zip(questions, passages, strict=True), 1):
        given = grader.grade(question, passage) if passage else None
        outright = given is not None and _says_outright(question, passage)
        named = bool(question.term) and holds(passage, question.term)
        of_others = not named and any(_speaks_of(one, question, passage) for one in questions)
        found = (
            judged(given, passage, outright=outright, named=named, of_others=of_others) if given else NOTHING
        )
        heard.append(found)
        if not progress(number, len(questions)):
            return None
    return tuple(heard)


def _told(questions: Sequence[Question], text: str) -> tuple[str, ...]:
    """The sentences of a text; what is said twice is read once."""
    return tuple(dict.fromkeys(apart(questions, sentences(text))))


def foresee(grader: Grader, questions: Sequence[Question], going: Callable[[], bool]) -> None:
    """Evaluates what does not depend on the text, question by question while `going()`: `hear` is quicker then."""
    asked = [filled(required(question)) for question in questions[:MOST_FORESEEN]]
    for question in asked:
        if not going() or not isinstance(grader, Foreseeing):
            return
        grader.embed(_known(question))
        grader.foresee(question)


def listen(
    grader: Grader, questions: Sequence[Question], text: Callable[[], str], going: Callable[[], bool]
) -> None:
    """Reads a text as it grows, while `going()`, up to its last whole sentence: each question in turn of which other
    sentences speak by now. A grader that remembers its verdicts has most of them when the text is done."""
    heard, last = "", -1
    passages: Sequence[str] = ()
    read: dict[int, str] = {}
    while isinstance(grader, Foreseeing) and going():
        if (so_far := _whole(text())) != heard:
            heard, passages = so_far, _passages(grader, questions, _told(questions, so_far))
        changed = [
            number for number, passage in enumerate(passages) if passage and passage != read.get(number)
        ]
        if not changed:
            time.sleep(_LOOK)
            continue
        last = next((number for number in changed if number > last), changed[0])
        read[last] = passages[last]
        grader.grade(questions[last], passages[last])


def _whole(text: str) -> str:
    """A text without the sentence that is being written."""
    return text[: max((found.end() for found in _ENDED.finditer(text)), default=0)]


def _known(asked: Question) -> list[str]:
    """The texts of a question that sentences are compared with: its whole reference, and its points."""
    return [f"{asked.term}：{asked.reference}", *asked.points]


def _says_outright(question: Question, passage: str) -> bool:
    """Whether a passage has the points of a question word for word; two or three letters stand there by chance."""
    points = filled(required(question)).points
    return all(len(key(point)) >= _OUTRIGHT and holds(passage, point) for point in points)


def _speaks_of(other: Question, question: Question, passage: str) -> bool:
    """Whether a passage names the term of another question that this one and its answer do not name; a letter stands
    in too many words."""
    own = " ".join((question.text, question.term, question.reference))
    return len(key(other.term)) > 1 and holds(passage, other.term) and not holds(own, other.term)


def judged(
    given: Verdict, passage: str, *, outright: bool = False, named: bool = False, of_others: bool = False
) -> Heard:
    """What a passage says to a question, from the verdict on it as an answer; partly said is said where it has its
    points word for word (`outright`), and what misses them is shown where it is about the term (`named`); what it says
    of other terms (`of_others`) contradicts nothing. If it is only partly said although each point was heard, the only
    one was said in part, or the last one is not sure: that is what is in doubt."""
    state = _state(given)
    points, core = list(given.points), _core(given)
    if of_others and state is Recalled.CONTRADICTED:
        state = Recalled.MISSED
        points = [replace(p, state=State.MISSED) if p.state is State.CONTRADICTED else p for p in points]
    if outright and state is Recalled.PARTLY:
        hits = tuple(point if point.extra else replace(point, state=State.HIT) for point in points)
        return Heard(Recalled.HIT, passage, hits)
    if core and state is Recalled.PARTLY and all(points[number].state is State.HIT for number in core):
        last = points[core[-1]]
        alone = len(core) == 1
        points[core[-1]] = (
            replace(last, state=State.PARTLY) if alone else replace(last, state=State.UNSURE, evidence="")
        )
    if state is Recalled.MISSED:  # unless they name it, the sentences nearest to it are about something else
        return Heard(state, passage if named else "", tuple(replace(point, evidence="") for point in points))
    return Heard(state, passage, tuple(points))


def _core(given: Verdict) -> list[int]:
    """The points that count, by number: the core, or all where there is no other."""
    core = [number for number, point in enumerate(given.points) if not point.extra]
    return core or list(range(len(given.points)))


def _state(given: Verdict) -> Recalled:
    core = [given.points[number].state for number in _core(given)]
    if State.CONTRADICTED in core:
        return Recalled.CONTRADICTED
    said = [state is State.HIT for state in core]
    every = len(said) >= _SEVERAL and all(said)  # that all of several are heard by mistake is unlikely
    if given.label is Label.CORRECT and given.confidence >= (_LIKELY if every else SURE):
        return Recalled.HIT
    return Recalled.PARTLY if any(said) or given.label is not Label.INCORRECT else Recalled.MISSED


def _passages(grader: Grader, questions: Sequence[Question], told: Sequence[str]) -> list[str]:
    """For each question the sentences that speak of it; nothing where none does."""
    asked = [filled(required(question)) for question in questions]
    likeness = _by_meaning(grader, asked, told)
    whole, points = likeness if likeness is not None else _by_words(asked, told)
    found = chosen(asked, told, whole, points, by_meaning=likeness is not None)
    return [" ".join(told[at] for at in one) for one in found]


def _by_meaning(
    grader: Grader, asked: Sequence[Question], told: Sequence[str]
) -> tuple[NDArray[numpy.float32], list[NDArray[numpy.float32]]] | None:
    """Likeness of each question's whole reference, and of each of its points, with each sentence; None without an
    embedding model."""
    import numpy as np  # late: no first frame needs it

    known = [text for one in asked for text in _known(one)]
    raw = grader.embed([*told, *known])
    if len(raw) < len(told) + len(known):
        return None
    vectors = np.stack([np.frombuffer(one, "<f2").astype(np.float32) for one in raw])
    likeness = vectors[len(told) :] @ vectors[: len(told)].T
    return _split(asked, likeness)


def _by_words(
    asked: Sequence[Question], told: Sequence[str]
) -> tuple[NDArray[numpy.float32], list[NDArray[numpy.float32]]]:
    """The same by shared words."""
    import numpy as np

    known = [text for one in asked for text in _known(one)]
    return _split(asked, np.array([[lexical.recall(a, b) for b in told] for a in known], np.float32))


def _split(
    asked: Sequence[Question], likeness: NDArray[numpy.float32]
) -> tuple[NDArray[numpy.float32], list[NDArray[numpy.float32]]]:
    """Rows of the references, and the rows of each question's points."""
    import numpy as np

    whole, points, at = [], [], 0
    for one in asked:
        whole.append(likeness[at])
        points.append(likeness[at + 1 : at + 1 + len(one.points)])
        at += 1 + len(one.points)
    return np.stack(whole), points
