"""What verdicts, grades and cards are called, in the learner's language; a screen and a plain prompt say the same."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from studyllm.cards import Algorithm, Kind, Scheduling, Spread
from studyllm.grading import Verdict, is_extra, points_of
from studyllm.i18n import N_, _, ngettext
from studyllm.review.asking import question
from studyllm.schedule import Grade, Learned, easy
from studyllm.store import StudyCard
from studyllm.verdicts import Label, PointResult, State

if TYPE_CHECKING:
    from studyllm.schedule.compare import Report
    from studyllm.schedulers import Shift

MARKS = {State.HIT: "✓", State.MISSED: "○", State.CONTRADICTED: "✗", State.UNSURE: "?"}
LABELS = {
    Label.CORRECT: ("✓", N_("correct")),
    Label.PARTIAL: ("◐", N_("partly correct")),
    Label.INCORRECT: ("✗", N_("not correct")),
}
_STATES = {
    State.HIT: N_("said"),
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
_WHO = {
    "text": N_("word by word"),
    "embedding": N_("by meaning"),
    "cross-encoder": N_("by meaning"),
    "language model": N_("by meaning, and the language model"),
    "server": N_("with a model on a server that was not measured, which counts less"),
    "your grade": N_("as you graded it before"),
}
HINT = "→"
"""Before a point that was given away."""
_REASONS = (
    N_("blank"),
    N_("no content"),
    N_("does not know"),
    N_("repeats the question"),
    N_("talks to the grader"),
    N_("no words"),
    N_("keywords without a sentence"),
)
"""Why no model was asked."""


def mark(verdict: Verdict) -> str:
    """The verdict as a sign."""
    return "?" if verdict.unsure else LABELS[verdict.label][0]


def label(verdict: Verdict) -> str:
    """The verdict in a few words; in doubt it asks."""
    word = _(LABELS[verdict.label][1])
    return _("unsure, perhaps {label}: you decide").format(label=word) if verdict.unsure else word


def score(verdict: Verdict) -> str:
    """The score, and what it was before this learner's own grades moved it."""
    told = f"{verdict.score:.0%}"
    if verdict.unmoved is None:
        return told
    return f"{told} ({_('was {score}').format(score=f'{verdict.unmoved:.0%}')})"


def judged_by(verdict: Verdict) -> str:
    """Who had the last say, or why nobody was asked."""
    if verdict.before is not None:
        return _("as you see it")
    return _(verdict.reason) if verdict.reason else _(_WHO.get(verdict.by[-1], verdict.by[-1]))


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


def wanted(card: StudyCard) -> str:
    """What kind of answer is asked for; nothing where the prompt says it all."""
    count = sum(not is_extra(point) for point in points_of(question(card)))
    if card.card.kind is Kind.LIST:
        return ngettext("Name it.", "Name all {count}, in any order.", count).format(count=count)
    if card.card.kind is Kind.SEQUENCE:
        return ngettext("Name the step.", "Name the {count} steps in order.", count).format(count=count)
    if card.card.kind in (Kind.CLOZE, Kind.GAP):
        return _("Fill the gap.")
    if card.card.kind is Kind.MEANING:
        return _("Name the term.")
    return ""


def span(after: Learned, now: datetime) -> str:
    """How long until a card comes back, in few letters."""
    days = after.interval
    if days < 30:
        told = _("{days} d").format(days=days) if days else ""
    elif days < 365:
        told = _("{months:.1f} mo").format(months=days / 30.4)
    else:
        told = _("{years:.1f} y").format(years=days / 365.25)
    if after.again is None:
        return told
    minutes = max(1, round((after.again - now).total_seconds() / 60))
    if told:
        return f"{_('{minutes}m').format(minutes=minutes)}, {told.replace(' ', '')}"
    return _("{minutes} min").format(minutes=minutes)


def scheduled(scheduling: Scheduling) -> str:
    """How a deck is scheduled, in words."""
    parts = [scheduling.algorithm.label]
    if scheduling.algorithm is Algorithm.FSRS:
        fitted = _("fitted to you") if scheduling.weights else _("default weights")
        said = _("FSRS-6 ({weights}), retention {retention:g}")
        parts = [said.format(weights=fitted, retention=scheduling.retention)]
    if scheduling.spread is not Spread.NONE:
        parts.append(_("intervals vary a little") if scheduling.spread is Spread.FUZZ else _("days balanced"))
    if scheduling.easy_days:
        days = zip(easy.WEEKDAY_NAMES, scheduling.easy_days, strict=True)
        each = _(", ").join(f"{_(name)} {weight:.0%}" for name, weight in days if weight != 1)
        parts.append(_("easy days: {days}").format(days=each))
    if scheduling.days_off:
        parts.append(_("days off: {days}").format(days=_(", ").join(easy.off_told(scheduling))))
    if scheduling.exam:
        parts.append(_("exam on {date}").format(date=f"{scheduling.exam:%Y-%m-%d}"))
    return _(", ").join(parts)


def unheeded(scheduling: Scheduling) -> Iterator[str]:
    """What is set of a scheduling and changes nothing, with what to do about it."""
    if easy.unheeded(scheduling):
        yield _(
            "Easy days and days off count only when days are balanced: studyllm schedule set --spread balance."
        )


def predicts(one: "Report") -> str:
    """How well a scheduler predicts the learner, in plain words; docs/scheduling.md has the technical ones."""
    return _("predicts you: {given:.1%}, off by {error:.1%}").format(given=one.given, error=one.error)


def what_predicts_means() -> str:
    """The words of `predicts`, explained."""
    return _(
        "Predicts you: how likely it held, on average, what then came; higher is better. Off by: how far its "
        "percentages are from your real ones; lower is better. One that is worse than the constant does not know "
        "when you forget."
    )


def shifted(moved: "Shift") -> Iterator[str]:
    """What a change of schedulers would do, a sentence each."""
    if not moved.sooner and not moved.later:
        yield _("No card gets another day.")
        return
    said = ngettext(
        "{count} card gets another day: {later} later, {sooner} sooner.",
        "{count} cards get another day: {later} later, {sooner} sooner.",
        moved.sooner + moved.later,
    )
    yield said.format(count=moved.sooner + moved.later, later=moved.later, sooner=moved.sooner)
    yield _("Due within 7 days: {then} instead of {now}.").format(then=moved.would_be_due, now=moved.due)
