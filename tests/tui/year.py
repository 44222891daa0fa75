"""A year of one learner's days, for the scenes that show figures."""

import random
from datetime import datetime, timedelta

from studyllm.grading.verdict import verdict as judge
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Day, Grade
from studyllm.store import Store
from studyllm.verdicts import PointResult, State

_GRADES = ((5, 30), (4, 40), (3, 10), (2, 8), (1, 9), (0, 3))


def live(store: Store, day: Day, now: datetime, days: int = 330) -> None:
    """Reviews on most days before `now`, some of them twice a day; always the same."""
    chance = random.Random(1)
    grades, weights = zip(*_GRADES, strict=True)
    for ago in range(days, 0, -1):
        if chance.random() < 0.25 or 120 < ago < 140:
            continue
        queue = ReviewQueue(store, day)
        at = now - timedelta(days=ago) + timedelta(hours=chance.choice((-1, -1, 0, 5, 11, 12)))
        for _ in range(chance.randrange(1, 6)):
            at += timedelta(seconds=chance.randrange(12, 60))
            if (found := queue.next(at)) is None:
                break
            card = found[0]
            points = card.card.points or (card.card.answer,)
            said = [point for point in points if chance.random() < 0.8]
            answer = "".join(said) or "something else"
            states = [State.HIT if point in said else State.MISSED for point in points]
            results = tuple(map(PointResult, points, states))
            verdict = judge(len(said) / len(points), results, confidence=0.96)
            grade = Grade(chance.choices(grades, weights)[0])
            if chance.random() < 0.8:
                grade = Grade(verdict.grade)
            queue.record(
                card, grade, at, answer=answer, verdict=verdict, seconds=float(chance.randrange(6, 45))
            )
