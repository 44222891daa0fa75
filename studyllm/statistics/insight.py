"""What is known, how well it is kept, and how well the learner knows that, as lines."""

from collections.abc import Iterable, Iterator

from studyllm.i18n import N_, _, ngettext
from studyllm.statistics.bars import columns_of, fit
from studyllm.statistics.figures import Maturity, Rate, Spread, Statistics
from studyllm.statistics.lines import (
    AXIS,
    Line,
    Part,
    bar_of,
    bars,
    by_calendar,
    day_chart,
    nothing,
    percent,
    rates,
)
from studyllm.statistics.timed import minutes_a_day, timed_days, untimed
from studyllm.text import broken
from studyllm.verdicts import CONFIDENCES

SPANS = {
    "today": N_("today"),
    "yesterday": N_("yesterday"),
    "week": N_("last 7 days"),
    "month": N_("last 30 days"),
    "year": N_("last 365 days"),
    "all": N_("all days"),
}
MATURITIES = {
    Maturity.LEARNING: N_("learning"),
    Maturity.YOUNG: N_("young"),
    Maturity.MATURE: N_("mature"),
}
_FEW = 10
"""Minutes below which tenths are told."""


def known(found: Statistics) -> str:
    """How many cards are known today, in a sentence; nothing before the first review."""
    here = found.standing.knowledge
    said = ngettext(
        "By its schedule you know about {known} of the {count} card you have seen.",
        "By their schedules you know about {known} of the {count} cards you have seen.",
        here.seen,
    )
    return said.format(known=round(here.known), count=here.seen) if here.seen else ""


def sure(found: Statistics) -> str:
    """How often the learner is right when sure, in a sentence; nothing where that was never said."""
    share = found.confidence[-1].share
    if share is None:
        return ""
    return _("When you are sure you are right {share} of the time.").format(share=f"{share:.0%}")


def knowledge(found: Statistics, width: int) -> Iterable[Line]:
    """How much is known today, and what is new."""
    if not (said := known(found)):
        return [nothing(_("No card was asked yet."))]
    unseen = sum(count.unseen for count in found.counts)
    new = ngettext("{count} card is still new.", "{count} cards are still new.", unseen).format(count=unseen)
    return [*(((line, ""),) for line in broken(said, width)), *([((new, "muted"),)] if unseen else [])]


