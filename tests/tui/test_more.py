"""More than today asks for: from the decks, at the end of a session, and what a card builds on."""

from datetime import timedelta
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from studyllm.cards import Deck, Scheduling
from studyllm.schedule import Learned
from studyllm.store import Changes, Pick, Section, Store, Want
from studyllm.tui.home import HomeScreen
from studyllm.tui.more import Choice, MoreScreen
from studyllm.tui.quiz.form import Setting
from studyllm.tui.recall.pick import SectionChoiceScreen
from studyllm.tui.review.screen import ReviewScreen
from studyllm.tui.widgets.notes import NotesScreen
from tests.conftest import NOW, answered, card, fill
from tests.tui.app import SlowGrader, noticed, opened, press, settle, shown, submit
from tests.tui.review.state import review


def said(pilot: Pilot[None]) -> dict[str, str]:
    """What the ways to go on say, by their names."""
    return {choice.want: str(choice.content) for choice in pilot.app.screen.query(Choice)}


async def test_every_way_says_how_many_cards_and_what_it_does(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "due", "new", "soon", "tagged [b]", new_per_day=0)
    answered(store, 1, 4, 3)
    answered(store, 3, 4, 8)
    answered(store, 3, 4, 5)
    store.tag(4, ["odd"], NOW)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "m")
        screen = pilot.app.screen
        assert isinstance(screen, MoreScreen)
        assert "2 new" in said(pilot)["new"]
        assert "1 due" in said(pilot)["due"]
        assert "1 due, 1 not due yet" not in said(pilot)["due"]
        assert "1 due today, 1 due later" in said(pilot)["ahead"]
        assert "none" in said(pilot)["forgotten"]
        assert "1 due, 1 not due yet, 2 new" in said(pilot)["all"]
        effects = set()
        for _ in Want:
            effects.add(shown(pilot, "#status"))
            await press(pilot, "down")
        assert len(effects) >= 4
        screen.query_one("#tag").focus()
        await press(pilot, "right")
        assert "1 new" in said(pilot)["all"]
        assert "none" in said(pilot)["due"]


async def test_studying_ahead_says_which_days_it_counts_and_what_was_asked_today(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "due", "early", "early too", new_per_day=0)
    answered(store, 1, 4, 3)
    for number in (2, 3):
        answered(store, number, 4, 0)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "m", "down", "down")
        assert said(pilot)["ahead"].endswith("1 due today")
        assert "2 more cards fall due in that time" in shown(pilot, "#status")
        await press(pilot, "up", "enter")
        await submit(pilot, "what due means")
        await press(pilot, "4", "escape", "m", "down", "down")
        assert said(pilot)["ahead"].endswith("none")
        assert "2 more cards fall due in that time" in shown(pilot, "#status")
        await press(pilot, "up")
        assert "fall due in that time" not in shown(pilot, "#status"), "only there something is left out"


async def test_the_line_that_has_the_focus_is_seen_without_colours(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "one")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "m", "down")
        at = pilot.app.focused
        assert isinstance(at, Choice)
        assert at.want is Want.DUE, at
        assert [name for name, line in said(pilot).items() if line.startswith("› ")] == ["due"]


async def test_a_way_without_cards_does_not_begin(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "one")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "m", "down", "enter")
        assert isinstance(pilot.app.screen, MoreScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_studied_ahead_a_card_counts_and_practised_it_stays(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "soon", new_per_day=0)
    answered(store, 1, 4, 8)
    answered(store, 1, 4, 5)
    before = store.card(1).progress
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "m", "end", *["down"] * 4, "enter")
        assert review(pilot).pick == Pick(Want.ALL, 0, "words")
        await submit(pilot, "what soon means")
        await press(pilot, "4")
        assert store.card(1).progress == before
        await press(pilot, "escape", "m", "down", "down", "right", "enter")
        assert review(pilot).pick == Pick(Want.AHEAD, 2, "words")
        await submit(pilot, "what soon means")
        await press(pilot, "4")
        after = store.card(1).progress
    assert isinstance(after, Learned)
    assert isinstance(before, Learned)
    assert after.due > before.due


