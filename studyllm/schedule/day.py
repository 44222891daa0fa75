"""The learner's day: it begins at the rollover hour, in the learner's time zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar whose days begin at `rollover` o'clock, so that a late evening is still today."""

    zone: tzinfo
    rollover: int = 4

    def of(self, now: datetime) -> date:
        """The study day that a moment belongs to."""
        return (now.astimezone(self.zone).replace(tzinfo=None) - timedelta(hours=self.rollover)).date()

    def start(self, day: date) -> datetime:
        """The moment, in UTC, at which a study day begins."""
        begins = datetime.combine(day, time(self.rollover), self.zone).astimezone(UTC)
        if begins.astimezone(self.zone).hour == self.rollover:
            return begins
        # Clocks leap over that hour: the day begins with the leap, on the minute.
        before = begins - timedelta(hours=1)
        while begins - before > timedelta(minutes=1):
            middle = before + (begins - before) / 2
            before, begins = (before, middle) if self.of(middle) >= day else (middle, begins)
        return begins.replace(second=0, microsecond=0)
