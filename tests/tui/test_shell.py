"""What the app does around its screens: palette, theme, motion, title."""

from collections.abc import AsyncIterator, Generator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.events import Key
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import OptionList, Static

from studyllm import i18n
from studyllm.cli.session import open_store
from studyllm.config import Settings, load
from studyllm.grading import Buffered, Question, TextGrader, Verdict
from studyllm.store import Store
from studyllm.tui import StudyApp, palette, themes
from studyllm.tui.help import HelpScreen
from studyllm.tui.history import HistoryScreen
from studyllm.tui.review.screen import ReviewScreen
from studyllm.tui.widgets.answer import AnswerArea
from tests.conftest import NOW, fill
from tests.tui.app import noticed, running, settle


@asynccontextmanager
async def opened(
    settings: Settings, *, review: bool = False, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    app = StudyApp(
        settings,
        open_store=open_store,
        make_grader=lambda _: TextGrader(),
        first=(lambda screens: screens.review()) if review else None,
        clock=lambda: NOW,
    )
    async with running(app, size) as pilot:
        yield pilot


async def choose(pilot: Pilot[None], typed: str) -> None:
    """Opens the palette, types, takes the first command."""
    await pilot.press("ctrl+p")
    await pilot.press(*typed)
    options = pilot.app.screen.query_one(OptionList)
    for _ in range(100):
        if options.option_count and typed.lower() in str(options.get_option_at_index(0).prompt).lower():
            break
        await pilot.pause(0.02)
    await pilot.press("enter")
    await settle(pilot)


@pytest.mark.parametrize(
    ("typed", "screen"), [("history", HistoryScreen), ("review", ReviewScreen), ("help", HelpScreen)]
)
async def test_the_palette_opens_screens_from_anywhere(
    home: Path, store: Store, typed: str, screen: type
) -> None:
    fill(store, "residual")
    async with opened(Settings(home)) as pilot:
        await choose(pilot, typed)
        assert isinstance(pilot.app.screen, screen)
        depth = len(pilot.app.screen_stack)
        if screen is not HelpScreen:
            await choose(pilot, typed)
            assert len(pilot.app.screen_stack) == depth, "a screen that is on is not opened again"


@pytest.mark.parametrize("opens", ["ctrl+p", "themes"])
async def test_the_palette_says_in_chinese_that_nothing_is_called_so(home: Path, opens: str) -> None:
    i18n.use("zh")
    async with opened(Settings(home)) as pilot:
        if opens == "themes":
            pilot.app.search_themes()
            await settle(pilot)
        else:
            await pilot.press(opens)
        await pilot.press(*"zzzz")
        options = pilot.app.screen.query_one(OptionList)
        for _ in range(100):
            if options.option_count:
                break
            await pilot.pause(0.02)
        assert [str(option.prompt).strip() for option in options.options] == ["没有叫这个名字的。"]
        await pilot.press("enter")
        await settle(pilot)
        assert pilot.app.is_running


@pytest.mark.parametrize("typed", ["zhuti", "zt"])
async def test_the_palette_finds_a_chinese_name_by_its_sound(home: Path, typed: str) -> None:
    i18n.use("zh")
    async with opened(Settings(home)) as pilot:
        await pilot.press("ctrl+p", *typed)
        options = pilot.app.screen.query_one(OptionList)
        for _ in range(100):
            if options.option_count == 1:
                break
            await pilot.pause(0.02)
        assert [str(option.prompt).split("\n")[0].strip() for option in options.options] == ["主题"]


async def test_the_palette_changes_the_language_at_once_and_the_settings_keep_it(
    home: Path, store: Store
) -> None:
    fill(store, "residual")
    i18n.use("en")
    async with opened(Settings(home)) as pilot:
        await choose(pilot, "lang")
        assert str(pilot.app.screen.query_one("#today", Static).content).startswith("今天：1 张新卡片")
        assert load(home, {}).interface == "zh"
        assert len(pilot.app.screen_stack) == 2
        await choose(pilot, "lang")
        assert "1 new" in str(pilot.app.screen.query_one("#today", Static).content)
    assert load(home, {}).interface == "en"


async def test_a_screenshot_says_where_it_is_or_why_it_is_not(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)
    async with opened(Settings(home)) as pilot:
        pilot.app.action_screenshot()
        (made,) = tmp_path.glob("*.svg")
        assert noticed(pilot) == [f"Saved as {made}."]
        pilot.app.action_screenshot(path=str(tmp_path / "none"))
        await pilot.pause()
        said = noticed(pilot)
    assert said[0] == f"The picture could not be saved in {tmp_path / 'none'}: No such file or directory."


async def test_the_palette_quits(home: Path) -> None:
    async with opened(Settings(home)) as pilot:
        await choose(pilot, "quit")
        assert not pilot.app.is_running


async def test_every_entry_of_the_palette_leads_somewhere(home: Path) -> None:
    async with opened(Settings(home)) as pilot:
        for entry in palette.ENTRIES:
            if isinstance(entry.leads_to, str):
                where, _, action = entry.leads_to.rpartition(".")
                assert hasattr(pilot.app.screen if where == "screen" else pilot.app, f"action_{action}")
                continue
            before = pilot.app.screen
            for _once_and_again in range(2):
                entry.run(pilot.app)
                await settle(pilot)
                assert type(pilot.app.screen) is type(entry.leads_to())
            pilot.app.pop_screen()
            assert pilot.app.screen is before


async def test_the_palette_speaks_the_learners_language(home: Path) -> None:
    i18n.use("en")
    async with opened(Settings(home), size=(60, 20)) as pilot:
        names = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
        assert names == {i18n._(entry.name) for entry in palette.ENTRIES}
        await pilot.press("ctrl+p")
        assert isinstance(pilot.app.screen, CommandPalette)
        assert all(
            widget.region.right <= 60 for widget in pilot.app.screen.walk_children(Widget) if widget.display
        )


async def test_a_theme_that_was_chosen_is_kept_until_the_settings_name_another(home: Path) -> None:
    settings = Settings(home)
    async with opened(settings) as pilot:
        assert pilot.app.theme == "textual-dark"
    assert not list(home.glob("theme*")), "nothing was chosen"
    async with opened(settings) as pilot:
        pilot.app.theme = "nord"
        await pilot.pause()
    async with opened(settings) as pilot:
        assert pilot.app.theme == "nord"
    async with opened(replace(settings, theme="gruvbox")) as pilot:
        assert pilot.app.theme == "gruvbox"


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"theme": 1}', '{"theme": "none", "instead_of": "nord"}', "\xff"]
)
def test_a_damaged_theme_file_does_no_harm(home: Path, content: str) -> None:
    home.mkdir()
    (home / "theme.json").write_text(content, "latin-1")
    assert themes.chosen(Settings(home, theme="nord"), {"nord", "textual-dark"}) == "nord"
    assert themes.chosen(Settings(home, theme="nonsense"), {"nord", "textual-dark"}) == "textual-dark"


