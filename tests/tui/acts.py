"""How the screens of `scenes.py` are reached."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from textual.pilot import Pilot
from textual.widgets import DataTable, Input

from studyllm import library
from studyllm.cards import Card, Deck, Kind, Source
from studyllm.quiz.items import Mode, Options
from studyllm.review.history import Mistake
from studyllm.schedule import Learned
from studyllm.store import Changes, Pick, Want
from studyllm.tui import StudyApp
from studyllm.tui.compare import CompareScreen
from studyllm.tui.importing.screen import ImportScreen
from studyllm.tui.quiz.screen import QuizScreen
from studyllm.tui.recall.paper import Paper
from studyllm.tui.review.leech import LeechScreen
from studyllm.tui.review.screen import ReviewScreen
from studyllm.tui.review.stopwatch import Stopwatch
from studyllm.tui.screen import StudyScreen
from studyllm.tui.simulate import SimulateScreen
from studyllm.tui.widgets.answer import AnswerArea
from tests.conftest import NOW
from tests.tui.app import press, settle
from tests.tui.year import live

ANSWER = "把卡片放在几个盒子里，答对了就往后一盒"
RECALLED = """\
没有复习的时候，能记起来的内容随时间减少，先快后慢，艾宾浩斯拿自己做的实验。
总时间相同，分散到几次学比集中在一次记得更久。
莱特纳盒：用几个盒子管理纸质卡片，答错的放到下一盒。
"""

Act = Callable[[Pilot[None]], Awaitable[None]]


def pressing(*keys: str) -> Act:
    """A scene reached by keys."""

    async def act(pilot: Pilot[None]) -> None:
        await press(pilot, *keys)

    return act


async def exam(pilot: Pilot[None]) -> None:
    """The day of an exam, which the palette asks for."""
    await pilot.app.run_action("screen.exam_date")
    await press(pilot, *"2026-06-20")


async def graded(pilot: Pilot[None]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    pilot.app.screen.query_one(AnswerArea).text = ANSWER
    await pressing("enter")(pilot)


async def numbered(pilot: Pilot[None]) -> None:
    """A digit after a numbered answer, which may be its next item."""
    pilot.app.screen.query_one(AnswerArea).text = f"1. {ANSWER}\n2. 答错的退回第一盒"
    await pressing("enter", "3")(pilot)


async def asked(pilot: Pilot[None]) -> None:
    await graded(pilot)
    await pressing("f3", *"why?", "enter")(pilot)


async def pointed(pilot: Pilot[None]) -> None:
    await graded(pilot)
    await pressing("f6")(pilot)


async def hinted(pilot: Pilot[None]) -> None:
    await pressing("f7", "f7")(pilot)


async def summed_up(pilot: Pilot[None]) -> None:
    """To the end of a short day: what was known, what was not, and one verdict overruled."""
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    screen.stopwatch = Stopwatch(lambda: 0.0)
    store, today = screen.study.store, screen.study.settings.day.of(NOW)
    # New cards take the place of those that are put off.
    while len(waiting := screen.session.queue.queue(NOW)) > 6:
        for card in waiting[6:]:
            store.bury(card.id, today, NOW)
    screen.cards_changed()
    for number in range(12):
        if screen.card is None:
            break
        known = screen.card.card.answer
        screen.query_one(AnswerArea).text = {0: "不知道", 1: ANSWER, 4: "忘了"}.get(number, known)
        await pressing("enter", {1: "2", 4: "k"}.get(number, "enter"))(pilot)


async def ended_with_another_deck(pilot: Pilot[None]) -> None:
    """The end of a deck while another one waits and there are more new cards."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    ports = (22, 53, 80, 443)
    cards = tuple(Card(Kind.TERM, f"port {n}", "a service", Source("/notes/net.md", n, n)) for n in ports)
    app.store.apply(Deck("networks", new_per_day=1), Changes(added=cards), NOW)
    screen = ReviewScreen("networks")
    screen.stopwatch = Stopwatch(lambda: 0.0)
    await app.switch_screen(screen)
    await settle(pilot)
    screen.query_one(AnswerArea).text = "a printer"
    await pressing("enter", "2", "2")(pilot)
    screen.query_one(AnswerArea).text = "a service"
    await pressing("enter", "5")(pilot)


