"""Which columns the list has is chosen and kept; they fit whatever the width is."""

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import OptionList

from studyllm.cards import Deck
from studyllm.config import Settings
from studyllm.glossary import SortOrder
from studyllm.store import Changes, Store
from studyllm.tui.glossary.columns import USUAL, Column, Heads, kept, shown, widths
from tests.conftest import NOW, card
from tests.tui.glossary.app import lines, opened, press, screen


@pytest.mark.parametrize("width", [20, 40, 58, 77, 100, 180])
@pytest.mark.parametrize("columns", [(), USUAL, (Column.DUE, Column.EASE, Column.DECK), tuple(Column)])
def test_columns_fill_the_width_and_leave_room_for_the_term(columns: tuple[Column, ...], width: int) -> None:
    mark, term, said, *sizes = widths(columns, width)
    assert mark + term + said + sum(sizes) == width
    assert term >= 14
    assert said == 0 or said >= 10
    assert all(size >= 5 for size in sizes)


def test_what_the_order_is_about_is_shown_with_it() -> None:
    assert shown(USUAL, SortOrder.EASE) == (Column.DUE, Column.EASE)
    assert shown((Column.EASE,), SortOrder.EASE) == (Column.EASE,)
    assert shown(USUAL, SortOrder.TERM) == USUAL


async def test_columns_are_chosen_and_kept(home: Path, filled: Store) -> None:
    async with opened(home) as pilot:
        assert not screen(pilot).query_one(Heads).display
        await press(pilot, "down", "c", "down", "space", "down", "enter")
        assert "✓ ease" in str(pilot.app.screen.query_one(OptionList).get_option_at_index(2).prompt)
        await press(pilot, "end", "space", "escape")
        heads = screen(pilot).query_one(Heads)
        assert heads.display
        assert str(heads.render()).split() == ["term", "due", "interval", "ease", "added"]
        reviewed = next(line for line in lines(pilot) if "残差连接" in line)
        assert reviewed.split()[-3:] == ["1", "2.50", "2026-03-02"] or "2.50" in reviewed
        assert "2026-03-02" in reviewed
    assert kept(Settings(home)) == (Column.DUE, Column.INTERVAL, Column.EASE, Column.ADDED)
    async with opened(home) as pilot:
        assert screen(pilot).query_one(Heads).display
        await press(
            pilot, "down", "c", "home", "space", "down", "space", "down", "space", "end", "space", "c"
        )
        assert not screen(pilot).query_one(Heads).display
    assert kept(Settings(home)) == ()


@pytest.mark.parametrize("content", ["", "[]", '{"columns": 3}', '{"columns": ["weight"]}', "{}"])
def test_what_was_not_kept_so_is_as_usual(home: Path, content: str) -> None:
    home.mkdir(exist_ok=True)
    home.joinpath("glossary.json").write_text(content)
    assert kept(Settings(home)) in (USUAL, ())


async def test_a_column_says_what_there_is_of_a_card(home: Path, filled: Store) -> None:
    home.joinpath("glossary.json").write_text('{"columns": ["deck", "section", "lapses", "due"]}')
    async with opened(home, size=(109, 24)) as pilot:
        row = next(line for line in lines(pilot) if "softmax" in line)
        assert row.split()[-4:] == ["new", "0×", "words", "Networks"]
        assert date(2026, 3, 2).isoformat() not in row


async def test_cards_of_one_term_are_told_apart_by_their_sections(home: Path, store: Store) -> None:
    places = (
        ("BIOS", ("启动", "简单的版本")),
        ("BIOS", ("启动", "具体一点的版本")),
        ("中断", ("启动", "简单的版本")),
    )
    made = tuple(card(term, line=n, headings=above) for n, (term, above) in enumerate(places, 1))
    store.apply(Deck("os"), Changes(added=made), NOW)
    async with opened(home) as pilot:
        found = lines(pilot)
        assert any("BIOS (简单的版本)" in line for line in found)
        assert any("BIOS (具体一点的版本)" in line for line in found)
        assert not any("中断 (" in line for line in found)