async def test_without_motion_nothing_moves(home: Path, store: Store) -> None:
    fill(store, "residual")
    async with opened(Settings(home, motion="off"), review=True) as pilot:
        assert pilot.app.animation_level == "none"
        area = pilot.app.screen.query_one(AnswerArea)
        assert area.has_focus
        assert not area.cursor_blink
    async with opened(Settings(home), review=True) as pilot:
        assert pilot.app.animation_level != "none"
        assert pilot.app.screen.query_one(AnswerArea).cursor_blink


class Streaming(TextGrader):
    def __init__(self) -> None:
        super().__init__()
        self.ended = False

    def explain(self, question: Question, answer: str, verdict: Verdict) -> Iterator[str]:
        try:
            yield from ("One sentence. ", "An", "oth", "er.")
        finally:
            self.ended = True


def test_an_unhurried_grader_says_a_sentence_and_then_the_rest() -> None:
    grader, asked = Streaming(), Question("what", "this")
    pieces = list(Buffered(grader).explain(asked, "that", grader.grade(asked, "that")))
    assert [piece for piece in pieces if piece] == ["One sentence. ", "Another."]


def test_an_unhurried_grader_can_be_stopped() -> None:
    grader, asked = Streaming(), Question("what", "this")
    pieces = Buffered(grader).explain(asked, "that", grader.grade(asked, "that"))
    assert [next(pieces), next(pieces)] == ["One sentence. ", ""]
    assert not grader.ended
    assert isinstance(pieces, Generator)
    pieces.close()
    assert grader.ended


async def test_keys_that_come_all_at_once_keep_their_order(home: Path, store: Store) -> None:
    fill(store, "residual")
    async with opened(Settings(home), review=True) as pilot:
        for key in (
            "b",
            "u",
            "ctrl+j",
            "r",
            "s",
            "t",
        ):  # as an input method, or a slow machine, delivers them
            pilot.app.post_message(Key(key, key if len(key) == 1 else None))
        pilot.app.post_message(Key("enter", "\r"))
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)
    (review,) = [entry.review for entry in store.journal.entries() if entry.review]
    assert review.answer == "bu\nrst"
