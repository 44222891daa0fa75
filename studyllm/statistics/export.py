"""The figures as JSON and as lines of text."""

from collections.abc import Iterator
from typing import Any

from studyllm.i18n import _, ngettext
from studyllm.statistics.figures import Rate, Spread, Statistics
from studyllm.statistics.page import summary
from studyllm.statistics.pages import sections
from studyllm.store.messages import asked


def as_json(found: Statistics) -> dict[str, Any]:
    """Everything under names that stay."""
    return {
        "cards": sum(count.cards for count in found.counts),
        "unseen": sum(count.unseen for count in found.counts),
        "due": sum(count.due for count in found.counts),
        "new": sum(count.new for count in found.counts),
        "reviews": found.reviews,
        "reviews_today": found.reviews_today,
        "retention": found.retention.share,
        "streak_days": found.streak.current,
        "decks": [
            {"deck": c.deck, "cards": c.cards, "due": c.due, "new": c.new, "unseen": c.unseen}
            for c in found.counts
        ],
        "since": found.since and found.since.isoformat(),
        "longest_streak_days": found.streak.longest,
        "days_with_reviews": found.streak.days,
        "minutes": round(sum(one.seconds for one in found.work) / 60, 1),
        "young": _rate(found.young),
        "mature": _rate(found.mature),
        "retention_by_interval": [{"from_days": age, **_rate(each)} for age, each in found.ages],
        "retention_by_month": [{"month": f"{first:%Y-%m}", **_rate(each)} for first, each in found.months],
        "hours": [{"hour": hour, **_rate(each)} for hour, each in enumerate(found.hours) if each.reviews],
        "days": [
            {"day": one.day.isoformat(), "reviews": one.reviews, "minutes": round(one.seconds / 60, 1)}
            for one in found.work
            if one.reviews
        ],
        "forecast": list(found.forecast),
        "known": {"cards": round(found.standing.knowledge.known, 1), "seen": found.standing.knowledge.seen},
        "true_retention": [
            {"span": name, "young": _rate(each.young), "mature": _rate(each.mature), "both": _rate(each.both)}
            for name, each in found.retained
        ],
        "retention_by_day": [
            {"day": day.isoformat(), **_rate(each)} for day, each in found.retained_by_day if each.reviews
        ],
        "intervals": _spread(found.standing.intervals),
        "eases": _spread(found.standing.eases),
        "stabilities": _spread(found.standing.stabilities),
        "difficulties": _spread(found.standing.difficulties),
        "grades": {maturity.value: list(counts) for maturity, counts in found.grades.items()},
        "confidence": [
            {"confidence": level, **_rate(each)} for level, each in enumerate(found.confidence, 1)
        ],
        "hardest": [
            {
                "card": one.card,
                "term": one.term,
                "deck": one.deck,
                "reviews": one.reviews,
                "failed": one.failed,
            }
            for one in found.hardest
        ],
        "missed_points": [
            {"card": one.card, "term": one.term, "point": one.point, "times": one.times}
            for one in found.missed
        ],
        "overruled": [
            {
                "verdict": one.label,
                "verdicts": one.verdicts,
                "graded_better": one.raised,
                "graded_worse": one.lowered,
            }
            for one in found.overruled
        ],
    }


def _rate(each: Rate) -> dict[str, Any]:
    return {"reviews": each.reviews, "recalled": each.recalled, "share": each.share}


def _spread(each: Spread) -> dict[str, Any]:
    return {
        "median": each.median,
        "classes": [{"from": edge, "cards": count} for edge, count in each.classes],
    }


def as_text(found: Statistics, width: int) -> Iterator[str]:
    """Lines of at most so many columns."""
    for count in found.counts:
        cards = ngettext("{count} card", "{count} cards", count.cards).format(count=count.cards)
        what = asked(due=count.due, again=count.learning, new=count.new) or _("nothing")
        yield _("{deck}: {cards}; today: {what}").format(deck=count.deck, cards=cards, what=what)
    today = found.reviews_today
    said = ngettext("{count} review today", "{count} reviews today", today).format(count=today)
    yield f"{summary(found)} · {said}"
    for section in sections(found, width - 2):
        yield ""
        yield section.title
        for line in section.lines:
            yield "  " + "".join(text for text, _style in line).rstrip()
