"""Wide letters stay whole wherever a widget below begins or ends, in what is painted whole and in what is painted
again."""

import io
import re
from pathlib import Path

import pytest
from rich.console import Console
from textual._compositor import ChopsUpdate
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from studyllm.tui.compositor import WholeLetters

SAID = "未作任何更改本来就是这样或这张卡片还没问过"


class Torn(Screen[None]):
    """A line of Chinese over panes that begin at every other column, one further to the left with each `at`."""

    CSS = """
    Torn { layers: below above; }
    Horizontal { layer: below; height: 1; }
    Horizontal Static { width: 3; }
    #said { layer: above; height: 1; width: 44; }
    """

    def __init__(self, at: int) -> None:
        super().__init__()
        self._compositor = WholeLetters()
        self._at = at

    def compose(self) -> ComposeResult:
        with Horizontal():
            for number in range(20):
                yield Static("abc", id=f"pane{number}")
        said = Static(SAID, id="said")
        said.styles.offset = (self._at, 0)
        yield said


class Show(App[None]):
    """Shows such a screen."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self._at = at

    def on_mount(self) -> None:
        self.push_screen(Torn(self._at))


@pytest.mark.parametrize("at", range(6))
async def test_no_letter_is_torn(at: int, home: Path) -> None:
    app = Show(at)
    async with app.run_test(size=(60, 4)) as pilot:
        await pilot.pause()
        made = app.screen._compositor
        line = made.render_strips()[0]
        assert SAID in line.text
        assert line.cell_length == 60
        assert line.text.startswith("abcabcabc"[:at])
        # Only a pane below is painted again.
        pane = app.screen.query_one("#pane4", Static)
        made._dirty_regions = {pane.region}
        update = made.render_partial_update()
        assert isinstance(update, ChopsUpdate)
        console = Console(file=io.StringIO(), force_terminal=True, width=60)
        sent = re.sub(r"\x1b\[[\d;]*[A-Za-z]", "", update.render_segments(console))
        assert SAID in sent
