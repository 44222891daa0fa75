"""Keys that come too early: none of them grades a card or is lost."""

from pathlib import Path

import pytest
from textual.events import Key, Paste

from studyllm.schedule import Grade
from studyllm.store import Store
from studyllm.tui.review import ahead
from studyllm.tui.review.ahead import Gate, TypedAhead
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.verdicts import State
from tests.conftest import fill
from tests.graders import judged
from tests.tui.app import SlowGrader, opened, press, settle, shown, submit
from tests.tui.review.state import last, review


def _typed(text: str) -> list[Key]:
    """The keys of a text as a terminal without bracketed paste sends it."""
    return [Key("enter", "\r") if letter == "\n" else Key(letter, letter) for letter in text]


async def test_a_text_that_is_pasted_as_keys_is_one_answer(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    grader.said = judged(State.HIT)
    async with opened(home, grader) as pilot:
        for key in _typed("1. one\n2. two\n\n5 k\n"):
            pilot.app.post_message(key)
        await settle(pilot)
        assert shown(pilot, "#yours") == "1. one\n2. two\n\n5 k"
        assert review(pilot).stage == "graded"
    assert not list(store.journal.entries())[1:], "nothing was graded"


async def test_a_list_that_goes_on_after_enter_is_written_on(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    grader.said = judged(State.HIT)
    async with opened(home, grader) as pilot:
        await submit(pilot, "1. one")
        await press(pilot, "2")
        assert review(pilot).stage == "graded", "it may be the next item"
        await press(pilot, "full_stop")
        area = pilot.app.screen.query_one(AnswerArea)
        assert (review(pilot).stage, area.text) == ("asking", "1. one\n2.")
        await press(pilot, "b", "enter")
        assert shown(pilot, "#yours") == "1. one\n2.b"
        await press(pilot, "3", "3")
    assert (last(store).chosen, last(store).answer) == (3, "1. one\n2.b")


async def test_what_is_typed_while_a_grade_is_saved_is_of_the_next_answer(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    grader.said = judged(State.HIT)
    async with opened(home, grader) as pilot:
        await submit(pilot, "something")
        for key in [Key("4", "4"), *_typed("uke4")]:
            pilot.app.post_message(key)
        await settle(pilot)
        assert pilot.app.screen.query_one(AnswerArea).text == "uke4"
    assert len([entry for entry in store.journal.entries() if entry.review]) == 1


async def test_a_key_that_came_long_after_enter_is_none_of_the_answer(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    grader.said = judged(State.HIT)
    async with opened(home, grader) as pilot:
        enter, letter = Key("enter", "\r"), Key("4", "4")
        letter.time = enter.time + 0.15
        for key in (*_typed("ab"), enter, letter):
            pilot.app.post_message(key)
        await settle(pilot)
        assert shown(pilot, "#yours") == "ab"


def test_a_number_that_begins_an_answer_is_no_list() -> None:
    typed = TypedAhead()
    assert not typed.may_go_on("3.14 is the ratio", Grade.GOOD, 0)
    assert not typed.may_go_on("1:1", Grade.FAMILIAR, 0)
    assert typed.may_go_on("1、甲", Grade.FAMILIAR, 0)


async def test_what_is_typed_before_the_next_question_is_painted_begins_its_answer(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax", "dropout")
    grader.said = judged(State.HIT, score=1.0, sure=True)
    async with opened(home, grader) as pilot:
        for _ in range(2):
            await submit(pilot, "something")
            for key in (Key("enter", "\r"), *_typed("under"), Key("backspace", "\x7f"), *_typed("k")):
                pilot.app.post_message(key)
            await settle(pilot)
            assert pilot.app.screen.query_one(AnswerArea).text == "undek"
        await press(pilot, "backspace")
        assert pilot.app.screen.query_one(AnswerArea).text == "unde", "the field has the keys"
    assert [entry.undone for entry in store.journal.entries() if entry.review] == [False, False]


async def test_what_is_typed_behind_a_key_that_leaves_the_card_is_of_the_next_answer(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        for key in (*_typed("old"), Key("f8", None), *_typed("new")):
            pilot.app.post_message(key)
        await settle(pilot)
        assert pilot.app.screen.query_one(AnswerArea).text == "new"
        await press(pilot, "f8")
        assert pilot.app.screen.query_one(AnswerArea).text == "old"


async def test_what_is_typed_while_an_answer_is_read_goes_on_with_it(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    grader.loaded.clear()
    async with opened(home, grader) as pilot:
        area = pilot.app.screen.query_one(AnswerArea)
        area.text = "1. one"
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert review(pilot).stage == "judging"
        for key in _typed("2"):
            pilot.app.post_message(key)
        await pilot.pause(0.1)
        assert review(pilot).stage == "judging", "a digit alone says nothing yet"
        for key in _typed(". two"):
            pilot.app.post_message(key)
        await pilot.pause(0.1)
        assert (review(pilot).stage, area.text) == ("asking", "1. one\n2. two")
        grader.loaded.set()
        await settle(pilot)
        assert review(pilot).stage == "asking", "a verdict that comes late is none"
    assert not [entry for entry in store.journal.entries() if entry.review]


@pytest.mark.parametrize("text", ["3. three", "12 layers", "also a skip", "(4) four", "4 heads"])
async def test_a_text_pasted_after_the_verdict_grades_nothing(
    text: str, home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    grader.said = judged(State.HIT, score=1.0, sure=True)
    async with opened(home, grader) as pilot:
        area = pilot.app.screen.query_one(AnswerArea)
        await submit(pilot, "one")
        for key in _typed(text):
            pilot.app.post_message(key)
        await settle(pilot)
        assert (review(pilot).stage, area.text) == ("asking", f"one\n{text}")
        await press(pilot, "enter")
        pilot.app.post_message(Paste("4. four\n5. five"))
        await settle(pilot)
        assert (review(pilot).stage, area.text) == ("asking", f"one\n{text}\n4. four\n5. five")
    assert not [entry for entry in store.journal.entries() if entry.review]


async def test_no_key_counts_before_the_verdict_can_be_read(
    home: Path, store: Store, grader: SlowGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "GUARD", 60.0)
    fill(store, "residual", "softmax")
    grader.said = judged(State.HIT, score=1.0, sure=True)
    async with opened(home, grader) as pilot:
        await submit(pilot, "one")
        await press(pilot, "4", "enter")
        assert review(pilot).stage == "graded"
        await press(pilot, "u")
        assert pilot.app.screen.query_one(AnswerArea).text == "one\n4u", "nothing that was typed is lost"
    assert not [entry for entry in store.journal.entries() if entry.review]


async def test_what_is_typed_into_the_end_of_a_session_is_no_command(
    home: Path, store: Store, grader: SlowGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, "residual")
    grader.said = judged(State.HIT, score=1.0, sure=True)
    async with opened(home, grader) as pilot:
        await submit(pilot, "one")
        monkeypatch.setattr(ahead, "GUARD", 60.0)
        for key in (Key("enter", "\r"), *_typed("ur")):
            pilot.app.post_message(key)
        await settle(pilot)
        await press(pilot, "u")
        assert review(pilot).stage == "done"
    assert [entry.undone for entry in store.journal.entries() if entry.review] == [False]


def test_a_run_of_keys_stays_shut_out_as_long_as_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "GUARD", 0.2)
    gate = Gate()
    assert not gate.lets(0.0)
    gate.painted(1.0)
    assert [gate.lets(at) for at in (1.1, 1.25, 1.4, 1.7, 1.71)] == [False, False, False, True, True]


@pytest.mark.parametrize(("key", "left"), [("backspace", "what residual mean"), ("ctrl+u", "")])
async def test_a_key_that_rubs_out_takes_an_answer_back_that_is_being_read(
    home: Path, store: Store, grader: SlowGrader, key: str, left: str
) -> None:
    fill(store, "residual")
    grader.loaded.clear()
    async with opened(home, grader) as pilot:
        area = pilot.app.screen.query_one(AnswerArea)
        area.text = "what residual means"
        await pilot.press("enter")
        await pilot.pause()
        assert review(pilot).stage == "judging"
        await pilot.press(key)
        await pilot.pause()
        assert (review(pilot).stage, area.text) == ("asking", left)
        grader.loaded.set()
