"""The keys at the bottom: which there is room for, and what the mouse does with them."""

from typing import ClassVar

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType

from studyllm.tui.widgets.footer import Footer


class Keys(App[None]):
    """An app with keys in two languages, one of which does not work now."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add('a')", "Ask"),
        Binding("f2", "add('f2')", "撤销", tooltip="Takes back the last thing"),
        Binding("f3,x", "add('f3')", "Off"),
        Binding("h", "add('h')", "Hidden", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.off = False

    def compose(self) -> ComposeResult:
        yield Footer()

    def action_add(self, key: str) -> None:
        self.pressed.append(key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return None if self.off and parameters == ("f3",) else True


def line(app: App[None]) -> str:
    return app.query_one(Footer).render().plain


async def test_the_keys_that_work_and_the_palette_at_the_right() -> None:
    async with Keys().run_test(size=(60, 5)) as pilot:
        assert line(pilot.app).split() == ["a", "Ask", "f2", "撤销", "f3", "Off", "▏", "^p", "palette"]
        assert cell_len(line(pilot.app)) == 60
        assert not pilot.app.query_one(Footer).cut


@pytest.mark.parametrize("width", [1, 5, 9, 14, 20, 25, 30, 45])
async def test_what_there_is_no_room_for_is_left_out(width: int) -> None:
    async with Keys().run_test(size=(width, 5)) as pilot:
        shown = line(pilot.app)
        assert cell_len(shown.rstrip()) <= width
        cut = pilot.app.query_one(Footer).cut
        assert ("…" in shown) is bool(cut)
        for key in cut:
            assert key.said not in shown
        if width >= 8:
            assert "f3 Off" in shown, "the last one, which is help, is the last to go"


async def test_a_click_presses_the_key_under_it() -> None:
    async with Keys().run_test(size=(60, 5)) as pilot:
        app = pilot.app
        assert isinstance(app, Keys)
        for said in ("Ask", "Off", "撤销"):
            await pilot.click(Footer, offset=(cell_len(line(app).partition(said)[0]), 0))
            await pilot.pause()
        assert app.pressed == ["a", "f3", "f2"]
        await pilot.click(Footer, offset=(40, 0))
        assert len(app.pressed) == 3
        app.off = True
        app.refresh_bindings()
        await pilot.pause()
        await pilot.click(Footer, offset=(cell_len(line(app).partition("Off")[0]), 0))
        await pilot.pause()
        assert len(app.pressed) == 3


async def test_the_key_under_the_mouse_says_more() -> None:
    async with Keys().run_test(size=(60, 5)) as pilot:
        footer = pilot.app.query_one(Footer)
        await pilot.hover(Footer, offset=(cell_len(line(pilot.app).partition("撤销")[0]), 0))
        assert footer.tooltip == "Takes back the last thing"
        assert footer.under is not None
        await pilot.hover(Footer, offset=(40, 0))
        assert footer.tooltip is None


async def test_a_key_of_the_learners_own_stands_where_it_stood() -> None:
    class Named(Keys):
        BINDINGS: ClassVar[list[BindingType]] = [
            Binding("n", "add('n')", "Name", id="name"),
            Binding("b", "add('b')", "Browse"),
        ]

    app = Named()
    async with app.run_test(size=(60, 5)) as pilot:
        app.set_keymap({"name": "slash,y"})
        await pilot.pause()
        await pilot.pause()
        said = line(app).split()
        assert said.index("Name") < said.index("Browse")
