"""History, comparison and leeches in the app."""

from pathlib import Path

from textual.widgets import DataTable

from studyllm.cards import Scheduling
from studyllm.schedule import Learned, New
from studyllm.store import Store
from studyllm.tui.compare import CompareScreen
from studyllm.tui.history import HistoryScreen
from studyllm.tui.review.leech import LeechScreen
from studyllm.tui.review.screen import ReviewScreen
from tests.conftest import NOW, answered, fill
from tests.tui.app import SlowGrader, opened, settle, shown, submit


async def test_history_lists_what_happened_and_takes_it_back(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    answered(store, 1, 4, 3)
    store.suspend(2, NOW)
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("h")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HistoryScreen)
        assert pilot.app.screen.query_one(DataTable).row_count == 3
        assert shown(pilot, "#today") == "u takes back: softmax suspended"
        await pilot.press("u")
        await settle(pilot)
        assert shown(pilot, "#today") == "u takes back: residual graded 4"
        await pilot.press("u")
        await settle(pilot)
    assert not store.card(2).suspended
    assert store.card(1).progress == New()


async def test_a_card_put_off_is_not_asked_and_comes_back_with_undo(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        await pilot.press("f5")
        await settle(pilot)
        assert shown(pilot, "#prompt") == "softmax"
        await pilot.press("f2")
        await settle(pilot)
        assert shown(pilot, "#prompt") == "residual"


async def test_a_leech_shows_its_history_and_can_be_let_go(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    store.reschedule("words", Scheduling(leech=2, relearning_steps=()), {}, NOW)
    for days_ago, grade in ((9, 4), (8, 1), (7, 4)):
        answered(store, 1, grade, days_ago)
    async with opened(home, grader) as pilot:
        await submit(pilot, "something else")
        await pilot.press("1")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LeechScreen)
        await pilot.press("r")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
    assert store.card(1).progress == New()


async def test_what_was_not_recalled_is_asked_again_before_the_end(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        for answer, grade in (("no idea", "1"), ("what softmax means", "4")):
            await submit(pilot, answer)
            await pilot.press(grade)
            await settle(pilot)
        assert shown(pilot, "#prompt") == "residual", "nothing else is left: the repetition comes early"
        await submit(pilot, "what residual means")
        await pilot.press("4")
        await settle(pilot)
        assert "Nothing is due" in shown(pilot, "#done")
    progress = store.card(1).progress
    assert isinstance(progress, Learned)
    assert (progress.repetitions, progress.interval) == (0, 1), "the repetition moved nothing"


async def test_schedulers_are_compared_in_the_app(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual", "softmax")
    for card_id in (1, 2):
        for days_ago, grade in ((9, 4), (8, 4), (2, 3)):
            answered(store, card_id, grade, days_ago)
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("c")
        assert isinstance(pilot.app.screen, CompareScreen)
        for _ in range(200):
            if "Best at foretelling" in shown(pilot, "#today"):
                break
            await pilot.pause(0.05)
        assert "Best at foretelling" in shown(pilot, "#today")
        await pilot.press("escape")
        await settle(pilot)
