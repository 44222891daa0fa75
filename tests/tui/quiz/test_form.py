"""The form of a quiz, and what all its screens can bear."""

from pathlib import Path

from textual.widgets import Static

from studyllm.cards import Deck
from studyllm.cli.session import open_store
from studyllm.config import Settings
from studyllm.grading import TextGrader
from studyllm.quiz.items import Level, Mode
from studyllm.store import Changes, Store
from studyllm.tui import StudyApp
from studyllm.tui.home import HomeScreen
from studyllm.tui.quiz.form import Setting, Toggle
from studyllm.tui.quiz.result import QuizResultScreen
from studyllm.tui.quiz.run import QuizRunScreen
from studyllm.tui.quiz.screen import QuizScreen
from tests.conftest import NOW
from tests.quiz.cards import deck, study
from tests.tui.app import noticed, press, settle, shown
from tests.tui.quiz.app import opened, run


async def test_z_opens_the_form_and_escape_leaves_it(home: Path) -> None:
    async with opened(home) as pilot:
        await press(pilot, "z")
        assert isinstance(pilot.app.screen, QuizScreen)
        assert "10 cards can be asked" in shown(pilot, "#status")
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_app_opens_on_the_form_of_a_deck(home: Path) -> None:
    app = StudyApp(
        Settings(home),
        open_store=open_store,
        make_grader=lambda _: TextGrader(),
        first=lambda screens: screens.quiz("deck"),
    )
    async with app.run_test() as pilot:
        await settle(pilot)
        assert isinstance(app.screen, QuizScreen)
        assert app.screen.options.deck == "deck"


async def test_arrows_choose_and_the_choice_is_remembered(home: Path) -> None:
    async with opened(home) as pilot:
        await press(pilot, "z", "right", "down", "right", "down", "right", "right", "3", "down", "left")
        screen = pilot.app.screen
        assert isinstance(screen, QuizScreen)
        made = screen.options
        assert made.deck == "deck"
        assert made.section == "记忆"
        assert made.level is Level.LEARNING
        assert Mode.MEANING not in made.modes
        assert "0 cards" in shown(pilot, "#status")
        await press(pilot, "escape", "z")
        assert isinstance(pilot.app.screen, QuizScreen)
        assert pilot.app.screen.options == made


async def test_page_keys_walk_by_ten(home: Path) -> None:
    async with opened(home) as pilot:
        await press(pilot, "z")
        line = pilot.app.screen.query_one("#length", Setting)
        line.offer([(n, str(n)) for n in range(30)], 0)
        line.focus()
        await press(pilot, "pagedown", "pagedown", "pageup")
        assert line.value == 10


async def test_the_mouse_chooses_as_well(home: Path) -> None:
    async with opened(home) as pilot:
        await press(pilot, "z")
        screen = pilot.app.screen
        assert isinstance(screen, QuizScreen)
        await pilot.click("#length", offset=(20, 0))
        assert screen.options.length == 15
        await pilot.click("#length", offset=(3, 0))
        assert screen.options.length == 10
        await pilot.click("#mode-cloze")
        assert Mode.CLOZE not in screen.options.modes


async def test_space_switches_a_kind_and_none_at_all_is_refused(home: Path) -> None:
    async with opened(home, Mode.CLOZE) as pilot:
        screen = pilot.app.screen
        screen.query_one("#mode-cloze", Toggle).focus()
        await press(pilot, "space", "enter")
        assert pilot.app.screen is screen
        assert "at least one kind" in shown(pilot, "#status")
        await press(pilot, "space", "enter")
        assert isinstance(pilot.app.screen, QuizRunScreen)


async def test_no_key_changes_the_form_while_questions_are_chosen(home: Path) -> None:
    async with opened(home, Mode.CLOZE) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, QuizScreen)
        before = screen.options
        screen._prepares(True)
        await press(pilot, "3", "right", "h")
        assert screen.is_current
        assert screen.options == before
        screen._prepares(False)
        await press(pilot, "3")
        assert screen.options != before


async def test_what_cannot_be_asked_is_said(home: Path) -> None:
    async with opened(home, Mode.CLOZE, level=Level.MATURE) as pilot:
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, QuizScreen)
        assert "no such cards" in shown(pilot, "#status")


async def test_everything_fits_a_small_screen(home: Path) -> None:
    async with opened(home, *Mode, size=(60, 20)) as pilot:
        screen = pilot.app.screen
        for line in (*screen.query(Setting), *screen.query(Toggle)):
            assert line.region.right <= 60
        await press(pilot, "enter")
        for _ in range(len(run(pilot).items)):
            assert all(part.region.right <= 60 for part in pilot.app.screen.query(Static))
            run(pilot).sitting.next()
            if run(pilot).sitting.item is None:
                break
            run(pilot).ask()
            await settle(pilot)


async def test_hostile_text_is_shown_as_it_is(home: Path, store: Store) -> None:
    hostile = [
        study(one.id, f"[red]{one.card.term}[/b]", f"[/x{one.id}] {one.card.answer} [y{one.id}]")
        for one in deck()
    ]
    store.apply(Deck("hostile"), Changes(added=tuple(card.card for card in hostile)), NOW)
    for mode in (Mode.CHOOSE_MEANING, Mode.MATCH, Mode.CLOZE, Mode.TERM):
        async with opened(home, mode, deck="hostile", length=1) as pilot:
            await press(pilot, "enter")
            texts = " ".join(str(part.content) for part in pilot.app.screen.query(Static))
            assert "[/x" in texts
            again = ["enter"] if mode is Mode.MATCH else []  # rows were left empty
            await press(pilot, "1", "enter", *again, "escape")
            assert "[red]" in " ".join(str(part.content) for part in pilot.app.screen.query(Static))


async def test_a_name_that_was_begun_takes_commands_and_digits(home: Path) -> None:
    async with opened(home) as pilot:
        await press(pilot, "z", "down")
        screen = pilot.app.screen
        assert isinstance(screen, QuizScreen)
        screen.query_one("#section", Setting).offer([("", "all sections"), ("a", "ch3"), ("b", "ch4")], "")
        modes = screen.options.modes
        await press(pilot, "c", "h", "4")
        assert (screen.options.section, screen.options.modes) == ("b", modes)
        assert pilot.app.screen is screen, "h opens no past quizzes"


async def test_why_there_are_few_questions_is_said_before_and_after(home: Path) -> None:
    async with opened(home, Mode.ORDER) as pilot:
        assert shown(pilot, "#status") == "1 card can be asked: too few for 10 questions."
        await press(pilot, "enter")
        told = "1 question and not 10: there are no more such cards."
        assert told in noticed(pilot)
        await press(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, QuizResultScreen)
        assert shown(pilot, "#few") == told
