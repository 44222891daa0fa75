"""What the log says about the learner's days."""

from datetime import datetime, timedelta
from typing import Any

from studyllm.schedule import Day, Learned
from studyllm.store import Store


def statistics(store: Store, day: Day, now: datetime) -> dict[str, Any]:
    """Counts of cards and reviews; retention is the share, 0-1 or None, that was graded 3 or more of the reviews that
    came on a later day than the card's last one."""
    today = day.of(now)
    counts = store.counts(today, day)
    standing = [e.review for e in store.log() if e.review and not e.undone and e.at <= now]
    repeated = [
        r for r in standing if isinstance(r.before, Learned) and day.of(r.at) > day.of(r.before.reviewed)
    ]
    days = {day.of(review.at) for review in standing}
    return {
        "cards": sum(count.cards for count in counts),
        "unseen": sum(count.unseen for count in counts),
        "due": sum(count.due for count in counts),
        "new": sum(count.new for count in counts),
        "reviews": len(standing),
        "reviews_today": sum(day.of(review.at) == today for review in standing),
        "retention": sum(r.chosen >= 3 for r in repeated) / len(repeated) if repeated else None,
        "streak_days": _streak(days, today),
        "decks": [
            {"deck": c.deck, "cards": c.cards, "due": c.due, "new": c.new, "unseen": c.unseen} for c in counts
        ],
    }


def _streak(days: set[Any], today: Any) -> int:
    """Days in a row with a review, up to today or, where today has none yet, yesterday."""
    last = today if today in days else today - timedelta(days=1)
    length = 0
    while last - timedelta(days=length) in days:
        length += 1
    return length
