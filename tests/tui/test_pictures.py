"""Every screen looks as in docs/pictures, in both languages, and fits whatever the size of the terminal is."""

import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widget import Widget

from studyllm import i18n
from studyllm.tui.widgets.footer import Footer
from tests.tui.app import settle
from tests.tui.scenes import PICTURES, SCENES, SMALL, WIDE, draw, opened

pytestmark = pytest.mark.slow
SIZES = ((60, 20), SMALL, (200, 60))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("name", SCENES)
async def test_a_screen_looks_as_it_was_last_looked_at(
    name: str, language: str, furnished: Path, home: Path
) -> None:
    shutil.copytree(furnished, home)
    kept = PICTURES / f"{name}-{language}.svg"
    assert await draw(name, language, home, WIDE) == kept.read_text("utf-8"), (
        f"{kept.name} shows something else now: `make pictures`, look at it, and commit it"
    )


@pytest.mark.parametrize("name", SCENES)
async def test_a_screen_fits_every_terminal(name: str, furnished: Path, home: Path) -> None:
    shutil.copytree(furnished, home)
    review, act = SCENES[name]
    i18n.use("zh")  # its letters are the wide ones
    async with opened(home, WIDE, review=review, theme="textual-light") as pilot:
        await act(pilot)
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            screen = pilot.app.screen
            lines = ["".join(segment.text for segment in line) for line in screen._compositor.render_strips()]
            assert len(lines) == height
            assert {cell_len(line) for line in lines} == {width}
            for widget in screen.walk_children(Widget):
                if widget.region:
                    assert widget.region.right <= width, widget
            if (width, height) == SMALL:
                assert not any(footer.cut for footer in screen.query(Footer))
