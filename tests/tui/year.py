"""A year of one learner's days, for the scenes that show figures."""

import random
from datetime import datetime, timedelta

from studyllm.drill import Drill, question
from studyllm.grading import TextGrader
from studyllm.schedule import Day, Grade
from studyllm.store import Store

_GRADES = ((5, 30), (4, 40), (3, 10), (2, 8), (1, 9), (0, 3))


def live(store: Store, day: Day, now: datetime, days: int = 330) -> None:
    """Reviews on most days before `now`, some of them twice a day; always the same."""
    chance, grader = random.Random(1), TextGrader()
    grades, weights = zip(*_GRADES, strict=True)
    for ago in range(days, 0, -1):
        if chance.random() < 0.25 or 120 < ago < 140:
            continue
        drill = Drill(store, day)
        at = now - timedelta(days=ago) + timedelta(hours=chance.choice((-1, -1, 0, 5, 11, 12)))
        for _ in range(chance.randrange(1, 6)):
            at += timedelta(seconds=chance.randrange(12, 60))
            if (found := drill.next(at)) is None:
                break
            card = found[0]
            points = card.card.points or (card.card.answer,)
            answer = "".join(point for point in points if chance.random() < 0.8) or "something else"
            verdict = grader.grade(question(card), answer)
            grade = Grade(chance.choices(grades, weights)[0])
            if chance.random() < 0.8:
                grade = Grade(verdict.grade)
            drill.record(
                card, grade, at, answer=answer, verdict=verdict, seconds=float(chance.randrange(6, 45))
            )
