"""Leaving the import screen: what was chosen is not lost without a word, what was said stays behind."""

from pathlib import Path

from studyllm.store import Store
from studyllm.tui.importing.screen import ImportScreen
from tests.tui.app import SlowGrader, noticed, opened, press
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
