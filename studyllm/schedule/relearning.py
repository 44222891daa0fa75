"""Successive relearning: what was missed is asked again on the same day until it was recalled often enough.

K. A. Rawson, J. Dunlosky, S. M. Sciartelli, The power of successive relearning, Educational Psychology Review 25
(2013).
"""

from collections.abc import Sequence
from datetime import timedelta

from studyllm.cards import Scheduling
from studyllm.schedule.progress import Grade

_STEP = 10
"""Minutes until the next try where the deck has no steps."""


def owed(grades: Sequence[Grade], correct: int) -> int:
    """How many correct recalls a card still owes after these grades of one day, the first one first: as many as
    `correct` says from its last miss on, nothing where none was missed."""
    left = 0
    for grade in grades:
        left = max(0, left - 1) if grade.recalled else correct
    return left


def step(scheduling: Scheduling) -> timedelta:
    """How long a missed card rests before it is asked again."""
    return timedelta(minutes=(scheduling.relearning_steps or (_STEP,))[-1])


def tries(grades: Sequence[Grade], correct: int) -> int:
    """How many answers of one day come after its first miss until so many recalls are in since the last one, those
    that are still owed included; 0 where nothing was missed."""
    missed = next((number for number, grade in enumerate(grades, 1) if not grade.recalled), None)
    if missed is None:
        return 0
    left, count = correct, 0
    for grade in grades[missed:]:
        if not left:
            break
        count += 1
        left = left - 1 if grade.recalled else correct
    return count + left
