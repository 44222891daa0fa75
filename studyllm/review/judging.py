"""An answer gets a verdict, as this learner's own grades have taught it, and an explanation."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studyllm.grading import (
    SETTLED,
    Calibration,
    Grader,
    Label,
    Opinion,
    PointResult,
    Question,
    State,
    Verdict,
    label_of,
    learn,
    of_another,
    settled,
    with_states,
)
from studyllm.review import siblings
from studyllm.review.asking import question
from studyllm.store import Review, StudyCard
from studyllm.text import fold

if TYPE_CHECKING:
    from studyllm.store import Store


def judge(store: "Store", grader: Grader, card: StudyCard, answer: str) -> Verdict:
    """The verdict as this learner's own grades have taught it; may wait for models."""
    asked = question(card)
    given = grader.grade(asked, answer)
    if given.reason:
        return given
    moved = calibration(store, given.by).apply(given)
    for before in store.journal.judged(card.id, 50):
        asked_then = (before.detail or {}).get("asked")
        if asked_then == _mark(asked) and _same(before.answer or "", answer):
            return _as_before(given, moved, before)
    return moved


def explain(store: "Store", grader: Grader, card: StudyCard, answer: str, verdict: Verdict) -> Iterator[str]:
    """What there is to say after a verdict, in pieces: what the grader explains, or that the answer is another
    card's."""
    asked = question(card)
    pieces = grader.explain(asked, answer, verdict)
    try:
        yield next(pieces, "")
        wrong = verdict.label is Label.INCORRECT and not verdict.reason and answer
        if wrong and (other := _answered_instead(store, grader, card, answer)):
            yield of_another(asked, other.card.term)
            return
        yield from pieces
    finally:
        if close := getattr(pieces, "close", None):
            close()


def _answered_instead(store: "Store", grader: Grader, card: StudyCard, answer: str) -> StudyCard | None:
    """The card of the same note, near this one, whose definition the answer is."""
    near = store.near(card, siblings.MOST)
    found = siblings.answered_instead(grader, question(card), tuple(map(question, near)), answer)
    return None if found is None else near[found]


def calibration(store: "Store", by: tuple[str, ...] | None = None) -> Calibration:
    """What this learner's overrides have taught to doubt so far, of verdicts given by the same models: the last ones',
    unless told otherwise. What a gate stopped teaches nothing, nor does a grade that a hint capped."""
    reviews = [r for r in store.journal.judged() if not {"reason", "hints"} & set(r.detail or ())]
    wanted = list(by) if by is not None else _by(reviews[0]) if reviews else []
    return learn([_opinion(review) for review in reviews if _by(review) == wanted])


def _by(review: Review) -> list[str]:
    """Who gave the verdict, this learner's own say left out."""
    return [who for who in (review.detail or {}).get("by", ()) if who != SETTLED]


def _opinion(review: Review) -> Opinion:
    detail = review.detail or {}
    points = tuple(
        (State(point["state"]), State(point.get("own", point["state"]))) for point in detail.get("points", ())
    )
    label = Label(review.verdict) if review.verdict else label_of(review.score or 0.0)
    return Opinion(label, float(detail.get("confidence", 0.0)), review.chosen, points)


def _as_before(given: Verdict, moved: Verdict, before: Review) -> Verdict:
    """The verdict with what the learner made of the same answer before: of its points, and then the grade. `given` is
    the grader's own, `moved` as all of this learner's grades have taught it."""
    detail = before.detail or {}
    said = {point["text"]: State(point["own"]) for point in detail.get("points", ()) if "own" in point}
    states = {number: said[p.text] for number, p in enumerate(given.points) if p.text in said}
    own = before.chosen != before.suggested or SETTLED in detail.get("by", ())
    own = own and not detail.get("hints")  # whose grade was capped
    if (kept := with_states(moved, states)).before is None:
        return settled(given, before.chosen) if own else moved
    if not own:
        return kept
    again = settled(kept, before.chosen)
    return replace(again, points=kept.points, unmoved=kept.unmoved, before=kept.before)


def _same(one: str, other: str) -> bool:
    """Whether two answers are the same but for case, width, spaces and the last mark."""
    first, second = ("".join(fold(text).split()).rstrip("。.！!？?；;，,") for text in (one, other))
    return first == second


def _mark(asked: Question) -> str:
    """Tells whether a card still asks the same: a grade given for another definition counts no more."""
    return hashlib.sha256(repr((asked.reference, asked.points)).encode()).hexdigest()[:16]


def detail_of(asked: Question, verdict: Verdict) -> dict[str, Any]:
    """What the grader said, and of which points the learner said otherwise: the program can be taught from it."""
    judged = verdict.before or verdict
    points = zip(judged.points, verdict.points, strict=True)
    detail = {
        "points": [_point(said, own) for said, own in points],
        "by": list(judged.by),
        "confidence": judged.confidence,
        "asked": _mark(asked),
    }
    detail |= {"reason": judged.reason} if judged.reason else {}
    return detail if judged.unmoved is None else detail | {"unmoved": judged.unmoved}


def _point(said: PointResult, own: PointResult) -> dict[str, Any]:
    point: dict[str, Any] = {"text": said.text, "state": said.state.value}
    point |= {"extra": True} if said.extra else {}
    return point | ({"own": own.state.value} if own.state is not said.state else {})
