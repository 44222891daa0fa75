"""The import screen: what is offered is made, and what is made is dropped."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable

from studyllm.library import bring_in, decks_for, lines, plan
from studyllm.library.lines import LineReader
from studyllm.notes.reasons import said
from studyllm.store import Store
from studyllm.store.messages import what
from studyllm.store.vectors import Vectors
from studyllm.tui import reading
from studyllm.tui.importing import unread
from studyllm.tui.importing.rows import rows_of
from studyllm.tui.importing.screen import ImportScreen
from studyllm.tui.widgets.table import Table
from tests.conftest import NOW
from tests.tui.app import SlowGrader, noticed, opened, press, settle, shown
from tests.tui.test_importing import NOTE, made, named


async def test_cards_are_dropped_and_made_by_one_key(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("i")
        await settle(pilot)
        await named(pilot, folder)
        await settle(pilot)
        await pilot.press("space")
        await settle(pilot)
        assert "1 added; 2 offered" in shown(pilot, "#summary")
        assert "left out, as you chose" in shown(pilot, "#difference")
        await pilot.press("space")
        await settle(pilot)
        assert "2 added; 0 offered" in shown(pilot, "#summary")
        await pilot.press("n")
        await settle(pilot)
        assert "no cards; 3 offered" in shown(pilot, "#summary")
        await pilot.press("u")
        await settle(pilot)
        assert "2 added" in shown(pilot, "#summary")
        await pilot.press("space", "ctrl+s")
        await settle(pilot)
        assert [stored.card.term for stored in store.cards()] == ["电容"]
        await pilot.press("i")
        await settle(pilot)
        await pilot.press("tab", "a")
        await settle(pilot)
        assert "1 unchanged; 2 offered; 0 skipped" in shown(pilot, "#summary"), "as it is without a"
        assert "All is shown" in shown(pilot, "#summary")
        await pilot.press("down", "space", "ctrl+s")
        await settle(pilot)
        assert {stored.card.term for stored in store.cards()} == {"电阻", "电容"}


async def test_the_counts_are_the_same_whatever_is_shown(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await press(pilot, "space")
        before = shown(pilot, "#summary").partition(".")[0]
        assert before == "1 added; 2 offered; 0 skipped"
        for _ in range(2):
            await press(pilot, "a")
            assert shown(pilot, "#summary").partition(".")[0] == before
        await press(pilot, "ctrl+s", "i")
        table = pilot.app.screen.query_one(DataTable)
        counted = shown(pilot, "#summary").partition(".")[0]
        assert (counted, table.row_count) == ("1 unchanged; 2 offered; 0 skipped", 0)
        await press(pilot, "down", "a")
        assert (shown(pilot, "#summary").partition(".")[0], table.row_count) == (counted, 3)


async def test_a_note_that_is_named_shows_its_offers_though_it_did_not_change(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    (folder / "other.md").write_text(NOTE.replace("电", "水"), "utf-8")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await press(pilot, "d", "ctrl+s", "i")
        await named(pilot, folder / "电路.md")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)
        assert {row.place[0] for row in screen.shown} == {str(folder / "电路.md")}
        assert not any(row.made for row in screen.shown)


async def test_brackets_go_from_note_to_note(home: Path, grader: SlowGrader, tmp_path: Path) -> None:
    folder = made(tmp_path / "notes", NOTE)
    for name in ("b.md", "c.md"):
        (folder / name).write_text(
            f"# {name}\n\n- **杠杆{name[0]}**：省力的棒\n- **滑轮{name[0]}**：改变力的方向\n"
        )
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        table = pilot.app.screen.query_one(DataTable)
        screen = pilot.app.screen
        assert isinstance(screen, ImportScreen)

        def stands() -> tuple[str, int]:
            row = screen.shown[table.cursor_row]
            return Path(row.place[0]).name, table.cursor_row

        first = stands()
        await press(pilot, "right_square_bracket")
        second = stands()
        await press(pilot, "down", "right_square_bracket")
        third = stands()
        assert len({first[0], second[0], third[0]}) == 3
        await press(pilot, "down", "right_square_bracket")
        assert stands()[0] == third[0], "there is no other"
        await press(pilot, "left_square_bracket")
        assert stands() == second
        await press(pilot, "left_square_bracket", "left_square_bracket")
        assert stands()[1] == 0
        card = screen.shown[0].card
        assert card
        assert card.prompt in shown(pilot, "#difference"), "its front, which the list may cut"


async def test_what_is_passed_over_is_listed_and_made_a_card_with_a_front_that_is_typed(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE + "\n昨天停电，大家都回去了。\n")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await settle(pilot)
        assert "1 skipped" in shown(pilot, "#summary")
        await press(pilot, "a", "end")
        assert shown(pilot, "#difference").splitlines() == [
            "Skipped: no term or question stands out; bold or “term: meaning” would show one. "
            "Space makes a card of it.",
            "昨天停电，大家都回去了。",
        ]
        await press(pilot, "space", "escape")
        assert "2 added" in shown(pilot, "#summary"), "nothing was typed"
        await press(pilot, "space", *"when", "enter")
        await settle(pilot)
        assert "3 added" in shown(pilot, "#summary")
        assert "0 skipped" in shown(pilot, "#summary")
        assert shown(pilot, "#difference").splitlines() == ["when", "昨天停电，大家都回去了。"], (
            "as it was made"
        )
        await press(pilot, "u")
        await settle(pilot)
        assert "2 added" in shown(pilot, "#summary")
        await press(pilot, "end", "space", *"when", "enter")
        await settle(pilot)
        await press(pilot, "ctrl+s")
        await settle(pilot)
    backs = {stored.card.term: stored.card.answer for stored in store.cards()}
    assert backs["when"] == "昨天停电，大家都回去了。"


async def test_a_text_beside_the_notes_is_named(home: Path, grader: SlowGrader, tmp_path: Path) -> None:
    folder = made(tmp_path / "notes", NOTE)
    (folder / "shopping.txt").write_text("wax: candles\n", "utf-8")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await settle(pilot)
        assert "1 file beside the notes was not read: shopping.txt." in shown(pilot, "#summary")


class Reading(SlowGrader):
    """A grader whose language model doubts what begins with a day."""

    def lines(
        self, _before: Sequence[str], lines: Sequence[str], _went: Callable[[int], bool]
    ) -> tuple[tuple[float, float], ...]:
        return tuple((-9.0 if "周三" in line else 0.0, 0.0) for line in lines)


@pytest.fixture
def doubting(home: Path, monkeypatch: pytest.MonkeyPatch) -> Reading:
    """A grader that reads notes, and what is kept of that."""
    monkeypatch.setattr(lines, "LEAST", 0)
    reader = LineReader(Vectors(home / "vectors.db", "lines test"), 1.0)
    monkeypatch.setattr(unread, "line_reader_of", lambda _study: reader)
    monkeypatch.setattr(reading, "line_reader_of", lambda _study: reader)
    grader = Reading()
    grader.loaded.set()
    return grader


DOUBTED = NOTE + "- 周三：买牛奶回信\n- 王台：培育新王的巢房\n"


async def test_the_language_model_reads_notes_that_take_little_time_by_itself(
    home: Path, store: Store, tmp_path: Path, doubting: Reading
) -> None:
    folder = made(tmp_path / "notes", DOUBTED)
    async with opened(home, doubting, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await settle(pilot)
        assert "3 added; 1 offered" in shown(pilot, "#summary")
        assert "The language model has read it: 3 new cards (4 before), 1 offered." in noticed(pilot)
        await press(pilot, "l")
        await settle(pilot)
        assert "There is nothing here that the language model could still read." in noticed(pilot)


MARKED = "Q: 蜂群靠什么认路？\nA: 太阳的方位。\n\n蜂胶 :: 用来封住缝隙的树脂\n"


async def test_the_language_model_does_not_read_notes_that_have_only_marked_cards(
    home: Path, store: Store, tmp_path: Path, doubting: Reading
) -> None:
    folder = made(tmp_path / "notes", MARKED)
    async with opened(home, doubting, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await settle(pilot)
        assert "2 added" in shown(pilot, "#summary")
        assert not any(said.startswith("The language model") for said in noticed(pilot))
        await press(pilot, "l")
        await settle(pilot)
        assert "There is nothing here that the language model could still read." in noticed(pilot)
        (folder / "b.md").write_text(DOUBTED, "utf-8")
        pilot.app.screen.query_one("#path").focus()
        await named(pilot, folder)
        await settle(pilot)
        assert "5 added; 1 offered" in shown(pilot, "#summary"), "beside them others are read"


@pytest.mark.parametrize("held", [("SOON", 0), ("LEAST", 50)])
async def test_the_language_model_reads_long_and_short_notes_at_a_key(
    home: Path,
    store: Store,
    tmp_path: Path,
    doubting: Reading,
    monkeypatch: pytest.MonkeyPatch,
    held: tuple[str, int],
) -> None:
    monkeypatch.setattr(lines, *held)
    folder = made(tmp_path / "notes", DOUBTED)
    async with opened(home, doubting, review=False) as pilot:
        await press(pilot, "i")
        await named(pilot, folder)
        await settle(pilot)
        before = shown(pilot, "#summary")
        assert "l lets the language model read the note as well (about 1 min)" in before
        assert "4 added" in before
        await press(pilot, "l")
        await settle(pilot)
        assert "3 added; 1 offered" in shown(pilot, "#summary")
        assert "lets the language model" not in shown(pilot, "#summary")
        await press(pilot, "ctrl+s")
        await settle(pilot)
    assert "周三" not in {stored.card.term for stored in store.cards()}


YEARS = "# 世界史年代表\n\n- 476 西罗马帝国灭亡\n- 800 查理曼加冕\n- 1618–1648 三十年战争\n"


async def test_the_list_shows_which_text_was_skipped_and_why_below_it(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    text = "下周二之前再看两遍，别拖。"
    folder = made(tmp_path / "notes", f"{text}\n第二行不在列表里。\n\n{YEARS}")
    async with opened(home, grader, review=False) as pilot:
        screen = await _importing(pilot, folder)
        await press(pilot, "a")
        table = screen.query_one(Table)
        at = next(n for n, row in enumerate(screen.shown) if row.left)
        table.move_cursor(row=at)
        await settle(pilot)
        assert str(table.get_row_at(at)[1]) == text
        told = shown(pilot, "#difference")
        assert told.startswith("Skipped: ")
        assert text in told
        left = screen.shown[at].left
    assert left is not None
    for one in (replace(left, line=0), replace(left, path="gone.md")):
        alone = replace(screen.plans[0], steps=(), offers=(), unread=(one,), reading=())
        (row,) = rows_of([alone], (), whole=True)
        assert str(row.cells()[1]) == said(one.reason), "where there is no text, why"


async def test_a_text_that_was_made_a_card_is_skipped_no_more_and_its_front_is_not_lost(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", "考前狂背，下周二就要考了。\n\n" + YEARS)
    async with opened(home, grader, review=False) as pilot:
        screen = await _importing(pilot, folder)
        await press(pilot, "a")
        assert "1 skipped" in shown(pilot, "#summary")
        table = screen.query_one(Table)
        table.move_cursor(row=next(n for n, row in enumerate(screen.shown) if row.left))
        await press(pilot, "space", *"when", "enter")
        await settle(pilot)
        assert "0 skipped" in shown(pilot, "#summary")
        assert not any(row.left for row in screen.shown)
        table.move_cursor(
            row=next(n for n, one in enumerate(screen.shown) if one.card and one.card.term == "when")
        )
        for key in "nd":
            await press(pilot, key)
            await settle(pilot)
            assert any(row.card and row.card.term == "when" and row.made for row in screen.shown)
            assert any(said.startswith("You wrote this card yourself") for said in noticed(pilot))
        await press(pilot, "space")
        await settle(pilot)
        assert not any(row.made and row.card and row.card.term == "when" for row in screen.shown)


async def test_a_card_that_the_learner_drops_is_left_out_and_not_gone(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path
) -> None:
    folder = made(tmp_path / "notes", NOTE)
    bring_in(store, plan(store, decks_for(store, [folder])[0]), NOW)
    made(folder, NOTE.replace("- **电容**：储存电荷的能力。\n", ""))
    async with opened(home, grader, review=False) as pilot:
        screen = await _importing(pilot, folder)
        await press(pilot, "a")
        assert "1 gone" in shown(pilot, "#summary")
        table = screen.query_one(Table)
        table.move_cursor(row=next(n for n, row in enumerate(screen.shown) if row.made))
        await press(pilot, "space")
        await settle(pilot)
        assert "1 gone, 1 left out" in shown(pilot, "#summary")
        assert sorted(str(row.cells()[0]) for row in screen.shown if row.step) == ["gone", "left out"]
        await press(pilot, "ctrl+s")
        await settle(pilot)
    *_, entry = store.journal.entries()
    assert what(entry).endswith("(1 gone, 1 left out)")


async def _importing(pilot: Pilot[None], folder: Path) -> ImportScreen:
    await press(pilot, "i")
    await named(pilot, folder)
    await settle(pilot)
    assert isinstance(pilot.app.screen, ImportScreen)
    return pilot.app.screen
