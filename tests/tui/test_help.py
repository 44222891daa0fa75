"""The help: what the screen shows now and the keys that work now come first, then all others."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from studyllm.cards import Scheduling
from studyllm.store import Store
from studyllm.tui.aside import AsideScreen
from studyllm.tui.help import HelpScreen
from studyllm.tui.importing.more import ReadsMore
from studyllm.tui.importing.paths import TypesPaths
from studyllm.tui.keymap import commands
from studyllm.tui.screen import StudyScreen
from tests.conftest import NOW, fill
from tests.tui.app import SlowGrader, opened, press, submit

_PARTS = (AsideScreen, ReadsMore, TypesPaths)
"""Screens that others are made of."""

HINT, OVERRULE = "One point of the answer", "Overrule the verdict"


async def helped(pilot: Pilot[None]) -> tuple[str, str, str]:
    """What the help says first, the keys that work now, and the others."""
    await press(pilot, "f1")
    assert isinstance(pilot.app.screen, HelpScreen)
    story, *parts = (str(part.content) for part in pilot.app.screen.query(Static))
    await press(pilot, "f1")
    now, _, others = "\n".join(parts).partition("At other times")
    return story, now, others


async def test_the_help_is_of_what_the_review_shows(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    async with opened(home, grader) as pilot:
        story, now, others = await helped(pilot)
        assert story.startswith("A card is asked.")
        assert HINT in now
        assert OVERRULE in others
        await submit(pilot, "no idea")
        story, now, others = await helped(pilot)
        assert story.startswith("Compare your answer with the note")
        assert OVERRULE in now
        assert HINT in others
        await press(pilot, "1")
        story, now, others = await helped(pilot)
        assert story.startswith("The session is over")
        assert "At the end: the note of a mistake" in now
        assert HINT in others
        assert OVERRULE in others


@pytest.mark.parametrize("keys", ["p", "g", "z", "r", "i", "h", "m", "c"])
async def test_the_help_of_a_screen_begins_with_what_it_is_for(
    home: Path, store: Store, grader: SlowGrader, keys: str
) -> None:
    fill(store, "residual")
    async with opened(home, grader, review=False) as pilot:
        home_story, _, _ = await helped(pilot)
        await press(pilot, *keys)
        story, now, _ = await helped(pilot)
        assert story
        assert story != home_story
        assert "Esc" in now


def test_every_screen_has_something_to_say_of_itself() -> None:
    commands()  # imports them all
    screens, found = [StudyScreen], []
    while screens:
        below = screens.pop().__subclasses__()
        screens += below
        found += [one for one in below if one.__module__.startswith("studyllm.") and one not in _PARTS]
    assert len(found) > 10
    assert [one.__name__ for one in found if not one.STORY] == []


async def test_the_help_without_a_deck_offers_none_of_what_needs_one(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    async with opened(home, grader, review=False) as pilot:
        story, now, others = await helped(pilot)
        assert "its notes are in Chinese" in story
        assert "Rename this deck" not in now
        assert "Delete this deck" in others
        assert "studyllm import ~/notes   make cards from your notes" in others
        assert "`" not in story + now + others
    fill(store, "residual")
    async with opened(home, grader, review=False) as pilot:
        _story, now, _others = await helped(pilot)
        assert "Rename this deck" in now
