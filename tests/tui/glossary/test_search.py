"""Searching in the glossary, its list and its page. What is found is tested in tests/glossary."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input

from studyllm.glossary import SortOrder
from studyllm.glossary.entry import entry
from studyllm.grading import Readiness
from studyllm.store import Store
from studyllm.tui.glossary import entry as look
from studyllm.tui.glossary.filters import FilterScreen
from studyllm.tui.glossary.screen import GlossaryScreen
from studyllm.tui.home import HomeScreen
from studyllm.tui.widgets.rows import RowList, fit
from tests.conftest import NOW, fill
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
        assert "No term matches" in said(pilot, "#found")
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
        assert "is: takes new, learning, review, due, suspended, buried, gone, leech; there is no du" in said(
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
        for order in (*list(SortOrder)[1:], SortOrder.MATCH):
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


async def test_an_empty_home_has_an_empty_glossary(home: Path, store: Store) -> None:
    async with opened(home) as pilot:
        assert terms(pilot) == []
        await press(pilot, "down", "space", "s", "e", "f", "escape", "o", "t", *"x", "escape", "escape")
        assert isinstance(pilot.app.screen, GlossaryScreen | HomeScreen)


def test_a_card_that_is_asked_before_its_day_is_not_called_due_twice(filled: Store) -> None:
    def told(due: date, state: str = "due") -> str:
        return str(look.page(replace(found, state=state, due=due), (), (), NOW.date()))

    found = entry(next(filled.entries.rows(NOW.date(), NOW)))
    assert "asked today, before its day, 2026-09-01" in told(date(2026, 9, 1))
    assert "due since 2026-01-02" in told(date(2026, 1, 2))
    assert "due today" in told(NOW.date())
    assert "learnt · due 2026-09-01" in told(date(2026, 9, 1), "review")


class Loading(Meaning):
    """Its model has not loaded yet."""

    loaded = False

    def readiness(self) -> Readiness:
        return Readiness("ready" if self.loaded else "loading", "off", "")


async def test_what_was_typed_before_the_meanings_were_read_finds_them_then(
    home: Path, filled: Store
) -> None:
    grader = Loading()
    async with opened(home, grader=grader, rest=False) as pilot:
        await pilot.press(*"by random")
        await pilot.pause(0.5)
        assert terms(pilot) == []
        assert "still being read" in said(pilot, "#found")
        grader.loaded = True
        await settle(pilot)
        assert terms(pilot) == ["dropout"]
        assert "1 near in meaning" in said(pilot, "#found")