def retained(found: Statistics, width: int) -> Iterable[Line]:
    """True retention, by how old the cards are."""
    names = [_(SPANS[name]) for name, _each in found.retained]
    label = max(map(columns_of, names)) + 2
    wide = min(16, (width - label) // 3)
    heads = (_("young"), _("mature"), _("both"))
    yield ((" " * label, ""), *((fit(head, wide), "muted") for head in heads))
    for name, (_name, each) in zip(names, found.retained, strict=True):
        line: list[Part] = [(fit(name, label), "muted")]
        for rate in (each.young, each.mature, each.both):
            count = f"({rate.reviews})" if rate.reviews else ""
            line += [(fit(percent(rate), 5), ""), (fit(count, wide - 5), "muted")]
        yield tuple(line)


def retained_by_day(found: Statistics, width: int) -> Iterable[Line]:
    """What was recalled on each day."""
    if not found.retained_by_day:
        return [nothing(_("No card came back on a later day yet."))]
    groups = [
        (day, Rate(sum(one.reviews for one in some), sum(one.recalled for one in some)).share or 0.0)
        for day, some in by_calendar(found.retained_by_day, width - AXIS - 1)
    ]
    return day_chart(groups, width, "good", (1.0, "100%"))


def intervals(found: Statistics, width: int) -> Iterable[Line]:
    """How long the cards of SM-2 rest."""
    standing = found.standing
    if not standing.knowledge.seen:
        return [nothing(_("No card was asked yet."))]
    return _spread(standing.intervals, width, days=True)


def eases(found: Statistics, width: int) -> Iterable[Line]:
    """How easy the cards of SM-2 are."""
    return _spread(found.standing.eases, width)


def stabilities(found: Statistics, width: int) -> Iterable[Line]:
    """How long the cards of FSRS hold."""
    return _spread(found.standing.stabilities, width, days=True)


def difficulties(found: Statistics, width: int) -> Iterable[Line]:
    """How hard the cards of FSRS are."""
    return _spread(found.standing.difficulties, width)


def _spread(each: Spread, width: int, *, days: bool = False) -> Iterator[Line]:
    """Nothing where no card has such a number."""
    if each.median is None:
        return
    yield from bars(class_names(each), width)
    median = f"{each.median:.0f}" if each.median >= 10 else f"{each.median:g}"
    said = _("median: {days}")
    if days:
        said = ngettext(
            "median: {days} day",
            "median: {days} days",
            round(each.median),
        )
    yield ((fit(said.format(days=median), width).rstrip(), "muted"),)


def class_names(each: Spread) -> list[tuple[str, int]]:
    """Each class by its first and last number, with its cards."""
    edges = [edge for edge, _count in each.classes]
    ends = [*(round(edge - each.step, 1) for edge in edges[1:]), None]
    digits = 0 if each.step == 1 else 1
    names = [
        f"{edge:.{digits}f}" + ("+" if end is None else "" if end <= edge else f"–{end:.{digits}f}")
        for edge, end in zip(edges, ends, strict=True)
    ]
    return list(zip(names, (count for _edge, count in each.classes), strict=True))


def grades(found: Statistics, width: int) -> Iterable[Line]:
    """How often each grade was given, by how far the cards were."""
    if not found.reviews:
        return [nothing(_("No reviews in this time."))]
    label = max(columns_of(_(name)) for name in MATURITIES.values()) + 1
    wide = min(7, (width - label - 9) // 6)
    heads = "".join(f"{grade:>{wide}}" for grade in range(6))
    lines: list[Line] = [((" " * label, ""), (heads, "muted"))]
    for maturity, counts in found.grades.items():
        total = sum(counts)
        shares = "".join(f"{count / total:>{wide}.0%}" if total else f"{'–':>{wide}}" for count in counts)
        lines.append(
            ((fit(_(MATURITIES[maturity]), label), "muted"), (shares, ""), (f" {total:>8}", "muted"))
        )
    return lines


def confidence(found: Statistics, width: int) -> Iterable[Line]:
    """What was right of what the learner was sure of, and of what not."""
    if not any(each.reviews for each in found.confidence):
        said = _("Ctrl+P, Confidence has you asked before each verdict.")
        return [nothing(fit(said, width).rstrip())]
    named = [(_(name), each) for name, each in zip(CONFIDENCES.values(), found.confidence, strict=True)]
    said = sure(found)
    return [*rates(named, width), *([((fit(said, width).rstrip(), ""),)] if said else [])]


def minutes(found: Statistics, width: int) -> Iterable[Line]:
    """The time that a day took, on the average of a week or month where there are too many days."""
    spent = sum(one.seconds for one in found.work) / 60
    if not spent:
        return [nothing(_("No answer was timed in this time."))]
    days = by_calendar([(one.day, one.seconds / 60) for one in found.work], width - AXIS - 1)
    lines = list(day_chart([(first, sum(some) / len(some)) for first, some in days], width, "bar"))
    averaged = _(" · bars: a day's average") if bar_of([first for first, _some in days]) else ""
    whole = round(spent)
    said = ngettext("{minutes} minute in all", "{minutes} minutes in all", whole if spent >= _FEW else 2)
    told = said.format(minutes=whole if spent >= _FEW else f"{spent:.1f}")
    if timed_days(found.work) == sum(1 for one in found.work if one.reviews):
        told += _(", {each:.1f} on a day with reviews").format(each=minutes_a_day(found.work))
    else:
        told += untimed(found.work)
    told += averaged
    lines.append(((fit(told, width).rstrip(), "muted"),))
    return lines
