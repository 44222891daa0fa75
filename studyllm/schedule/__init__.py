"""When a card comes back: pure functions of progress, grade and time."""

from studyllm.schedule.day import Day
from studyllm.schedule.progress import Grade, Learned, New, Progress
from studyllm.schedule.sm2 import FIRST_EASE, review

__all__ = ["FIRST_EASE", "Day", "Grade", "Learned", "New", "Progress", "review"]
