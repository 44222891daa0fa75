"""Days on which less is to be asked: easy days of the week and days off, out of the words of a deck file and into a
weight for each day."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from studyllm.cards import Scheduling, Spread
from studyllm.errors import InputError
from studyllm.i18n import N_, _, listed

Weight = Callable[[date], float]
"""How much of an ordinary day's reviews a day is to have, 0 to 1."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WEEKDAY_NAMES = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
DAY_NAMES = (
    *(N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday")),
    *(N_("Friday"), N_("Saturday"), N_("Sunday")),
)
_SAME = str.maketrans("1234567天", "一二三四五六日日")
_CHINESE = re.compile(r"(?:周|星期|礼拜|週)?([一二三四五六日])")
_MOST = 366
"""Ranges of days off in one deck."""


def every_day(_day: date) -> float:
    """All days alike."""
    return 1.0


def weight_of(scheduling: Scheduling) -> Weight:
    """The weight that a deck gives each day."""
    week, off = scheduling.easy_days, scheduling.days_off
    if not week and not off:
        return every_day

    def weight(day: date) -> float:
        if any(first <= day <= last for first, last in off):
            return 0.0
        return week[day.weekday()] if week else 1.0

    return weight


def unheeded(scheduling: Scheduling) -> bool:
    """Whether easy days are set and change nothing, because days are not balanced."""
    return bool(scheduling.easy_days or scheduling.days_off) and scheduling.spread is not Spread.BALANCE


def weekday(written: str) -> str:
    """A day of the week as deck files call it, however it is written: Sun, Sunday, 周日, 星期天; else as it is."""
    name = written.strip().casefold()
    if found := _CHINESE.fullmatch(name.translate(_SAME)):
        return WEEKDAYS["一二三四五六日".index(found[1])]
    for short, long in zip(WEEKDAYS, DAY_NAMES, strict=True):
        if len(name) >= len(short) and long.casefold().startswith(name):
            return short
    return name


def week_from(given: Any) -> tuple[float, ...]:
    """The weight of each weekday, Monday first, from `{sat = 0.5, sun = 0}`; none when all are alike. Raises
    InputError."""
    if not isinstance(given, Mapping) or not all(_is_weight(value) for value in given.values()):
        said = _("`easy_days` has a weight from 0 to 1 for days of the week, as {example}; not {value!r}.")
        raise InputError(said.format(example="{sat = 0.5, sun = 0}", value=given))
    given = {weekday(name): value for name, value in given.items()}
    if unknown := sorted(set(given) - set(WEEKDAYS)):
        said = _("“{day}” is no day of the week here; write {known}.")
        raise InputError(said.format(day=unknown[0], known=listed(WEEKDAYS)))
    week = tuple(float(given.get(name, 1)) for name in WEEKDAYS)
    if not any(week):
        raise InputError(_("`easy_days` has to leave a day of the week on which cards can be asked."))
    return () if all(one == 1 for one in week) else week


def _is_weight(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def off_from(given: Any) -> tuple[tuple[date, date], ...]:
    """First and last day of each time off, from `["2026-12-24..2026-12-26", 2027-01-01]`, the earliest first. Raises
    InputError."""
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > _MOST:
        raise _no_days(given)
    return tuple(sorted({_range_of(one) for one in given}))


def _range_of(given: Any) -> tuple[date, date]:
    if isinstance(given, date) and not isinstance(given, datetime):
        return given, given
    if not isinstance(given, str):
        raise _no_days(given)
    begins, dots, ends = given.partition("..")
    try:
        first = date.fromisoformat(begins.strip())
        last = date.fromisoformat(ends.strip()) if dots else first
    except ValueError:
        raise _no_days(given) from None
    if last < first:
        raise InputError(_("{range}: the last day off is before the first.").format(range=given))
    return first, last


def _no_days(given: Any) -> InputError:
    said = _("`days_off` are days like 2027-01-01 and ranges like 2026-12-24..2026-12-26, not {value!r}.")
    return InputError(said.format(value=given))


def week_told(scheduling: Scheduling) -> dict[str, float]:
    """The easy days of the week as a deck file has them."""
    days = zip(WEEKDAYS, scheduling.easy_days or (1.0,) * 7, strict=True)
    return {name: weight for name, weight in days if weight != 1}


def off_told(scheduling: Scheduling) -> list[str]:
    """The days off as a deck file has them."""
    return [str(first) if first == last else f"{first}..{last}" for first, last in scheduling.days_off]
