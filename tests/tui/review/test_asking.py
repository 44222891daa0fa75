"""The keys before the answer: hints, skipping, a pause, and what is typed."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual.events import Key, Paste
from textual.geometry import Offset
from textual.widgets import Static

from studyllm.cards import Deck
from studyllm.grading import SETTLED
from studyllm.review.asking import hints
from studyllm.review.judging import calibration, judge
from studyllm.schedule import Grade, New
from studyllm.store import Changes, Store
from studyllm.store.messages import NUMBER
from studyllm.tui.review.pause import PauseScreen
from studyllm.tui.review.stopwatch import Stopwatch
from studyllm.tui.widgets.answer import AnswerArea
from tests.conftest import NOW, asked_early, card, fill
from tests.tui.app import SlowGrader, opened, press, settle, shown, submit
from tests.tui.review.state import last, marked, review


def with_points(store: Store, *points: str) -> None:
    made = card("residual", "。".join(points))
    store.apply(Deck("words"), Changes(added=(made,)), NOW)
    store.set_points(store.card(1), list(points), NOW)


async def test_the_question_says_where_it_stands(home: Path, store: Store, grader: SlowGrader) -> None:
    made = card("residual", path="/notes/nets.md", line=12, headings=("Networks", "[b]Blocks"))
    store.apply(Deck("words"), Changes(added=(made,)), NOW)
    async with opened(home, grader) as pilot:
        assert shown(pilot, "#where") == "words › Networks › [b]Blocks"
        assert shown(pilot, "#place") == "1 to go  nets.md:12", "what is cut first stands last"


async def test_where_there_is_no_room_the_deck_gives_way_and_not_the_heading(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    headings = ("Vocabulario de la unidad", "Verbos irregulares (yo)")
    made = card("hacer", path="/notes/vocab.md", line=20, headings=headings)
    store.apply(Deck("Spanish of the second year"), Changes(added=(made,)), NOW)
    async with opened(home, grader) as pilot:
        where = pilot.app.screen.query_one("#where", Static)
        assert str(where.render()) == "… › Vocabulario de la unidad › Verbos irregulares (yo)"
        await pilot.resize_terminal(120, 24)
        await settle(pilot)
        assert str(where.render()) == shown(pilot, "#where")


async def test_hints_come_one_at_a_time_and_cost_the_top_grade(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    with_points(store, "the input is kept", "it is added to the output", "gradients pass")
    async with opened(home, grader) as pilot:
        await press(pilot, "f7")
        assert shown(pilot, "#hint") == "→ the input is kept"
        await press(pilot, "f7", "f7")
        assert shown(pilot, "#hint").count("→") == 2, "the last point is left to the learner"
        await submit(pilot, store.card(1).card.answer)
        assert marked(pilot) is Grade.GOOD
        await press(pilot, "right", "5")
        assert store.card(1).progress == New(), "5 is not to be had"
        await press(pilot, "enter")
    found = last(store)
    assert (found.chosen, found.suggested) == (4, 4)
    assert found.detail.hints == 2
    assert calibration(store).answers == 0, "a capped grade does not teach the grader"
    again = judge(store, grader, store.card(1), store.card(1).card.answer)
    assert (again.grade, SETTLED in again.by) == (5, False), "nor does it settle that answer"


async def test_a_hint_costs_the_top_grade_also_after_a_look_at_the_decks(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await press(pilot, "f7")
        await submit(pilot, "what residual means")
        await press(pilot, "escape", "enter")
        assert "→" in shown(pilot, "#hint")
        await press(pilot, "enter", "5")
        assert store.card(1).progress == New(), "5 is not to be had"


async def test_enter_takes_no_grade_where_none_is_suggested(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await press(pilot, "enter")
        named = {found.binding.action for found in pilot.app.screen.active_bindings.values() if found.enabled}
        assert "take" not in named
        await press(pilot, "enter")
        assert review(pilot).stage == "graded"
        await press(pilot, "right", "enter")
    assert last(store).chosen == 3


def test_the_only_point_is_hinted_by_its_beginning(store: Store) -> None:
    fill(store, "residual")
    assert hints(store.card(1)) == ("what…", "what residual…")


async def test_a_skipped_card_comes_after_the_others_with_its_hint_and_its_draft(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        await press(pilot, "f7", *"half", "f8")
        assert shown(pilot, "#prompt") == "softmax"
        await submit(pilot, "what softmax means")
        await press(pilot, "enter")
        assert shown(pilot, "#prompt") == "residual"
        assert pilot.app.screen.query_one(AnswerArea).text == "half"
        assert "→" in shown(pilot, "#hint")
        await press(pilot, "f8")
        assert shown(pilot, "#prompt") == "residual", "there is no other"


async def test_a_pause_hides_the_card_and_stops_the_clock(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    time = 100.0
    async with opened(home, grader) as pilot:
        screen = review(pilot)
        screen.stopwatch = Stopwatch(lambda: time)
        screen.stopwatch.start()
        time += 5
        await press(pilot, *"half", "f9")
        assert isinstance(pilot.app.screen, PauseScreen)
        assert pilot.app.screen.styles.background.a == 1.0
        time += 1000
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(AnswerArea).text == "half"
        time += 2
        await press(pilot, "enter", "4")
    assert last(store).detail.seconds == 7.0


async def test_pasted_text_is_cleaned_and_keeps_its_lines(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        area = pilot.app.screen.query_one(AnswerArea)
        pilot.app.post_message(Paste("one\r\n\x1b[31mtwo\u202e\x00"))
        await settle(pilot)
        assert area.text == "one\ntwo"


async def test_enter_does_not_overtake_what_was_typed_before_it(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        for letter in "one":
            pilot.app.post_message(Key(letter, letter))
        pilot.app.post_message(Key("ctrl+j", None))
        for letter in "two":
            pilot.app.post_message(Key(letter, letter))
        pilot.app.post_message(Key("enter", "\r"))
        await settle(pilot)
        assert shown(pilot, "#yours") == "one\ntwo"


async def test_the_terminals_cursor_stands_where_an_input_method_writes(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        area = pilot.app.screen.query_one(AnswerArea)
        await settle(pilot)
        assert pilot.app.cursor_position == area.content_region.offset, "before the first key"
        await press(pilot, "f7")
        assert pilot.app.cursor_position == area.content_region.offset, "and where a hint has moved it"
        await press(pilot, "a")
        before = pilot.app.cursor_position
        await press(pilot, *"残差")
        assert pilot.app.cursor_position == before + Offset(4, 0)
        assert area.content_region.contains_point(pilot.app.cursor_position)


@pytest.mark.parametrize("key", ["f3", "f6", "k", "e"])
async def test_what_would_give_the_answer_away_waits_for_it(
    home: Path, store: Store, grader: SlowGrader, key: str
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await press(pilot, key)
        assert review(pilot).stage == "asking"
        named = {found.binding.action for found in pilot.app.screen.active_bindings.values()}
        assert not named & {"follow_up", "edit_points", "knew", "edit_note"}
    assert store.card(1).progress == New()


async def test_why_a_card_is_asked_before_its_day_stands_with_the_question(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    asked_early(store, "a negation came or went")
    async with opened(home, grader) as pilot:
        assert shown(pilot, "#hint") == "Asked early: a negation came or went."


async def test_the_number_that_changed_is_told_after_the_answer_alone(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    asked_early(store, NUMBER.format(before="6", after="12"))
    async with opened(home, grader) as pilot:
        assert shown(pilot, "#hint") == "Asked early: a number changed."
        await submit(pilot, "an answer")
        assert shown(pilot, "#hint") == "Asked early: a number changed: 6 is now 12."


async def test_while_an_answer_waits_it_is_said_when_the_models_are_ready(
    home: Path, store: Store, grader: SlowGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, "residual")
    ready = grader.readiness()
    async with opened(home, grader) as pilot:
        monkeypatch.setattr(grader, "readiness", lambda: replace(ready, embedding="loading"))
        grader.loaded.clear()
        pilot.app.screen.query_one(AnswerArea).text = "what residual means"
        await pilot.press("enter")
        await pilot.pause()
        assert "still loading" in shown(pilot, "#waiting")
        monkeypatch.setattr(grader, "readiness", lambda: ready)
        await pilot.pause(1.5)
        assert shown(pilot, "#waiting") == "Reading your answer…"
        grader.loaded.set()
        await settle(pilot)
