"""How decks are scheduled and what a change would do, in words."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from studyllm.cards import Algorithm, Backlog, Scheduling, Spread
from studyllm.i18n import _, listed, ngettext, phrases
from studyllm.schedule import easy

if TYPE_CHECKING:
    from studyllm.schedule.compare import Report
    from studyllm.schedulers import Shift


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
        days = zip(easy.DAY_NAMES, scheduling.easy_days, strict=True)
        each = phrases(f"{_(name)} {weight:.0%}" for name, weight in days if weight != 1)
        parts.append(_("easy days: {days}").format(days=each))
    if scheduling.days_off:
        parts.append(_("days off: {days}").format(days=listed(easy.off_told(scheduling))))
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
    return phrases(parts)


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


def unfitted(reports: "Sequence[Report]") -> str:
    """Why FSRS was not fitted for a comparison, and what is lacking; nothing where it was."""
    from studyllm.schedule.fsrs6 import ENOUGH  # late: the package of FSRS takes long to import

    if any(one.name == "FSRS-6 fitted" for one in reports):
        return ""
    return _(
        "FSRS is not fitted here: that takes {needed} reviews on a later day than the last of their card, and there "
        "are {count} before the last fifth, which it is compared on."
    ).format(needed=ENOUGH, count=reports[0].earlier)


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
