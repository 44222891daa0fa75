"""The glossary when the process that searches is ended from outside."""

import os
import signal
from pathlib import Path

import pytest
from textual.pilot import Pilot

from studyllm.glossary import remote
from studyllm.store import Store
from tests.tui.app import settle
from tests.tui.glossary.app import complaints, lines, opened, press, said, screen, terms


@pytest.fixture
def apart_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MANY", 0)


def kill(pilot: Pilot[None], *, noticed: bool = True) -> None:
    """The search's process, while it is idle."""
    finder = screen(pilot).search.finder
    assert isinstance(finder, remote.FinderApart)
    pid = finder.pid
    assert pid
    os.kill(pid, signal.SIGKILL)
    while noticed and finder.pid in (pid, None):
        pass


@pytest.mark.parametrize("noticed", [True, False])
@pytest.mark.usefixtures("apart_always")
async def test_a_search_that_ends_is_started_again(home: Path, filled: Store, noticed: bool) -> None:
    async with opened(home) as pilot:
        assert len(terms(pilot)) == 6
        kill(pilot, noticed=noticed)
        await press(pilot, *"wren")
        assert terms(pilot) == ["wren"]
        await press(pilot, "down", "s")
        assert "suspended" in lines(pilot)[0]
        assert not complaints(pilot)
        finder = screen(pilot).search.finder
        assert isinstance(finder, remote.FinderApart)
    assert finder.pid is None


@pytest.mark.usefixtures("apart_always")
async def test_moving_the_cursor_starts_it_again_too(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, "down")
        kill(pilot)
        await press(pilot, "down")
        await settle(pilot)
        assert "what I said" in said(pilot, "#entry")
        await press(pilot, "down", "down")
        assert not complaints(pilot)


@pytest.mark.usefixtures("apart_always")
@pytest.mark.slow
async def test_a_search_that_ends_again_and_again_is_said(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        for letter in "wren":
            kill(pilot, noticed=False)
            await press(pilot, letter)
        assert len(complaints(pilot)) == 1
        assert "open the glossary again" in complaints(pilot)[0]
        await press(pilot, "escape", "escape", "g")
        assert len(terms(pilot)) == 6
