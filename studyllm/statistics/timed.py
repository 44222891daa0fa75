"""How long a day takes, of those on which answers were timed: what another program wrote down often is not."""

from collections.abc import Sequence

from studyllm.i18n import ngettext
from studyllm.statistics.figures import DayWork


def timed_days(work: Sequence[DayWork]) -> int:
    """Days on which an answer was timed."""
    return sum(1 for one in work if one.seconds)


def minutes_a_day(work: Sequence[DayWork]) -> float:
    """Minutes of a day on which answers were timed, on average."""
    return sum(one.seconds for one in work) / 60 / max(1, timed_days(work))


def untimed(work: Sequence[DayWork]) -> str:
    """What is said of the time where only some of the days have one."""
    count = timed_days(work)
    said = ngettext(
        " · {minutes:.1f} minutes on the {count} day that was timed",
        " · {minutes:.1f} minutes on the {count} days that were timed",
        count,
    )
    return said.format(minutes=minutes_a_day(work), count=count)
