"""Home and progress: what they show and where their keys lead."""

from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.widgets import DataTable, Static

from studyllm.cli.session import open_store
from studyllm.config import Settings
from studyllm.grading import Readiness
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.statistics import Period
from studyllm.store import Store
from studyllm.tui import StudyApp
from studyllm.tui.history import HistoryScreen
from studyllm.tui.home import HomeScreen
from studyllm.tui.importing.screen import ImportScreen
from studyllm.tui.progress import ProgressScreen
from studyllm.tui.review.screen import ReviewScreen
from studyllm.tui.widgets.readiness import ReadinessLine
from tests.conftest import DAY, NOW, fill
from tests.tui.app import SlowGrader, opened, press, settle, shown


def lived(store: Store) -> None:
    """Two decks of two cards, one new a day: answered 2 cards two days ago, 4 yesterday, 2 today."""
    fill(store, "softmax", "residual", deck="models", new_per_day=1)
    fill(store, "vitamin", "enzyme", deck="health", new_per_day=1)
    for ago in (2, 1, 0):
        now = NOW - timedelta(days=ago, minutes=30)
        queue = ReviewQueue(store, DAY)
        while (found := queue.next(now)) is not None:
            queue.record(found[0], Grade.GOOD, now, seconds=30.0)


async def test_the_first_run_offers_the_sample_deck(home: Path, grader: SlowGrader) -> None:
    async with opened(home, grader, review=False) as pilot:
        assert "try the sample deck" in shown(pilot, "#empty")
        assert not pilot.app.screen.query_one(DataTable).display
        await pilot.press("a", "p")
        assert isinstance(pilot.app.screen, HomeScreen), "there is nothing to review or to count"
        await pilot.press("s")
        await settle(pilot)
        table = pilot.app.screen.query_one(DataTable)
        assert (table.display, table.row_count, table.size.height) == (True, 1, 2)
        assert not pilot.app.screen.query_one("#empty").display
        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert shown(pilot, "#prompt")


async def test_what_comes_back_today_is_not_called_done(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "softmax")
    queue = ReviewQueue(store, DAY)
    found = queue.next(NOW)
    assert found is not None
    queue.record(found[0], Grade.WRONG, NOW)
    async with opened(home, grader, review=False) as pilot:
        assert shown(pilot, "#today").startswith("1 card comes back today; nothing else is due.")


async def test_keys_that_come_before_the_store_do_no_harm(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "softmax")
    app = StudyApp(Settings(home), open_store=open_store, make_grader=lambda _: grader, clock=lambda: NOW)
    with patch.object(app, "open", lambda: None):
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.press("p", "c", "h", "u", "s")
            await pilot.pause()
            assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_first_run_leads_to_a_folder_of_ones_own(home: Path, grader: SlowGrader) -> None:
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("i")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ImportScreen)
        assert pilot.app.focused is not None
        assert pilot.app.focused.id == "path"


async def test_home_says_what_today_costs_and_shows_the_year(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    lived(store)
    fill(store, *(f"term {number}" for number in range(9)), deck="more")
    async with opened(home, grader, review=False) as pilot:
        assert "Today: 9 new, about 5 minutes." in shown(pilot, "#today")
        assert pilot.app.screen.query_one(DataTable).size.height == 4, "three decks and the heading"
        year = shown(pilot, "#year")
        assert "streak 3 days · 8 reviews" in year
        assert len(year.splitlines()) == 9
        for size, there in (((60, 20), False), ((60, 24), True), ((200, 60), True), ((80, 21), False)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert pilot.app.screen.query_one("#year").display is there
            assert all(len(line) <= size[0] - 4 for line in shown(pilot, "#year").splitlines() if there)


async def test_with_nothing_due_home_says_when_the_next_card_comes(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "softmax")
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("space")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        await pilot.press("enter", "5")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert "all done for today. The next card comes on 2026-03-03." in shown(pilot, "#today")


async def test_what_the_watcher_found_stays_on_the_screen(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "softmax")
    async with opened(home, grader, review=False) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, HomeScreen)
        assert not screen.query_one("#found").display
        screen.notes_read("[b]words[/b]", {"added": 2, "changed": 1}, NOW, doubt=True)
        await settle(pilot)
        assert shown(pilot, "#found").startswith("notes of [b]words[/b]: 2 added, 1 changed at ")
        assert "decide" in shown(pilot, "#found")
        await press(pilot, "u")
        assert not screen.query_one("#found").display, "the import that it may tell of is taken back"


async def test_what_the_watcher_found_outlives_the_undo_of_an_answer(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "softmax")
    ReviewQueue(store, DAY).record(next(iter(store.cards())), Grade.GOOD, NOW)
    async with opened(home, grader, review=False) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, HomeScreen)
        screen.notes_read("words", {"added": 2}, NOW, doubt=False)
        await press(pilot, "u")
        assert screen.query_one("#found").display


