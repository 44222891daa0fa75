"""The charts as pictures: SVG that asks for no font, no script and no other file, readable on white and on dark."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from html import escape
from pathlib import Path

from studyllm.errors import InputError
from studyllm.i18n import _, ngettext
from studyllm.schedule.simulation import HORIZONS
from studyllm.statistics import insight
from studyllm.statistics.bars import columns_of
from studyllm.statistics.figures import Heat, Rate, Spread, Statistics
from studyllm.statistics.lines import by_calendar, percent
from studyllm.statistics.page import age_names, grouped, month
from studyllm.statistics.simulated import Simulation
from studyllm.text import clean
from studyllm.verdicts import CONFIDENCES

_GREEN, _BLUE, _GREY = "#2f9e63", "#3b82c4", "#7d8590"
"""Each has a contrast of 3 and more with white and with #0d1117."""
_LEVELS = ((_GREY, 0.2), (_GREEN, 0.35), (_GREEN, 0.55), (_GREEN, 0.78), (_GREEN, 1.0))
_SQUARE = 12
_WIDTH, _HEIGHT = 640, 160
_LETTER = 6.2
"""Pixels of a column of text."""


def write(found: Statistics, folder: Path) -> tuple[Path, ...]:
    """Every chart that has figures in a file of its own, each whole or not at all; raises InputError when they
    cannot be written."""
    drawings: dict[str, Callable[[Statistics], str]] = {
        "heat-map.svg": heat_map,
        "forecast.svg": forecast,
        "retention.svg": retention,
        "hours.svg": hours,
        "workload.svg": workload,
        "minutes.svg": minutes,
        "retention-by-day.svg": retention_by_day,
        "intervals.svg": lambda found: spread(_("Interval in days"), found.standing.intervals),
        "eases.svg": lambda found: spread(_("Ease (SM-2)"), found.standing.eases),
        "stabilities.svg": lambda found: spread(_("Stability (FSRS)"), found.standing.stabilities),
        "difficulties.svg": lambda found: spread(_("Difficulty (FSRS)"), found.standing.difficulties),
        "grades.svg": grades,
        "confidence.svg": confidence,
    }
    with _writing(folder):
        drawn = ((name, draw(found)) for name, draw in drawings.items())
        return tuple(_put(folder / name, drawing) for name, drawing in drawn if drawing)


def write_simulation(found: Simulation, folder: Path) -> Path:
    """A simulation as a picture; raises InputError when it cannot be written."""
    with _writing(folder):
        return _put(folder / "retention-cost.svg", retention_cost(found))


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Makes the folder; says in a sentence what cannot be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise InputError(
            _("The pictures cannot be written into {folder}: {reason}.").format(
                folder=folder, reason=error.strerror
            )
        ) from error


