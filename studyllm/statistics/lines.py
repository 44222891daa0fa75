"""What the figures are drawn with: lines of text in parts, each with a style, that the app colours."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import TypeVar

from studyllm.i18n import _
from studyllm.statistics.bars import across, columns_of, fit, upright
from studyllm.statistics.figures import Rate

T = TypeVar("T")
Part = tuple[str, str]
"""A text and its style: "" or one of "muted", "bar", "good", "bad", "level0" … "level4"."""
Line = tuple[Part, ...]
HEIGHT = 5
AXIS = 6
"""Columns left of an upright chart."""
FEW = 5
"""Fewer reviews than these make no rate that is worth a colour."""


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A heading and what stands under it."""

    title: str
    lines: tuple[Line, ...]


def percent(rate: Rate) -> str:
    """A rate as a whole number of per cent; a dash for none."""
    return "–" if rate.share is None else f"{rate.share:.0%}"


def rates(named: Sequence[tuple[str, Rate]], width: int) -> Iterable[Line]:
    """A bar from nought to one for each rate."""
    label = max(columns_of(name) for name, _rate in named)
    room = max(4, width - label - 15)
    for name, each in named:
        share = each.share or 0.0
        style = "bar" if each.reviews < FEW else "good" if share >= 0.8 else "bad"
        bar = across(share, room)
        yield (
            (f"{fit(name, label)} ", "muted"),
            (bar, style),
            ("·" * (room - len(bar)), "muted"),
            (f" {percent(each):>4}", ""),
            (f" {each.reviews:>7}", "muted"),
        )


def bars(named: Sequence[tuple[str, int]], width: int) -> Iterator[Line]:
    """A bar for each count, as long as its share of all of them."""
    label = max(columns_of(name) for name, _count in named)
    room, total = max(4, width - label - 8), sum(count for _name, count in named)
    for name, count in named:
        yield (
            (f"{fit(name, label)} ", "muted"),
            (fit(across(count / max(1, total), room), room), "bar"),
            (f" {count:>6}", ""),
        )


def by_calendar(days: Sequence[tuple[date, T]], most: int) -> list[tuple[date, list[T]]]:
    """Days in their order, or where there are more than so many weeks or months, each under its first day."""

    def week(one: tuple[date, T]) -> date:
        return one[0] - timedelta(days=one[0].weekday())

    def whole_month(one: tuple[date, T]) -> date:
        return one[0].replace(day=1)

    found = [(day, [one]) for day, one in days]
    for key in (week, whole_month):
        if len(found) <= most:
            break
        found = [(first, [one for _day, one in some]) for first, some in groupby(days, key)]
    return found[-most:]


def bar_of(days: Sequence[date]) -> str:
    """What one bar stands for where it is more than a day, by the first days of all."""
    apart = min(((after - before).days for before, after in pairwise(days)), default=1)
    if apart < 7:
        return ""
    return _(" · a bar a week") if apart < 28 else _(" · a bar a month")


def day_chart(
    groups: Sequence[tuple[date, float]], width: int, style: str, top: tuple[float, str] | None = None
) -> Iterator[Line]:
    """Upright bars with some of their days below; `top` is the value of a full bar and what it is called."""
    wide = max(1, min(4, (width - AXIS - 1) // len(groups)))
    yield from chart([value for _day, value in groups], wide, style, top)
    months = len(groups) > 1 and (groups[-1][0] - groups[0][0]).days > 300
    labels = [
        (place * wide, f"{day:%Y-%m}" if months else f"{day:%m-%d}") for place, (day, _v) in enumerate(groups)
    ]
    yield ((" " * AXIS, ""), *axis(spaced(labels, 9)))


def chart(
    values: Sequence[float], wide: int, style: str, top: tuple[float, str] | None = None
) -> Iterator[Line]:
    """Upright bars with the value of a full one at their left, the greatest unless told."""
    most, name = top or (max(values), _short(max(values)))
    for number, line in enumerate(upright([*values, most], HEIGHT)):
        line = line[:-1]
        told = name if number == 0 else "0" if number == HEIGHT - 1 else ""
        yield ((f"{told:>5} ", "muted"), ("".join(letter * wide for letter in line).rstrip(), style))


def _short(value: float) -> str:
    return f"{value:.1f}" if value < 10 and value % 1 else f"{value:.0f}"


def axis(marks: Sequence[tuple[int, str]]) -> Line:
    """Words at their columns, those left out that would touch the one before."""
    text = ""
    for column, word in marks:
        if not text or column > columns_of(text):
            text += " " * (column - columns_of(text)) + word
    return ((text, "muted"),)


def every_nth(marks: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """As many as do not touch: all, or every second, third, …, counted from the last."""
    for step in range(1, len(marks)):
        kept = list(marks[::-1][::step])[::-1]
        if all(one[0] + columns_of(one[1]) < after[0] for one, after in pairwise(kept)):
            return kept
    return list(marks[-1:])


def spaced(marks: Sequence[tuple[int, str]], least: int) -> list[tuple[int, str]]:
    """Those that are so many columns apart at least."""
    kept: list[tuple[int, str]] = []
    for column, word in marks:
        if not kept or column - kept[-1][0] >= least:
            kept.append((column, word))
    return kept


def nothing(said: str) -> Line:
    """What is said where there is no figure."""
    return ((said, "muted"),)
