"""Queries in the app: what cannot be read is said, searches are saved, chosen and deleted, help says what there is."""

from pathlib import Path

from textual.widgets import Input

from studyllm.store import Store
from studyllm.tui.glossary.saved import SavedScreen
from studyllm.tui.help import HelpScreen
from tests.conftest import NOW
from tests.tui.app import noticed
from tests.tui.glossary.app import lines, opened, press, said, screen, terms


def query(text: str) -> list[str]:
    """The keys that type it."""
    names = {" ": "space", ":": "colon", "(": "left_parenthesis", ")": "right_parenthesis", "-": "minus"}
    return [names.get(letter, letter) for letter in text]


async def test_alternatives_and_denials(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, *query("(softmax or wren) -deck:birds"))
        assert terms(pilot) == ["softmax"]


async def test_what_cannot_be_read_is_said_at_the_line_and_the_rest_is_found(
    home: Path, filled: Store
) -> None:
    async with opened(home) as pilot:
        await press(pilot, *query("(softmax"))
        assert "not closed" in said(pilot, "#found")
        assert terms(pilot) == ["softmax"]
        await press(pilot, *query(") is:x"))
        assert said(pilot, "#found").endswith("there is no x")


async def test_a_slip_finds_the_term_and_says_so(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, *"sotfmax")
        assert terms(pilot) == ["softmax"]
        assert "0 of 6 cards · 1 spelt almost so" in said(pilot, "#found")
        assert lines(pilot)[0].strip().startswith("~ softmax")


async def test_a_search_is_saved_chosen_and_deleted(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, *query("deck:birds"), "ctrl+s")
        assert isinstance(pilot.app.screen, SavedScreen)
        await press(pilot, *query("my birds"), "enter")
        assert filled.searches.all() == {"my birds": "deck:birds"}
        await press(pilot, "ctrl+u", "ctrl+s", "enter")
        assert screen(pilot).query_one(Input).value == "deck:birds"
        assert terms(pilot) == ["wren"]
        await press(pilot, "down", "v", "s", "x", "enter")
        assert list(filled.searches.all()) == ["my birds", "x"]
        await press(pilot, "v", "x")
        assert list(filled.searches.all()) == ["x"]
        assert "my birds is deleted; u takes that back." in noticed(pilot)
        await press(pilot, "u")
        assert list(filled.searches.all()) == ["my birds", "x"]
        await press(pilot, "x", "x", "escape")
        assert filled.searches.all() == {}
        assert screen(pilot).query_one(Input).value == "deck:birds"
    filled.journal.undo(NOW)
    assert list(filled.searches.all()) == ["x"]


async def test_a_name_that_is_none_is_said_and_asked_again(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, *"wren", "ctrl+s", "enter")
        assert any("up to 60 characters" in said for said in noticed(pilot))
        assert isinstance(pilot.app.screen, SavedScreen)
        await press(pilot, "b", "enter")
    assert filled.searches.all() == {"b": "wren"}


async def test_a_saved_search_is_data(home: Path, filled: Store) -> None:
    filled.searches.save("[red]x[/b]", '"[/b]"', NOW)
    async with opened(home) as pilot:
        await press(pilot, "ctrl+s", "enter")
        assert screen(pilot).query_one(Input).value == '"[/b]"'


async def test_help_says_what_a_query_can_hold(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        shown = "\n".join(str(part.render()) for part in pilot.app.screen.query("Static"))
        assert "prop:ease<2" in shown
        assert "parentheses group" in shown
