"""Has the models read a card, and the answer while it is typed, so that little is left to read at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyllm.review.asking import question
from studyllm.store import StudyCard

if TYPE_CHECKING:
    from studyllm.grading import Grader

EVERY = 1.0
"""Seconds between two looks at what is typed so far."""


class ReadingAlong:
    """What was given to the models so far."""

    def __init__(self) -> None:
        self._draft = ""

    def begin(self, grader: Grader | None, card: StudyCard | None) -> None:
        """A card was asked, or the grader has come."""
        self._draft = ""
        if grader is not None and card is not None:
            grader.prepare(question(card))

    def go_on(self, grader: Grader | None, card: StudyCard, draft: str) -> None:
        """So much was typed."""
        if grader is not None and draft != self._draft:
            self._draft = draft
            grader.prepare(question(card), draft)
