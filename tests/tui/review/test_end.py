"""The end of a review, and what opens over a card."""

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.widgets import OptionList, Static, TextArea

from studyllm.cards import Scheduling
from studyllm.quiz.items import Item
from studyllm.review.session import ReviewSession
from studyllm.schedule import Grade, Learned, New
from studyllm.store import Store
from studyllm.tui import repeating
from studyllm.tui.help import HelpScreen
from studyllm.tui.home import HomeScreen
from studyllm.tui.quiz.run import QuizRunScreen
from studyllm.tui.review.leech import LeechScreen
from studyllm.tui.review.points import PointsScreen
from studyllm.tui.review.screen import ReviewScreen
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.tui.widgets.note import NoteScreen
from studyllm.verdicts import State
from tests.conftest import DAY, NOW, answered, fill
from tests.graders import judged
from tests.quiz.cards import asked
from tests.tui.app import SlowGrader, opened, press, shown, submit
from tests.tui.review.state import review


async def test_the_summary_lists_what_is_worth_another_look(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax", "dropout")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    async with opened(home, grader) as pilot:
        for answer, grade in (("what residual means", "5"), ("no [b]idea", "1"), ("what dropout means", "4")):
            await submit(pilot, answer)
            await press(pilot, grade)
        assert "3 answered, 2 recalled (67%), in less than a minute" in shown(pilot, "#done")
        mistakes = pilot.app.screen.query_one(OptionList)
        assert mistakes.option_count == 1
        assert str(mistakes.get_option_at_index(0).prompt).startswith("wrong  softmax")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, NoteScreen)
        said = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        assert "no [b]idea" in said
        assert "what softmax means" in said
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_what_was_overruled_is_no_mistake(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual", "softmax")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    grader.said = judged(State.MISSED, State.CONTRADICTED, score=0.1, sure=True)
    async with opened(home, grader) as pilot:
        for grade in "40":
            await submit(pilot, "something else entirely")
            await press(pilot, grade)
        assert shown(pilot, "#again") == "A mistake worth another look"
        mistakes = pilot.app.screen.query_one(OptionList)
        lines = [
            line.strip() for option in mistakes.options for line in str(option.prompt).split("\n") if line
        ]
        assert lines == [
            "blank  softmax",
            "✗ point 1  and 1 more",
            "Where you graded otherwise than suggested",
            "good   residual  suggested 1, you gave 4",
            "✗ point 1  and 1 more",
        ]
        await press(pilot, "enter")
        said = [str(part.content) for part in pilot.app.screen.query(Static)]
        assert "✗ point 1\n○ point 0" in said


async def test_mistakes_of_earlier_in_the_day_stand_apart(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    earlier = ReviewSession(store, DAY)
    earlier.next(NOW - timedelta(hours=1))
    earlier.submit("", 1.0)
    earlier.grade(Grade.WRONG, 1.0, NOW - timedelta(hours=1))
    async with opened(home, grader) as pilot:
        await submit(pilot, "no idea")
        await press(pilot, "0")
        assert shown(pilot, "#again") == "A mistake worth another look"
        mistakes = pilot.app.screen.query_one(OptionList)
        lines = [str(option.prompt).strip().split("\n")[0] for option in mistakes.options]
        assert lines == ["blank  softmax", "Earlier today", "wrong  residual"]
        await press(pilot, "down", "enter")
        assert isinstance(pilot.app.screen, NoteScreen)
        assert pilot.app.screen.answered.card.card.term == "residual"


async def test_r_asks_what_went_wrong_again_beside_the_schedule(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax", "dropout")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    async with opened(home, grader) as pilot:
        for answer, grade in (("what residual means", "5"), ("no idea", "1"), ("something", "2")):
            await submit(pilot, answer)
            await press(pilot, grade)
        before = [card.progress for card in store.cards()]
        await press(pilot, "r")
        quiz = pilot.app.screen
        assert isinstance(quiz, QuizRunScreen)
        assert sorted(asked(item).card.term for item in quiz.items) == ["dropout", "softmax"]
        for _ in quiz.items:
            await submit(pilot, f"what {asked(quiz.sitting.item).card.term} means")
            await press(pilot, "enter")
        await press(pilot, "escape")
        assert shown(pilot, "#done"), "the summary is there again"
    assert [card.progress for card in store.cards()] == before


async def test_nothing_is_asked_again_where_nothing_went_wrong(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what residual means")
        await press(pilot, "5")
        named = {found.binding.action for found in review(pilot).active_bindings.values()}
        assert not named & {"repeat", "contrast"}
        await press(pilot, "r", "c")
        assert review(pilot).stage == "done"


async def test_r_says_at_once_that_it_prepares_and_escape_ends_that(
    home: Path, store: Store, grader: SlowGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, "residual")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    ended = threading.Event()

    def slow(
        study: object, cards: object, options: object, progress: Callable[[int, int], bool]
    ) -> list[Item]:
        while progress(1, 3):
            time.sleep(0.01)
        ended.set()
        return []

    monkeypatch.setattr(repeating, "_questions", slow)
    async with opened(home, grader) as pilot:
        await submit(pilot, "no idea")
        await press(pilot, "1")
        await pilot.press("r")
        await pilot.pause(0.2)
        assert shown(pilot, "#preparing") == "Choosing questions… 1 of 3"
        await press(pilot, "escape")
        assert review(pilot).stage == "done", "the summary stays"
        assert shown(pilot, "#preparing") == ""
        assert await asyncio.to_thread(ended.wait, 5)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


@pytest.mark.parametrize(
    ("key", "suspended", "progress"), [("enter", False, Learned), ("s", True, Learned), ("r", False, New)]
)
async def test_every_way_on_from_a_leech(
    home: Path, store: Store, grader: SlowGrader, key: str, suspended: bool, progress: type
) -> None:
    fill(store, "residual")
    store.reschedule("words", Scheduling(leech=2, relearning_steps=()), {}, NOW)
    for days_ago, grade in ((9, 4), (8, 1), (7, 4)):
        answered(store, 1, grade, days_ago)
    async with opened(home, grader) as pilot:
        await submit(pilot, "something [else]")
        await press(pilot, "1")
        assert isinstance(pilot.app.screen, LeechScreen)
        said = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        assert "not recalled 2 times" in said
        assert "something [else]" in said
        await press(pilot, key)
        assert isinstance(pilot.app.screen, ReviewScreen)
    assert store.card(1).suspended is suspended
    assert isinstance(store.card(1).progress, progress)


async def test_points_can_be_left_as_they_were_and_are_limited(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what")
        await press(pilot, "f6")
        said = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        assert "A point that begins with + is an extra" in said
        pilot.app.screen.query_one("#lines", TextArea).text = "\n".join(f"point {n}" for n in range(500))
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, PointsScreen), "too many"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ReviewScreen)
    assert store.card(1).own_points == ()


async def test_help_names_the_keys_of_the_screen_below(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        home_keys = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        assert "Import" in home_keys
        assert "One point of the answer" not in home_keys
        await press(pilot, "q", "a", "f1")
        review_keys = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        for binding in (*ReviewScreen.BINDINGS, *AnswerArea.BINDINGS):
            assert isinstance(binding, Binding)
            assert (binding.tooltip or binding.description) in " ".join(review_keys.split())
        assert "F7" in review_keys
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, ReviewScreen)
