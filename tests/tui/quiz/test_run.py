"""The wiring of a quiz: what a key leads to. How answers are scored is tested where they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import DataTable, Input, Static

from studyllm.quiz.items import Cloze, Grid, Mode, MultipleChoice, Order, Typed
from studyllm.schedule import Learned
from studyllm.store import Store
from studyllm.tui.quiz.grid import GridBody
from studyllm.tui.quiz.history import QuizHistoryScreen
from studyllm.tui.quiz.order import OrderBody
from studyllm.tui.quiz.result import QuizResultScreen
from studyllm.tui.quiz.run import QuizRunScreen
from studyllm.tui.quiz.screen import QuizScreen
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.verdicts import State
from tests.conftest import NOW
from tests.graders import Says, judged
from tests.tui.app import notices, press, settle, shown
from tests.tui.quiz.app import Clock, opened, run


def options_of(pilot: Pilot[None], number: int) -> Sequence[str]:
    item = run(pilot).items[number]
    assert isinstance(item, MultipleChoice)
    return item.options


# Kinds of question


async def test_a_digit_chooses_and_enter_goes_on(home: Path) -> None:
    async with opened(home, Mode.CHOOSE_TERM) as pilot:
        await press(pilot, "enter")
        item = run(pilot).sitting.item
        assert isinstance(item, MultipleChoice)
        await press(pilot, str(item.right + 1))
        assert "right" in shown(pilot, "#asks")
        assert pilot.app.screen.query_one(f"#choice-{item.right}").has_class("right")
        await press(pilot, "enter")
        assert run(pilot).sitting.at == 1
        item = run(pilot).sitting.item
        assert isinstance(item, MultipleChoice)
        wrong = (item.right + 1) % 4
        await press(pilot, str(wrong + 1))
        assert "not right" in shown(pilot, "#asks")
        assert pilot.app.screen.query_one(f"#choice-{wrong}").has_class("wrong")


async def test_arrows_and_clicks_choose_and_zero_does_not_know(home: Path) -> None:
    async with opened(home, Mode.CHOOSE_MEANING) as pilot:
        await press(pilot, "enter", "down", "down", "up", "down", "enter")
        assert run(pilot).sitting.outcomes[0].given == options_of(pilot, 0)[1]
        await press(pilot, "enter")
        await pilot.click("#choice-2")
        await settle(pilot)
        assert run(pilot).sitting.outcomes[1].given == options_of(pilot, 1)[2]
        await press(pilot, "enter", "0")
        assert run(pilot).sitting.outcomes[2].given == ""
        assert "not answered" in shown(pilot, "#asks")


async def test_a_term_is_typed(home: Path) -> None:
    async with opened(home, Mode.TERM) as pilot:
        await press(pilot, "enter")
        item = run(pilot).sitting.item
        assert isinstance(item, Typed)
        pilot.app.screen.query_one(Input).value = item.card.card.term
        await press(pilot, "enter")
        assert "✓" in shown(pilot, "#asks")
        await press(pilot, "enter", "x", "enter")
        assert "✗" in shown(pilot, "#asks")
        second = run(pilot).items[1]
        assert isinstance(second, Typed)
        assert second.card.card.term in shown(pilot, "#feedback")


async def test_a_gap_is_filled(home: Path) -> None:
    async with opened(home, Mode.CLOZE) as pilot:
        await press(pilot, "enter")
        item = run(pilot).sitting.item
        assert isinstance(item, Cloze)
        pilot.app.screen.query_one(Input).value = item.wanted
        await press(pilot, "enter")
        assert run(pilot).sitting.outcomes[0].right
        assert item.wanted in shown(pilot, "#cloze")


async def test_a_meaning_is_typed_graded_and_counted_when_it_is_to(home: Path, store: Store) -> None:
    async with opened(home, Mode.MEANING, counted=True) as pilot:
        await press(pilot, "enter")
        item = run(pilot).sitting.item
        assert isinstance(item, Typed)
        pilot.app.screen.query_one(AnswerArea).text = item.card.card.answer
        await press(pilot, "enter")
        assert "correct" in shown(pilot, "#asks")
        assert isinstance(store.card(item.card.id).progress, Learned)
        await press(pilot, "enter", "enter")
        assert "not answered" in shown(pilot, "#asks")
        assert [e.event for e in store.journal.entries()] == ["import", "review"]


async def test_digits_put_texts_into_rows(home: Path) -> None:
    async with opened(home, Mode.MATCH) as pilot:
        await press(pilot, "enter")
        item = run(pilot).sitting.item
        assert isinstance(item, Grid)
        for row in item.rows:
            await press(pilot, str(item.bank.index(row.wanted) + 1))
        await press(pilot, "enter")
        assert all(one.right for one in run(pilot).sitting.outcomes)
        assert "4 of 4 right" in shown(pilot, "#asks")


async def test_what_is_empty_is_asked_for_once(home: Path) -> None:
    async with opened(home, Mode.MATCH) as pilot:
        await press(pilot, "enter", "down", "1", "enter")
        body = pilot.app.screen.query_one(GridBody)
        assert (run(pilot).stage, body.at) == ("asking", 0)
        await press(pilot, "2", "enter")
        assert run(pilot).stage == "asking", "who goes on is asked again"
        await press(pilot, "3")
        assert shown(pilot, "#notice") == "", "a row that was filled is not said to be empty"
        await press(pilot, "enter")
        assert "empty" in shown(pilot, "#notice")
        await press(pilot, "enter")
        assert run(pilot).stage == "shown"
        assert shown(pilot, "#notice") == "", "what was said of empty rows is past"


async def test_code_is_shown_without_its_backticks(home: Path) -> None:
    async with opened(home, Mode.CHOOSE_MEANING) as pilot:
        await press(pilot, "enter")
        item = run(pilot).items[0]
        assert isinstance(item, MultipleChoice)
        options = tuple(f"`route print` lists routes{at}" for at in ("", *range(1, len(item.options))))
        asked = replace(item, prompt="the command `route`", options=options)
        pilot.app.push_screen(QuizRunScreen(run(pilot).options, (asked,)))
        await settle(pilot)
        assert shown(pilot, "#prompt") == "the command route"
        assert shown(pilot, "#choice-0 .text") == "route print lists routes"
        await press(pilot, "2" if item.right == 0 else "1", "enter")
        assert "`" not in shown(pilot, ".outcome")


async def test_rows_are_chosen_emptied_and_clicked(home: Path) -> None:
    async with opened(home, Mode.TABLE) as pilot:
        await press(pilot, "enter")
        body = pilot.app.screen.query_one(GridBody)
        await press(pilot, "1", "1")
        assert body.given == {1: 0}, "a text stands in one row only"
        await press(pilot, "up", "down", "down", "up")
        await press(pilot, "2", "backspace")
        await pilot.click("#row-0")
        await pilot.click("#text-2")
        assert body.given[0] == 2
        await press(pilot, "enter")
        item = run(pilot).items[0]
        assert isinstance(item, Grid)
        assert run(pilot).sitting.outcomes[0].given == item.bank[2]


async def test_steps_are_carried_by_keys(home: Path) -> None:
    async with opened(home, Mode.ORDER) as pilot:
        await press(pilot, "enter")
        body = pilot.app.screen.query_one(OrderBody)
        item = run(pilot).sitting.item
        assert isinstance(item, Order)
        start = list(item.shown)
        await press(pilot, "space", "down", "space", "down")
        assert body.order == [start[1], start[0], *start[2:]]
        assert body.at == 2
        await press(pilot, "shift+up", "shift+down")
        assert body.order == [start[1], start[0], *start[2:]]
        for place in range(4):  # by the keys alone into the right order
            body.at, body.held = body.order.index(place), False
            await press(pilot, *["shift+up"] * (body.at - place))
        await press(pilot, "enter")
        assert run(pilot).sitting.outcomes[0].right


async def test_a_wrong_order_shows_the_right_one_without_crosses(home: Path) -> None:
    async with opened(home, Mode.ORDER) as pilot:
        await press(pilot, "enter")
        body = pilot.app.screen.query_one(OrderBody)
        body.order = [1, 0, *range(2, len(body.order))]
        await press(pilot, "enter")
        lines = [shown(pilot, f"#step-{place}") for place in range(len(body.order))]
        assert [body.item.steps[place] in line for place, line in enumerate(lines)] == [True] * len(lines)
        assert "you: 2" in lines[0]
        assert "you: 1" in lines[1]
        assert lines[2].startswith("✓")
        assert "✗" not in "".join(lines)
        assert shown(pilot, "#asks") == "◐ right in part"


async def test_steps_are_carried_by_the_mouse(home: Path) -> None:
    async with opened(home, Mode.ORDER) as pilot:
        await press(pilot, "enter")
        body = pilot.app.screen.query_one(OrderBody)
        start = list(body.order)
        await pilot.click("#step-0")
        await pilot.click("#step-3")
        assert body.order == [*start[1:], start[0]]
        assert not body.held


async def test_o_calls_an_answer_right_after_all(home: Path, store: Store) -> None:
    async with opened(home, Mode.TERM) as pilot:
        await press(pilot, "enter", "x", "o", "enter")
        assert pilot.app.screen.query_one(Input).value == "xo", "a letter while typing is a letter"
        await press(pilot, "o")
        assert "right after all" in shown(pilot, "#asks")
        assert "1 right" in shown(pilot, "#where")
        await press(pilot, "enter", "enter", "o", "escape")
        assert "1 of 2 right" in shown(pilot, "#score"), "what was not answered stays wrong"
    assert store.quizzes.history()[0].right == 1


async def test_of_an_unsure_verdict_the_learner_decides(home: Path, store: Store) -> None:
    unsure = Says(judged(State.HIT, score=0.9))
    async with opened(home, Mode.MEANING, grader=unsure) as pilot:
        await press(pilot, "enter", *"abc", "enter")
        assert "You decide: y right, n not right." in shown(pilot, "#asks")
        await press(pilot, "enter")
        assert "You decide: y right, n not right." in shown(pilot, "#asks"), "Enter decides nothing"
        assert [one.text for one in notices(pilot)] == ["You decide: y right, n not right."], "and says so"
        assert "0 right" in shown(pilot, "#where")
        assert {"y", "n"} <= set(pilot.app.screen.active_bindings)
        assert "o" not in pilot.app.screen.active_bindings
        await press(pilot, "n")
        assert "✗ not right   as you see it" in shown(pilot, "#asks")
        assert "0 right" in shown(pilot, "#where")
        await press(pilot, "y", "n", "y", "enter", *"yn", "enter", "enter", "escape")
        assert "1 of 2 right" in shown(pilot, "#score"), "what was left open is not right"
    assert store.quizzes.history()[0].right == 1


async def test_what_was_right_in_part_is_marked_so_in_the_result(home: Path) -> None:
    partly = Says(judged(State.PARTLY, score=0.4, sure=True))
    async with opened(home, Mode.MEANING, grader=partly) as pilot:
        await press(pilot, "enter", *"abc", "enter")
        assert "◐" in shown(pilot, "#asks")
        await press(pilot, "enter", "enter", "escape")
        marks = [str(one.content)[0] for one in pilot.app.screen.query("#outcomes > *").results(Static)]
        assert marks == ["◐", "✗"], "and what was not answered is wrong"


async def test_pages_turn_on_a_small_screen(home: Path) -> None:
    async with opened(home, Mode.MATCH, size=(60, 20)) as pilot:
        await press(pilot, "enter", "pagedown")
        pane = pilot.app.screen.query_one("#question")
        assert pane.scroll_offset.y == pane.max_scroll_y
        await press(pilot, "pageup")
        assert pane.scroll_offset.y == 0


# The end


async def test_escape_ends_with_what_was_done(home: Path, store: Store) -> None:
    async with opened(home, Mode.CHOOSE_TERM) as pilot:
        await press(pilot, "enter", "0", "enter", "escape")
        assert isinstance(pilot.app.screen, QuizResultScreen)
        assert "0 of 1 right" in shown(pilot, "#score")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, QuizScreen)
    assert len(store.quizzes.history()) == 1


async def test_escape_before_the_first_answer_keeps_nothing(home: Path, store: Store) -> None:
    async with opened(home, Mode.CHOOSE_TERM) as pilot:
        await press(pilot, "enter", "escape")
        assert isinstance(pilot.app.screen, QuizScreen)
    assert store.quizzes.history() == ()


async def test_r_repeats_the_wrong_ones(home: Path, store: Store) -> None:
    async with opened(home, Mode.CHOOSE_TERM, length=5) as pilot:
        await press(pilot, "enter")
        for number in range(5):
            item = run(pilot).sitting.item
            assert isinstance(item, MultipleChoice)
            await press(pilot, "0" if number in (1, 3) else str(item.right + 1), "enter")
        assert isinstance(pilot.app.screen, QuizResultScreen)
        assert "3 of 5 right" in shown(pilot, "#score")
        await press(pilot, "r")
        assert len(run(pilot).items) == 2
        for _ in range(2):
            item = run(pilot).sitting.item
            assert isinstance(item, MultipleChoice)
            await press(pilot, str(item.right + 1), "enter")
        assert "2 of 2 right" in shown(pilot, "#score")
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, QuizResultScreen), "there is nothing left to repeat"
    assert [(s.asked, s.right) for s in store.quizzes.history()] == [(2, 2), (5, 3)]


async def test_time_is_up(home: Path) -> None:
    clock = Clock()
    async with opened(home, Mode.CHOOSE_TERM, minutes=2, clock=clock) as pilot:
        await press(pilot, "enter")
        assert "2:00 left" in shown(pilot, "#where")
        clock.now = NOW + timedelta(seconds=61)
        run(pilot).tick()
        assert "0:59 left" in shown(pilot, "#where")
        await press(pilot, "0", "enter")
        clock.now = NOW + timedelta(minutes=2)
        run(pilot).tick()
        await settle(pilot)
        assert isinstance(pilot.app.screen, QuizResultScreen)
        assert "0 of 1 right" in shown(pilot, "#score")


async def test_history_lists_results_and_repeats_from_there(home: Path) -> None:
    async with opened(home, Mode.CHOOSE_TERM) as pilot:
        await press(pilot, "h")
        assert isinstance(pilot.app.screen, QuizHistoryScreen)
        assert "No quiz" in shown(pilot, "#today")
        await press(pilot, "escape", "enter", "0", "enter", "0", "escape", "enter", "h")
        assert pilot.app.screen.query_one(DataTable).row_count == 1
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, QuizResultScreen)
        assert "0 of 2 right" in shown(pilot, "#score")
        await press(pilot, "r")
        assert len(run(pilot).items) == 2
