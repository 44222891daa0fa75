"""What verdicts, grades and cards are called, in the learner's language; a screen and a plain prompt say the same."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from studyllm.cards import Algorithm, Backlog, Kind, Scheduling, Spread
from studyllm.grading import SETTLED, Verdict, is_extra, points_of
from studyllm.i18n import N_, _, ngettext
from studyllm.review.asking import question
from studyllm.review.ending import Ending
from studyllm.review.history import Answers
from studyllm.schedule import Grade, Learned, easy
from studyllm.store import Pick, Picked, StudyCard, Want
from studyllm.verdicts import Confidence, Label, PointResult, State

if TYPE_CHECKING:
    from studyllm.schedule.compare import Report
    from studyllm.schedulers import Shift

MARKS = {State.HIT: "✓", State.MISSED: "○", State.CONTRADICTED: "✗", State.UNSURE: "?"}
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
CONFIDENCES = {
    Confidence.GUESS: N_("guess"),
    Confidence.FAIR: N_("fairly sure"),
    Confidence.SURE: N_("sure"),
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
    """The verdict in a few words; in doubt it asks, and says how sure it is."""
    if not verdict.unsure:
        return _(LABELS[verdict.label][1])
    perhaps = _(_PERHAPS[verdict.label])
    return _("Not sure ({share}): {perhaps}").format(share=f"{verdict.confidence:.0%}", perhaps=perhaps)


def sureness(verdict: Verdict) -> str:
    """How sure a verdict is; nothing where its words say so, or the learner decided."""
    if verdict.unsure or verdict.before is not None or verdict.reason or SETTLED in verdict.by:
        return ""
    return _("sure to {share}").format(share=f"{verdict.confidence:.0%}")


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


def confidence(level: Confidence) -> str:
    """How sure an answer is, in a word or two."""
    return _(CONFIDENCES[level])


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
    """How long until a card comes back: "in 10 min, then 1 day"."""
    return _(", ").join(spans(after, now))


def spans(after: Learned, now: datetime) -> tuple[str, ...]:
    """The same in one part or two: within the day, then on a later one."""
    days = after.interval
    if after.again is None:
        return (_("in {time}").format(time=_long(days)),)
    minutes = max(1, round((after.again - now).total_seconds() / 60))
    soon = _("in {time}").format(time=_("{minutes} min").format(minutes=minutes))
    return (soon, _("then {time}").format(time=_long(days))) if days else (soon,)


def _long(days: int) -> str:
    """A number of days, as far as it matters."""
    if days < 30:
        return ngettext("{count} day", "{count} days", days).format(count=days)
    if days < 365:
        return _("{months:.1f} months").format(months=days / 30.4)
    return _("{years:.1f} years").format(years=days / 365.25)


PICKS = {
    Want.NEW: N_("more new cards"),
    Want.DUE: N_("more reviews"),
    Want.AHEAD: N_("studied ahead"),
    Want.FORGOTTEN: N_("missed lately"),
    Want.ALL: N_("picked by hand"),
}
_EFFECTS = {
    Want.NEW: N_(
        "They are learned as new cards always are, beyond today's limit; the next days get their reviews."
    ),
    Want.DUE: N_("They are due already: each answer counts as it always does."),
    Want.AHEAD: N_(
        "What is not due yet counts as an early review: recalled, it moves on by less than on its day; missed, it "
        "starts again."
    ),
    Want.FORGOTTEN: N_(
        "What is not due yet is only practised: recalled, it stays on its day; missed, it counts as forgotten."
    ),
}


def pick(pick: Pick) -> str:
    """What is picked, in a few words."""
    return _(PICKS[pick.want])


def effect(pick: Pick) -> str:
    """What asking the cards of a pick does to their schedules, in a sentence."""
    if pick.want is Want.ALL:
        return f"{_(_EFFECTS[Want.FORGOTTEN])} {_('New cards are learned, whatever the limit.')}"
    return _(_EFFECTS[pick.want])


def picked(found: Picked) -> str:
    """How many cards a pick has."""
    said = (
        ngettext("{count} due", "{count} due", found.due).format(count=found.due) if found.due else "",
        ngettext("{count} not due yet", "{count} not due yet", found.early).format(count=found.early)
        if found.early
        else "",
        ngettext("{count} new", "{count} new", found.new).format(count=found.new) if found.new else "",
    )
    return _(", ").join(filter(None, said)) or _("none")


def builds_on(cards: Sequence[StudyCard]) -> str:
    """What a card builds on."""
    return _("Builds on: {terms}").format(terms=_(", ").join(card.card.term for card in cards))


def ended(ending: Ending, zone: tzinfo) -> str:
    """Whether the day is done, in a sentence: it is not while another deck waits, or a card comes back."""
    if ending.again is not None:
        return _("Nothing to ask before {time}.").format(time=f"{ending.again.astimezone(zone):%H:%M}")
    if ending.following is None:
        return _("Nothing is due: all done for today.")
    if ending.deck is None:
        return _("These are done.")
    return _("{deck} is done for today.").format(deck=ending.deck)


def following(ending: Ending) -> str:
    """The deck that comes next, and what it has; nothing where none waits."""
    if (deck := ending.following) is None:
        return ""
    found = picked(Picked(deck.due + deck.learning, 0, deck.new))
    return _("the next deck, {deck}: {cards}").format(deck=deck.deck, cards=found)


def more(ending: Ending) -> str:
    """That more new cards can be learned today; nothing where there are none."""
    if (pick := ending.more) is None:
        return ""
    said = ngettext("learn {count} more new card", "learn {count} more new cards", pick.number)
    return said.format(count=pick.number)


def relearned(answers: Answers) -> str:
    """The time that went into cards that had been missed before; nothing where it was less than half a minute."""
    if not (minutes := round(answers.relearning / 60)):
        return ""
    said = ngettext(
        "A minute of it repeated what was missed.", "{count} minutes of it repeated what was missed.", minutes
    )
    return said.format(count=minutes)


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
    if scheduling.correct:
        count = scheduling.correct
        said = ngettext(
            "missed cards until recalled {count} time", "missed cards until recalled {count} times", count
        )
        parts.append(said.format(count=count))
    if scheduling.backlog is Backlog.LIKELY:
        parts.append(_("a backlog by what is likely still recalled"))
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
