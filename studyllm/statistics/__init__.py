"""What the log says about the learner's days: figures, a page of text and pictures made of them."""

from studyllm.statistics.figures import DayWork, Heat, Rate, Statistics, Streak
from studyllm.statistics.gather import Period, counted, statistics, year
from studyllm.statistics.pace import minutes

__all__ = [
    "DayWork",
    "Heat",
    "Period",
    "Rate",
    "Statistics",
    "Streak",
    "counted",
    "minutes",
    "statistics",
    "year",
]
