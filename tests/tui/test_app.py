"""The wiring of the screens: what a key leads to. What a verdict says is tested where verdicts are made."""

from pathlib import Path

import pytest
from textual.widget import Widget
from textual.widgets import DataTable, Static, TextArea

from studyllm.cli.session import open_store
from studyllm.config import Settings
from studyllm.schedule import Learned, New
from studyllm.store import Store
from studyllm.tui import StudyApp
from studyllm.tui.help import HelpScreen
from studyllm.tui.home import HomeScreen
from studyllm.tui.review.followup import FollowUpScreen
from studyllm.tui.review.grades import GradeBar
from studyllm.tui.review.screen import ReviewScreen
from studyllm.tui.widgets.answer import AnswerArea
from tests.conftest import fill
from tests.tui.app import SlowGrader, note, opened, settle, shown, submit


async def test_a_card_is_asked_answered_graded_and_moved(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        assert shown(pilot, "#prompt") == "residual"
        assert isinstance(pilot.app.focused, AnswerArea)
        await submit(pilot, "what residual means")
        assert "correct" in shown(pilot, "#headline")
        assert "what residual means" in note(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert shown(pilot, "#prompt") == "softmax"
    _, entry = store.journal.entries()
    assert entry.review is not None
    assert entry.review.chosen == entry.review.suggested == 5
    assert isinstance(store.card(1).progress, Learned)


@pytest.mark.parametrize("key", list("012345"))
async def test_a_digit_overrules_the_verdict(home: Path, store: Store, grader: SlowGrader, key: str) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what residual means")
        await pilot.press(key)
        await settle(pilot)
    _, entry = store.journal.entries()
    assert entry.review is not None
    assert entry.review.chosen == int(key)


async def test_arrows_choose_and_a_click_grades(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what residual means")
        await pilot.press("left", "left", "enter")
        await settle(pilot)
        await submit(pilot, "something else")
        await pilot.click("#grade-2")
        await settle(pilot)
    assert [e.review.chosen for e in store.journal.entries() if e.review] == [3, 2]


async def test_an_empty_answer_shows_the_note_and_asks_the_learner(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "")
        assert "what residual means" in note(pilot)
        await pilot.press("3")
        await settle(pilot)
    _, entry = store.journal.entries()
    assert entry.review is not None
    assert (entry.review.chosen, entry.review.suggested, entry.review.answer) == (3, None, None)


async def test_an_answer_given_while_the_models_load_waits_and_is_not_lost(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    grader.loaded.clear()
    async with opened(home, grader) as pilot:
        pilot.app.screen.query_one(AnswerArea).text = "what residual means"
        await pilot.press("enter")
        await pilot.pause()
        assert "your answer is kept" in shown(pilot, "#waiting")
        assert pilot.app.screen.query_one(AnswerArea).text == "what residual means"
        grader.loaded.set()
        await settle(pilot)
        assert "correct" in shown(pilot, "#headline")


async def test_leaving_while_the_models_load(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    grader.loaded.clear()
    async with opened(home, grader) as pilot:
        pilot.app.screen.query_one(AnswerArea).text = "half an answer"
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
    assert [entry.event for entry in store.journal.entries()] == ["import"]


async def test_the_decks_under_a_review_are_made_when_they_are_seen(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "attention")
    async with opened(home, grader) as pilot:
        assert [type(screen).__name__ for screen in pilot.app.screen_stack] == ["Screen", "ReviewScreen"]
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)
        assert pilot.app.screen.query_one(DataTable).row_count == 1
        await pilot.press("a")
        await settle(pilot)
        assert len(pilot.app.screen_stack) == 3
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_ctrl_j_begins_a_new_line(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await pilot.press("a", "ctrl+j", "b")
        assert pilot.app.screen.query_one(AnswerArea).text == "a\nb"


async def test_u_takes_back_and_asks_again(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what residual means")
        await pilot.press("enter")
        await settle(pilot)
        await submit(pilot, "")
        await pilot.press("u")
        await settle(pilot)
        assert shown(pilot, "#prompt") == "softmax", "what was done last is that nothing was known"
        await pilot.press("f2")
        await settle(pilot)
        assert shown(pilot, "#prompt") == "residual"
    assert store.card(1).progress == New()


async def test_the_end_says_what_was_done(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what residual means")
        await pilot.press("enter")
        await settle(pilot)
        assert "1 answered, 1 recalled" in shown(pilot, "#done")
        await pilot.press("u")
        await settle(pilot)
        assert shown(pilot, "#prompt") == "residual"


async def test_home_lists_the_decks_and_opens_one(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual", deck="神经网络")
    fill(store, "mitosis", "osmosis", deck="biology")
    async with opened(home, grader, review=False) as pilot:
        assert "3 new" in shown(pilot, "#today")
        assert pilot.app.screen.query_one(DataTable).row_count == 2
        await pilot.press("down", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert shown(pilot, "#prompt") == "residual"
        await pilot.press("escape", "a")
        await settle(pilot)
        assert shown(pilot, "#prompt") == "mitosis"


async def test_an_empty_home_says_how_to_begin(home: Path, grader: SlowGrader) -> None:
    async with opened(home, grader, review=False) as pilot:
        assert pilot.app.screen.query_one("#empty").display
    async with opened(home, grader) as pilot:
        assert "Nothing is due" in shown(pilot, "#done")


async def test_help_opens_over_any_screen(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await pilot.press("f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_text_of_notes_and_models_is_never_markup(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "list[int] [/b] [red]", deck="[bold]deck[/]")
    async with opened(home, grader) as pilot:
        assert shown(pilot, "#prompt") == "list[int] [/b] [red]"
        await submit(pilot, "[/nonsense] what")
        assert shown(pilot, "#explanation") == "You left out [b]the second half[/b]."
        assert "[/b]" in note(pilot)
        await pilot.press("escape")
        await settle(pilot)


async def test_an_unknown_deck_closes_the_app_with_a_sentence(home: Path, grader: SlowGrader) -> None:
    app = StudyApp(Settings(home), open_store=open_store, make_grader=lambda _: grader, deck="none")
    async with app.run_test() as pilot:
        for _ in range(100):
            if app.return_code is not None:
                break
            await pilot.pause(0.1)
    assert app.return_code == 1


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_nothing_is_wider_than_the_screen(
    home: Path, store: Store, grader: SlowGrader, size: tuple[int, int]
) -> None:
    fill(store, "残差连接" * 30 + "x" * 200)
    async with opened(home, grader, size=size) as pilot:
        await submit(pilot, "不知道" * 50)
        for widget in pilot.app.screen.walk_children(Widget):
            if widget.display and widget.region:
                assert widget.region.right <= size[0], widget
        assert isinstance(pilot.app.focused, GradeBar)
        assert pilot.app.focused.region.bottom <= size[1]


async def test_a_follow_up_question_is_answered_on_the_card(home: Path, grader: SlowGrader) -> None:
    with Store(home / "study.db") as store:
        fill(store, "a")
    async with opened(home, grader) as pilot:
        await pilot.press("f3")
        assert isinstance(pilot.app.screen, ReviewScreen), "nothing to ask about before the answer"
        await pilot.press(*"answer", "enter")
        await settle(pilot)
        await pilot.press("f3")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FollowUpScreen)
        await pilot.press(*"why", "enter")
        await settle(pilot)
        assert "[b]why[/b] is in the note." in str(pilot.app.screen.query_one("#talk", Static).content)
        await pilot.press("escape", "4")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ReviewScreen)


async def test_points_are_edited_and_the_answer_is_judged_again(home: Path, grader: SlowGrader) -> None:
    with Store(home / "study.db") as store:
        fill(store, "a")
    async with opened(home, grader) as pilot:
        await pilot.press(*"answer", "enter")
        await settle(pilot)
        await pilot.press("f6")
        await pilot.pause()
        pilot.app.screen.query_one("#lines", TextArea).text = "one thing\n\n[b]another[/b]\x1b[31m"
        await pilot.press("ctrl+s")
        await settle(pilot)
        shown = str(pilot.app.screen.query_one("#points", Static).content)
        assert "one thing" in shown
        assert "[b]another[/b]" in shown
    with Store(home / "study.db") as store:
        assert store.card(1).own_points == ("one thing", "[b]another[/b]")
