"""What was done and how it went, as lines."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import groupby

from studyllm.i18n import N_, _, ngettext, phrases
from studyllm.schedule.easy import WEEKDAY_NAMES
from studyllm.statistics.bars import across, columns_of, fit
from studyllm.statistics.figures import DayWork, Heat, Rate, Statistics
from studyllm.statistics.lines import (
    AXIS,
    Line,
    Part,
    axis,
    bar_of,
    by_calendar,
    chart,
    day_chart,
    every_nth,
    nothing,
    percent,
    rates,
)
from studyllm.statistics.timed import minutes_a_day, timed_days, untimed
from studyllm.store.tallies import AGES
from studyllm.text import clean

SHADES = "·░▒▓█"
"""The levels of the heat map, told apart without colour."""
_LABELS = {
    "correct": N_("correct"),
    "partial": N_("partly correct"),
    "incorrect": N_("not correct"),
}
_MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)
_MONTHS_SHOWN = 6


def summary(found: Statistics) -> str:
    """The most important in a line."""
    parts = [ngettext("{count} review", "{count} reviews", found.reviews).format(count=found.reviews)]
    if later := found.retention.reviews:
        said = _("{share} recalled of {count} on a later day")
        parts.append(said.format(share=percent(found.retention), count=later))
    current, longest = found.streak.current, found.streak.longest
    parts.append(ngettext("streak {count} day", "streak {count} days", current).format(count=current))
    parts.append(_("longest {count}").format(count=longest))
    return " · ".join(parts)


def month(day: date) -> str:
    """The short name of its month."""
    return _(_MONTHS[day.month - 1])


def ages(found: Statistics, width: int) -> Iterable[Line]:
    """What was recalled, by the interval that the cards had."""
    if not found.retention.reviews:
        return [nothing(_("No card came back on a later day yet."))]
    return rates(age_names(found), width)


def age_names(found: Statistics) -> list[tuple[str, Rate]]:
    """Young and mature cards, then each class of intervals."""
    both = [(_("young, under 21 days"), found.young), (_("mature"), found.mature)]
    return both + [(_age(age), each) for age, each in found.ages]


def _age(age: int) -> str:
    place = AGES.index(age)
    if place == len(AGES) - 1:
        return _("{days}+ days").format(days=age)
    return _("{first}–{last} days").format(first=age, last=AGES[place + 1] - 1)


def months(found: Statistics, width: int) -> Iterable[Line]:
    """What was recalled in each of the last months."""
    if not found.months:
        return [nothing(_("No card came back on a later day yet."))]
    return rates([(f"{first:%Y-%m}", each) for first, each in found.months[-_MONTHS_SHOWN:]], width)


def forecast(found: Statistics, width: int) -> Iterable[Line]:
    """What falls due."""
    days = found.forecast
    if not any(days):
        return [nothing(_("Nothing falls due."))]
    wide = 2 if width >= 2 * len(days) + AXIS else 1
    lines = list(chart([float(count) for count in days], wide, "bar"))
    marks = [
        (number * wide, f"{(found.today + timedelta(days=number)):%m-%d}")
        for number in range(0, len(days) - 2, 7)
    ]
    lines.append(((" " * AXIS, ""), *axis(marks)))
    total = sum(days)
    said = ngettext("{count} card in all", "{count} cards in all", total).format(count=total)
    said = _("{all}; {count} today").format(all=said, count=days[0])
    if again := sum(
        one.learning for one in found.counts
    ):  # their next day is another, and they are asked today
        told = ngettext("{count} to repeat today", "{count} to repeat today", again)
        said = phrases((said, told.format(count=again)))
    lines.append(((said, "muted"),))
    return lines


def workload(found: Statistics, width: int) -> Iterable[Line]:
    """How much was done on each day."""
    if not any(one.reviews for one in found.work):
        return [nothing(_("No reviews in this time."))]
    groups = [(one.day, float(one.reviews)) for one in grouped(found.work, width - AXIS - 1)]
    lines = list(day_chart(groups, width, "bar"))
    active = sum(1 for one in found.work if one.reviews)
    reviews = sum(one.reviews for one in found.work) / active
    said = _("{count} a day, {minutes}") if timed_days(found.work) == active else _("{count} a day")
    said = said.format(
        count=ngettext("{count} review", "{count} reviews", round(reviews)).format(count=round(reviews)),
        minutes=_("{minutes:.1f} minutes").format(minutes=minutes_a_day(found.work)),
    )
    said += _(" ({days})").format(days=ngettext("{count} day", "{count} days", active).format(count=active))
    if 0 < timed_days(found.work) < active:
        said += untimed(found.work)
    said += bar_of([day for day, _count in groups])
    lines.append(((fit(said, width).rstrip(), "muted"),))
    return lines


def grouped(work: Sequence[DayWork], most: int) -> Sequence[DayWork]:
    """Days, or where there are too many weeks or months, each under its first day."""
    return [
        DayWork(first, sum(one.reviews for one in some), sum(one.seconds for one in some))
        for first, some in by_calendar([(one.day, one) for one in work], most)
    ]


def hours(found: Statistics, width: int) -> Iterable[Line]:
    """How much was done at each hour, and how well."""
    top = max(each.reviews for each in found.hours)
    if not top:
        return [nothing(_("No reviews in this time."))]
    room = max(4, width - 20)
    return [
        (
            (f"{hour:02}–{(hour + 1) % 24:02} ", "muted"),
            (fit(across(each.reviews / top, room), room), "bar"),
            (f" {percent(each):>4}", ""),
            (f" {each.reviews:>7}", "muted"),
        )
        for hour, each in enumerate(found.hours)
        if each.reviews
    ]


def hardest(found: Statistics, width: int) -> Iterable[Line]:
    """The cards most often not recalled."""
    if not found.hardest:
        return [nothing(_("No card was forgotten in this time."))]
    room = max(10, width - 20)
    return [
        (
            (f"{fit(clean(one.term), room)} ", ""),
            (f"✗ {one.failed:<4}", "bad"),
            (_("of {count}").format(count=one.reviews), "muted"),
        )
        for one in found.hardest
    ]


def missed(found: Statistics, width: int) -> Iterable[Line]:
    """The points most often missed."""
    if not found.missed:
        return [nothing(_("No point was missed in this time."))]
    lines = []
    for one in found.missed:
        lines.append(((f"{one.times:>3}× ", "bad"), (fit(clean(one.point), width - 5).rstrip(), "")))
        if one.term not in one.point:
            lines.append((("     ", ""), (fit(clean(one.term), width - 5).rstrip(), "muted")))
    return lines


def overruled(found: Statistics, width: int) -> Iterable[Line]:
    """What the learner made of verdicts."""
    if not found.overruled:
        return [nothing(_("No verdict was given in this time."))]
    label = max(columns_of(_(_LABELS.get(one.label, one.label))) for one in found.overruled)
    lines: list[Line] = []
    for one in found.overruled:
        name = fit(_(_LABELS.get(one.label, one.label)), label)
        share = (one.raised + one.lowered) / one.verdicts
        lines.append(
            (
                (f"{name} ", "muted"),
                (f"{one.verdicts:>5}", ""),
                (f"  ↑ {one.raised:<4}", "good"),
                (f" ↓ {one.lowered:<4}", "bad"),
                (f" {share:>4.0%}", ""),
            )
        )
    lines.append(((fit(_("↑ you graded better than the verdict, ↓ worse"), width).rstrip(), "muted"),))
    return lines


def year(found: Statistics, width: int) -> Iterable[Line]:
    """A year, a square a day."""
    return heat_map(found.heat, width)


def heat_map(heat: Heat, width: int) -> tuple[Line, ...]:
    """Nine lines: months, seven days of the week, what the shades mean. As many weeks as there is room for, two columns
    each where all fit so."""
    weekdays = [_(name) for name in WEEKDAY_NAMES]
    label = max(columns_of(name) for name in weekdays) + 1
    wide = 2 if width >= label + 2 * len(heat.weeks) else 1
    fits = min(len(heat.weeks), (width - label) // wide)
    skipped = len(heat.weeks) - fits
    weeks = heat.weeks[skipped:]
    first = heat.monday + timedelta(weeks=skipped)
    starts = [first + timedelta(weeks=week, days=6) for week in range(fits)]
    marks = [
        (week * wide, month(sunday))
        for week, sunday in enumerate(starts)
        if sunday.day <= 7 and week * wide + columns_of(month(sunday)) <= width - label
    ]
    lines: list[Line] = [((" " * label, ""), *axis(every_nth(marks)))]
    for number, name in enumerate(weekdays):
        parts: list[Part] = [(fit(name if number % 2 == 0 else "", label), "muted")]
        for level, same in groupby(_level(heat, week[number]) for week in weeks):
            count = len(list(same))
            parts.append((" " * wide * count, "") if level is None else _shade(level, wide * count))
        lines.append(tuple(parts))
    lines.append(
        (
            (" " * label, ""),
            (_("less") + " ", "muted"),
            *(_shade(level, wide) for level in range(len(SHADES))),
            (" " + _("more"), "muted"),
        )
    )
    return tuple(lines)


def _level(heat: Heat, reviews: int | None) -> int | None:
    return None if reviews is None else heat.level(reviews)


def _shade(level: int, columns: int) -> Part:
    return SHADES[level] * columns, f"level{level}"
