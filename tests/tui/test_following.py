"""Following the notes: of a deck as it is when a note is saved."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock, patch

import pytest
from textual.widgets import Input

from studyllm import library
from studyllm.cards import Deck, Kind
from studyllm.config import OFF
from studyllm.store import Store
from studyllm.tui import StudyApp
from studyllm.tui.following import FollowedNotes, changed
from studyllm.tui.history import HistoryScreen
from studyllm.tui.home import HomeScreen
from tests.conftest import NOW, fill
from tests.tui.app import SlowGrader, opened, press, settle, shown

SOFTMAX = "- **Softmax**: turns any numbers into shares that are positive and add up to one.\n"
DROPOUT = "- **Dropout**: leaves out units by chance while it is trained, so that none relies on another.\n"


def _follow(store: Store, changes: Callable[..., Iterator[set[tuple[int, str]]]]) -> Mock:
    """Who was told of the imports, when `changes` stood for what happens to the files."""
    settings = Mock(language_model=OFF, embedding_model=OFF)
    app, imported = Mock(store=store, clock=lambda: NOW, screen_stack=[], settings=settings), Mock()
    app.call_from_thread = lambda what, *given: what(*given)
    with patch("watchfiles.watch", changes):
        FollowedNotes(app, imported)._follow(threading.Event())
    return imported


def test_a_saved_note_is_read_as_its_deck_is_now_whatever_it_was_when_the_notes_were_first_followed(
    store: Store, tmp_path: Path
) -> None:
    note = tmp_path / "networks.md"
    note.write_text(SOFTMAX)
    deck = Deck("nets", (note,))
    library.bring_in(store, library.plan(store, deck), NOW)

    def changes(*_folders: Path, stop_event: threading.Event, **_: object) -> Iterator[set[tuple[int, str]]]:
        store.rename("nets", "networks", NOW)
        known = replace(deck, name="networks", kinds=deck.kinds | {Kind.MEANING})
        library.bring_in(store, library.plan(store, known), NOW)
        note.write_text(SOFTMAX + DROPOUT)
        yield {(2, str(note))}
        stop_event.set()

    [[made]] = [call.args for call in _follow(store, changes).call_args_list]
    assert made.deck.name == "networks"
    assert [deck.name for deck in store.decks()] == ["networks"]
    assert [card.card.kind for card in store.cards("networks")] == [Kind.TERM, Kind.MEANING] * 2


def test_a_deck_that_is_gone_is_not_read_and_the_folder_of_a_new_one_is_followed(
    store: Store, tmp_path: Path
) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, text in ((one, SOFTMAX), (other, DROPOUT)):
        folder.mkdir()
        (folder / "note.md").write_text(text)
    library.bring_in(store, library.plan(store, Deck("one", (one,))), NOW)
    watched: list[tuple[Path, ...]] = []

    def changes(*folders: Path, stop_event: threading.Event, **_: object) -> Iterator[set[tuple[int, str]]]:
        watched.append(folders)
        if len(watched) == 2:
            stop_event.set()
            return
        store.remove("one", NOW)
        library.bring_in(store, library.plan(store, Deck("other", (other,))), NOW)
        yield {(2, str(one / "note.md"))}

    assert _follow(store, changes).call_count == 0
    assert watched == [(one,), (other,)]
    assert [deck.name for deck in store.decks()] == ["other"]


async def test_nothing_is_brought_in_behind_a_plan_that_is_looked_at(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    note = tmp_path / "networks.md"
    note.write_text(SOFTMAX)
    library.bring_in(store, library.plan(store, Deck("nets", (note,))), NOW)
    saved, told = threading.Event(), Mock()

    def changes(*_folders: Path, stop_event: threading.Event, **_: object) -> Iterator[set[tuple[int, str]]]:
        saved.wait(20)
        yield {(2, str(note))}
        stop_event.wait(20)

    async with opened(home, grader, review=False) as pilot:
        with patch("watchfiles.watch", changes):
            followed = FollowedNotes(pilot.app, told)
            thread = threading.Thread(target=followed._follow, args=(stop := threading.Event(),))
            thread.start()
            await press(pilot, "i")
            note.write_text(SOFTMAX + DROPOUT)
            saved.set()
            for _ in range(5):
                await pilot.pause(0.1)
            await settle(pilot)
            assert len(list(store.cards())) == 1
            assert "1 added" in shown(pilot, "#summary"), "the plan is that of the note as it is now"
            await press(pilot, "escape", "escape")
            for _ in range(50):
                await pilot.pause(0.1)
                if told.called:
                    break
            stop.set()
            for _ in range(50):
                await pilot.pause(0.1)
                if not thread.is_alive():
                    break
    assert len(list(store.cards())) == 2


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


def test_what_a_saved_note_changed_is_named(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "kiln.md"
    note.write_text("".join(f"- **Glaze {letter}**: melts at cone {letter}\n" for letter in "ABCDE"))
    deck = Deck("kiln", (note,))
    library.bring_in(store, library.plan(store, deck), NOW)
    note.write_text("- **Glaze A**: melts at cone nine\n- **Bisque**: fired once, not glazed\n")
    counts, told = changed(library.plan(store, deck))
    assert counts["gone"] == 4
    assert told.splitlines()[1:] == [
        "Gone: Glaze B, Glaze C, Glaze D, …",
        "Changed: Glaze A",
        "Added: Bisque",
    ]
