"""The keys of the review: what each does to the card, to the log and to what is on screen."""

import time
from pathlib import Path

import pytest
from textual.binding import Binding
from textual.events import Key, Paste
from textual.geometry import Offset
from textual.widgets import OptionList, Static, TextArea

from studyllm.cards import Deck, Scheduling
from studyllm.grading import SETTLED
from studyllm.review.asking import hints
from studyllm.review.judging import calibration, judge
from studyllm.schedule import Grade, Learned, New
from studyllm.store import Changes, Review, Store
from studyllm.tui.help import HelpScreen
from studyllm.tui.home import HomeScreen
from studyllm.tui.quiz.run import QuizRunScreen
from studyllm.tui.review.leech import LeechScreen
from studyllm.tui.review.pause import PauseScreen
from studyllm.tui.review.points import PointsScreen
from studyllm.tui.review.screen import ReviewScreen
from studyllm.tui.review.stopwatch import Stopwatch
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.tui.widgets.note import NoteScreen
from studyllm.verdicts import State
from tests.conftest import NOW, answered, card, fill
from tests.graders import judged
from tests.quiz.cards import asked
from tests.tui.app import SlowGrader, opened, press, settle, shown, submit
from tests.tui.review.state import last, marked, review


def with_points(store: Store, *points: str) -> None:
    made = card("residual", "。".join(points))
    store.apply(Deck("words"), Changes(added=(made,)), NOW)
    store.set_points(store.card(1), list(points), NOW)


# Before the answer


async def test_the_question_says_where_it_stands(home: Path, store: Store, grader: SlowGrader) -> None:
    made = card("residual", path="/notes/nets.md", line=12, headings=("Networks", "[b]Blocks"))
    store.apply(Deck("words"), Changes(added=(made,)), NOW)
    async with opened(home, grader) as pilot:
        assert shown(pilot, "#where") == "words › Networks › [b]Blocks"
        assert shown(pilot, "#place") == "nets.md:12  1 to go"


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
    assert (found.chosen, found.suggested) == (4, 5)
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
    assert hints(store.card(1)) == ("what r…", "what residua…")


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


# After the answer


async def test_in_doubt_enter_takes_no_grade_and_the_learner_decides(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    grader.said = judged(State.HIT, score=0.9)
    async with opened(home, grader) as pilot:
        await submit(pilot, "something")
        assert shown(pilot, "#headline").startswith("? unsure, perhaps correct: you decide")
        await press(pilot, "enter")
        assert (review(pilot).stage, marked(pilot)) == ("graded", None)
        await press(pilot, "k")
    assert (last(store).chosen, last(store).suggested) == (4, None)


async def test_a_letter_or_a_click_says_otherwise_of_a_point(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    grader.said = judged(State.CONTRADICTED, State.UNSURE, State.MISSED, extra=(2,))
    async with opened(home, grader) as pilot:
        await submit(pilot, "something")
        assert shown(pilot, "#points").splitlines() == [
            "a ✗ point 0  contradicted  you: words 0",
            "s ? point 1  not sure",
            "d ○ point 2  extra, not needed",
        ]
        explained = shown(pilot, "#explanation")
        await press(pilot, "a", "f", "l")
        assert marked(pilot) is Grade.HARD
        await pilot.click("#points", offset=(6, 1))
        await settle(pilot)
        assert shown(pilot, "#headline").split("   ") == ["✓ correct", "90% (was 40%)", "as you see it"]
        assert "a ✓ point 0" in shown(pilot, "#points")
        assert shown(pilot, "#explanation") == explained
        assert marked(pilot) is Grade.PERFECT
        await press(pilot, "s")
        assert marked(pilot) is Grade.FAMILIAR
        await press(pilot, "s", "enter")
    kept = last(store)
    assert (kept.chosen, kept.suggested, kept.score) == (5, None, 0.4)
    assert [point.own for point in kept.detail.points] == ["hit", "hit", None]


async def test_without_an_answer_there_is_no_point_to_toggle(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "")
        named = {found.binding.action for found in pilot.app.screen.active_bindings.values()}
        assert "point(0)" not in named
        await press(pilot, "a", "3")
    assert last(store).chosen == 3


async def test_i_knew_it_overrules_the_verdict(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    grader.said = judged(State.MISSED, score=0.1, sure=True)
    async with opened(home, grader) as pilot:
        await submit(pilot, "something else entirely")
        await press(pilot, "k")
        assert "you overruled the verdict" in str(
            pilot.app.screen.query_one(OptionList).get_option_at_index(0).prompt
        )
    assert last(store).chosen == 4
    assert (last(store).suggested or 0) < 3


async def test_i_knew_it_does_not_lower_a_better_verdict(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what residual means")
        await press(pilot, "k")
    assert (last(store).chosen, last(store).suggested) == (5, 5)


async def test_f4_never_asks_again_and_u_takes_it_back(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        await press(pilot, "f4")
        assert shown(pilot, "#prompt") == "softmax"
        assert store.card(1).suspended
        await press(pilot, "f2")
        assert shown(pilot, "#prompt") == "residual"
    assert not store.card(1).suspended


async def test_undo_brings_back_what_was_typed(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what I typed")
        await press(pilot, "4", "u")
        assert shown(pilot, "#prompt") == "residual"
        assert pilot.app.screen.query_one(AnswerArea).text == "what I typed"
        assert not review(pilot).session.answers.count


async def test_an_undo_while_a_grade_is_being_saved_takes_that_grade_back(
    home: Path, store: Store, grader: SlowGrader, monkeypatch: pytest.MonkeyPatch
) -> None:
    save = Store.record

    def slowly(self: Store, given: Review) -> int:
        time.sleep(0.5)
        return save(self, given)

    monkeypatch.setattr(Store, "record", slowly)
    fill(store, "residual")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what I typed")
        await pilot.press("4", "u")
        for _ in range(20):
            await settle(pilot)
            if shown(pilot, "#last").startswith("taken back"):
                break
        assert pilot.app.screen.query_one(AnswerArea).text == "what I typed"
    assert store.card(1).progress == New()
    assert [entry.undone for entry in store.journal.entries() if entry.event == "review"] == [True]


# The end, and what opens over a card


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
        assert str(mistakes.get_option_at_index(0).prompt).startswith("1 softmax")
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, NoteScreen)
        said = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        assert "no [b]idea" in said
        assert "what softmax means" in said
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


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
        assert "forgotten 2 times" in said
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
            assert (binding.tooltip or binding.description) in review_keys
        assert "F7" in review_keys
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, ReviewScreen)