def _put(path: Path, drawing: str) -> Path:
    """A file in place of the one that was there; a link there is replaced, not followed."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(drawing)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path


def heat_map(found: Statistics) -> str:
    """A year, a square a day."""
    heat: Heat = found.heat
    parts = []
    last = -9
    for week, counts in enumerate(heat.weeks):
        monday = heat.monday + timedelta(weeks=week)
        sunday = monday + timedelta(days=6)
        if sunday.day <= 7 and week - last >= 3:
            last = week
            parts.append(_text(10 + week * _SQUARE, 44, month(sunday)))
        for number, reviews in enumerate(counts):
            if reviews is None:
                continue
            colour, strength = _LEVELS[heat.level(reviews)]
            said = f"{monday + timedelta(days=number):%Y-%m-%d}: {reviews}"
            parts.append(
                f'<rect x="{10 + week * _SQUARE}" y="{50 + number * _SQUARE}" width="{_SQUARE - 2}" '
                f'height="{_SQUARE - 2}" rx="2" fill="{colour}" fill-opacity="{strength}">'
                f"<title>{said}</title></rect>"
            )
    title = _("A year of reviews: {count}").format(count=heat.reviews)
    return _drawing(title, 20 + _SQUARE * len(heat.weeks), 60 + 7 * _SQUARE, parts)


def forecast(found: Statistics) -> str:
    """Cards due on each of the next days."""
    names = [f"{found.today + timedelta(days=number):%m-%d}" for number in range(len(found.forecast))]
    title = _("Due in the next {days} days: {count}").format(
        days=len(found.forecast), count=sum(found.forecast)
    )
    return _upright(title, list(zip(names, found.forecast, strict=True)), _BLUE)


def workload(found: Statistics) -> str:
    """Reviews on each day, week or month."""
    groups = grouped(found.work, 90)
    title = ngettext("Workload: {count} review", "Workload: {count} reviews", found.reviews)
    named = [(f"{one.day:%Y-%m-%d}", one.reviews) for one in groups]
    return _upright(title.format(count=found.reviews), named, _BLUE)


def retention(found: Statistics) -> str:
    """What was recalled, by the interval that the card had."""
    return _rates(_("Retention by age"), age_names(found))


def hours(found: Statistics) -> str:
    """What was recalled, by hour of the clock."""
    named = [(f"{hour:02}:00", each) for hour, each in enumerate(found.hours) if each.reviews]
    return _rates(_("Recalled, by hour of the day"), named)


def retention_cost(found: Simulation) -> str:
    """Minutes a day as bars, cards known as a line over them, for each desired retention."""
    title = _("What another retention would cost: {deck}").format(deck=found.deck or _("all decks"))
    every = found.outlooks
    most, known = max(one.minutes[-1] for one in every) or 1, max(one.known[-1] for one in every) or 1
    step, floor = (_WIDTH - 120) / len(every), 60 + _HEIGHT
    parts = [
        _text(10, 40, _("bars: minutes a day, over {days} days").format(days=HORIZONS[-1])),
        _text(_WIDTH - 10, 40, _("line: cards known after {days} days").format(days=HORIZONS[-1]), "end"),
        _line(60, floor, _WIDTH - 60, floor),
    ]
    points = []
    for number, one in enumerate(every):
        x, middle = 60 + number * step, 60 + (number + 0.5) * step
        height, up = one.minutes[-1] / most * _HEIGHT * 0.7, one.known[-1] / known * _HEIGHT * 0.9
        now = one.retention == found.retention
        told = f"{one.retention:.0%}: {one.minutes[-1]:.1f} / {one.known[-1]:.0f}"
        parts.append(
            f'<rect x="{x + step * 0.2:.1f}" y="{floor - height:.1f}" width="{step * 0.6:.1f}" '
            f'height="{height:.1f}" fill="{_BLUE}" fill-opacity="{1 if now else 0.6}"><title>{told}</title></rect>'
        )
        parts.append(_text(middle, floor - height - 4, f"{one.minutes[-1]:.1f}", "middle"))
        parts.append(_text(middle, floor + 16, f"{'▸ ' if now else ''}{one.retention:.0%}", "middle"))
        points.append((middle, floor - up, f"{one.known[-1]:.0f}"))
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y, _said in points)
    parts.append(f'<polyline points="{path}" fill="none" stroke="{_GREEN}" stroke-width="2"/>')
    for x, y, said in points:
        parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{_GREEN}"/>')
        parts.append(_text(x, y - 7, said, "middle"))
    return _drawing(title, _WIDTH, floor + 28, parts)


def minutes(found: Statistics) -> str:
    """Minutes on each day, week or month."""
    spent = by_calendar([(one.day, one.seconds / 60) for one in found.work], 90)
    return _upright(
        _("Minutes a day"), [(f"{day:%Y-%m-%d}", round(sum(some) / len(some))) for day, some in spent], _BLUE
    )


def retention_by_day(found: Statistics) -> str:
    """What was recalled on each day, week or month, in per cent."""
    named = []
    for day, some in by_calendar(found.retained_by_day, 90):
        each = Rate(sum(one.reviews for one in some), sum(one.recalled for one in some))
        named.append((f"{day:%Y-%m-%d}", round(100 * (each.share or 0))))
    return _upright(_("Retention by day"), named, _GREEN, 100)


def spread(title: str, each: Spread) -> str:
    """How many cards lie in each class; nothing of no cards."""
    return "" if each.median is None else _upright(title, insight.class_names(each), _BLUE)


def grades(found: Statistics) -> str:
    """The share of each grade, by how far the cards were."""
    named = []
    for maturity, counts in found.grades.items():
        for grade, count in enumerate(counts):
            name = f"{_(insight.MATURITIES[maturity])} {grade}"
            named.append((name, Rate(sum(counts), count)))
    return _rates(_("Grades by age"), named)


def confidence(found: Statistics) -> str:
    """What was recalled at each confidence; nothing where nobody was asked."""
    if not any(each.reviews for each in found.confidence):
        return ""
    named = [(_(name), each) for name, each in zip(CONFIDENCES.values(), found.confidence, strict=True)]
    return _rates(insight.sure(found) or _("How sure you are"), named)


def _upright(title: str, bars: Sequence[tuple[str, int]], colour: str, most: int | None = None) -> str:
    top = most or max((value for _name, value in bars), default=0)
    step = (_WIDTH - 60) / max(1, len(bars))
    every = max(1, round(len(bars) / 8))
    floor = 40 + _HEIGHT
    parts = [
        _line(50, floor, _WIDTH - 10, floor),
        _text(44, floor, "0", "end"),
        _text(44, 52, str(top), "end"),
    ]
    for number, (name, value) in enumerate(bars):
        height = value / top * _HEIGHT if top else 0
        x = 50 + number * step
        parts.append(
            f'<rect x="{x + step * 0.1:.1f}" y="{floor - height:.1f}" width="{step * 0.8:.1f}" '
            f'height="{height:.1f}" fill="{colour}"><title>{escape(name)}: {value}</title></rect>'
        )
        if number % every == 0:
            parts.append(_text(x, floor + 16, name))
    return _drawing(title, _WIDTH, floor + 28, parts)


def _rates(title: str, named: Sequence[tuple[str, Rate]]) -> str:
    label = max((columns_of(name) for name, _each in named), default=0) * _LETTER + 20
    room = _WIDTH - label - 130
    parts = []
    for number, (name, each) in enumerate(named):
        y = 44 + number * 22
        parts.append(_text(label - 6, y + 12, name, "end"))
        parts.append(
            f'<rect x="{label:.1f}" y="{y}" width="{room:.1f}" height="14" fill="{_GREY}" fill-opacity="0.2"/>'
        )
        parts.append(
            f'<rect x="{label:.1f}" y="{y}" width="{(each.share or 0) * room:.1f}" height="14" fill="{_GREEN}"/>'
        )
        parts.append(_text(label + room + 8, y + 12, f"{percent(each)}  ({each.reviews})"))
    return _drawing(title, _WIDTH, 56 + 22 * len(named), parts)


def _text(x: float, y: float, said: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(clean(said))}</text>'


def _line(x: float, y: float, to_x: float, to_y: float) -> str:
    return f'<path d="M{x} {y}L{to_x} {to_y}" stroke="{_GREY}"/>'


def _drawing(title: str, width: float, height: float, parts: Iterable[str]) -> str:
    """No background of its own: it stands on white and on dark."""
    said = escape(clean(title))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" '
        f'height="{height:.0f}" font-family="sans-serif" font-size="11" fill="{_GREY}" role="img">\n'
        f'<title>{said}</title>\n<text x="10" y="20" font-size="14" font-weight="bold">{said}</text>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )
