"""Anki's schedules and reviews as ours."""

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

from studyllm.cards import Algorithm, Scheduling
from studyllm.exchange.anki.collection import AnkiCard, AnkiDeck, AnkiReview
from studyllm.schedule import FIRST_EASE, Day, Grade, Learned, Memory, New, Progress, Stage
from studyllm.store.records import Review, ReviewDetail

_LEARNING, _REVIEW, _RELEARNING = 1, 2, 3
"""Stages of a card; 0 is new."""
_KNOWN, _FILTERED, _BY_HAND = 1, 3, 4
"""Kinds of reviews: of a card that was known, in a filtered deck (without an ease one that moved nothing), and from
here on no answers."""
_GRADES = {1: Grade.WRONG, 2: Grade.HARD, 3: Grade.GOOD, 4: Grade.PERFECT}
_EASES = range(1300, 10_001)
"""What can be an ease in per mille; under FSRS other numbers stand there."""
_A_MOMENT = 1_000_000_000
"""Due numbers from here on are seconds since 1970, smaller ones days of the collection."""
_LONGEST = 36_500
"""Days of an interval."""
_WEIGHTS = 21
"""Of FSRS-6."""


def scheduling(deck: AnkiDeck) -> Scheduling:
    """FSRS as the deck had it; with the defaults where its weights are of another version."""
    weights = deck.weights if len(deck.weights) == _WEIGHTS else ()
    return Scheduling(Algorithm.FSRS, min(0.99, max(0.7, round(deck.retention, 4))), weights)


def memory(row: AnkiCard) -> Memory | None:
    """What FSRS knows of a card."""
    with suppress(ValueError, LookupError, TypeError, RecursionError):
        data = json.loads(row.data)
        stability, difficulty = float(data["s"]), float(data["d"])
        if 0 < stability < 40_000 and 1 <= difficulty <= 10:
            stage = {_LEARNING: Stage.LEARNING, _RELEARNING: Stage.RELEARNING}.get(row.stage, Stage.KNOWN)
            return Memory(stability, difficulty, stage)
    return None


def progress(row: AnkiCard, due: date, reviewed: Sequence[Review], known: Memory | None) -> Progress:
    """Where a card stands that is due on a day."""
    if row.stage not in (_LEARNING, _REVIEW, _RELEARNING):
        return New()
    interval = min(max(row.interval, 1), _LONGEST) if row.stage == _REVIEW else 0
    last = reviewed[-1].after if reviewed else None
    in_a_row = last.repetitions if isinstance(last, Learned) else 0
    # SM-2 gives a second success six days, whatever the interval was before.
    repetitions = max(in_a_row, 1 + (interval > 1) + (interval > 6))
    if row.stage != _REVIEW and known is None:
        repetitions, interval = 0, 1  # SM-2 has no steps: it begins again
    noon = datetime.combine(due - timedelta(days=max(interval, 1)), time(12), UTC)
    at = reviewed[-1].at if reviewed else noon
    return Learned(repetitions, interval, _ease(row.factor), max(0, row.lapses), at, due, None, known)


def due_in_days(row: AnkiCard) -> bool:
    """Whether the due number of a card is a day of the collection; else it is a moment."""
    return row.stage == _REVIEW or row.due < _A_MOMENT


def reviews(rows: Sequence[AnkiReview], day: Day, source: str) -> tuple[Review, ...]:
    """Answers with where Anki put the card before and after each."""
    found: list[Review] = []
    stands: Progress = New()
    lapses = in_a_row = 0
    for row in rows:
        if row.kind >= _BY_HAND or row.ease not in _GRADES or (row.kind == _FILTERED and not row.factor):
            continue
        grade = _GRADES[row.ease]
        lapses += row.kind == _KNOWN and not grade.recalled
        in_a_row = in_a_row + 1 if grade.recalled else 0
        interval = min(max(0, row.interval), _LONGEST)
        due = day.of(row.at) + timedelta(days=interval)
        after = Learned(in_a_row, interval, _ease(row.factor), lapses, row.at, due)
        detail = ReviewDetail(seconds=row.seconds if 0 < row.seconds < 3600 else None, source=source)
        found.append(Review(0, row.at, grade, stands, after, detail=detail))
        stands = after
    return tuple(found)


def _ease(factor: int) -> float:
    return factor / 1000 if factor in _EASES else FIRST_EASE
