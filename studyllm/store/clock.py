"""Study days and hours of the learner's clock as SQL, so that the database can group by them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, case

from studyllm.schedule import Day
from studyllm.store.sql import seconds_of

_EPOCH = date(1970, 1, 1).toordinal()
_DAY = 86_400
_STEP = 7 * _DAY
"""No zone turns its clocks and turns them back sooner."""


class Clock:
    """Expressions for one learner's days between two moments."""

    def __init__(self, day: Day, first: datetime, last: datetime) -> None:
        self._rollover = day.rollover * 3600
        self._offsets = offsets(day.zone, first, last)

    def local(self, moment: ColumnElement[Any]) -> ColumnElement[int]:
        """Seconds of the clock on the wall, for a moment; see `seconds_of`."""
        seconds = seconds_of(moment)
        *some, (_, last) = self._offsets
        if not some:
            return seconds + last
        return seconds + case(*((seconds < until, offset) for until, offset in some), else_=last)

    def day(self, local: ColumnElement[int]) -> ColumnElement[int]:
        """The number of the study day, see `date_of`."""
        return (local - self._rollover) // _DAY

    def hour(self, local: ColumnElement[int]) -> ColumnElement[int]:
        """The hour on the wall, 0-23."""
        return local // 3600 % 24


def date_of(number: int) -> date:
    """The study day of that number."""
    return date.fromordinal(_EPOCH + number)


def offsets(zone: tzinfo, first: datetime, last: datetime) -> Sequence[tuple[int, int]]:
    """How far a zone's clock is ahead of UTC, in seconds: pairs of a moment (seconds since 1970) and what holds before
    it; the last pair holds for good."""

    def ahead(moment: int) -> int:
        told = datetime.fromtimestamp(moment, UTC).astimezone(zone).utcoffset() or timedelta()
        return round(told.total_seconds())

    at, end = int(first.timestamp()), int(last.timestamp())
    here, found = ahead(at), []
    while at < end:
        following = min(at + _STEP, end)
        if (there := ahead(following)) != here:
            early, late = at, following
            while late - early > 1:
                middle = (early + late) // 2
                early, late = (middle, late) if ahead(middle) == here else (early, middle)
            found.append((late, here))
            following, there = late, ahead(late)
        at, here = following, there
    return [*found, (end, here)]
