"""More than today asks for in lines, the end of a session, and what learned-means-learned costs."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from studyllm.cards import Deck, Scheduling
from studyllm.cli.plain import PlainReview
from studyllm.cli.prompts import Terminal
from studyllm.config import Settings, default_home
from studyllm.grading import TextGrader
from studyllm.review import relearning
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Changes, Pick, Store, Want
from tests.cli.shell import lines, run
from tests.conftest import DAY, NOW, answered, card, fill

END = "Enter ends, a letter goes on:"


def review(store: Store, *typed: str, deck: str | None = None, pick: Pick | None = None) -> list[str]:
    """The lines that a review says when these are typed, then Ctrl-D."""
    source, target = StringIO("".join(f"{line}\n" for line in typed)), StringIO()
    settings = Settings(default_home(), time_zone="UTC")
    PlainReview(store, TextGrader(), settings, Terminal(source, target), lambda: NOW, deck, pick).run()
    return target.getvalue().splitlines()


def asked(said: list[str]) -> list[str]:
    return [line.removeprefix("Question: ") for line in said if line.startswith("Question: ")]


def test_at_the_end_of_a_deck_the_next_one_and_more_new_cards_are_offered(store: Store) -> None:
    fill(store, "one", "two", deck="a", new_per_day=1)
    fill(store, "three", deck="b")
    said = review(store, "", "4", "x", "m", "", "4", "n", "", "4", deck="a")
    assert asked(said) == ["one", "two", "three"]
    assert said.count("a is done for today.") == 2
    assert said.count("n: the next deck, b: 1 new") == 2
    assert said.count("m: learn 1 more new card") == 1
    assert "There is no x here." in said
    assert "more new cards: 1 new" in said
    assert said[-2:] == ["Nothing is due in b: it is done for today.", "1 answered, 1 recalled; it is saved."]


def test_enter_and_the_end_of_the_input_end(store: Store) -> None:
    fill(store, "one", "two", new_per_day=1)
    for last in ((), ("",), (":quit",)):
        said = review(store, "", "4", *last) if not last else review(store, *last)
        assert said[-1] == END
        assert "not graded" not in " ".join(said)


def test_a_card_that_comes_back_later_is_told_with_its_time(store: Store) -> None:
    fill(store, "one")
    store.reschedule("words", Scheduling(relearning_steps=(90,)), {}, NOW)
    assert "Nothing to ask before 10:30." in review(store, "", "1")


def test_practising_says_what_it_does_and_leaves_the_schedule_alone(store: Store) -> None:
    fill(store, "one", "two", new_per_day=0)
    answered(store, 1, 4, 8)
    answered(store, 1, 4, 5)
    store.tag(1, ["odd"], NOW)
    before = store.card(1).progress
    said = review(store, "what one means", "5", pick=Pick(Want.ALL, tag="odd"))
    assert "picked by hand: 1 not due yet" in said
    assert any("recalled, it stays on its day" in line for line in said)
    assert asked(said) == ["one"]
    assert any(
        line.startswith("Next time: 0 blank") and "4 good in 1 day; 5 easy in 1 day" in line for line in said
    )
    assert "Saved: one: grade 5, practised; its day stays as it was" in said
    assert store.card(1).progress == before


def test_studying_ahead_says_what_was_asked_today(store: Store) -> None:
    fill(store, "one", "two", new_per_day=0)
    answered(store, 1, 4, 3)
    answered(store, 2, 4, 0)
    said = review(store, pick=Pick(Want.AHEAD, 1))
    assert "studied ahead: 1 due today" in said
    assert any("1 more card falls due in that time" in line for line in said)


def test_b_tells_what_a_card_builds_on(store: Store) -> None:
    cards = (
        card("softmax", "sums to one", line=1),
        card("logit", "goes into it", line=2),
        card("attention", "a softmax of each logit", line=3),
    )
    store.apply(Deck("words"), Changes(added=cards), NOW)
    said = review(store, "", ":b", "4", "", "4", "", ":b", ":b 2", ":b 3", "4")
    assert said.count("Builds on: softmax, logit (:b shows it)") == 1
    assert "This card builds on 0 others." in said
    assert "This card builds on 2 others." in said
    at = said.index("Builds on: softmax, logit (:b shows it)")
    told = "\n".join(said[at:])
    assert told.index("sums to one") < told.index("goes into it")


# From the shell


def test_the_command_line_picks_cards(store: Store) -> None:
    fill(store, "one", "two", "three", new_per_day=1)
    told = run("review", "--more", "2")
    assert "2 cards can be asked now" in told
    assert "more new cards" in run("review", "--plain", "words", "--more", "2", ok=None)
    store.tag(3, ["odd"], NOW)
    assert "1 card can be asked now" in run("review", "--tag", "odd")
    assert "0 cards can be asked now" in run("review", "--forgotten", "3")
    refused = run("review", "--more", "2", "--ahead", "1", ok=False)
    assert "Choose one of" in refused


def test_a_deck_is_told_to_repeat_what_was_missed_and_how_to_order_a_backlog(store: Store) -> None:
    fill(store, "one")
    told = run("schedule", "set", "--correct", "2", "--backlog", "likely")
    assert "missed cards until recalled 2 times" in told
    assert "a backlog by what is likely still recalled" in told
    assert "not known yet" in told
    (shown,) = lines(run("schedule", "show", "--json"))
    assert (shown["correct"], shown["backlog"]) == (2, "likely")
    run("undo")
    (shown,) = lines(run("schedule", "show", "--json"))
    assert (shown["correct"], shown["backlog"]) == (0, "overdue")
    assert "`correct` is a number" in run("schedule", "set", "--correct", "9", ok=False)


def test_schedule_says_what_repeating_takes(store: Store) -> None:
    fill(store, "one")
    at = datetime.now(UTC) - timedelta(days=2)
    ReviewQueue(store, DAY).record(store.card(1), Grade.WRONG, at, answer="x", seconds=60.0)
    assert "takes about 1.0 min a day, as without it" in run("schedule", "set", "--correct", "1")
    assert "takes about 3.0 min a day; 2.0 min of it is for" in run("schedule", "set", "--correct", "3")
    assert "takes about 3.0 min a day" in run("schedule")


def test_the_deck_file_says_both(store: Store, tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("- **Ohm**: the unit of resistance.\n")
    deck = tmp_path / "deck.toml"
    deck.write_text('notes = ["note.md"]\n[schedule]\ncorrect = 1\nbacklog = "likely"\n')
    run("import", str(deck))
    (shown,) = lines(run("schedule", "show", "--json"))
    assert (shown["correct"], shown["backlog"]) == (1, "likely")
    deck.write_text('notes = ["note.md"]\n[schedule]\nbacklog = "random"\n')
    assert "`backlog` is overdue, likely" in run("import", str(deck), ok=False)


@pytest.mark.parametrize(
    ("steps", "correct", "minutes", "more"),
    [((10,), 1, 1.0, 0.0), ((10,), 2, 2.0, 1.0), ((), 1, 1.0, 1.0), ((), 3, 3.0, 3.0)],
)
def test_what_repeating_costs_is_read_from_the_log(
    store: Store, steps: tuple[int, ...], correct: int, minutes: float, more: float
) -> None:
    """Two days, three cards missed on one of them and one on the other; an answer takes half a minute."""
    fill(store, *"abcd")
    queue = ReviewQueue(store, DAY)
    for number, days in ((1, 4), (2, 4), (3, 4), (4, 2)):
        at = NOW - timedelta(days=days)
        queue.record(store.card(number), Grade.WRONG, at, answer="x", seconds=30.0)
        queue.record(store.card(number), Grade.GOOD, at + timedelta(minutes=10), answer="x", seconds=30.0)
    scheduling = Scheduling(relearning_steps=steps, correct=correct)
    found = relearning.cost(store, DAY, "words", scheduling, NOW)
    assert found is not None
    assert (found.minutes, found.more) == (minutes, more)
    assert relearning.cost(store, DAY, "words", scheduling, datetime(2027, 1, 1, tzinfo=UTC)) is None
