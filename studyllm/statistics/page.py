"""The figures as a page of lines: the app colours them, `studyllm stats` prints them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from studyllm.i18n import N_, _, ngettext
from studyllm.schedule.easy import WEEKDAY_NAMES
from studyllm.statistics.bars import across, columns_of, fit, upright
from studyllm.statistics.figures import DayWork, Heat, Rate, Statistics
from studyllm.store.tallies import AGES
from studyllm.text import clean

Part = tuple[str, str]
"""A text and its style: "" or one of "muted", "bar", "good", "bad", "level0" … "level4"."""
Line = tuple[Part, ...]
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
_HEIGHT = 5
_AXIS = 6
"""Columns left of an upright chart."""
_FEW = 5
"""Fewer reviews than these make no rate that is worth a colour."""


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A heading and what stands under it."""

    title: str
    lines: tuple[Line, ...]


def sections(found: Statistics, width: int) -> tuple[ReportSection, ...]:
    """All of them, each at most so many columns wide (from 40)."""
    makers: tuple[tuple[str, Callable[[Statistics, int], Iterable[Line]]], ...] = (
        (N_("Retention by age"), _ages),
        (N_("Due in the next 30 days"), _forecast),
        (N_("Workload"), _workload),
        (N_("Hours of the day"), _hours),
        (N_("Retention by month"), _months),
        (N_("Hardest terms"), _hardest),
        (N_("Points most often missed"), _missed),
        (N_("The grader overruled"), _overruled),
        (N_("A year of reviews"), _year),
    )
    return tuple(ReportSection(_(title), tuple(make(found, width))) for title, make in makers)


def summary(found: Statistics) -> str:
    """The most important in a line."""
    parts = [ngettext("{count} review", "{count} reviews", found.reviews).format(count=found.reviews)]
    if found.retention.share is not None:
        parts.append(_("{share} recalled").format(share=percent(found.retention)))
    current, longest = found.streak.current, found.streak.longest
    parts.append(ngettext("streak {count} day", "streak {count} days", current).format(count=current))
    parts.append(_("longest {count}").format(count=longest))
    return " · ".join(parts)


def percent(rate: Rate) -> str:
    """A rate as a whole number of per cent; a dash for none."""
    return "–" if rate.share is None else f"{rate.share:.0%}"


def month(day: date) -> str:
    """The short name of its month."""
    return _(_MONTHS[day.month - 1])


def _ages(found: Statistics, width: int) -> Iterable[Line]:
    if not found.retention.reviews:
        return [_nothing(_("No card came back on a later day yet."))]
    return _rates(age_names(found), width)


def age_names(found: Statistics) -> list[tuple[str, Rate]]:
    """Young and mature cards, then each class of intervals."""
    both = [(_("young, under 21 days"), found.young), (_("mature"), found.mature)]
    return both + [(_age(age), each) for age, each in found.ages]


def _age(age: int) -> str:
    place = AGES.index(age)
    if place == len(AGES) - 1:
        return _("{days}+ days").format(days=age)
    return _("{first}–{last} days").format(first=age, last=AGES[place + 1] - 1)


def _months(found: Statistics, width: int) -> Iterable[Line]:
    if not found.months:
        return [_nothing(_("No card came back on a later day yet."))]
    return _rates([(f"{first:%Y-%m}", each) for first, each in found.months[-12:]], width)


def _rates(named: Sequence[tuple[str, Rate]], width: int) -> Iterable[Line]:
    """A bar from nought to one for each rate."""
    label = max(columns_of(name) for name, _rate in named)
    room = max(4, width - label - 15)
    for name, each in named:
        share = each.share or 0.0
        style = "bar" if each.reviews < _FEW else "good" if share >= 0.8 else "bad"
        bar = across(share, room)
        yield (
            (f"{fit(name, label)} ", "muted"),
            (bar, style),
            ("·" * (room - len(bar)), "muted"),
            (f" {percent(each):>4}", ""),
            (f" {each.reviews:>7}", "muted"),
        )


def _forecast(found: Statistics, width: int) -> Iterable[Line]:
    days = found.forecast
    if not any(days):
        return [_nothing(_("Nothing falls due."))]
    wide = 2 if width >= 2 * len(days) + _AXIS else 1
    lines = list(_chart([float(count) for count in days], wide, "bar"))
    marks = [
        (number * wide, f"{(found.today + timedelta(days=number)):%m-%d}")
        for number in range(0, len(days) - 2, 7)
    ]
    lines.append(((" " * _AXIS, ""), *_axis(marks)))
    total = sum(days)
    said = ngettext("{count} card in all", "{count} cards in all", total).format(count=total)
    lines.append(((_("{all}; {count} today").format(all=said, count=days[0]), "muted"),))
    return lines


