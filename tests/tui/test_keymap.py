"""Keys and colours that the learner chose: taken where they can be had, said where not, and shown as they are."""

import time
from pathlib import Path

import pytest

from studyllm.cli.session import open_store
from studyllm.config import Settings, load
from studyllm.errors import InputError
from studyllm.store import Store
from studyllm.tui import StudyApp
from studyllm.tui.help import HelpScreen
from studyllm.tui.home import HomeScreen
from studyllm.tui.keymap import check, commands
from studyllm.tui.review.screen import ReviewScreen
from studyllm.tui.themes import own
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.tui.widgets.footer import Footer
from tests.cli.shell import run
from tests.conftest import NOW, fill
from tests.tui import keys_page
from tests.tui.app import SlowGrader, press, running, settle, shown


def app(settings: Settings, *, review: bool = True) -> StudyApp:
    grader = SlowGrader()
    grader.loaded.set()
    return StudyApp(
        settings,
        open_store=open_store,
        make_grader=lambda _: grader,
        first=(lambda screens: screens.review()) if review else None,
        clock=lambda: NOW,
    )


def said(running_app: StudyApp) -> str:
    return "\n".join(one.text for one in running_app.notices.standing(time.monotonic()))


def test_every_command_says_what_it_does() -> None:
    assert [one.name for one in commands() if not one.said] == []


def test_every_key_of_the_app_has_a_name_of_its_own() -> None:
    known = commands()
    assert all(one.name.count(".") == 1 and one.keys for one in known)
    assert len({one.name for one in known}) == len(known)
    assert {"review.undo", "answer.submit", "home.quit", "rows.move_up", "app.help"} <= {
        one.name for one in known
    }


def test_the_page_lists_them_as_they_are() -> None:
    assert keys_page.PAGE.read_text("utf-8") == keys_page.page(), "python -m tests.tui.keys_page writes it"


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        ({"review.fly": "f2"}, "no command 'review.fly'"),
        ({"review.undo": "f7"}, "F7 is already used by review.hint, so review.undo keeps F2"),
        ({"review.undo": "f1"}, "F1 is already used by app.help"),
        ({"review.undo": "enter"}, "Enter is already used by answer.submit"),
        ({"review.undo": "ctrl+p"}, "Ctrl+P is already used by app"),
        ({"review.hint": "h"}, "that is typed in an answer"),
        ({"answer.submit": "space"}, "that is typed in an answer"),
        ({"review.undo": "ctrl+nonsense"}, "there is no such key"),
        ({"review.undo": "hyperspace+f2"}, "there is no such key"),
        ({"review.undo": " , "}, "needs a key"),
    ],
)
def test_what_cannot_be_had_is_said_and_the_rest_is_given(wanted: dict[str, str], problem: str) -> None:
    found = check(commands(), {**wanted, "home.glossary": "slash"})
    assert found.keys == {"home.glossary": ("slash",)}
    assert len(found.problems) == 1
    assert problem in found.problems[0]


def test_a_key_is_known_however_it_is_spelled_and_a_capital_letter_is_one() -> None:
    wanted = {"review.skip": "F10", "review.undo": "Ctrl+Z", "home.glossary": "G"}
    found = check(commands(), wanted)
    assert found.problems == ()
    assert found.keys == {"review.skip": ("f10",), "review.undo": ("ctrl+z",), "home.glossary": ("G",)}


def test_two_keys_are_swapped_and_a_key_that_a_command_had_is_no_clash() -> None:
    wanted = {"review.hint": "f8", "review.skip": "f7", "home.quit": "ctrl+q", "history.undo": "u"}
    found = check(commands(), wanted)
    assert found.problems == ()
    assert found.keys["review.hint"] == ("f8",)


def test_a_key_may_be_of_two_screens_that_are_never_on_together() -> None:
    assert check(commands(), {"home.glossary": "w"}).problems == (), "w is a period of the progress screen"


