"""Tables: what has no room ends in an ellipsis, and there is as much as the terminal has."""

import pytest
from textual.app import App, ComposeResult
from textual.content import Content

from studyllm.tui.widgets.table import Column, Table, number


class Tables(App[None]):
    def compose(self) -> ComposeResult:
        yield Table()

    def on_mount(self) -> None:
        table = self.query_one(Table)
        table.head(Column("When", 10), Column("What", least=12), number("Due"))
        table.fill(
            [
                ("1", ("2026-03-01", "梯度消失与梯度爆炸的原因以及常见的解决办法有哪些", "    3")),
                ("2", ("2026-03-02", Content("two\nlines [b]of[/b]"), "    ·")),
            ]
        )
        table.move_cursor(row=1)


def cells(app: Tables) -> list[str]:
    table = app.query_one(Table)
    return [table.get_row_at(row)[1].plain for row in range(table.row_count)]


@pytest.mark.parametrize(
    ("columns", "said"), [(50, "梯度消失与梯度爆炸的…"), (100, None), (30, "梯度消失与…")]
)
async def test_a_text_is_cut_where_there_is_no_room_for_it(columns: int, said: str | None) -> None:
    app = Tables()
    async with app.run_test(size=(columns, 10)):
        whole = "梯度消失与梯度爆炸的原因以及常见的解决办法有哪些"
        first, second = cells(app)
        assert first == (said or whole)
        assert second == "two…", "a row is one line"


async def test_another_size_of_the_terminal_lays_it_out_again_with_the_cursor_where_it_was() -> None:
    app = Tables()
    async with app.run_test(size=(40, 10)) as pilot:
        assert cells(app)[0].endswith("…")
        await pilot.resize_terminal(100, 10)
        assert not cells(app)[0].endswith("…")
        assert app.query_one(Table).cursor_row == 1


async def test_home_and_end_go_to_the_first_and_the_last_row() -> None:
    app = Tables()
    async with app.run_test(size=(40, 10)) as pilot:
        app.query_one(Table).focus()
        await pilot.press("home")
        assert app.query_one(Table).cursor_row == 0
        await pilot.press("end")
        assert app.query_one(Table).cursor_row == 1
        app.query_one(Table).fill(())
        await pilot.press("end", "home")
        assert app.query_one(Table).row_count == 0
