"""What is to be noticed stands on a line: it covers nothing, and outlives the screen on which it was said."""

from pathlib import Path

from studyllm.grading import Readiness
from studyllm.store import Store
from studyllm.tui.notices import Notices
from studyllm.tui.widgets.readiness import _content
from tests.conftest import fill
from tests.tui.app import SlowGrader, opened, press, shown


def test_the_last_is_told_and_errors_stand_for_their_time() -> None:
    notices = Notices()
    notices.say("no such key", "error", 10.0, 0.0)
    notices.say("nothing to save", "warning", 4.0, 1.0)
    notices.say("sent", "information", 4.0, 2.0)
    assert [one.text for one in notices.standing(3.0)] == ["sent", "no such key"]
    notices.say("no such key", "error", 10.0, 4.0)
    assert [one.text for one in notices.standing(5.0)] == ["no such key"]
    assert [one.text for one in notices.standing(13.9)] == ["no such key"]
    assert notices.standing(14.0) == ()


def test_what_a_key_takes_back_is_told_on_its_screen_until_something_is() -> None:
    notices, here, there = Notices(), object(), object()
    notices.say("no such key", "error", 10.0, 0.0)
    notices.say("gone; u takes that back", "information", 4.0, 0.0, here)
    assert [one.text for one in notices.standing(1.0, there)] == ["no such key"]
    assert len(notices.standing(1.0, here)) == 2
    notices.undone()
    assert [one.text for one in notices.standing(1.0, here)] == ["no such key"]


async def test_what_was_said_before_a_screen_was_left_is_read_on_the_next(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "p")
        assert not pilot.app.screen.query_one("#notice").display, "no room is taken for nothing"
        pilot.app.notify("said here", timeout=60)
        assert shown(pilot, "#notice") == "said here"
        assert pilot.app.screen.query_one("#notice").display
        await press(pilot, "escape")
        assert shown(pilot, "#readiness") == "said here"
        assert not pilot.app._notifications


async def test_the_readiness_comes_back_when_a_notice_goes(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader, review=False) as pilot:
        pilot.app.notify("said here", timeout=0.2)
        assert shown(pilot, "#readiness") == "said here"
        await pilot.pause(0.5)
        assert shown(pilot, "#readiness").startswith("● embedding ready")


def test_the_readiness_fits_on_a_line_where_answers_stay_here() -> None:
    absent = Readiness("absent", "absent", "No models: compared word by word. Fetch them.")
    assert str(_content(absent, 200)).startswith("○ embedding absent   ○ language model absent   No models")
    assert str(_content(absent, 78)) == "○ No models: compared word by word. Fetch them."
    half = Readiness("ready", "loading", "The models are loading, which takes its time here.")
    assert str(_content(half, 78)).startswith("◐ The models")
    sent = Readiness("absent", "absent", "No models: " + "x" * 60, server="ready", where="there")
    assert str(_content(sent, 78)).startswith("● answers also to there: ready")
