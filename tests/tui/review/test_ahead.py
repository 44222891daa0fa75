"""Keys that come too early: none of them grades a card or is lost."""

from pathlib import Path

from textual.events import Key

from studyllm.schedule import Grade
from studyllm.store import Store
from studyllm.tui.review.ahead import TypedAhead
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
    ahead = TypedAhead()
    assert not ahead.may_go_on("3.14 is the ratio", Grade.GOOD)
    assert not ahead.may_go_on("1:1", Grade.FAMILIAR)
    assert ahead.may_go_on("1、甲", Grade.FAMILIAR)
