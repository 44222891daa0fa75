"""The keys after the answer: what each does to the verdict, to the card and to the log."""

import time
from pathlib import Path

import pytest
from textual.widgets import OptionList, Static

from studyllm.schedule import Grade, New
from studyllm.store import Review, Store
from studyllm.tui.review.grades import GradeBar
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.tui.widgets.footer import Footer
from studyllm.verdicts import State
from tests.conftest import fill
from tests.graders import judged
from tests.tui.app import SlowGrader, opened, press, settle, shown, submit
from tests.tui.review.state import last, marked, review


async def test_in_doubt_enter_takes_no_grade_and_the_learner_decides(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    grader.said = judged(State.HIT, score=0.9)
    async with opened(home, grader) as pilot:
        await submit(pilot, "something")
        assert shown(pilot, "#headline").startswith("? Not sure (30%): right?")
        assert shown(pilot, "#decide") == "You decide: 0 to 2 not recalled, 3 to 5 recalled."
        assert pilot.app.screen.query_one("#decide").display
        await press(pilot, "enter")
        bar = pilot.app.screen.query_one(GradeBar)
        assert "Not graded yet" in str(bar.border_title), "Enter says why it takes nothing"
        assert (review(pilot).stage, marked(pilot)) == ("graded", None)
        await press(pilot, "k")
        await pilot.pause(0.5)  # no letter follows: it was meant as a command
        await settle(pilot)
        assert bar.border_title is None, "it was said of that answer"
    assert (last(store).chosen, last(store).suggested) == (4, None)


async def test_in_doubt_enter_takes_a_1_once_the_answer_is_told_to_be_another_cards(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    grader.said = judged(State.MISSED, score=0.1)
    async with opened(home, grader) as pilot:
        await submit(pilot, "what softmax means")
        await settle(pilot)
        assert "softmax" in shown(pilot, "#explanation")
        assert marked(pilot) is Grade.WRONG
        await press(pilot, "enter")
        await settle(pilot)
    assert (last(store).chosen, last(store).detail.confused) == (1, 2)


async def test_the_next_answer_typed_before_the_grade_is_not_added_to_this_one(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual")
    grader.said = judged(State.HIT, score=0.9)
    async with opened(home, grader) as pilot:
        await submit(pilot, "something")
        await press(pilot, "enter")
        await pilot.press(*"kidney filters blood")
        await settle(pilot)
        assert (review(pilot).stage, review(pilot).session.answer) == ("graded", "something")
        assert "Not graded yet" in str(pilot.app.screen.query_one(GradeBar).border_title)
        await pilot.pause(1.1)  # a digit right behind letters is more of the text
        await press(pilot, "4")
    assert last(store).chosen == 4


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
        explanation, explained = pilot.app.screen.query_one("#explanation"), shown(pilot, "#explanation")
        assert pilot.app.screen.query_one("#decide").display
        await press(pilot, "a", "f", "l")
        assert not pilot.app.screen.query_one("#decide").display, "the learner has decided"
        assert not explanation.display, "it is of other points"
        await press(pilot, "a")
        assert explanation.display, "the points are the grader's again"
        assert shown(pilot, "#explanation") == explained
        await press(pilot, "a")
        assert marked(pilot) is Grade.FAMILIAR
        await pilot.click("#points", offset=(6, 1))
        await settle(pilot)
        assert shown(pilot, "#headline").split("   ") == ["✓ correct", "as you see it"]
        assert "a ✓ point 0" in shown(pilot, "#points")
        assert marked(pilot) is Grade.PERFECT
        await press(pilot, "s")
        assert marked(pilot) is Grade.FAMILIAR
        await press(pilot, "s", "enter")
    kept = last(store)
    assert (kept.chosen, kept.suggested, kept.score) == (5, None, 0.4)
    assert [point.own for point in kept.detail.points] == ["hit", "hit", None]


async def test_undo_takes_the_word_on_a_point_back_before_what_was_done_to_a_card(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    grader.said = judged(State.HIT, State.MISSED)
    async with opened(home, grader) as pilot:
        await submit(pilot, "something")
        await press(pilot, "3")
        await submit(pilot, "something else")
        judged_first = shown(pilot, "#points")
        await press(pilot, "s", "a")
        assert shown(pilot, "#points") != judged_first
        await press(pilot, "f2", "f2")
        assert shown(pilot, "#points") == judged_first
        await press(pilot, "f2")
        assert pilot.app.screen.query_one(AnswerArea).text == "something else"
        assert last(store).chosen == 3, "the grade of the card before stands"
        await press(pilot, "f2")
    assert not [entry for entry in store.journal.entries() if entry.review and not entry.undone]


async def test_undo_at_a_verdict_without_a_grade_takes_back_the_answer_alone(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        await press(pilot, "f5")
        card = review(pilot).card
        done = len([*store.journal.entries()])
        for answer in ("adds what came in", "adds the input"):
            await submit(pilot, answer)
            assert review(pilot).stage == "graded"
            await press(pilot, "f2")
            assert (review(pilot).stage, review(pilot).card) == ("asking", card)
            assert pilot.app.screen.query_one(AnswerArea).text == answer
            assert len([*store.journal.entries()]) == done


async def test_undo_after_enter_alone_asks_the_card_again_and_undoes_nothing_older(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what residual means")
        await press(pilot, "4")
        await submit(pilot, "")
        assert (review(pilot).stage, shown(pilot, "#prompt")) == ("graded", "softmax")
        await press(pilot, "f2")
        assert (review(pilot).stage, shown(pilot, "#prompt")) == ("asking", "softmax")
        field = pilot.app.screen.query_one(AnswerArea)
        assert (field.text, field.has_focus) == ("", True)
        assert not any(entry.undone for entry in store.journal.entries()), "the grade before stands"
        await press(pilot, "x", "f2")
        assert shown(pilot, "#prompt") == "residual", "while a card is asked it is the grade before"
    assert [entry.undone for entry in store.journal.entries() if entry.review] == [True]


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


async def test_under_a_card_without_an_answer_stands_nothing_of_the_card_before(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "residual", "softmax")
    async with opened(home, grader) as pilot:
        await submit(pilot, "what residual means")
        assert shown(pilot, "#explanation").startswith("You left out")
        await press(pilot, "5")
        await submit(pilot, "")
        assert shown(pilot, "#headline") == "Not answered. How well did you know it?"
        visible = [one.id for one in pilot.app.screen.query("#verdict > Static") if one.display]
        assert visible == ["headline", "decide"]


async def test_i_knew_it_overrules_the_verdict(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "residual")
    grader.said = judged(State.MISSED, score=0.1, sure=True)
    async with opened(home, grader) as pilot:
        await submit(pilot, "something else entirely")
        await press(pilot, "k")
        assert "suggested 1, you gave 4" in str(
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
        assert "F2 takes that back" in shown(pilot, "#readiness")
        await press(pilot, "f2")
        assert "takes that back" not in shown(pilot, "#readiness"), "the next undo is of something else"
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
        await pilot.press("4", "f2")
        for _ in range(20):
            await settle(pilot)
            if shown(pilot, "#last").startswith("taken back"):
                break
        assert pilot.app.screen.query_one(AnswerArea).text == "what I typed"
    assert store.card(1).progress == New()
    assert [entry.undone for entry in store.journal.entries() if entry.event == "review"] == [True]


@pytest.mark.parametrize(
    ("count", "shown"),
    [(1, "a"), (2, "a s"), (3, "a-d"), (8, "a-l"), (9, "a-l z"), (11, "a-l z-c"), (12, "a-l z-v")],
)
async def test_the_footer_names_the_letters_that_stand_before_the_points(
    home: Path, store: Store, grader: SlowGrader, count: int, shown: str
) -> None:
    fill(store, "residual")
    grader.said = judged(*[State.HIT] * count, score=0.9)
    async with opened(home, grader, size=(120, 40)) as pilot:
        await submit(pilot, "something")
        footer = str(pilot.app.screen.query_one(Footer).render())
        assert f" {shown} Overrule" in footer
        lines = str(pilot.app.screen.query_one("#points", Static).content).splitlines()
        assert lines[-1][0] == shown[-1]
