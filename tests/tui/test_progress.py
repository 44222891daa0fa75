"""The screen of figures: pages by keys, all of a page on a small terminal, more of them on a large one."""

from pathlib import Path

import pytest
from textual.content import Content
from textual.widgets import Static

from studyllm.config import Settings
from studyllm.statistics.pages import PAGES
from studyllm.store import Store
from studyllm.tui.progress import ProgressScreen
from tests.conftest import NOW, fill
from tests.tui.app import SlowGrader, opened, press, shown
from tests.tui.year import live


@pytest.fixture
def lived(store: Store, home: Path) -> Store:
    fill(store, *(f"term {number}" for number in range(30)))
    live(store, Settings(home, time_zone="UTC").day, NOW, days=90)
    return store


def text(screen: ProgressScreen) -> str:
    columns = screen.query(".figures").results(Static)
    return "\n".join(str(column.content) for column in columns if column.display)


async def test_each_page_fits_a_small_terminal(home: Path, lived: Store, grader: SlowGrader) -> None:
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "p")
        screen = pilot.app.screen
        assert isinstance(screen, ProgressScreen)
        room = screen.query_one("#figures").size.height
        for number, page in enumerate(PAGES, 1):
            await press(pilot, str(number))
            lines = text(screen).rstrip().splitlines()
            assert page.makers[0][0] in lines or page.name == "Memory"
            if page.name not in ("Missed", "Ahead"):  # as long as the learner's own lists
                assert len(lines) <= room, page.name
            names = screen.query_one("#pages", Static).content
            assert isinstance(names, Content)
            assert names.cell_length <= 78
        await press(pilot, "tab")
        assert "you know about" in text(screen), "the first page follows the last"
        await press(pilot, "shift+tab")
        assert screen.page == len(PAGES) - 1


async def test_a_large_terminal_shows_the_pages_that_follow(
    home: Path, lived: Store, grader: SlowGrader
) -> None:
    async with opened(home, grader, review=False, size=(200, 60)) as pilot:
        await press(pilot, "p")
        screen = pilot.app.screen
        assert isinstance(screen, ProgressScreen)
        assert {"What you know today", "True retention", "Ease (SM-2)"} <= set(text(screen).splitlines())
        await press(pilot, "7")
        assert "What you know today" not in text(screen)


async def test_a_period_is_named_and_chosen_by_its_key(home: Path, lived: Store, grader: SlowGrader) -> None:
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "p", "w")
        assert "7 days" in shown(pilot, "#title")
        keys = {
            found.binding.key: found.binding.description
            for found in pilot.app.screen.active_bindings.values()
        }
        assert (keys["w"], keys["m"], keys["y"], keys["a"]) == ("A week", "A month", "A year", "All time")
