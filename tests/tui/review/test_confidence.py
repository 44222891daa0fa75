"""How sure an answer is, on the screen: one key before the verdict, none of which is a grade by accident."""

from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widgets import OptionList

from studyllm.cards import Scheduling
from studyllm.config import load
from studyllm.schedule import New
from studyllm.store import Store
from studyllm.tui import StudyApp
from studyllm.tui.keymap import written
from studyllm.tui.quiz.run import QuizRunScreen
from studyllm.tui.review import ahead
from studyllm.tui.review.confidence import ConfidenceBar
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.verdicts import State
from tests.conftest import NOW, fill
from tests.graders import judged
from tests.tui.app import SlowGrader, opened, press, settle, shown, submit
from tests.tui.review.state import last, review


@pytest.fixture
def weighed(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose answers are weighed, each key let go as quickly as a test presses the next one."""
    monkeypatch.setattr(ahead, "HELD", 0.0)
    return home


async def begin(pilot: Pilot[None]) -> None:
    """Switches the question on."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    app.action_switch_confidence()


async def test_a_key_says_how_sure_the_answer_is_and_then_the_verdict_comes(
    weighed: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    grader.said = judged(State.HIT)
    async with opened(weighed, grader) as pilot:
        await begin(pilot)
        await submit(pilot, "what residual means")
        assert review(pilot).stage == "weighing"
        assert pilot.app.screen.query_one(ConfidenceBar).display
        assert not shown(pilot, "#headline"), "nothing is said of it yet"
        await press(pilot, "0", "5", "k", "enter")
        assert review(pilot).stage == "weighing", "no grade, no point, no command"
        await press(pilot, "3", "3")  # twice: something else was being typed
        assert review(pilot).stage == "graded"
        assert not pilot.app.screen.query_one(ConfidenceBar).display
        await press(pilot, "2")
    assert (last(store).chosen, last(store).detail.own_confidence) == (2, 3)


async def test_a_key_that_is_held_says_how_sure_the_answer_is_and_is_no_grade(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    grader.said = judged(State.HIT)
    async with opened(home, grader) as pilot:
        await begin(pilot)
        await submit(pilot, "what residual means")
        pressed = Key("3", "3")
        pilot.app.post_message(pressed)
        await settle(pilot)
        assert review(pilot).stage == "graded"
        for held in range(12):
            again = Key("3", "3")
            again.time = pressed.time + (held + 1) * 0.05  # by the clock of a keyboard, not of a busy machine
            pilot.app.post_message(again)
        await settle(pilot)
        assert review(pilot).stage == "graded"
        assert store.card(1).progress == New()
        await pilot.pause(1.4)
        await press(pilot, "3")
    assert (last(store).chosen, last(store).detail.own_confidence) == (3, 3)


async def test_keys_before_the_verdict_can_be_read_are_no_grade(
    weighed: Path, store: Store, grader: SlowGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, "residual")
    grader.said = judged(State.HIT)
    async with opened(weighed, grader) as pilot:
        await begin(pilot)
        await submit(pilot, "what residual means")
        monkeypatch.setattr(ahead, "GUARD", 60.0)
        await press(pilot, "3", "4", "enter")
        assert review(pilot).stage == "graded"
        await press(pilot, "k")
        area = pilot.app.screen.query_one(AnswerArea)
        assert (review(pilot).stage, area.text) == ("asking", "what residual means\n4k")
    assert store.card(1).progress == New()


async def test_no_key_counts_before_the_question_how_sure_can_be_read(
    weighed: Path, store: Store, grader: SlowGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "GUARD", 60.0)
    fill(store, "residual")
    async with opened(weighed, grader) as pilot:
        await begin(pilot)
        await submit(pilot, "1. one")
        await press(pilot, "2")
        assert review(pilot).stage == "weighing"
        await press(pilot, "full_stop")
        assert pilot.app.screen.query_one(AnswerArea).text == "1. one\n2."


@pytest.mark.parametrize("text", ["3. three", "12 layers", "2 heads"])
async def test_a_text_pasted_after_the_answer_says_nothing_of_how_sure_it_is(
    text: str, weighed: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(weighed, grader) as pilot:
        await begin(pilot)
        await submit(pilot, "one")
        for letter in text:
            pilot.app.post_message(Key(letter, letter))
        await settle(pilot)
        area = pilot.app.screen.query_one(AnswerArea)
        assert (review(pilot).stage, area.text) == ("asking", f"one\n{text}")
        await press(pilot, "enter")
        pilot.app.post_message(Paste("4. four"))
        await settle(pilot)
        assert (review(pilot).stage, area.text) == ("asking", f"one\n{text}\n4. four")


async def test_backspace_goes_back_to_the_answer(weighed: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    async with opened(weighed, grader) as pilot:
        await begin(pilot)
        await submit(pilot, "what resi")
        await press(pilot, "backspace")
        area = pilot.app.screen.query_one(AnswerArea)
        assert (review(pilot).stage, area.text, area.read_only) == ("asking", "what resi", False)
        await press(pilot, "d")
        assert area.text == "what resid"


async def test_the_next_item_of_a_list_is_not_how_sure_it_is(
    weighed: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(weighed, grader) as pilot:
        await begin(pilot)
        await submit(pilot, "1. one")
        await press(pilot, "2")
        assert review(pilot).stage == "weighing"
        await press(pilot, "full_stop")
        assert pilot.app.screen.query_one(AnswerArea).text == "1. one\n2."
        await submit(pilot, "1. one\n2. two")
        await press(pilot, "3", "3")
        assert review(pilot).stage == "graded"


async def test_nothing_is_asked_of_an_empty_answer_nor_before_it_is_switched_on(
    weighed: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    grader.said = judged(State.HIT)
    async with opened(weighed, grader) as pilot:
        await submit(pilot, "something")
        assert review(pilot).stage == "graded"
        await press(pilot, "4")
        await begin(pilot)
        await press(pilot, "enter")
        assert review(pilot).stage == "graded"
        await press(pilot, "1")
    assert last(store).detail.own_confidence is None


async def test_the_palette_switches_it_and_the_settings_keep_it(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    (home / "config.toml").write_text("# mine\n")
    async with opened(home, grader) as pilot:
        await press(pilot, "ctrl+p", *"confid", "enter")
        app = pilot.app
        assert isinstance(app, StudyApp)
        assert app.settings.confidence
        assert load(home, {}).confidence
        app.action_switch_confidence()
    assert not load(home, {}).confidence
    assert "# mine" in (home / "config.toml").read_text()


async def test_the_summary_marks_what_was_sure_and_offers_a_contrast(
    weighed: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW)
    grader.said = judged(State.MISSED, score=0.1, sure=True)
    async with opened(weighed, grader) as pilot:
        await begin(pilot)
        await submit(pilot, "no idea")
        await press(pilot, "1", "1")
        await submit(pilot, "what residual means")
        await press(pilot, "3")
        session = review(pilot).session
        assert session.card is not None
        session._confused[session.card.id] = store.card(1)  # as an embedding model finds it
        await press(pilot, "1")
        first = str(pilot.app.screen.query_one(OptionList).get_option_at_index(0).prompt)
        assert "softmax" in first
        assert "you were sure" in first
        assert "For softmax you gave the meaning of residual." in shown(pilot, "#confused")
        before = [card.progress for card in store.cards()]
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, QuizRunScreen)
        assert shown(pilot, "#prompt") == "What is the difference between “softmax” and “residual”?"
        await submit(pilot, "no idea")
        assert "residual: what residual means" in shown(pilot, "#feedback")
        await press(pilot, "enter", "escape")
    assert [card.progress for card in store.cards()] == before


async def test_the_learners_own_keys_say_it(weighed: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    grader.said = judged(State.HIT)
    async with opened(weighed, grader) as pilot:
        app = pilot.app
        assert isinstance(app, StudyApp)
        app.chosen_keys = {"review_confidence.choose_3": ("z",), "review_confidence.write_on": ("f10",)}
        app.set_keymap(written(app.chosen_keys))
        await begin(pilot)
        await submit(pilot, "what residual means")
        await press(pilot, "f10")
        assert review(pilot).stage == "asking"
        await press(pilot, "enter", "3")
        assert review(pilot).stage == "weighing"
        await press(pilot, "z", "z")  # twice: something else was being typed
        assert review(pilot).stage == "graded"
