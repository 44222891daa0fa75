"""The app on its glossary, and what that shows."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from studyllm.cli.session import open_store
from studyllm.config import Settings
from studyllm.grading import Readiness, TextGrader
from studyllm.tui import StudyApp
from studyllm.tui.glossary.screen import GlossaryScreen
from studyllm.tui.widgets.rows import RowList
from tests.conftest import NOW
from tests.tui.app import notices, running, settle

TERMS = ("残差连接", "softmax", "注意力", "dropout", "[red]hostile[/red]\x1b[31m")


class Meaning(TextGrader):
    """Puts all that is about randomness together."""

    def readiness(self) -> Readiness:
        return Readiness("ready", "off", "")

    def embed(self, texts: Sequence[str], prefix: str = "") -> tuple[bytes, ...]:
        import numpy

        about = (numpy.array([1, 0.1] if "rand" in text or "dropout" in text else [0.1, 1]) for text in texts)
        return tuple((a / numpy.linalg.norm(a)).astype("<f2").tobytes() for a in about)


@asynccontextmanager
async def opened(
    home: Path, size: tuple[int, int] = (80, 24), grader: TextGrader | None = None, *, rest: bool = True
) -> AsyncIterator[Pilot[None]]:
    """The app on its glossary; without `rest`, whatever it still waits for."""
    app = StudyApp(
        Settings(home, time_zone="UTC"),
        open_store=open_store,
        make_grader=lambda _: grader or TextGrader(),
        clock=lambda: NOW,
    )
    async with running(app, size) as pilot:
        await pilot.press("g")
        if rest:
            await settle(pilot)
        else:
            await pilot.pause(0.5)
        yield pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Keys as fast as they can be typed, without waiting for what each finds."""
    for key in keys:
        await pilot.press(key)
    await settle(pilot)


def screen(pilot: Pilot[None]) -> GlossaryScreen:
    found = next(each for each in pilot.app.screen_stack if isinstance(each, GlossaryScreen))
    assert isinstance(found, GlossaryScreen)
    return found


def terms(pilot: Pilot[None]) -> list[str]:
    shown = screen(pilot).search.shown
    assert shown is not None
    return [shown.entry(row).term for row in range(len(shown.found))]


def said(pilot: Pilot[None], selector: str) -> str:
    return str(screen(pilot).query_one(selector, Static).content)


def lines(pilot: Pilot[None]) -> list[str]:
    rows = screen(pilot).query_one(RowList)
    return [rows.render_line(y).text for y in range(rows.size.height)]


def complaints(pilot: Pilot[None]) -> list[str]:
    return [one.text for one in notices(pilot) if one.severity == "error"]
