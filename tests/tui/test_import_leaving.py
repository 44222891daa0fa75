"""Leaving the list of the import screen: what was chosen is not lost without a word, what is typed is no command."""

from pathlib import Path

from textual.events import Key
from textual.widgets import DataTable, Input

from studyllm.store import Store
from studyllm.tui.importing.paths import PathField
from studyllm.tui.importing.screen import ImportScreen
from tests.tui.app import SlowGrader, noticed, opened, press, settle, shown
from tests.tui.test_importing import NOTE, made, named


async def test_choices_are_not_left_without_a_word(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await press(pilot, "space", "escape")
        assert isinstance(pilot.app.screen, ImportScreen)
        assert "not applied yet" in " ".join(noticed(pilot))
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, ImportScreen)
        assert not list(store.cards())


async def test_an_error_of_one_screen_is_not_said_on_the_next(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, tmp_path / "nowhere")
        assert "Nothing was imported" in " ".join(noticed(pilot))
        await press(pilot, "escape")
        assert "Nothing was imported" not in " ".join(noticed(pilot))


async def test_while_the_model_loads_it_is_said_that_the_counts_may_change(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    note = tmp_path / "heat.md"
    note.write_text("# Heat\n\n- Conduction - through contact\n- Heat: flows\n")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one(Input).value = str(note)
        grader.loaded.clear()
        await pilot.press("enter")
        for _look in range(50):
            await pilot.pause(0.1)
            if "may change" in shown(pilot, "#summary"):
                break
        assert "The counts may change; Ctrl+S takes them as they are." in shown(pilot, "#summary")
        grader.loaded.set()
        await settle(pilot)
        assert "may change" not in shown(pilot, "#summary")


async def test_a_path_that_is_typed_at_once_in_the_list_is_no_command(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await settle(pilot)
        screen = pilot.app.screen
        assert screen.query_one(DataTable).has_focus
        pilot.app.post_message(Key("slash", "/"))
        for letter in "tact":
            pilot.app.post_message(Key(letter, letter))
        await settle(pilot)
        assert screen.query_one(PathField).value == "/tact"
        assert "2 added" in shown(pilot, "#summary"), "t and c were no commands"


async def test_a_path_may_be_typed_as_fast_as_one_likes(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        for letter in "/no/such/place":
            pilot.app.post_message(Key("slash" if letter == "/" else letter, letter))
        await settle(pilot)
        assert pilot.app.screen.query_one(PathField).value == "/no/such/place"
