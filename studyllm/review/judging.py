"""An answer gets a verdict, as this learner's own grades have taught it, and an explanation."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from studyllm.cards import Kind
from studyllm.grading import (
    SETTLED,
    Calibration,
    Grader,
    Opinion,
    Question,
    Verdict,
    called_otherwise,
    is_word,
    label_of,
    learn,
    means_another,
    named_otherwise,
    of_another,
    settled,
    with_states,
)
from studyllm.grading.text_grader import LONGEST
from studyllm.i18n import _
from studyllm.review import siblings
from studyllm.review.asking import question
from studyllm.store import JudgedPoint, Review, ReviewDetail, StudyCard
from studyllm.text import fold
from studyllm.verdicts import Label, State

if TYPE_CHECKING:
    from studyllm.store import Store


def judge(store: "Store", grader: Grader, card: StudyCard, answer: str) -> Verdict:
    """The verdict as this learner's own grades have taught it; may wait for models."""
    asked = question(card)
    given = _beside_others(store, card, asked, answer, grader.grade(asked, answer))
    if given.reason:
        return given
    moved = calibration(store, given.by).apply(given)
    for before in store.journal.judged(card.id, 50):
        if before.detail.asked == _mark(asked) and _same(before.answer or "", answer):
            return _as_before(given, moved, before)
    return moved


def _beside_others(store: "Store", card: StudyCard, asked: Question, answer: str, given: Verdict) -> Verdict:
    """The verdict on a word, with what the other cards of its deck tell: one that is another card's is not this one's
    name, and not surely its meaning."""
    named = card.card.kind is Kind.MEANING
    word = named or (
        not asked.exact and is_word(asked.reference)
    )  # of no other are the deck's cards looked through
    decided = given.reason or given.label is not Label.CORRECT or given.confidence == 1
    if decided or not word or not store.defined_so(card, answer):
        return given
    return called_otherwise(answer, given) if named else means_another(asked, given)


def no_surer(given: Verdict, before: Verdict) -> Verdict:
    """The verdict on an answer that goes on after one in doubt: where what was added makes no point, it makes nothing
    surer."""
    said, earlier = (sum(point.state is State.HIT for point in one.points) for one in (given, before))
    asked, once = ([point.text for point in one.points] for one in (given, before))
    if said > earlier or asked != once or given.by != before.by:
        return given
    return replace(given, confidence=min(given.confidence, before.confidence))


def judge_contrast(store: "Store", grader: Grader, asked: Question, answer: str) -> Verdict:
    """The verdict on what tells two cards apart, as this learner's own grades have taught it; may wait for models."""
    given = grader.grade(asked, answer)
    return given if given.reason else calibration(store, given.by).apply(given)


def explain(
    store: "Store",
    grader: Grader,
    card: StudyCard,
    answer: str,
    verdict: Verdict,
    confused: Callable[[StudyCard], None] = lambda other: None,
) -> Iterator[str]:
    """What there is to say after a verdict, in pieces: what the grader explains, or that the answer is another card's,
    which `confused` is told."""
    asked = question(card)
    pieces = grader.explain(asked, answer, verdict)
    try:
        if cut := _left_out(answer):
            yield cut
        wrong = verdict.label is not Label.CORRECT
        if wrong:  # said at once: to compare the answer with other cards may take a model
            yield next(pieces, "")
        if other := _answered_instead(store, grader, card, answer, verdict):
            confused(other)
            term, named = other.card.term, card.card.kind is Kind.MEANING
            said = named_otherwise(asked, term, other.card.answer) if named else of_another(asked, term)
            yield said if wrong else said.strip()
            return
        yield from pieces
    finally:
        if close := getattr(pieces, "close", None):
            close()


def _left_out(answer: str) -> str:
    """That the end of a long answer was not read."""
    if len(answer) <= LONGEST:
        return ""
    return _("Only the first {count} characters of your answer were read.").format(count=LONGEST) + "\n"


def _answered_instead(
    store: "Store", grader: Grader, card: StudyCard, answer: str, verdict: Verdict
) -> StudyCard | None:
    """The card whose definition an answer is that is not right: word for word one of the deck, or by its meaning one
    of the same note, in whole, or in part where nothing is right."""
    if not answer or (verdict.label is Label.CORRECT and not verdict.unsure):
        return None
    if (other := store.defined_so(card, answer)) and not _within(card, other):
        return other
    wrong = verdict.label is Label.INCORRECT or (verdict.label is Label.PARTIAL and verdict.wrong)
    if not wrong or verdict.reason:
        return None
    near = [other for other in store.near(card, siblings.MOST) if not _within(card, other)]
    asked = tuple(map(question, near))
    found = siblings.answered_instead(grader, question(card), verdict, asked, answer)
    return None if found is None else near[found]


def _within(one: StudyCard, other: StudyCard) -> bool:
    """Whether one of two cards stands in the other: an item of a list says a part of what the list says."""
    ours, theirs = one.card.source, other.card.source
    inner, outer = sorted((ours, theirs), key=lambda one: one.end_line - one.line)
    longer = inner.end_line - inner.line < outer.end_line - outer.line
    return (
        longer and inner.path == outer.path and outer.line <= inner.line <= inner.end_line <= outer.end_line
    )


def calibration(store: "Store", by: tuple[str, ...] | None = None) -> Calibration:
    """What this learner's overrides have taught to doubt so far, of verdicts given by the same models: the last ones',
    unless told otherwise. What a gate stopped teaches nothing, nor does a grade that a hint capped."""
    reviews = [r for r in store.journal.judged() if not (r.detail.reason or r.detail.hints)]
    wanted = list(by) if by is not None else _by(reviews[0]) if reviews else []
    return learn([_opinion(review) for review in reviews if _by(review) == wanted])


def _by(review: Review) -> list[str]:
    """Who gave the verdict, this learner's own say left out."""
    return [who for who in review.detail.by if who != SETTLED]


def _opinion(review: Review) -> Opinion:
    points = tuple((point.state, point.result.state) for point in review.detail.points)
    label = Label(review.verdict) if review.verdict else label_of(review.score or 0.0)
    return Opinion(label, review.detail.confidence or 0.0, review.chosen, points)


def _as_before(given: Verdict, moved: Verdict, before: Review) -> Verdict:
    """The verdict with what the learner made of the same answer before: of its points, and then the grade. `given` is
    the grader's own, `moved` as all of this learner's grades have taught it."""
    said = {point.text: point.own for point in before.detail.points if point.own}
    states = {number: said[p.text] for number, p in enumerate(given.points) if p.text in said}
    own = before.chosen != before.suggested or SETTLED in before.detail.by
    own = own or moved.unsure  # it was sure then, and was taken so
    own = own and not before.detail.hints  # whose grade was capped
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


def detail_of(asked: Question, verdict: Verdict) -> ReviewDetail:
    """What the grader said, and of which points the learner said otherwise: the program can be taught from it."""
    judged = verdict.before or verdict
    points = zip(judged.points, verdict.points, strict=True)
    return ReviewDetail(
        points=tuple(
            JudgedPoint(said.text, said.state, said.extra, None if own.state is said.state else own.state)
            for said, own in points
        ),
        by=judged.by,
        confidence=judged.confidence,
        asked=_mark(asked),
        reason=judged.reason,
        unmoved=judged.unmoved,
    )
