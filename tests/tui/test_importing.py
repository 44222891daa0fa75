"""The import screen: the plan is shown, doubts are asked, applying is one step."""

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Input

from studyllm import library
from studyllm.cards import USUAL, Deck, Kind
from studyllm.library import Plan, bring_in, decks_for, plan
from studyllm.store import Store
from studyllm.tui import StudyApp
from studyllm.tui.importing.paths import PathField
from studyllm.tui.importing.screen import ImportScreen
from studyllm.tui.widgets.footer import Footer
from tests.conftest import NOW
from tests.tui.app import SlowGrader, noticed, opened, press, settle, shown

NOTE = "# 电路\n\n- **电阻**：导体对电流的阻碍作用。\n- **电容**：储存电荷的能力。\n"


def made(folder: Path, text: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "电路.md").write_text(text)
    return folder


async def named(pilot: Pilot[None], path: Path) -> None:
    """Names what is to be imported, as if it had been typed."""
    pilot.app.screen.query_one(Input).value = str(path)
    await pilot.press("enter")


async def test_a_first_import_from_the_empty_app(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("i")
        await settle(pilot)
        await named(pilot, folder)
        await settle(pilot)
        assert "2 added" in shown(pilot, "#summary")
        assert list(store.cards()) == [], "nothing is done before it is applied"
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert len(list(store.cards())) == 2
        assert "2 new" in shown(pilot, "#today")


async def test_a_changed_definition_is_shown_old_against_new(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    bring_in(store, plan(store, decks_for(store, [folder])[0]), NOW)
    made(folder, NOTE.replace("阻碍作用", "阻碍程度"))
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("i")
        await settle(pilot)
        assert "1 changed" in shown(pilot, "#summary")
        assert "阻碍作用" in shown(pilot, "#difference")
        assert "阻碍程度" in shown(pilot, "#difference")
        await pilot.press("escape")
        await settle(pilot)
        assert not isinstance(pilot.app.screen, ImportScreen)


async def test_a_path_that_is_not_there_is_a_notice(home: Path, store: Store, grader: SlowGrader) -> None:
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("i", *"/nowhere", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ImportScreen)
        assert any("/nowhere" in said for said in noticed(pilot))


async def test_a_deck_whose_notes_are_gone_leaves_the_others_readable(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    for name in ("here", "gone"):
        bring_in(store, plan(store, decks_for(store, [made(tmp_path / name, NOTE)])[0]), NOW)
    made(tmp_path / "here", NOTE.replace("阻碍作用", "阻碍程度"))
    (tmp_path / "gone" / "电路.md").unlink()
    (tmp_path / "gone").rmdir()
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("i")
        await settle(pilot)
        summary = shown(pilot, "#summary")
        assert "1 changed" in summary
        assert f"gone: There is no {tmp_path / 'gone'} any more. Nothing was changed." in summary
        await pilot.press("ctrl+s")
        await settle(pilot)
        assert any("阻碍程度" in card.card.answer for card in store.cards())
        assert len(list(store.cards())) == 4


async def test_a_saved_note_shows_up_without_stealing_the_screen(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    bring_in(store, plan(store, decks_for(store, [folder])[0]), NOW)
    app_is_up = opened(home, grader, following=True)
    async with app_is_up as pilot:
        before = pilot.app.screen
        for again in range(15):  # a watcher that is not up yet misses a save, but not the next one
            made(folder, NOTE + "- **电感**：电流变化时产生感应电动势的性质。\n" + "\n" * again)
            for _ in range(20):
                await pilot.pause(0.1)
            if len(list(store.cards())) == 3:
                break
        assert [card.card.term for card in store.cards()] == ["电阻", "电容", "电感"]
        assert pilot.app.screen is before


async def test_following_anew_ends_the_old_following(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    bring_in(store, plan(store, decks_for(store, [made(tmp_path / "notes", NOTE)])[0]), NOW)
    async with opened(home, grader, following=True) as pilot:
        app = pilot.app
        assert isinstance(app, StudyApp)
        first = app._followed._stop
        app.follow_notes()
        assert first.is_set()
        assert not app._followed._stop.is_set()


async def test_enter_down_and_escape_go_from_the_path_to_the_list(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        field = pilot.app.screen.query_one(PathField)
        assert field.has_focus, "there is nothing else"
        await named(pilot, folder)
        await press(pilot, "ctrl+s", "i")
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        field, table = screen.query_one(PathField), screen.query_one(DataTable)
        assert field.has_focus, "nothing changed: a path is what is wanted"
        assert "↓ to the list" in shown(pilot, "#summary")
        for key in ("enter", "down", "escape"):
            await press(pilot, key)
            assert table.has_focus, key
            assert "a shows all" in shown(pilot, "#summary")
            await press(pilot, "slash")
            assert (field.has_focus, field.value) == (True, "/")
            field.value = ""
        await press(pilot, "escape", "escape")
        assert not isinstance(pilot.app.screen, ImportScreen)


async def test_an_import_that_changes_nothing_leaves_nothing_older_to_the_next_undo(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await press(pilot, "ctrl+s", "i", "down", "a", "ctrl+s")
        assert noticed(pilot)[0].startswith("No card changed")
        await press(pilot, "u")
        assert "Once more takes back what was before: import of notes" in noticed(pilot)[0]
        assert len(list(store.cards())) == 2
        await press(pilot, "u")
        assert not list(store.cards())


async def test_a_path_is_completed(home: Path, store: Store, grader: SlowGrader, tmp_path: Path) -> None:
    folder = made(tmp_path / "notes", NOTE)
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("i")
        await settle(pilot)
        field = pilot.app.screen.query_one(Input)
        field.value = f"{tmp_path}/n"
        field.cursor_position = len(field.value)
        await pilot.press("o")
        await pilot.pause(0.3)
        await pilot.press("right", "电")
        await pilot.pause(0.3)
        await pilot.press("right", "enter")
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == str(folder / "电路.md")
        assert "2 added" in shown(pilot, "#summary")


async def test_a_folder_over_other_decks_joins_them_on_request(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    for name, text in (("电", NOTE), ("光", "# 光\n\n- **折射**：光进入另一种介质时方向改变。\n")):
        (tmp_path / "all" / name).mkdir(parents=True)
        (tmp_path / "all" / name / f"{name}.md").write_text(text)
        bring_in(store, plan(store, decks_for(store, [tmp_path / "all" / name])[0]), NOW)
    (tmp_path / "all" / "声.md").write_text("# 声\n\n- **回声**：声音遇到障碍物反射回来的现象。\n")
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("i")
        await settle(pilot)
        await named(pilot, tmp_path / "all")
        await settle(pilot)
        assert "1 added; 0 offered" in shown(pilot, "#summary")
        assert "2 notes belong to other decks" in shown(pilot, "#summary")
        await pilot.press("j")
        await settle(pilot)
        assert "1 added, 3 moved" in shown(pilot, "#summary")
        await pilot.press("ctrl+s")
        await settle(pilot)
    assert [deck.name for deck in store.decks()] == ["all"]
    assert len(list(store.cards())) == 4


async def test_a_path_that_is_being_typed_keeps_the_keys(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    """A plan that comes meanwhile is shown and takes no focus: letters are commands in the list."""
    folder = made(tmp_path / "notes", NOTE)
    bring_in(store, plan(store, decks_for(store, [folder])[0]), NOW)
    made(folder, NOTE.replace("阻碍作用", "阻碍程度"))
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("i")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        screen.query_one(Input).focus()
        screen.query_one(Input).value = "/tmp/no"
        screen.read(())
        await settle(pilot)
        assert "1 changed" in shown(pilot, "#summary")
        await pilot.press("n")
        assert screen.query_one(Input).value.endswith("n")


async def test_what_is_read_after_the_screen_was_left_is_dropped(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("i")
        await settle(pilot)
        left = pilot.app.screen
        assert isinstance(left, ImportScreen)
        await pilot.press("escape")
        await settle(pilot)
        left._say()
        assert pilot.app.is_running


async def test_the_other_direction_is_chosen_with_the_plan_and_applied(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    note = tmp_path / "networks.md"
    note.write_text("- **Softmax**: turns any numbers into shares that are positive and add up to one.\n")
    library.bring_in(store, library.plan(store, Deck("nets", (note,))), NOW)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        pilot.app.screen.query_one(DataTable).focus()
        await press(pilot, "t", "c", "c")
        assert "1 added" in shown(pilot, "#summary")
        await press(pilot, "ctrl+s")
    assert [card.card.kind for card in store.cards("nets")] == [Kind.TERM, Kind.MEANING]
    (deck,) = store.decks()
    assert Kind.MEANING in deck.kinds


async def test_a_wish_is_of_all_decks_and_not_swapped_between_them(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    for name, kinds in (("a", {Kind.MEANING}), ("b", set[Kind]())):
        note = tmp_path / f"{name}.md"
        note.write_text(f"- **Softmax {name}**: turns any numbers into shares that add up to one.\n")
        made_of = Deck(name, (note,), kinds=USUAL | kinds)
        library.bring_in(store, library.plan(store, made_of), NOW)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        screen.query_one(DataTable).focus()
        await press(pilot, "t")
        assert [Kind.MEANING in made.deck.kinds for made in screen.plans] == [True, True]
        await press(pilot, "t")
        assert [Kind.MEANING in made.deck.kinds for made in screen.plans] == [False, False]


async def test_the_way_to_the_list_is_named_as_soon_as_there_is_one(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan comes when the keys were painted already."""
    folder, planned, gate = made(tmp_path / "notes", NOTE), ImportScreen._plans, threading.Event()
    bring_in(store, plan(store, decks_for(store, [folder])[0]), NOW)

    def slowly(self: ImportScreen, paths: tuple[Path, ...]) -> list[Plan]:
        gate.wait(10)
        return planned(self, paths)

    monkeypatch.setattr(ImportScreen, "_plans", slowly)
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("i")
        await pilot.pause(0.5)
        assert "To the list" not in pilot.app.screen.query_one(Footer).render().plain
        gate.set()
        await settle(pilot)
        assert "To the list" in pilot.app.screen.query_one(Footer).render().plain
