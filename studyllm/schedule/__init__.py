"""When a card comes back: pure functions of progress, grade and time."""

from studyllm.cards import Algorithm, Backlog, Scheduling, Spread
from studyllm.schedule.day import Day
from studyllm.schedule.order import (
    BALANCED_PACE,
    LEARN_AHEAD,
    PLAIN_PACE,
    RECENT,
    Waiting,
    interleaved,
    new_today,
    portion,
    usual_reviews,
)
from studyllm.schedule.progress import LEARNING_FAILURES, Grade, Learned, Memory, New, Progress, Stage
from studyllm.schedule.relearning import owed, tries
from studyllm.schedule.scheduler import PLAIN, review
from studyllm.schedule.sm2 import FIRST_EASE
from studyllm.schedule.spread import Load

__all__ = [
    "BALANCED_PACE",
    "FIRST_EASE",
    "LEARNING_FAILURES",
    "LEARN_AHEAD",
    "PLAIN",
    "PLAIN_PACE",
    "RECENT",
    "Algorithm",
    "Backlog",
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
    "owed",
    "portion",
    "review",
    "tries",
    "usual_reviews",
]