async def building(pilot: Pilot[None]) -> None:
    """A card whose definition uses the terms of others, after the verdict."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    (card,) = (card for card in app.store.cards() if card.card.term == "记忆的两种强度")
    app.store.tag(card.id, ["shown"], NOW)
    await app.switch_screen(ReviewScreen(None, Pick(Want.ALL, tag="shown")))
    await settle(pilot)
    app.screen.query_one(AnswerArea).text = "一个是学得多牢，一个是现在想不想得起来"
    await pressing("enter")(pilot)
    app.clear_notifications()
    await settle(pilot)


async def looked_up(pilot: Pilot[None]) -> None:
    await summed_up(pilot)
    await pressing("enter")(pilot)


async def leech(pilot: Pilot[None]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    assert screen.card is not None
    day = screen.study.settings.day.of(NOW)
    forgotten = screen.card.with_progress(Learned(0, 1, 2.1, 8, NOW, day))
    missed = ("盒号越大，复习得越稀",)
    wrong = tuple(
        Mistake(NOW - timedelta(days=ago), 1, answer, missed)
        for ago, answer in ((21, "一种记笔记的方法"), (13, "把卡片装进盒子里"), (4, ANSWER))
    )
    pilot.app.push_screen(LeechScreen(forgotten, wrong))
    await settle(pilot)


def quizzing(*modes: str) -> Act:
    """The first question of a quiz of those kinds, the same one every time."""

    async def act(pilot: Pilot[None]) -> None:
        study = pilot.app
        assert isinstance(study, StudyApp)
        study.quiz_options = Options(modes=frozenset(map(Mode, modes)), length=5, minutes=5)
        await study.push_screen(QuizScreen(dice=random.Random(5)))
        await pressing("enter")(pilot)

    return act


async def lived(pilot: Pilot[None]) -> None:
    """A year of reviews more, see year.py."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    live(app.store, app.settings.day, NOW)
    assert isinstance(app.screen, StudyScreen)
    app.screen.cards_changed()
    await settle(pilot)


async def begun(pilot: Pilot[None]) -> None:
    """Five months of reviews more: too few to fit a scheduler to, which takes its time."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    live(app.store, app.settings.day, NOW, days=150)
    await pressing("c")(pilot)
    await until(compared)(pilot)


def in_a_year(*keys: str) -> Act:
    async def act(pilot: Pilot[None]) -> None:
        await lived(pilot)
        await pressing(*keys)(pilot)

    return act


def then(*acts: Act) -> Act:
    """One after the other."""

    async def act(pilot: Pilot[None]) -> None:
        for one in acts:
            await one(pilot)

    return act


def until(holds: Callable[[Pilot[None]], bool]) -> Act:
    """Waits for what a thread of its own computes."""

    async def act(pilot: Pilot[None]) -> None:
        for _ in range(600):
            if holds(pilot):
                break
            await pilot.pause(0.05)
        assert holds(pilot)
        await settle(pilot)

    return act


def compared(pilot: Pilot[None]) -> bool:
    return isinstance(screen := pilot.app.screen, CompareScreen) and bool(screen.reports)


def simulated(pilot: Pilot[None]) -> bool:
    return isinstance(screen := pilot.app.screen, SimulateScreen) and screen.found is not None


async def turned_round(pilot: Pilot[None]) -> None:
    """A deck that asks in the other direction as well, on a day on which the terms were put off."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    (deck,) = app.store.decks()
    wanted = replace(deck, kinds=deck.kinds | {Kind.MEANING})
    library.bring_in(app.store, library.plan(app.store, wanted), NOW)
    cards = list(app.store.cards())
    app.store.entries.suspend([card.id for card in cards if card.card.kind is not Kind.MEANING], NOW)
    assert isinstance(app.screen, StudyScreen)
    app.screen.cards_changed()
    await settle(pilot)


async def written(pilot: Pilot[None]) -> None:
    """A section, half of it written down."""
    await pressing("r", "down", "enter")(pilot)
    pilot.app.screen.query_one(Paper).text = RECALLED
    await settle(pilot)


async def heard(pilot: Pilot[None]) -> None:
    await written(pilot)
    await pressing("ctrl+s", "end")(pilot)


async def emptied(pilot: Pilot[None]) -> None:
    """As it is before the first import: all is taken back."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    while app.store.journal.undo(NOW) is not None:
        pass
    assert isinstance(app.screen, StudyScreen)
    app.screen.cards_changed()
    await settle(pilot)


def asked_for(query: str) -> Act:
    """The glossary with a query typed."""

    async def act(pilot: Pilot[None]) -> None:
        await pressing("g")(pilot)
        pilot.app.screen.query_one(Input).value = query
        await settle(pilot)

    return act


async def saved(pilot: Pilot[None]) -> None:
    app = pilot.app
    assert isinstance(app, StudyApp)
    for name, text in (("水蛭", "is:leech or prop:lapses>3"), ("this week", "added:7 -is:suspended")):
        app.store.searches.save(name, text, NOW)
    await asked_for("prop:ease<2")(pilot)
    await pressing("ctrl+s")(pilot)


async def skipped(pilot: Pilot[None]) -> None:
    """The import screen at the first text that was skipped."""
    await press(pilot, "i", "tab", "a")
    screen = pilot.app.screen
    assert isinstance(screen, ImportScreen)
    screen.query_one(DataTable).move_cursor(row=next(n for n, row in enumerate(screen.shown) if row.left))
    await settle(pilot)
