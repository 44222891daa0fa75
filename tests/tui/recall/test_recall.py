"""Recalling a section in the app: choosing it, writing, overruling, applying, and that nothing typed is lost."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import DataTable, Input

from studyllm.cards import Deck
from studyllm.review.drafts import Drafts
from studyllm.review.queue import ReviewQueue
from studyllm.review.recall import RecallSession
from studyllm.schedule import Day, Grade
from studyllm.store import Changes, Section, Store
from studyllm.tui.home import HomeScreen
from studyllm.tui.recall.choice import RecallChoiceScreen
from studyllm.tui.recall.paper import Paper
from studyllm.tui.recall.screen import RecallScreen
from studyllm.tui.widgets.rows import RowList
from studyllm.verdicts import State
from tests.conftest import DAY, NOW, card
from tests.graders import judged
from tests.tui.app import SlowGrader, opened, press, settle, shown

SECTION = Section("words", "/notes/a.md", ("One",), deck_id=1)
TEXT = "The box [b]has[/b] numbers.\nThe curve falls."


@pytest.fixture
def cards(home: Path, store: Store) -> None:
    """A box and a curve, both due, and a card under another heading."""
    terms = (("box", "One"), ("curve", "One"), ("other", "Two"))
    made = tuple(card(term, line=n, headings=(heading,)) for n, (term, heading) in enumerate(terms, 1))
    store.apply(Deck("words"), Changes(added=made), NOW - timedelta(days=9))
    for number in (1, 2):
        ReviewQueue(store, DAY).record(store.card(number), Grade.GOOD, NOW - timedelta(days=3))


@pytest.fixture
def sure(grader: SlowGrader) -> SlowGrader:
    """Says of every answer that all of it was said."""
    grader.said = judged(State.HIT, score=0.9, sure=True)
    return grader


@asynccontextmanager
async def writing(home: Path, grader: SlowGrader) -> AsyncIterator[Pilot[None]]:
    """The app where section One is written."""
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "r", "down", "enter")
        assert isinstance(pilot.app.screen, RecallScreen)
        yield pilot


async def write(pilot: Pilot[None], text: str = TEXT) -> None:
    pilot.app.screen.query_one(Paper).text = text
    await settle(pilot)


@pytest.mark.usefixtures("cards")
async def test_sections_are_chosen_from_a_list_with_what_is_due(home: Path, grader: SlowGrader) -> None:
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "r")
        assert isinstance(pilot.app.screen, RecallChoiceScreen)
        table = pilot.app.screen.query_one(DataTable)
        rows = [[str(cell).strip() for cell in table.get_row_at(n)] for n in range(table.row_count)]
        assert rows == [["a", "3", "2", ""], ["One", "2", "2", ""], ["Two", "1", "·", ""]]


@pytest.mark.usefixtures("cards")
async def test_what_is_typed_at_once_narrows_the_list_by_all_its_letters(
    home: Path, grader: SlowGrader
) -> None:
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "r")
        for letter in "tw":
            pilot.app.post_message(Key(letter, letter))
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        screen = pilot.app.screen
        assert screen.query_one(Input).value == "two"
        assert screen.query_one(DataTable).row_count == 1
        await press(pilot, "x")
        assert shown(pilot, "#today") == "No note and no heading is called that. Esc shows all of them."
        await press(pilot, "escape")
        assert screen.query_one(DataTable).row_count == 3
        assert shown(pilot, "#today").startswith("Write down all you remember")


@pytest.mark.usefixtures("cards")
async def test_a_text_that_is_handed_in_before_the_cards_are_there_is_read_once_they_are(
    home: Path, sure: SlowGrader
) -> None:
    there = threading.Event()

    def slowly(store: Store, day: Day, section: Section) -> RecallSession:
        there.wait(10)
        return RecallSession(store, day, section)

    Drafts(home / "drafts").keep(SECTION, TEXT)
    with patch("studyllm.tui.recall.screen.RecallSession", slowly):
        async with opened(home, sure, review=False) as pilot:
            await press(pilot, "r")
            await pilot.press("down", "enter")
            await pilot.pause(0.3)
            await pilot.press("ctrl+s")
            assert shown(pilot, "#status").startswith("Reading the cards")
            there.set()
            await settle(pilot)
            assert shown(pilot, "#status").startswith("2 of 2 said")


@pytest.mark.usefixtures("cards")
async def test_a_text_is_judged_overruled_applied_and_taken_back(
    home: Path, sure: SlowGrader, store: Store
) -> None:
    before = {number: store.card(number).progress for number in (1, 2)}
    async with writing(home, sure) as pilot:
        await write(pilot)
        await press(pilot, "ctrl+s")
        assert shown(pilot, "#status").startswith("2 of 2 said, 2 count as recalled.")
        assert "The box [b]has[/b] numbers." in shown(pilot, "#said")
        await press(pilot, "down", "space")
        assert shown(pilot, "#status").startswith("1 of 2 said, 1 counts as recalled, 1 is asked next.")
        await press(pilot, "enter")
        assert "u takes all of it back" in shown(pilot, "#status")
        assert (store.card(1).progress == before[1], store.card(2).progress == before[2]) == (False, True)
        assert store.card(2).early_look
        assert not Drafts(home / "drafts").has(SECTION)
        await press(pilot, "u")
        assert {number: store.card(number).progress for number in (1, 2)} == before
        assert Drafts(home / "drafts").get(SECTION) == TEXT
        await press(pilot, "escape")
        assert pilot.app.screen.query_one(Paper).text == TEXT


@pytest.mark.usefixtures("cards")
async def test_letters_narrow_the_list_of_sections(home: Path, grader: SlowGrader) -> None:
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "r", *"tw")
        table = pilot.app.screen.query_one(DataTable)
        assert [str(cell) for cell in table.get_column_at(0)] == ["Two ‹ a"]
        await press(pilot, *"x", "enter")
        assert isinstance(pilot.app.screen, RecallChoiceScreen), "nothing is called so"
        await press(pilot, "escape")
        assert table.row_count == 3
        await press(pilot, "slash", *"a", "down", "enter")
        assert isinstance(pilot.app.screen, RecallScreen)
        assert pilot.app.screen.section.headings == ("One",)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, RecallChoiceScreen)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


@pytest.mark.usefixtures("cards")
async def test_what_was_typed_is_there_after_leaving_and_after_a_crash(
    home: Path, grader: SlowGrader
) -> None:
    async with writing(home, grader) as pilot:
        await press(pilot, *"box", "ctrl+j", *"r q")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, RecallChoiceScreen)
        assert str(pilot.app.screen.query_one(DataTable).get_row_at(1)[3]) == "✎ begun"
        await press(pilot, "enter")
        assert pilot.app.screen.query_one(Paper).text == "box\nr q"
        await press(pilot, *"!")
        await pilot.pause(1.2)  # then it is on the disk, whatever happens
        assert Drafts(home / "drafts").get(SECTION) == "box\nr q!"
    async with writing(home, grader) as pilot:
        assert pilot.app.screen.query_one(Paper).text == "box\nr q!"


@pytest.mark.usefixtures("cards")
async def test_judging_shows_how_far_it_is_and_can_be_stopped(home: Path) -> None:
    grader = SlowGrader()
    async with opened(home, grader, review=False) as pilot:
        await press(pilot, "r")
        await pilot.press("down", "enter")
        await settle(pilot)
        await write(pilot)
        await pilot.press("ctrl+s")
        await pilot.pause(0.3)
        assert "0 of 2" in shown(pilot, "#status")
        await pilot.press("escape")
        await pilot.pause(0.1)
        assert pilot.app.screen.query_one(Paper).display
        assert pilot.app.screen.query_one(Paper).text == TEXT
        grader.loaded.set()
        await settle(pilot)
        assert pilot.app.screen.query_one(Paper).display


@pytest.mark.usefixtures("cards")
async def test_nothing_written_is_not_judged(home: Path, grader: SlowGrader) -> None:
    async with writing(home, grader) as pilot:
        await press(pilot, "ctrl+s")
        assert pilot.app.screen.query_one(Paper).display
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


@pytest.mark.usefixtures("cards")
async def test_the_app_opens_on_a_section(home: Path, sure: SlowGrader) -> None:
    from studyllm.cli.session import open_store
    from studyllm.config import Settings
    from studyllm.tui import StudyApp
    from tests.tui.app import running

    app = StudyApp(
        Settings(home),
        open_store=open_store,
        make_grader=lambda _: sure,
        first=lambda screens: screens.recall(SECTION),
        clock=lambda: NOW,
    )
    async with running(app) as pilot:
        assert isinstance(pilot.app.screen, RecallScreen)
        assert shown(pilot, "#status").startswith("2 cards.")


@pytest.mark.usefixtures("cards")
async def test_what_was_begun_is_there_before_the_first_key(home: Path, grader: SlowGrader) -> None:
    Drafts(home / "drafts").keep(SECTION, "The box")
    async with opened(home, grader, review=False) as pilot:
        screen = RecallScreen(SECTION)
        with patch.object(screen, "open"):  # the store is slow to open
            await pilot.app.push_screen(screen)
        await press(pilot, "!")
        assert screen.query_one(Paper).text == "The box!"
        screen.begin()
        await settle(pilot)
        assert screen.query_one(Paper).text == "The box!"


@pytest.mark.usefixtures("cards")
async def test_a_second_enter_saves_nothing_again(home: Path, sure: SlowGrader, store: Store) -> None:
    async with writing(home, sure) as pilot:
        await write(pilot)
        await press(pilot, "ctrl+s")
        await pilot.press("enter", "enter")
        await settle(pilot)
        assert "u takes all of it back" in shown(pilot, "#status")
        assert [entry.event for entry in store.journal.latest(9)].count("recall") == 1


@pytest.mark.usefixtures("cards")
async def test_a_second_u_takes_back_nothing_more(home: Path, sure: SlowGrader, store: Store) -> None:
    store.tag(1, ["before"], NOW)
    async with writing(home, sure) as pilot:
        await write(pilot)
        await press(pilot, "ctrl+s", "enter")
        await pilot.press("u", "u")
        await settle(pilot)
        assert store.card(1).tags == ("before",)
        assert [entry.event for entry in store.journal.latest(9)].count("recall") == 0


@pytest.mark.usefixtures("cards")
async def test_what_could_not_be_saved_can_be_saved_again(home: Path, sure: SlowGrader) -> None:
    async with writing(home, sure) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, RecallScreen)
        assert screen.session is not None
        await write(pilot)
        await press(pilot, "ctrl+s")
        with patch.object(screen.session, "apply", side_effect=OSError("full")):
            await press(pilot, "enter")
        await press(pilot, "enter")
        assert "u takes all of it back" in shown(pilot, "#status")


async def test_a_note_that_has_no_room_is_scrolled(home: Path, store: Store, sure: SlowGrader) -> None:
    long = card("box", "\n".join(f"line {n}" for n in range(60)), headings=("One",))
    made = (long, card("other", line=2, headings=("Two",)))
    store.apply(Deck("words"), Changes(added=made), NOW - timedelta(days=9))
    async with writing(home, sure) as pilot:
        await write(pilot)
        sure.loaded.set()
        await press(pilot, "ctrl+s")
        page = pilot.app.screen.query_one("#page")
        await press(pilot, "pagedown")
        once = page.scroll_y
        assert 0 < once < page.size.height
        await press(pilot, "pagedown")
        assert page.scroll_y > once
        await press(pilot, "pageup", "pageup")
        assert page.scroll_y == 0
        assert pilot.app.screen.query_one(RowList).cursor == 0
