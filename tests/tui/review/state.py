"""Where a review stands: on the screen, and in the log."""

from textual.pilot import Pilot

from studyllm.schedule import Grade
from studyllm.store import Review, Store
from studyllm.tui.review.grades import GradeBar
from studyllm.tui.review.screen import ReviewScreen


def review(pilot: Pilot[None]) -> ReviewScreen:
    assert isinstance(pilot.app.screen, ReviewScreen)
    return pilot.app.screen


def last(store: Store) -> Review:
    reviews = [entry.review for entry in store.journal.entries() if entry.review and not entry.undone]
    assert reviews[-1] is not None
    return reviews[-1]


def marked(pilot: Pilot[None]) -> Grade | None:
    """The grade that Enter takes."""
    return pilot.app.screen.query_one(GradeBar).marked
