"""What the grader is asked about a card, and what the learner may be shown before and after an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from studyllm.cards import DERIVED, Card, Kind
from studyllm.i18n import _
from studyllm.late import Late
from studyllm.schedule import Grade, Learned
from studyllm.store import StudyCard
from studyllm.text import has_wide, holds, key, language
from studyllm.verdicts import Label

if TYPE_CHECKING:
    from studyllm import grading
    from studyllm.grading import Question, Verdict
else:
    grading = Late("studyllm.grading")

_LONG = 9
"""Letters from which on the beginning of a point does not give it away."""
_NUMBERED = re.compile(r"^\s*(?:§\s*)?(?:\d+[.．)、])*\d*[.．)、]?\s+|^[一二三四五六七八九十]+、\s*")
"""The number of a heading."""
_NAMES = re.compile(r"\s*[/,;、，；&|()（）:：]\s*|\s+(?:and|or|vs\.?|[-–—])\s+|[和与及]")
"""What stands between the names of a heading that has several."""
_LEAST_PART = 3
"""Letters of a part of a heading that is a name by itself, where not all of it is ASCII: 间隔 of 遗忘与间隔 is in many
words."""
_SHORT = 3
"""Letters from which on its first letter does not."""


def question(card: StudyCard) -> Question:
    """What the grader is asked about a card."""
    text = card.card
    made = text.kind in DERIVED
    return grading.Question(
        text=text.prompt or text.term,
        reference=text.answer,
        points=card.own_points or _points(text),
        term="" if made else text.term,
        aliases=() if made else text.aliases,
        names=text.aliases if made else (),
        kind=Kind.TERM if made or text.kind is Kind.CLOZE else text.kind,
        lang=text.lang,
        context=" › ".join(text.headings),
        exact=made or text.kind is Kind.CLOZE,
    )


def _points(text: Card) -> tuple[str, ...]:
    """The points of a card as its note has them: each item of a list one, else each thing that is counted up; what need
    not be said as an extra."""
    told = grading.with_extras_marked(grading.points_told(text), text.prompt or text.term)
    listed = text.kind in (Kind.LIST, Kind.SEQUENCE) and len(told) > 1
    return told if listed else grading.apart(text.term, told)


def stands(card: StudyCard, hidden: Sequence[str] = ()) -> tuple[tuple[str, ...], str]:
    """The deck and the headings above a card, and its place in the notes, as they may be shown before the answer: what
    names one of the `hidden` texts is left out, what names the answer where that is a word, and a heading that is the
    question itself."""
    text = card.card
    if text.kind in DERIVED:
        hidden = (*hidden, text.term, text.answer, *text.aliases)
    elif text.kind is Kind.CLOZE:
        hidden = (*hidden, text.answer, *text.points)

    def tells(whole: str) -> bool:
        return any(holds(whole, one) for one in hidden)

    def names(heading: str) -> bool:
        return tells(heading) or any(_is_about(one, heading) for one in hidden)

    place, asked = text.source.place, (key(text.prompt), key(text.term))
    above = (one for one in text.headings if not names(one) and key(one) not in asked)
    return (card.deck, *above), "" if tells(place) or names(place.rpartition(".")[0]) else place


def _is_about(text: str, heading: str) -> bool:
    """Whether a text that is not to be told is about what a heading names: "Femoral vein: course" below "2.1 Femoral
    vein", or below "Femoral vein and artery"."""
    subject, colon, _rest = text.replace("：", ":").partition(":")
    if colon and holds(heading, subject):
        return True
    heading = _NUMBERED.sub("", heading)
    least = 2 if heading.isascii() else _LEAST_PART
    parts = (part for part in _NAMES.split(heading) if len(key(part)) >= least)
    return any(holds(text, part) for part in (heading, *parts) if len(key(part)) > 1)


def contrast(one: StudyCard, other: StudyCard) -> Question:
    """What the grader is asked about what tells two cards apart: what is said of either in its note is to be said."""
    both = [(card.card.term, question(card)) for card in (one, other)]
    names = [term for term, _asked in both]
    colon = "：" if one.card.lang == "zh" else ": "
    return grading.Question(
        text=_("What is the difference between “{one}” and “{other}”?").format(one=names[0], other=names[1]),
        reference="\n".join(f"{term}{colon}{asked.reference}" for term, asked in both),
        points=tuple(
            f"{term}{colon}{grading.bare(point)}"
            for term, asked in both
            for point in grading.points_of(asked)
            if not grading.is_extra(point)
        ),
        term=" / ".join(names),
        aliases=tuple(dict.fromkeys((*names, *one.card.aliases, *other.card.aliases))),
        lang=one.card.lang,
    )


def hints(card: StudyCard) -> tuple[str, ...]:
    """What may be shown before an answer, one at a time: every point but the last, or a third of the only
    one, then two; the first letter of a short one."""
    told = grading.points_of(question(card))
    points = tuple(grading.shown(point) for point in told if not grading.is_extra(point)) or told
    if len(points) > 1:
        return points[:-1]
    begun = (_begun(point, third) for point in points if len(point) >= _LONG for third in (1, 2))
    return tuple(dict.fromkeys(begun)) or tuple(f"{point[0]}…" for point in points if len(point) >= _SHORT)


def _begun(point: str, third: int) -> str:
    """So many thirds of a point, in whole words where it has more than one."""
    at = len(point) * third // 3
    if not has_wide(point[at - 1 : at + 1]):
        ends = (point.rfind(" ", 0, at + 1), point.find(" ", at))
        at = min((end for end in ends if end > 0), key=lambda end: abs(end - at), default=at)
    return point[:at].rstrip(" ,;:，；：、") + "…"


def aloud(card: StudyCard, *, answered: bool) -> tuple[str, str]:
    """What is read aloud of a card, and its language: the question, and once it was answered the note."""
    text = card.card
    said = text.answer if answered else text.prompt or text.term
    return said, language(said)


def best(*, hinted: bool) -> Grade:
    """The best grade that can be had."""
    return Grade.GOOD if hinted else Grade.PERFECT


def suggested(
    verdict: Verdict | None, most: Grade, card: StudyCard | None = None, *, of_another: bool = False
) -> Grade | None:
    """The grade that Enter takes: none in doubt and none without a verdict, where the learner decides, but that it is
    wrong where it is told to be the definition `of_another` card. What was missed when the card was last asked is not
    suggested to be easy a few minutes later."""
    if of_another and verdict and verdict.unsure and verdict.label is Label.INCORRECT:
        return Grade.WRONG
    grade = verdict.suggested if verdict else None
    if card is not None and isinstance(card.progress, Learned) and card.progress.repetitions == 0:
        most = min(most, Grade.GOOD)
    return None if grade is None else min(Grade(grade), most)
