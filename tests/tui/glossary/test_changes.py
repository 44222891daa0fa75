"""The keys of the glossary that act on cards and notes, and cards that change meanwhile."""

import sys
import time
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from studyllm.cards import Deck
from studyllm.errors import StoreError
from studyllm.review.queue import ReviewQueue
from studyllm.store import Changes, Store
from studyllm.store.entries import EntryRow
from studyllm.tui.glossary.filters import TagScreen
from studyllm.tui.glossary.screen import GlossaryScreen
from studyllm.tui.widgets.notes import NotesScreen
from studyllm.tui.widgets.rows import RowList
from tests.conftest import DAY, NOW, card
from tests.tui.app import note, noticed, settle
from tests.tui.glossary.app import complaints, lines, opened, press, said, screen, terms


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


async def test_d_asks_new_cards_today_as_well(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, "down", "down", "space", "space", "d")
        assert filled.journal.latest(1)[0].what == "2 cards put on for today"
        assert filled.card(1).due == NOW.date()
        assert "due" in lines(pilot)[2]
        await press(pilot, "d")
        assert any("it is so already" in said for said in noticed(pilot))
        assert not pilot.app._notifications, "a box would cover the entries"
        await press(pilot, "u")
        assert "Once more takes back what was before: 2 cards put on for today" in noticed(pilot)[0]
        assert filled.card(1).due == NOW.date()
    asked = [card.id for card in ReviewQueue(filled, DAY).queue(NOW)]
    assert set(asked[:2]) == {1, 2}


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
        await press(pilot, "t")
        pilot.app.screen.query_one(Input).value = "x" * 61
        await press(pilot, "enter")
        assert any("one word" in said for said in noticed(pilot))


async def test_enter_shows_the_note(home: Path, filled: Store, notes: Path) -> None:
    async with opened(home) as pilot:
        await press(pilot, "down", "down", "down", "enter")
        assert isinstance(pilot.app.screen, NotesScreen)
        assert notes.name in note(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, GlossaryScreen)


async def test_the_note_is_opened_at_its_line(
    home: Path, filled: Store, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Path, int]] = []
    monkeypatch.setattr(
        "studyllm.tui.glossary.screen.open_at", lambda app, path, line: asked.append((path, line))
    )
    async with opened(home) as pilot:
        await press(pilot, "down", "down", "down", "e")
    assert asked == [(notes, 2)]


async def test_what_keeps_a_note_from_being_opened_is_said(
    home: Path, filled: Store, notes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", f"{sys.executable} -c pass")
    async with opened(home) as pilot:
        await press(pilot, "down", "end", "e")
        assert any("editor cannot be opened" in said for said in noticed(pilot))
        notes.unlink()
        await press(pilot, "e")
        assert any("is not there any more" in said for said in noticed(pilot))


async def test_an_import_meanwhile_is_shown(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        filled.apply(Deck("birds"), Changes(added=(card("robin"),)), NOW)
        screen(pilot).cards_changed()
        await settle(pilot)
        assert "robin" in terms(pilot)


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
        screen(pilot).on_card_changes_changed()
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
        assert any("1 card taken out" in said for said in noticed(pilot))
        kept = terms(pilot)
    bring_in(store, plan(store, deck, afresh=True), NOW)
    assert [stored.card.term for stored in store.cards()] == kept, "also at the next import"
    store.journal.undo(NOW)
    bring_in(store, plan(store, deck), NOW)
    assert len(list(store.cards())) == 2


async def test_u_takes_back_what_x_did_in_one_deck_and_in_another_and_no_grade(
    home: Path, filled: Store, tmp_path: Path
) -> None:
    from studyllm.library import bring_in, decks_for, plan

    note = tmp_path / "电路.md"
    note.write_text("# 电路\n\n- **电阻**：导体对电流的阻碍作用。\n- **电容**：储存电荷的能力。\n")
    (deck,) = decks_for(filled, [note])
    bring_in(filled, plan(filled, deck), NOW)
    filled.apply(
        Deck("birds"), Changes(added=(card("robin", path="", line=0), card("crow", path="", line=0))), NOW
    )
    there = {one.id for one in filled.cards()}
    async with opened(home) as pilot:
        await press(pilot, "down")
        screen(pilot).marked.update(
            one.id for one in filled.cards() if one.card.term in ("电阻", "robin", "crow")
        )
        await press(pilot, "x")
        assert not {"电阻", "robin", "crow"} & {one.card.term for one in filled.cards()}
        await press(pilot, "u")
        assert "Taken back: 3 cards dropped." in noticed(pilot)[0]
    assert {one.id for one in filled.cards()} == there
    assert filled.journal.latest(1)[0].what == "import of birds", "nothing older was taken back"


async def test_u_takes_back_that_a_search_was_saved(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        await press(pilot, *"softmax", "down", "v")
        keys = pilot.app.screen.query_one("#keys", Static)
        assert str(keys.content) == "Type a name; Enter saves the present search under it."
        await press(pilot, *"mine", "enter")
        assert filled.searches.all() == {"mine": "softmax"}
        await press(pilot, "u")
    assert not filled.searches.all()
    assert filled.journal.latest(1)[0].event == "review"