async def test_the_learners_keys_work_and_are_shown(home: Path, store: Store) -> None:
    fill(store, "volt", "ampere")
    keys = {"review.undo": "ctrl+z", "answer.submit": "ctrl+d", "review_grades.choose_3": "q"}
    async with running(app(Settings(home, keys=keys))) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ReviewScreen)
        assert "Ctrl+D submits" in str(screen.query_one(AnswerArea).placeholder)
        screen.query_one(AnswerArea).text = "what volt means"
        await press(pilot, "ctrl+d")
        assert screen.stage == "graded"
        await press(pilot, "q")
        assert "volt: grade 3" in shown(pilot, "#last")
        footer = screen.query_one(Footer)
        assert "^z" in {key.shown for key in footer.keys}
        await press(pilot, "ctrl+z")
        assert "volt" in shown(pilot, "#prompt")
        assert store.journal.latest(5)[0].event == "import"
        await press(pilot, "f1")
        assert isinstance(pilot.app.screen, HelpScreen)
        assert "Ctrl+Z" in str(pilot.app.screen.query("Static").last().render()) or any(
            "Ctrl+Z" in str(one.render()) for one in pilot.app.screen.query("Static")
        )


async def test_the_old_key_does_nothing_any_more(home: Path, store: Store) -> None:
    fill(store, "volt", "ampere")
    async with running(app(Settings(home, keys={"home.glossary": "y"}), review=False)) as pilot:
        await press(pilot, "g")
        assert isinstance(pilot.app.screen, HomeScreen)
        await press(pilot, "y")
        assert not isinstance(pilot.app.screen, HomeScreen)


async def test_a_clash_is_said_and_the_app_opens(home: Path, store: Store) -> None:
    fill(store, "volt")
    theme = {"primary": "#88c0d0", "background": "no colour"}
    settings = Settings(home, theme="mine", keys={"home.quiz": "g"}, themes={"mine": theme})
    made = app(settings, review=False)
    async with running(made) as pilot:
        await settle(pilot)
        assert "G is already used by home.glossary" in said(
            made
        ) or "g is already used by home.glossary" in said(made)
        assert "`background` is a colour" in said(made)
        assert made.theme == "mine"
        assert made.theme_variables["primary"].lower() == "#88c0d0"


async def test_of_several_problems_the_first_is_said_and_where_the_others_are(
    home: Path, store: Store
) -> None:
    fill(store, "volt")
    keys = {"home.quiz": "g", "home.nothing": "x", "home.more": "g"}
    made = app(Settings(home, theme="mien", keys=keys), review=False)
    async with running(made) as pilot:
        await settle(pilot)
        assert "2 more: `studyllm doctor` says which." in said(made)
        assert "no theme 'mien'" in said(made)


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"accent": "#fff"}, "needs `primary`"),
        ({"primary": "#12345"}, "`primary` is a colour"),
        ({"primary": "auto 50%"}, "`primary` is a colour"),
        ({"primary": "teal", "sparkle": "#fff"}, "there is no 'sparkle'"),
        ({"primary": "teal", "dark": "yes"}, "`dark` is true or false"),
    ],
)
def test_a_theme_that_cannot_be_had_is_said(home: Path, given: dict[str, object], problem: str) -> None:
    assert problem in " ".join(own(Settings(home, themes={"mine": given})).problems)


def test_an_unknown_theme_is_said(home: Path) -> None:
    assert "no theme 'mien'" in own(Settings(home, theme="mien")).problems[0]
    assert own(Settings(home)).problems == ()


def test_keys_and_themes_are_read_from_the_file(home: Path) -> None:
    home.mkdir()
    file = home / "config.toml"
    file.write_text(
        '[keys]\nreview.undo = "ctrl+z"\n"home.quit" = ["x", "q"]\n[themes.paper]\nprimary = "teal"\n'
    )
    settings = load(home, {})
    assert settings.keys == {"review.undo": "ctrl+z", "home.quit": "x,q"}
    assert settings.themes == {"paper": {"primary": "teal"}}
    for wrong in (
        "keys = 3",
        "[keys]\nreview.undo = 3",
        "[keys]\nreview.undo = [1]",
        "themes = 1",
        "[themes]\na = 1",
    ):
        file.write_text(wrong)
        with pytest.raises(InputError, match=r"\[keys\]|\[themes.NAME\]"):
            load(home, {})


def test_the_command_lists_keys_and_doctor_looks_at_them(home: Path, store: Store) -> None:
    (home / "config.toml").write_text('[keys]\nreview.undo = "ctrl+z"\nreview.skip = "f7"\n')
    listed = run("keys")
    assert "* review.undo" in listed
    assert "Ctrl+Z" in listed
    assert "F7 is already used by review.hint" in run("doctor", ok=None)
