"""When a card comes back: pure functions of progress, grade and time."""

from studyllm.cards import Algorithm, Scheduling, Spread
from studyllm.schedule.agenda import LEARN_AHEAD, Waiting, interleaved, new_today, portion
from studyllm.schedule.day import Day
from studyllm.schedule.move import PLAIN, Load, review
from studyllm.schedule.progress import Grade, Learned, Memory, New, Progress, Stage
from studyllm.schedule.sm2 import FIRST_EASE

__all__ = [
    "FIRST_EASE",
    "LEARN_AHEAD",
    "PLAIN",
    "Algorithm",
    "Day",
    "Grade",
    "Learned",
    "Load",
    "Memory",
    "New",
    "Progress",
    "Scheduling",
    "Spread",
    "Stage",
    "Waiting",
    "interleaved",
    "new_today",
    "portion",
    "review",
]
