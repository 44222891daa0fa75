"""What the scenes of confidence, contrast and progress do."""

from dataclasses import replace

from textual.pilot import Pilot

from studyllm.review.history import Answered
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.tui import StudyApp
from studyllm.tui.review.screen import ReviewScreen
from studyllm.verdicts import Confidence
from tests.conftest import NOW
from tests.tui.app import settle

PAGES = {"2": "recall", "4": "memory", "5": "work", "7": "grades"}
"""Pages of the progress that are drawn, by their key."""


async def weighing(pilot: Pilot[None]) -> None:
    """Answers are weighed before their verdict."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    app.settings = replace(app.settings, confidence=True)


async def sure(pilot: Pilot[None]) -> None:
    """The end of a short day: a sure answer was wrong, and another card's."""
    app, screen = pilot.app, pilot.app.screen
    assert isinstance(app, StudyApp)
    assert isinstance(screen, ReviewScreen)
    assert screen.card is not None
    first, other = screen.card, app.store.near(screen.card, 1)[0]
    session = screen.session
    session.answers.add(Answered(first, Grade.WRONG, "…", None, 20.0))
    session.answers.add(Answered(other, Grade.WRONG, first.card.answer, None, 20.0, Confidence.SURE, first))
    while waiting := session.queue.queue(NOW):
        for card in waiting:
            app.store.bury(card.id, app.settings.day.of(NOW), NOW)
    screen.cards_changed()
    screen.next_card()
    await settle(pilot)


async def confused(pilot: Pilot[None]) -> None:
    """Two cards of which one was answered with what the other is."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    card = app.store.card(3)
    other = app.store.near(card, 1)[0]
    queue = ReviewQueue(app.store, app.settings.day)
    queue.record(card, Grade.WRONG, NOW, answer=other.card.answer, confused=other.id)