@pytest.mark.parametrize(
    ("key", "screen"),
    [
        ("i", ImportScreen),
        ("h", HistoryScreen),
        ("p", ProgressScreen),
        ("a", ReviewScreen),
        ("space", ReviewScreen),
    ],
)
async def test_a_key_opens_a_screen_and_escape_closes_it(
    home: Path, store: Store, grader: SlowGrader, key: str, screen: type
) -> None:
    lived(store)
    async with opened(home, grader, review=False) as pilot:
        await pilot.press(key)
        await settle(pilot)
        assert isinstance(pilot.app.screen, screen)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_progress_narrows_to_a_period_and_a_deck(home: Path, store: Store, grader: SlowGrader) -> None:
    lived(store)
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("p")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ProgressScreen)
        assert shown(pilot, "#title") == "Progress: all decks, all time"
        for key, period in (("w", "7 days"), ("m", "30 days"), ("y", "a year"), ("a", "all time")):
            await pilot.press(key)
            await settle(pilot)
            assert shown(pilot, "#title") == f"Progress: all decks, {period}"
        assert screen.period is Period.ALL
        every = shown(pilot, "#today")
        for keys, deck in ((("right",), "health"), (("d",), "models"), (("left", "left"), "all decks")):
            await pilot.press(*keys)
            await settle(pilot)
            assert shown(pilot, "#title") == f"Progress: {deck}, all time"
            assert (shown(pilot, "#today") == every) is (deck == "all decks")


async def test_progress_scrolls_and_uses_the_width_there_is(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    lived(store)
    async with opened(home, grader, review=False, size=(80, 14)) as pilot:
        await pilot.press("p")
        await settle(pilot)
        figures = pilot.app.screen.query_one("#figures")
        for key, moved in (
            ("down", 1),
            ("j", 2),
            ("up", 1),
            ("k", 0),
            ("pagedown", min(figures.size.height - 1, figures.max_scroll_y)),
        ):
            await pilot.press(key)
            await settle(pilot)
            assert figures.scroll_offset.y == moved, key
        await pilot.press("pageup")
        await settle(pilot)
        assert figures.scroll_offset.y == 0
        for width, columns in ((60, 1), (120, 2), (200, 3)):
            await pilot.resize_terminal(width, 40)
            await settle(pilot)
            there = [
                column for column in pilot.app.screen.query(".figures").results(Static) if column.display
            ]
            assert len(there) == columns
            assert all(str(column.content) for column in there)


class Elsewhere(SlowGrader):
    """Has a server beside it."""

    def readiness(self) -> Readiness:
        return Readiness("ready", "ready", "Both.", server="ready", where="192.168.1.5:8000")


async def test_the_bottom_line_says_where_answers_go(home: Path) -> None:
    grader = Elsewhere()
    async with opened(home, grader, review=False) as pilot:
        assert isinstance(pilot.app, StudyApp)
        await pilot.app.when_ready()
        pilot.app.screen.query_one(ReadinessLine).follow()
        assert "answers also to 192.168.1.5:8000: ready" in shown(pilot, "#readiness")


async def test_what_another_program_does_is_seen_on_the_decks_screen(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "softmax")
    with patch("studyllm.tui.home.EVERY", 0.2):
        async with opened(home, grader, review=False) as pilot:
            await settle(pilot)
            table = pilot.app.screen.query_one(DataTable)
            assert table.row_count == 1
            fill(store, "vitamin", "enzyme", deck="health")
            for _look in range(20):
                await pilot.pause(0.1)
                if table.row_count == 2:
                    break
            assert table.row_count == 2
            assert str(table.get_row_at(0)[0]) == "health"
