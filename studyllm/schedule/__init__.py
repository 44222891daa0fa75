"""When a card comes back: pure functions of progress, grade and time."""

from typing import TYPE_CHECKING

from studyllm.cards import Algorithm, Backlog, Scheduling, Spread
from studyllm.late import names_of

if TYPE_CHECKING:
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
else:
    __getattr__ = names_of(
        __name__,
        {
            "day": "Day",
            "order": "BALANCED_PACE LEARN_AHEAD PLAIN_PACE RECENT Waiting interleaved new_today portion usual_reviews",
            "progress": "LEARNING_FAILURES Grade Learned Memory New Progress Stage",
            "relearning": "owed tries",
            "scheduler": "PLAIN review",
            "sm2": "FIRST_EASE",
            "spread": "Load",
        },
    )

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
