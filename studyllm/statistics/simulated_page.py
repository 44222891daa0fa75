"""A simulation as lines and as JSON: the app colours the lines, `studyllm schedule simulate` prints them."""

from collections.abc import Iterable, Iterator
from typing import Any

from studyllm.i18n import _, ngettext
from studyllm.schedule.simulation import HORIZONS, Outlook
from studyllm.statistics.bars import across, columns_of, fit
from studyllm.statistics.lines import Line
from studyllm.statistics.simulated import Simulation

_FIRST, _COLUMN, _LEAST_BAR = 7, 10, 6
_HELD = 0.97
"""So much of the limit of reviews is asked on average where it holds cards back."""
_FEW = 50
"""Fewer timed answers than these tell little."""


def headline(found: Simulation) -> str:
    """What is simulated, in a line."""
    said = ngettext("{count} card seen", "{count} cards seen", found.seen).format(count=found.seen)
    parts = [said, _("you know about {known:.0f} of them now").format(known=found.known)]
    if found.unseen:
        parts.append(
            ngettext("{count} new, {a_day} a day", "{count} new, {a_day} a day", found.unseen).format(
                count=found.unseen, a_day=found.new_a_day
            )
        )
    return " · ".join(parts)


def table(found: Simulation, width: int) -> Iterator[Line]:
    """A line for each retention, at most so many columns wide (from 60): minutes a day as a bar and as numbers, cards
    known."""
    bar = max(_LEAST_BAR, width - _FIRST - 4 * _COLUMN - 1)
    heads = [_("{days} days").format(days=days) for days in HORIZONS]
    yield (
        (" " * (_FIRST + bar), ""),
        (_right(_("minutes a day"), 2 * _COLUMN), "muted"),
        (_right(_("cards known after"), 2 * _COLUMN), "muted"),
    )
    yield (
        (fit(_("recall"), _FIRST + bar), "muted"),
        *((_right(head, _COLUMN), "muted") for head in (*heads, *heads)),
    )
    most = max(one.minutes[-1] for one in found.outlooks) or 1
    for one in found.outlooks:
        now = one.retention == found.retention
        numbers = [*(f"{value:.1f}" for value in one.minutes), *(f"{value:.0f}" for value in one.known)]
        yield (
            (fit(f"{'▸' if now else ' '} {one.retention:.0%}", _FIRST), "good" if now else ""),
            (fit(across(one.minutes[-1] / most, bar), bar), "bar"),
            *((_right(number, _COLUMN), "good" if now else "") for number in numbers),
        )


def _right(text: str, columns: int) -> str:
    return " " * (columns - columns_of(text)) + text


def notes(found: Simulation) -> Iterator[str]:
    """What has to be known to read the table, in sentences."""
    if found.retention is not None:
        yield _("▸ is how you learn now.")
    else:
        yield _("SM-2 aims at no retention of its own; this is FSRS-6, if you chose it.")
    if found.fitted:
        yield _("Your memory as FSRS-6 was fitted to your reviews.")
    else:
        yield _unfitted(found.later)
    seconds = _("{seconds:.0f} s a card you recall").format(seconds=found.seconds)
    if not found.timed:
        yield _("Time is a guess ({time}): no answer was timed yet.").format(time=seconds)
    elif found.timed < _FEW:
        yield _("Time is partly a guess ({time}): few answers were timed.").format(time=seconds)
    else:
        yield _("Time as your last {count} answers took ({time}), reading the verdict aside.").format(
            count=found.timed, time=seconds
        )
    held = [one for one in found.outlooks if one.reviews[0] >= _HELD * found.limit]
    if held:
        yield ngettext(
            "From {retention:.0%} on, your limit of {limit} review a day holds cards back: they wait.",
            "From {retention:.0%} on, your limit of {limit} reviews a day holds cards back: they wait.",
            found.limit,
        ).format(retention=held[0].retention, limit=found.limit)
    yield _("It is a model, and no day is missed in it: compare the lines with each other.")


def _unfitted(later: int) -> str:
    """Whose memory it is where FSRS was not fitted, and what that takes; `later` are the reviews a fit counts."""
    from studyllm.schedule.fsrs6 import ENOUGH

    if later >= ENOUGH:
        return _(
            "With the default weights of FSRS-6, an average memory: studyllm schedule fit makes them yours."
        )
    return _(
        "With the default weights of FSRS-6, an average memory: studyllm schedule fit makes them yours, once there are "
        "{needed} reviews on a later day than the last of their card; there are {count}."
    ).format(needed=ENOUGH, count=later)


def as_text(found: Simulation, width: int) -> Iterator[str]:
    """Lines of at most so many columns."""
    yield headline(found)
    yield ""
    for line in table(found, width):
        yield "".join(text for text, _style in line).rstrip()
    yield ""
    yield from notes(found)


def as_json(found: Simulation) -> dict[str, Any]:
    """Everything under names that stay."""
    return {
        "deck": found.deck,
        "seen": found.seen,
        "unseen": found.unseen,
        "new_per_day": found.new_a_day,
        "reviews_per_day": found.limit,
        "known_now": round(found.known, 1),
        "retention": found.retention,
        "fitted": found.fitted,
        "timed_answers": found.timed,
        "seconds_recalled": round(found.seconds, 1),
        "retentions": [{"retention": one.retention, "after": list(_horizons(one))} for one in found.outlooks],
    }


def _horizons(one: Outlook) -> Iterable[dict[str, float]]:
    for days, minutes, reviews, known in zip(HORIZONS, one.minutes, one.reviews, one.known, strict=True):
        yield {
            "days": days,
            "minutes_per_day": round(minutes, 2),
            "reviews_per_day": round(reviews, 1),
            "known": round(known, 1),
        }
