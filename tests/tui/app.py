"""The app as tests have it: opened on a home of theirs, driven by keys until it is at rest, read from its widgets."""

import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from unittest.mock import patch

from textual.pilot import Pilot, WaitForScreenTimeout
from textual.widgets import Static
from textual.worker import WorkerCancelled

from studyllm.cli.session import open_store
from studyllm.config import Settings
from studyllm.grading import Question, Readiness, TextGrader, Verdict
from studyllm.tui import StudyApp
from studyllm.tui.notices import Notice
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.tui.widgets.note import NoteView
from tests.conftest import NOW


class SlowGrader(TextGrader):
    """Loads until it is told that it may judge."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded = threading.Event()
        self.said: Verdict | None = None
        """The verdict on every answer; None leaves it to the text."""

    def readiness(self) -> Readiness:
        return Readiness(embedding="ready" if self.loaded.is_set() else "loading")

    def grade(self, question: Question, answer: str) -> Verdict:
        self.loaded.wait(20)
        return self.said or super().grade(question, answer)

    def explain(self, question: Question, answer: str, verdict: Verdict) -> Iterator[str]:
        yield "You left out "
        yield "[b]the second half[/b]."

    def reply(
        self, question: Question, passage: str, asked: str, answer: str = "", verdict: Verdict | None = None
    ) -> Iterator[str]:
        yield f"[b]{asked}[/b] "
        yield "is in the note."

    def close(self) -> None:
        self.loaded.set()


@asynccontextmanager
async def running(app: StudyApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[None]]:
    """The app at rest; it does not follow the notes, which would never end."""
    with patch.object(app, "follow_notes", lambda: None):
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot


@asynccontextmanager
async def opened(
    home: Path,
    grader: SlowGrader,
    *,
    review: bool = True,
    size: tuple[int, int] = (80, 24),
    following: bool = False,
) -> AsyncIterator[Pilot[None]]:
    """The app on the first card, or on the home screen; `following`, it imports what is saved in the notes."""
    app = StudyApp(
        Settings(home),
        open_store=open_store,
        make_grader=lambda _: grader,
        first=(lambda screens: screens.review()) if review else None,
        clock=lambda: NOW,
    )
    if following:
        async with app.run_test(size=size) as pilot:
            await pilot.pause(4)
            yield pilot
    else:
        async with running(app, size) as pilot:
            yield pilot


async def settle(pilot: Pilot[None]) -> None:
    """Lets all workers and what follows from them come to rest."""
    for _ in range(3):
        await pilot.pause(0.05)
        with suppress(WorkerCancelled):  # another one has taken its place
            await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """One key after the other, each once the one before has done its work."""
    for key in keys:
        with suppress(WaitForScreenTimeout):  # a widget may be gone before the pilot has heard from it
            await pilot.press(key)
        await settle(pilot)


async def submit(pilot: Pilot[None], text: str) -> None:
    pilot.app.screen.query_one(AnswerArea).text = text
    await pilot.press("enter")
    await settle(pilot)


def shown(pilot: Pilot[None], selector: str) -> str:
    return str(pilot.app.screen.query_one(selector, Static).content)


def notices(pilot: Pilot[None]) -> list[Notice]:
    """What stands to be noticed on the line of a screen."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    return list(app.notices.standing(time.monotonic(), pilot.app.screen))


def noticed(pilot: Pilot[None]) -> list[str]:
    """What is to be noticed, on the line of a screen or in a box over a dialog."""
    boxes = [note.message for note in pilot.app._notifications]
    return [*(one.text for one in notices(pilot)), *boxes]


def note(pilot: Pilot[None]) -> str:
    """The note beside the verdict, as text."""
    return pilot.app.screen.query_one(NoteView).said