def _workload(found: Statistics, width: int) -> Iterable[Line]:
    if not any(one.reviews for one in found.work):
        return [_nothing(_("No reviews in this time."))]
    groups = grouped(found.work, width - _AXIS - 1)
    wide = max(1, min(4, (width - _AXIS - 1) // len(groups)))
    lines = list(_chart([float(group.reviews) for group in groups], wide, "bar"))
    labels = _spaced([(place * wide, f"{group.day:%m-%d}") for place, group in enumerate(groups)], 8)
    lines.append(((" " * _AXIS, ""), *_axis(labels)))
    spent = sum(one.seconds for one in found.work) / 60
    active = sum(1 for one in found.work if one.reviews)
    said = _("a day: {reviews:.0f} reviews, {minutes:.1f} minutes ({days} days)").format(
        reviews=sum(one.reviews for one in found.work) / active, minutes=spent / active, days=active
    )
    lines.append(((fit(said, width).rstrip(), "muted"),))
    return lines


def grouped(work: Sequence[DayWork], most: int) -> Sequence[DayWork]:
    """Days, or where there are too many weeks or months, each under its first day."""

    def week(one: DayWork) -> date:
        return one.day - timedelta(days=one.day.weekday())

    def whole_month(one: DayWork) -> date:
        return one.day.replace(day=1)

    groups = list(work)
    for key in (week, whole_month):
        if len(groups) <= most:
            break
        groups = [
            DayWork(first, sum(one.reviews for one in some), sum(one.seconds for one in some))
            for first, some in ((first, list(each)) for first, each in groupby(work, key))
        ]
    return groups[-most:]


def _hours(found: Statistics, width: int) -> Iterable[Line]:
    top = max(each.reviews for each in found.hours)
    if not top:
        return [_nothing(_("No reviews in this time."))]
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


def _hardest(found: Statistics, width: int) -> Iterable[Line]:
    if not found.hardest:
        return [_nothing(_("No card was forgotten in this time."))]
    room = max(10, width - 20)
    return [
        (
            (f"{fit(clean(one.term), room)} ", ""),
            (f"✗ {one.failed:<4}", "bad"),
            (_("of {count}").format(count=one.reviews), "muted"),
        )
        for one in found.hardest
    ]


def _missed(found: Statistics, width: int) -> Iterable[Line]:
    if not found.missed:
        return [_nothing(_("No point was missed in this time."))]
    lines = []
    for one in found.missed:
        lines.append(((f"{one.times:>3}× ", "bad"), (fit(clean(one.point), width - 5).rstrip(), "")))
        if one.term not in one.point:
            lines.append((("     ", ""), (fit(clean(one.term), width - 5).rstrip(), "muted")))
    return lines


def _overruled(found: Statistics, width: int) -> Iterable[Line]:
    if not found.overruled:
        return [_nothing(_("No verdict was given in this time."))]
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
    lines.append(((fit(_("↑ graded better than suggested, ↓ worse"), width).rstrip(), "muted"),))
    return lines


def _year(found: Statistics, width: int) -> Iterable[Line]:
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
        if sunday.day <= 7 and week * wide + columns_of(month(sunday)) <= fits * wide
    ]
    lines: list[Line] = [((" " * label, ""), *_axis(marks))]
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


def _chart(values: Sequence[float], wide: int, style: str) -> Iterable[Line]:
    """Upright bars with the greatest value at their left."""
    top = f"{max(values):.0f}"
    for number, line in enumerate(upright(values, _HEIGHT)):
        told = top if number == 0 else "0" if number == _HEIGHT - 1 else ""
        yield ((f"{told:>5} ", "muted"), ("".join(letter * wide for letter in line).rstrip(), style))


def _axis(marks: Sequence[tuple[int, str]]) -> Line:
    """Words at their columns, those left out that would touch the one before."""
    text = ""
    for column, word in marks:
        if not text or column > columns_of(text):
            text += " " * (column - columns_of(text)) + word
    return ((text, "muted"),)


def _spaced(marks: Sequence[tuple[int, str]], least: int) -> list[tuple[int, str]]:
    kept: list[tuple[int, str]] = []
    for column, word in marks:
        if not kept or column - kept[-1][0] >= least:
            kept.append((column, word))
    return kept


def _nothing(said: str) -> Line:
    return ((said, "muted"),)
