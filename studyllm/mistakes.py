"""What went wrong with a card, as the log has it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studyllm.grading import State
from studyllm.schedule import Grade

if TYPE_CHECKING:
    from studyllm.store import Store


@dataclass(frozen=True, slots=True)
class Mistake:
    """An answer that did not recall its card."""

    at: datetime
    grade: int
    answer: str
    missed: tuple[str, ...]
    """Points that were missed or wrong."""


def mistakes(store: "Store", card_id: int) -> tuple[Mistake, ...]:
    """What went wrong with a card so far, the oldest first."""
    found = []
    for entry in store.log(card=card_id):
        review = entry.review
        if review and not entry.undone and not Grade(review.chosen).recalled:
            points = (review.detail or {}).get("points", ())
            missed = tuple(p["text"] for p in points if p["state"] != State.HIT.value)
            found.append(Mistake(review.at, review.chosen, review.answer or "", missed))
    return tuple(found)
