"""Following the notes: of a deck as it is when a note is saved."""

import threading
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock, patch

import pytest
from textual.widgets import Input

from studyllm import library
from studyllm.cards import Deck, Kind
from studyllm.store import Store
from studyllm.tui import StudyApp
from studyllm.tui.following import FollowedNotes
from studyllm.tui.history import HistoryScreen
from studyllm.tui.home import HomeScreen
from tests.conftest import NOW, fill
from tests.tui.app import SlowGrader, opened, press, settle


def test_a_saved_note_is_read_as_its_deck_is_now_and_not_for_one_that_is_gone(
    store: Store, tmp_path: Path
) -> None:
    note = tmp_path / "networks.md"
    note.write_text("- **Softmax**: turns any numbers into shares that are positive and add up to one.\n")
    before = Deck("nets", (note,))
    now = replace(before, kinds=before.kinds | {Kind.MEANING})
    library.bring_in(store, library.plan(store, now), NOW)
    app, imported = Mock(store=store, clock=lambda: NOW), Mock()
    app.call_from_thread = lambda what, *given: what(*given)
    with patch("studyllm.library.watch", return_value=[(Deck("gone", (note,)), before)]):
        FollowedNotes(app, imported)._follow(threading.Event())
    [[made]] = [call.args for call in imported.call_args_list]
    assert Kind.MEANING in made.deck.kinds
    assert [deck.name for deck in store.decks()] == ["nets"]
    assert [card.card.kind for card in store.cards("nets")] == [Kind.TERM, Kind.MEANING]


async def test_what_is_taken_back_is_followed(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "oak", deck="trees")
    fill(store, "wren", deck="birds")
    async with opened(home, grader, review=False) as pilot:
        with patch.object(pilot.app, "follow_notes") as follow:
            await press(pilot, "u")
            assert follow.call_count == 1
            await press(pilot, "h")
            assert isinstance(pilot.app.screen, HistoryScreen)
            await press(pilot, "u")
            assert follow.call_count == 2


@pytest.mark.parametrize("keys", [("n", "enter"), ("delete", "y")])
async def test_a_deck_that_is_being_changed_is_not_left_before_its_notes_are_followed(
    home: Path, store: Store, grader: SlowGrader, keys: tuple[str, str]
) -> None:
    fill(store, "oak", deck="trees")
    async with opened(home, grader, review=False) as pilot:
        study = pilot.app
        assert isinstance(study, StudyApp)
        with patch.object(study, "follow_notes") as follow:
            await press(pilot, keys[0])
            for field in study.screen.query(Input):
                field.value = "woods"
            dialog = study.screen
            async with study.in_turn._free:  # another change is being saved
                await pilot.press(keys[1])
                await pilot.press("escape")
                assert study.screen is dialog
            await settle(pilot)
            assert isinstance(study.screen, HomeScreen)
            assert follow.call_count == 1