async def test_the_next_deck_and_more_new_cards_are_a_key_away(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    fill(store, "one", "two", deck="a", new_per_day=1)
    fill(store, "three", deck="b")
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "enter")
        await submit(pilot, "what one means")
        await press(pilot, "5")
        done = shown(pilot, "#done")
        assert "a is done for today." in done
        assert "all done" not in done
        assert "the next deck, b: 1 new" in done
        assert "learn 1 more new card" in done
        await press(pilot, "m")
        assert review(pilot).card is not None
        assert any("on top of today's limit" in said for said in noticed(pilot))
        await submit(pilot, "what two means")
        assert noticed(pilot) == [], "it was said of the beginning"
        await press(pilot, "5")
        assert "more new" not in shown(pilot, "#done")
        await press(pilot, "n")
        await submit(pilot, "what three means")
        await press(pilot, "5")
        assert "Nothing is due in b: it is done for today." in shown(pilot, "#done")
        await press(pilot, "n", "m")
        assert isinstance(pilot.app.screen, ReviewScreen), "there is nothing that they could do"
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_mistakes_of_today_are_there_again(home: Path, store: Store, grader: SlowGrader) -> None:
    fill(store, "one", "two")
    store.reschedule("words", Scheduling(relearning_steps=()), {}, NOW - timedelta(days=1))
    answered(store, 1, 1, 0)
    log = [entry.at for entry in store.journal.entries() if entry.review]
    assert log == [NOW]
    async with opened(home, grader) as pilot:
        pilot.app.clock = lambda: NOW + timedelta(minutes=1)  # type: ignore[attr-defined]
        await press(pilot, "escape", "a")
        await submit(pilot, "what two means")
        await press(pilot, "5")
        assert "1 answered" in shown(pilot, "#done")
        assert shown(pilot, "#again") == "Mistakes from earlier today"


async def test_b_shows_what_a_card_builds_on_and_comes_back(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    cards = (
        card("softmax", "[b]sums[/b] to one", line=1),
        card("logit", "goes into it", line=2),
        card("attention", "a softmax of each logit", line=3),
    )
    store.apply(Deck("words"), Changes(added=cards), NOW)
    async with opened(home, grader) as pilot:
        for _ in range(2):
            await submit(pilot, "anything")
            assert not pilot.app.screen.query_one("#built-on").display
            await press(pilot, "b")
            assert isinstance(pilot.app.screen, ReviewScreen), "there is nothing to show"
            await press(pilot, "4")
        await submit(pilot, "anything")
        assert "Builds on: softmax, logit" in shown(pilot, "#built-on")
        await press(pilot, "b")
        assert isinstance(pilot.app.screen, NotesScreen)
        text = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        assert "[b]sums[/b] to one" in text
        await press(pilot, "right")
        await settle(pilot)
        text = "\n".join(str(part.content) for part in pilot.app.screen.query(Static))
        assert "goes into it" in text
        await press(pilot, "b")
        assert review(pilot).card is not None
        assert review(pilot).stage == "graded"


async def test_letters_go_to_the_next_section_that_has_them(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    terms = ("a", "Kidney"), ("b", "心衰"), ("c", "Liver")
    made = tuple(card(term, line=n, headings=(heading,)) for n, (term, heading) in enumerate(terms, 1))
    store.apply(Deck("words"), Changes(added=made), NOW)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "m")
        section = pilot.app.screen.query_one("#section", Setting)
        section.focus()
        for typed, wanted in (("liv", "Liver"), ("idn", "Kidney"), ("xs", "心衰"), ("q", "心衰")):
            await press(pilot, *typed)
            assert section.value == wanted
            await press(pilot, "up", "down")


async def test_a_section_is_chosen_from_the_list_of_notes_and_headings(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    above = {"a": ("Body", "Kidney"), "b": ("Body", "Heart", "Valves"), "c": ("Body", "Heart")}
    made = tuple(card(term, line=n, headings=stands) for n, (term, stands) in enumerate(above.items(), 1))
    store.apply(Deck("words"), Changes(added=made), NOW)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "m")
        section = pilot.app.screen.query_one("#section", Setting)
        section.focus()
        await press(pilot, "enter", *"hear")
        assert isinstance(pilot.app.screen, SectionChoiceScreen)
        await press(pilot, "enter")
        assert section.value == "Heart"
        assert "2 new" in str(pilot.app.screen.query_one(f"#want-{Want.NEW}", Choice).content)
        await press(pilot, "enter", "escape")
        assert section.value == "Heart", "nothing was chosen"


async def test_a_note_without_headings_is_chosen_by_its_name(
    home: Path, store: Store, grader: SlowGrader
) -> None:
    made = tuple(
        card(term, line=n, path=f"{note}.md")
        for n, (term, note) in enumerate((("a", "Wörter"), ("b", "law")))
    )
    store.apply(Deck("words"), Changes(added=made), NOW)
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "m")
        section = pilot.app.screen.query_one("#section", Setting)
        section.focus()
        await press(pilot, *"wör")
        assert section.values[section.index][1] == "Wörter (1)"
        assert "1 new" in str(pilot.app.screen.query_one(f"#want-{Want.NEW}", Choice).content)
        await press(pilot, "enter", *"law", "enter")
        assert "1 new" in str(pilot.app.screen.query_one(f"#want-{Want.NEW}", Choice).content)
        assert isinstance(section.value, Section)
        assert section.value.note == "law"
