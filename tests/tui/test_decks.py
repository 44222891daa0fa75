"""Renaming and deleting the deck under the cursor of the home screen."""

from datetime import date
from pathlib import Path

from textual.widgets import DataTable, Input, Static

from studyllm.store import Store
from studyllm.tui.decks import DeleteScreen, ExamScreen, RenameScreen
from studyllm.tui.home import HomeScreen
from studyllm.tui.palette import commands
from studyllm.tui.screens import quiz
from tests.conftest import DAY, NOW, fill
from tests.tui.app import SlowGrader, noticed, opened, press, settle


def names(store: Store) -> list[str]:
    return [deck.name for deck in store.decks()]


async def test_n_gives_the_deck_another_name(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "oak", deck="trees")
    fill(store, "wren", deck="[b]birds")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "n")
        assert isinstance(pilot.app.screen, RenameScreen)
        pilot.app.screen.query_one(Input).value = "trees"
        await press(pilot, "enter")
        assert any("There is a deck trees already" in said for said in noticed(pilot))
        pilot.app.screen.query_one(Input).value = "fowl"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert names(store) == ["fowl", "trees"]
        await press(pilot, "u")
        assert names(store) == ["[b]birds", "trees"]
        await press(pilot, "n", "escape")
        assert names(store) == ["[b]birds", "trees"]


async def test_delete_asks_first_and_u_brings_the_deck_back(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "oak", deck="trees")
    fill(store, "wren", deck="[b]birds")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "down", "delete")
        assert isinstance(pilot.app.screen, DeleteScreen)
        await press(pilot, "escape")
        assert names(store) == ["[b]birds", "trees"]
        await press(pilot, "delete", "y")
        assert names(store) == ["[b]birds"]
        await press(pilot, "delete", "delete")
        assert isinstance(pilot.app.screen, DeleteScreen), "a key that is held does not confirm itself"
        await pilot.press("y", "y")
        await settle(pilot)
        assert names(store) == []
        await press(pilot, "n", "delete")
        assert isinstance(pilot.app.screen, HomeScreen), "there is no deck to change"
        await press(pilot, "u", "u")
        assert names(store) == ["[b]birds", "trees"]


async def test_the_palette_offers_it_where_there_are_decks(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "oak")
    async with opened(home, grader, review=False) as pilot:
        app = pilot.app
        assert "Rename deck" in [command.title for command in commands(app, app.screen)]
        assert "Rename deck" not in [command.title for command in commands(app, quiz())]
        await press(pilot, "ctrl+p", *"rename", "enter")
        assert isinstance(app.screen, RenameScreen)


async def test_an_exam_is_set_and_taken_back(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "oak", deck="trees")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "ctrl+p", *"exam", "enter")
        assert isinstance(pilot.app.screen, ExamScreen)
        for typed, told in (("soon", "is not a date"), ("2020-01-01", "not in the future")):
            pilot.app.screen.query_one(Input).value = typed
            await press(pilot, "enter")
            assert told in str(pilot.app.screen.query_one("#told", Static).content)
        pilot.app.screen.query_one(Input).value = "2099-06-01"
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, HomeScreen)
        assert store.schedulings()["trees"].exam == date(2099, 6, 1)
        await settle(pilot)
        table = pilot.app.screen.query_one(DataTable)
        days = (date(2099, 6, 1) - DAY.of(NOW)).days
        assert str(table.get_row_at(0)[-1]).strip() == f"in {days} d", "how long there is still"
        await press(pilot, "u")
        assert store.schedulings()["trees"].exam is None
