"""The wiring of the glossary: what each key leads to. What is found is tested in tests/glossary."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from studyllm.cards import Deck
from studyllm.errors import StoreError
from studyllm.glossary import Order, remote
from studyllm.store import Changes, Store
from studyllm.store.entries import EntryRow
from studyllm.tui.glossary.filters import FilterScreen, TagScreen
from studyllm.tui.glossary.screen import GlossaryScreen
from studyllm.tui.home import HomeScreen
from studyllm.tui.widgets.rows import RowList, fit
from tests.conftest import NOW, card, fill
from tests.tui.app import settle
from tests.tui.glossary.app import TERMS, Meaning, lines, opened, press, said, screen, terms


async def test_g_shows_every_entry_and_its_page(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        assert terms(pilot)[0] == "wren"
        assert set(terms(pilot)) == {"wren", *TERMS}
        assert "6 of 6 cards" in said(pilot, "#found")
        assert "winter wren" in said(pilot, "#entry")
        await press(pilot, "down", "down")
        page = said(pilot, "#entry")
        assert "the meaning of 1" in page
        assert "words › Networks" in page
        assert "notes.md:1" in page
        assert "what I said" in page
        assert "due" in page


async def test_typing_searches_and_escape_starts_anew_then_leaves(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, *"ccl")
        assert terms(pilot) == ["残差连接"]
        await press(pilot, "backspace", "backspace", "backspace", *"winter")
        assert terms(pilot) == ["wren"]
        await press(pilot, "escape")
        assert len(terms(pilot)) == 6
        await press(pilot, *"nothing")
        assert "Nothing is called so" in said(pilot, "#found")
        assert said(pilot, "#entry") == ""
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_an_empty_glossary_and_a_filter_that_fits_nothing_say_what_they_are(
    home: Path, store: Store
) -> None:
    async with opened(home) as pilot:
        assert "There are no cards yet" in said(pilot, "#found")
    fill(store, "softmax")
    async with opened(home) as pilot:
        await press(pilot, *"is:gone")
        assert "No card is like that" in said(pilot, "#found")


async def test_no_state_of_that_name(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, *"is:du")
        assert "is: new, learning, review, due, suspended, buried, gone, leech; not du" in said(
            pilot, "#found"
        )
        await press(pilot, "e")
        assert terms(pilot) == ["残差连接"]


async def test_down_enter_slash_and_up_go_between_search_and_list(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        field, rows = screen(pilot).query_one(Input), screen(pilot).query_one(RowList)
        assert field.has_focus
        for into, out in (("down", "up"), ("enter", "slash")):
            await press(pilot, into)
            assert rows.has_focus
            await press(pilot, out)
            assert field.has_focus
        assert field.value == ""


async def test_the_cursor_moves_by_rows_pages_and_to_the_ends(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        rows = screen(pilot).query_one(RowList)
        await press(pilot, "down")
        for key, row in (
            ("down", 1),
            ("j", 2),
            ("k", 1),
            ("up", 0),
            ("end", 5),
            ("down", 5),
            ("home", 0),
            ("pagedown", 5),
            ("pageup", 0),
        ):
            await press(pilot, key)
            assert rows.cursor == row, key
        await pilot.click(RowList, offset=(20, 3))
        assert rows.cursor == 3


async def test_space_and_clicks_mark_and_escape_unmarks(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, "down", "space", "space")
        assert len(screen(pilot).marked) == 2
        assert screen(pilot).query_one(RowList).cursor == 2
        assert "2 marked" in said(pilot, "#found")
        assert [line.strip()[0] for line in lines(pilot)[:2]] == ["●", "●"]
        await press(pilot, "up", "space")
        assert len(screen(pilot).marked) == 1
        await pilot.click(RowList, offset=(2, 4))
        assert len(screen(pilot).marked) == 2
        await press(pilot, "escape")
        assert not screen(pilot).marked
        await press(pilot, "ctrl+a")
        assert screen(pilot).marked == {1, 2, 3, 4, 5, 6}


async def test_marks_outlast_a_search(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, *"softmax", "down", "space", "slash", "ctrl+u", *"dropout", "down", "space", "s")
    assert {c.card.term for c in filled.cards() if c.suspended} == {"softmax", "dropout"}


async def test_suspending_the_marked_is_one_entry_and_u_takes_it_back(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, "down", "ctrl+a", "s")
        assert all(c.suspended for c in filled.cards())
        assert filled.journal.latest(1)[0].what == "6 cards suspended"
        assert sum("suspended" in line for line in lines(pilot)) == 6
        await press(pilot, "s")
        assert not any(c.suspended for c in filled.cards())
        await press(pilot, "u", "f2")
        assert filled.journal.latest(1)[0].event == "review"
        assert not any(c.suspended for c in filled.cards())
    assert filled.journal.differences() == ()


async def test_without_marks_keys_act_on_the_row_under_the_cursor(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, "down", "b")
        assert filled.card(6).buried == NOW.date()
        await press(pilot, "down", "r")
        assert filled.card(1).due is None
        await press(pilot, "u", "d")
        assert filled.card(1).due == NOW.date()
        assert screen(pilot).query_one(RowList).cursor == 1


async def test_a_card_never_asked_cannot_be_due(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, "down", "d")
        assert any("Nothing was changed" in note.message for note in pilot.app._notifications)


async def test_t_gives_tags_and_takes_them_away(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, "down", "space", "space", "t")
        assert isinstance(pilot.app.screen, TagScreen)
        await press(pilot, *"exam hard", "enter")
        assert filled.card(6).tags == filled.card(1).tags == ("exam", "hard")
        await press(pilot, "t", *"-hard", "enter")
        assert filled.card(6).tags == ("exam",)
        await press(pilot, "t", "escape")
        assert filled.card(6).tags == ("exam",)
        await press(pilot, "t", *("x" * 61), "enter")
        assert any("one word" in note.message for note in pilot.app._notifications)


async def test_f_writes_a_filter_into_the_search_and_takes_it_out(home: Path, filled: Store) -> None:
    filled.tag(2, ["exam"], NOW)
    async with opened(home) as pilot:
        await press(pilot, "down", "end", "f")
        assert isinstance(pilot.app.screen, FilterScreen)
        offered = [f"{field}:{value}" for (field, value), _ in pilot.app.screen._offered]
        assert offered[3:] == [
            "is:due",
            "is:suspended",
            "is:buried",
            "is:gone",
            "is:leech",
            "in:Networks",
            "deck:birds",
            "deck:words",
            "tag:exam",
        ]
        await press(pilot, "down", "down", "down", "enter")
        assert screen(pilot).query_one(Input).value == "is:due"
        assert terms(pilot) == ["残差连接"]
        await press(pilot, "f", "escape", "f", "f")
        assert screen(pilot).query_one(Input).value == "is:due"
        await press(pilot, "f", "down", "down", "down", "enter")
        assert screen(pilot).query_one(Input).value == ""
        assert len(terms(pilot)) == 6


async def test_o_goes_through_the_orders(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, "down")
        for order in (*list(Order)[1:], Order.MATCH):
            await press(pilot, "o")
            assert screen(pilot).search.order is order
        await press(pilot, "o", "o")
        assert terms(pilot)[1:] == ["残差连接", "dropout", "softmax", "wren", "注意力"]


async def test_what_is_near_in_meaning_stands_below(home: Path, filled: Store) -> None:
    async with opened(home, grader=Meaning()) as pilot:
        for _ in range(20):
            await settle(pilot)
            if not screen(pilot).search.learning:
                break
        await press(pilot, *"random")
        assert terms(pilot) == ["dropout"]
        assert "1 near in meaning" in said(pilot, "#found")
        assert lines(pilot)[0].strip().startswith("≈")


@pytest.mark.parametrize("key", ["e", "enter"])
async def test_the_note_is_opened_at_its_line(
    home: Path, filled: Store, notes: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    asked: list[tuple[Path, int]] = []
    monkeypatch.setattr(
        "studyllm.tui.glossary.screen.open_at", lambda app, path, line: asked.append((path, line))
    )
    async with opened(home) as pilot:
        await press(pilot, "down", "down", "down", key)
    assert asked == [(notes, 2)]


async def test_what_keeps_a_note_from_being_opened_is_said(
    home: Path, filled: Store, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", f"{sys.executable} -c pass")
    async with opened(home) as pilot:
        await press(pilot, "down", "end", "e")
        assert any("editor cannot be opened" in note.message for note in pilot.app._notifications)
        notes.unlink()
        await press(pilot, "e")
        assert any("is not there any more" in note.message for note in pilot.app._notifications)


async def test_hostile_text_is_shown_as_text(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, "down", "end")
        assert "[red]hostile[/red]" in lines(pilot)[5]
        assert "\x1b" not in "".join(lines(pilot))
        assert "[red]hostile[/red]" in said(pilot, "#entry")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_no_row_is_wider_or_narrower_than_the_list(
    home: Path, filled: Store, size: tuple[int, int]
) -> None:
    async with opened(home, size) as pilot:
        rows = screen(pilot).query_one(RowList)
        widths = {rows.render_line(y).cell_length for y in range(rows.size.height)}
        assert widths == {rows.size.width}
        assert screen(pilot).has_class("wide") is (size[0] >= 110)


@pytest.mark.parametrize("columns", range(1, 14))
def test_a_cell_fits_exactly(columns: int) -> None:
    from rich.cells import cell_len

    for text in ("", "注意力机制", "attention", "é" * 20, "a注b意c力", "line\nbreak"):
        assert cell_len(fit(text, columns)) == columns


async def test_the_cards_are_there_at_once_the_second_time(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, "escape", "g")
        assert len(terms(pilot)) == 6
        assert len([each for each in pilot.app.screen_stack if isinstance(each, GlossaryScreen)]) == 1
        filled.suspend(1, NOW)
        await press(pilot, "escape", "g", *"is:suspended")
        assert terms(pilot) == ["残差连接"]


async def test_an_import_meanwhile_is_shown(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        filled.apply(Deck("birds"), Changes(added=(card("robin"),)), NOW)
        screen(pilot).cards_changed()
        await settle(pilot)
        assert "robin" in terms(pilot)


async def test_an_empty_home_has_an_empty_glossary(home: Path, store: Store) -> None:
    async with opened(home) as pilot:
        assert terms(pilot) == []
        await press(pilot, "down", "space", "s", "e", "f", "escape", "o", "t", *"x", "escape", "escape")
        assert isinstance(pilot.app.screen, GlossaryScreen | HomeScreen)


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


def complaints(pilot: Pilot[None]) -> list[str]:
    return [note.message for note in pilot.app._notifications if note.severity == "error"]


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
async def test_a_search_that_ends_again_and_again_is_said(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        for letter in "wren":
            kill(pilot, noticed=False)
            await press(pilot, letter)
        assert len(complaints(pilot)) == 1
        assert "open the glossary again" in complaints(pilot)[0]
        await press(pilot, "escape", "escape", "g")
        assert len(terms(pilot)) == 6


async def test_a_move_while_the_rows_are_fetched_stands(
    home: Path, filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(home) as pilot:
        await press(pilot, "down", "down")
        some = filled.entries.some

        def slowly(cards: Sequence[int], today: date, start: datetime) -> list[EntryRow]:
            time.sleep(0.3)
            return some(cards, today, start)

        monkeypatch.setattr(screen(pilot).study.store.entries, "some", slowly)
        screen(pilot).search.look()
        await pilot.press("down")
        monkeypatch.setattr(screen(pilot).study.store.entries, "some", some)
        await settle(pilot)
        assert screen(pilot).query_one(RowList).cursor == 2


async def test_a_store_that_cannot_be_read_is_said_once(
    home: Path, filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> object:
        raise StoreError("The file is gone.")

    async with opened(home) as pilot:
        monkeypatch.setattr(screen(pilot).study.store.entries, "some", broken)
        screen(pilot).on_changes_changed()
        await press(pilot, "down", "down", "down", "t", "escape")
        assert complaints(pilot) == ["The file is gone."]


async def test_x_makes_no_card_any_more_of_what_one_was_made_of(
    home: Path, store: Store, tmp_path: Path
) -> None:
    from studyllm.library import bring_in, decks_for, plan

    note = tmp_path / "电路.md"
    note.write_text("# 电路\n\n- **电阻**：导体对电流的阻碍作用。\n- **电容**：储存电荷的能力。\n")
    (deck,) = decks_for(store, [note])
    bring_in(store, plan(store, deck), NOW)
    async with opened(home) as pilot:
        await press(pilot, "down", "x")
        assert terms(pilot) == ["电阻"] or terms(pilot) == ["电容"]
        assert any("1 card is none any more" in notice.message for notice in pilot.app._notifications)
        kept = terms(pilot)
    bring_in(store, plan(store, deck, afresh=True), NOW)
    assert [stored.card.term for stored in store.cards()] == kept, "also at the next import"
    store.journal.undo(NOW)
    bring_in(store, plan(store, deck), NOW)
    assert len(list(store.cards())) == 2
