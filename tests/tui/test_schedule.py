"""History, comparison and leeches in the app."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable

from studyllm.cards import Algorithm, Scheduling
from studyllm.schedule import Learned, New
from studyllm.schedule.simulation import Cancelled
from studyllm.store import Store
from studyllm.tui import simulate
from studyllm.tui.compare import ChoiceScreen, CompareScreen
from studyllm.tui.history import HistoryScreen
from studyllm.tui.review.leech import LeechScreen
from studyllm.tui.review.screen import ReviewScreen
from studyllm.tui.simulate import SimulateScreen
from tests.conftest import NOW, answered, fill
from tests.tui.app import SlowGrader, noticed, opened, press, settle, shown, submit


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
        assert shown(pilot, "#today") == "u takes back: grade 4 for residual"
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


def twice_reviewed(store: Store) -> None:
    fill(store, "residual", "softmax")
    for card_id in (1, 2):
        for days_ago, grade in ((9, 4), (8, 4), (2, 3)):
            answered(store, card_id, grade, days_ago)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Waits for what a thread of its own computes."""
    for _ in range(600):
        if holds():
            break
        await pilot.pause(0.05)
    assert holds()
    await settle(pilot)


async def test_schedulers_are_compared_in_the_app(home: Path, store: Store, grader: SlowGrader) -> None:
    twice_reviewed(store)
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("c")
        assert isinstance(pilot.app.screen, CompareScreen)
        await until(pilot, lambda: "Predicts you best" in shown(pilot, "#today"))
        assert "in use" in shown(pilot, "#scheduler0")
        assert "log loss" not in shown(pilot, "#scheduler0")
        await pilot.press("escape")
        await settle(pilot)


async def test_a_scheduler_is_chosen_after_it_was_said_what_changes_and_taken_back(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    twice_reviewed(store)
    before = {card.id: card.progress for card in store.cards()}
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("c")
        screen = pilot.app.screen
        assert isinstance(screen, CompareScreen)
        await until(pilot, lambda: bool(screen.reports))
        screen.action_mark(-9)
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, ChoiceScreen)
        assert "2 cards get another day" in shown(pilot, ".label")
        await press(pilot, "escape")
        assert store.schedulings()["words"].algorithm is Algorithm.SM2, "nothing was changed yet"
        await press(pilot, "f", "enter")
        assert "2 cards have another day. u takes it back." in noticed(pilot)[0], "the same count as before"
        assert store.schedulings()["words"].algorithm is Algorithm.FSRS
        assert {card.id: card.progress for card in store.cards()} != before
        assert "in use" in shown(pilot, "#scheduler1")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CompareScreen), "it is in use already"
        await press(pilot, "u")
        assert "in use" in shown(pilot, "#scheduler0")
    assert store.schedulings()["words"].algorithm is Algorithm.SM2
    assert {card.id: card.progress for card in store.cards()} == before


async def test_without_reviews_to_compare_the_simulator_is_still_reached(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("c")
        await until(pilot, lambda: "nothing to compare" in shown(pilot, "#today"))
        assert shown(pilot, "#reports .label").startswith("s plays a year forward")
        await pilot.press("s")
        screen = pilot.app.screen
        assert isinstance(screen, SimulateScreen)
        await until(pilot, lambda: screen.found is not None)


async def test_a_constant_cannot_be_chosen(home: Path, store: Store, grader: SlowGrader) -> None:
    twice_reviewed(store)
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("c")
        screen = pilot.app.screen
        assert isinstance(screen, CompareScreen)
        await until(pilot, lambda: bool(screen.reports))
        await press(pilot, *("down",) * 5)
        assert shown(pilot, "#scheduler1").startswith("▸ FSRS-6")
        assert shown(pilot, "#scheduler2").startswith("  a constant")


async def test_the_simulator_opens_from_the_comparison_and_says_what_a_retention_costs(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    twice_reviewed(store)
    async with opened(home, grader, review=False) as pilot:
        await pilot.press("c")
        compared = pilot.app.screen
        assert isinstance(compared, CompareScreen)
        await until(pilot, lambda: bool(compared.reports))
        await pilot.press("s")
        screen = pilot.app.screen
        assert isinstance(screen, SimulateScreen)
        await until(pilot, lambda: screen.found is not None)
        assert "2 cards seen" in shown(pilot, "#today")
        assert "90%" in shown(pilot, "#chart")
        assert "512 reviews" in shown(pilot, "#notes")
        await pilot.press("escape")
        await settle(pilot)
        assert pilot.app.screen is compared


async def test_leaving_the_simulator_ends_it(
    home: Path, store: Store, grader: SlowGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    twice_reviewed(store)
    ended = threading.Event()

    def endless(*args: object, stopped: Callable[[], bool], **rest: object) -> None:
        while not stopped():
            time.sleep(0.01)
        ended.set()
        raise Cancelled

    monkeypatch.setattr(simulate, "simulation", endless)
    async with opened(home, grader, review=False) as pilot:
        pilot.app.push_screen(SimulateScreen(None))
        await settle(pilot)
        assert not ended.is_set()
        await press(pilot, "escape")
        assert ended.wait(10)
