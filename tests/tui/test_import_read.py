"""The import screen while the language model reads: other notes, failures and choices meanwhile."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from studyllm.library.lines import LineReader
from studyllm.store import Store
from studyllm.store.vectors import Vectors
from studyllm.tui import reading
from studyllm.tui.importing import unread
from tests.tui.app import noticed, opened, press, settle, shown
from tests.tui.test_import_offers import DOUBTED, Reading
from tests.tui.test_importing import made, named


class Gated(Reading):
    """A language model that reads once it is let, or fails."""

    def __init__(self) -> None:
        super().__init__()
        self.gate, self.entered, self.fails, self.calls = threading.Event(), threading.Event(), False, 0
        self.loaded.set()

    def lines(
        self, before: Sequence[str], lines: Sequence[str], went: Callable[[int], bool]
    ) -> tuple[tuple[float, float], ...]:
        self.calls += 1
        if self.fails:
            raise RuntimeError
        self.entered.set()
        self.gate.wait(10)
        return super().lines(before, lines, went)


@pytest.fixture
def gated(home: Path, monkeypatch: pytest.MonkeyPatch) -> Gated:
    monkeypatch.setattr("studyllm.library.lines.LEAST", 0)
    reader = LineReader(Vectors(home / "vectors.db", "lines test"), 1.0)
    monkeypatch.setattr(unread, "line_reader_of", lambda study: reader)
    monkeypatch.setattr(reading, "line_reader_of", lambda study: reader)
    return Gated()


async def _read_of(pilot: Pilot[None], gated: Gated, folder: Path) -> None:
    """Names the folder and waits until the language model reads it."""
    await press(pilot, "i")
    await named(pilot, folder)
    await asyncio.to_thread(gated.entered.wait, 10)
    while "line 0" not in shown(pilot, "#summary"):
        await pilot.pause(0.02)


async def test_what_is_read_of_other_notes_is_no_more_told(home: Path, gated: Gated, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "empty.md").write_text("# 空\n", "utf-8")
    async with opened(home, gated, review=False) as pilot:
        await _read_of(pilot, gated, made(tmp_path / "notes", DOUBTED))
        pilot.app.screen.query_one("#path").focus()
        await named(pilot, other)
        while "no cards" not in shown(pilot, "#summary"):
            await pilot.pause(0.02)
        gated.gate.set()
        await settle(pilot)
        assert "reads the notes" not in shown(pilot, "#summary")
        assert noticed(pilot) == []


async def test_a_model_that_fails_is_not_asked_with_every_key(
    home: Path, gated: Gated, tmp_path: Path
) -> None:
    gated.fails = True
    async with opened(home, gated, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, made(tmp_path / "notes", DOUBTED))
        await settle(pilot)
        await press(pilot, "space", "space")
        assert gated.calls == 1
        assert "line 0" not in shown(pilot, "#summary")


async def test_what_the_learner_drops_meanwhile_is_not_told_as_the_models(
    home: Path, store: Store, gated: Gated, tmp_path: Path
) -> None:
    async with opened(home, gated, review=False) as pilot:
        await _read_of(pilot, gated, made(tmp_path / "notes", DOUBTED))
        await pilot.press("space")
        while "3 added" not in shown(pilot, "#summary"):
            await pilot.pause(0.02)
        gated.gate.set()
        await settle(pilot)
        assert ["(3 before)" in told for told in noticed(pilot)] == [True]
