"""What verdicts, grades and cards are called, in the learner's language; a screen and a plain prompt say the same."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from studyllm.cards import Kind
from studyllm.i18n import N_, _, listed, ngettext, phrases
from studyllm.late import Late
from studyllm.review.asking import question
from studyllm.schedule import Grade, Learned
from studyllm.store import StudyCard
from studyllm.text import LABELLED, width
from studyllm.verdicts import CONFIDENCES, Confidence, Label, PointResult, State

if TYPE_CHECKING:
    from studyllm import grading
    from studyllm.grading import Verdict
    from studyllm.review.queue import Left
else:
    grading = Late("studyllm.grading")

MARKS = {
    State.HIT: "✓",
    State.PARTLY: "◐",
    State.MISSED: "○",
    State.CONTRADICTED: "✗",
    State.UNSURE: "?",
}
LABELS = {
    Label.CORRECT: ("✓", N_("correct")),
    Label.PARTIAL: ("◐", N_("partly correct")),
    Label.INCORRECT: ("✗", N_("not correct")),
}
_PERHAPS = {
    Label.CORRECT: N_("right?"),
    Label.PARTIAL: N_("partly right?"),
    Label.INCORRECT: N_("wrong?"),
}
_STATES = {
    State.HIT: N_("said"),
    State.PARTLY: N_("partly said"),
    State.MISSED: N_("missed"),
    State.CONTRADICTED: N_("contradicted"),
    State.UNSURE: N_("not sure"),
}
GRADES = {
    Grade.BLACKOUT: N_("blank"),
    Grade.WRONG: N_("wrong"),
    Grade.FAMILIAR: N_("almost"),
    Grade.HARD: N_("hard"),
    Grade.GOOD: N_("good"),
    Grade.PERFECT: N_("easy"),
}
CARD_STATES = {
    "new": N_("new"),
    "learning": N_("learning"),
    "review": N_("learnt"),
    "due": N_("due"),
    "suspended": N_("suspended"),
    "buried": N_("tomorrow"),
    "gone": N_("no card any more"),
}
"""What becomes of a card today, see `glossary.STATES`."""
_WHO = {
    "text": N_("word by word"),
    "server": N_("with a model on a server that was not measured, which counts less"),
    "your grade": N_("as you graded it before"),
}
_USUAL = ("embedding", "cross-encoder", "language model")
"""By meaning, and the language model: not said with each verdict; the help has it."""
_LONGEST_NAME = 48
"""Columns of a point that is a name."""
_SENTENCE = re.compile(
    r"[.。;；!！?？]\s*$|[,，;；。]|\.\s+[A-Z]|\b(?:is|are|was|were|has|have|can|may|must)\b"
)
"""What a name has not."""
HINT = "→"
"""Before a point that was given away."""
_REASONS = {
    "blank": N_("blank"),
    "no content": N_("no content"),
    "does not know": N_("does not know"),
    "repeats the question": N_("repeats the question"),
    "talks to the grader": N_("talks to the grader"),
    "no words": N_("no words"),
    "keywords without a sentence": N_("the note's words, but not what it says"),
}
"""Why no model was asked, as the log keeps it, and in words."""


def left(left: Left) -> str:
    """How many cards are to come, and how many of those that were asked come back today."""
    to_go = ngettext("{count} to go", "{count} to go", left.cards).format(count=left.cards)
    again = ngettext("{count} to repeat", "{count} to repeat", left.again).format(count=left.again)
    if left.cards and left.again:
        return _("{cards} + {repeated}").format(cards=to_go, repeated=again)
    return again if left.again else to_go


def mark(verdict: Verdict) -> str:
    """The verdict as a sign."""
    return "?" if verdict.unsure else LABELS[verdict.label][0]


def label(verdict: Verdict) -> str:
    """The verdict in a few words; in doubt it asks, and says how sure it is."""
    if not verdict.unsure:
        return _(LABELS[verdict.label][1])
    perhaps = _(_PERHAPS[verdict.label])
    return _("Not sure ({share}): {perhaps}").format(share=f"{verdict.confidence:.0%}", perhaps=perhaps)


def sureness(verdict: Verdict) -> str:
    """How sure a verdict is; nothing where its words say so, or the learner decided."""
    if verdict.unsure or verdict.before is not None or verdict.reason or grading.SETTLED in verdict.by:
        return ""
    return _("{share} sure").format(share=f"{verdict.confidence:.0%}")


def judged_by(verdict: Verdict) -> str:
    """Who had the last say, where that is not the usual, or why nobody was asked."""
    if verdict.before is not None:
        return _("as you see it")
    if verdict.reason:
        return _(_REASONS.get(verdict.reason, verdict.reason))
    return "" if verdict.by[-1] in _USUAL else _(_WHO.get(verdict.by[-1], verdict.by[-1]))


def state(point: PointResult) -> str:
    """What became of a point, in a word."""
    return state_name(point.state)


def state_name(state: State) -> str:
    """What a state of a point is called."""
    return _(_STATES[state])


def extra(point: PointResult) -> str:
    """That a point may be left out; nothing of one that may not."""
    return _("extra, not needed") if point.extra else ""


def grade(grade: Grade) -> str:
    """The word of a grade."""
    return _(GRADES[grade])


def decide() -> str:
    """What to press where no grade is suggested."""
    return _("You decide: 0 to 2 not recalled, 3 to 5 recalled.")


def confidence(level: Confidence) -> str:
    """How sure an answer is, in a word or two."""
    return _(CONFIDENCES[level])


def wanted(card: StudyCard) -> str:
    """What kind of answer is asked for; nothing where the prompt says it all."""
    if card.card.kind in (Kind.LIST, Kind.SEQUENCE):
        count = sum(not grading.is_extra(point) for point in grading.points_of(question(card)))
        if count < 2:
            return ""
        return _steps(count) if card.card.kind is Kind.SEQUENCE else _items(count, names=_are_names(card))
    if card.card.kind is Kind.TABLE and (columns := _columns(card)):
        return _("Asked for: {columns}.").format(columns=listed(columns))
    if card.card.kind in (Kind.CLOZE, Kind.GAP):
        return _("Fill the gap.")
    if card.card.kind is Kind.MEANING:
        return _("Name the term.")
    return ""


def _steps(count: int) -> str:
    if count == 2:
        return _("Name both steps in order.")
    return ngettext("Name the step.", "Name the {count} steps in order.", count).format(count=count)


def _items(count: int, *, names: bool) -> str:
    if count == 2:
        return _("Name both, in any order.") if names else _("Say both points, in any order.")
    if names:
        return ngettext("Name it.", "Name all {count}, in any order.", count).format(count=count)
    return ngettext("Say the point.", "Say all {count} points, in any order.", count).format(count=count)


def _columns(card: StudyCard) -> list[str]:
    """The columns of a table that the points of a row stand in, where they are named; the one without its name, which
    comes first, has the meaning."""
    points = [point for point in grading.points_of(question(card)) if not grading.is_extra(point)]
    heads = list(dict.fromkeys(map(_head, points)))  # a cell with several things is several points
    if len(heads) < 2 or not all(heads[1:]):
        return []
    return [head or _("the meaning") for head in heads]


def _are_names(card: StudyCard) -> bool:
    """Whether the points of a card are names: short, without a label before them and without a sentence."""
    points = map(grading.bare, grading.points_of(question(card)))
    return all(
        width(point) <= _LONGEST_NAME and not LABELLED.match(point) and not _SENTENCE.search(point)
        for point in points
    )


def _head(point: str) -> str:
    """The head of the column that a point begins with; nothing where it has none."""
    found = LABELLED.match(point)
    return found[0].rstrip(":：") if found else ""


def graded(card: StudyCard, grade: Grade, now: datetime, *, practised: bool = False) -> str:
    """What was done to a card that was graded. One that comes back today may come before its time; one that was only
    practised stays on its day."""
    assert isinstance(card.progress, Learned)
    if practised:
        said = _("{term}: grade {grade}, practised; its day stays as it was")
        return said.format(term=card.card.term, grade=int(grade))
    told = _("{term}: grade {grade}, again {time}")
    told = told.format(term=card.card.term, grade=int(grade), time=span(card.progress, now))
    if card.progress.again is None:
        return told
    return _("{graded}; sooner if nothing else is left").format(graded=told)


def span(after: Learned, now: datetime) -> str:
    """How long until a card comes back: "in 10 min, then 1 day"."""
    return phrases(spans(after, now))


def spans(after: Learned, now: datetime) -> tuple[str, ...]:
    """The same in one part or two: within the day, then on a later one."""
    days = after.interval
    if after.again is None:
        return (_("in {time}").format(time=_long(days)),)
    minutes = max(1, round((after.again - now).total_seconds() / 60))
    soon = _("in {time}").format(time=_("{minutes} min").format(minutes=minutes))
    return (soon, _("then {time}").format(time=_long(days))) if days else (soon,)


def _long(days: int) -> str:
    """A number of days, as far as it matters, in few enough letters for a column of a grade."""
    if days < 100:
        return ngettext("{count} day", "{count} days", days).format(count=days)
    if days < 365:
        count = round(days / 30.4)
        return ngettext("{count} month", "{count} months", count).format(count=count)
    return _("{years:.1f} years").format(years=days / 365.25)
