"""Every screen of the app as a scene: what is done to reach it. The same scenes are docs/pictures and the snapshots."""

import random
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

from rich.cells import cell_len
from textual.pilot import Pilot
from textual.widgets import Input

from studyllm import i18n, library
from studyllm.cards import Card, Deck, Kind, Source
from studyllm.cli.session import open_store
from studyllm.config import Settings, load_deck
from studyllm.grading import Question, Readiness, TextGrader, Verdict
from studyllm.grading.scoring import combine
from studyllm.grading.signals import Signals
from studyllm.quiz.items import Mode, Options
from studyllm.review.asking import question
from studyllm.review.history import Mistake
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, Learned
from studyllm.store import Changes, Pick, Store, Want
from studyllm.tui import StudyApp
from studyllm.tui.compare import CompareScreen
from studyllm.tui.quiz.screen import QuizScreen
from studyllm.tui.recall.screen import Paper
from studyllm.tui.review.leech import LeechScreen
from studyllm.tui.review.screen import ReviewScreen
from studyllm.tui.review.stopwatch import Stopwatch
from studyllm.tui.screen import StudyScreen
from studyllm.tui.simulate import SimulateScreen
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.tui.widgets.readiness import ReadinessLine
from tests.conftest import NOW, ROOT
from tests.tui import insight
from tests.tui.app import press, running, settle
from tests.tui.year import live

PICTURES = ROOT / "docs" / "pictures"
WIDE, SMALL = (100, 30), (80, 24)
ANSWER = "把卡片放在几个盒子里，答对了就往后一盒"
SEEN = Signals(says=0.4, denies=-3.1, said=(2.6, 3.9, -1.2, -3.0), denied=(-4.0, -4.2, -2.9, -3.3))
"""What the cross-encoder saw in ANSWER when it was asked."""

RECALLED = """\
没有复习的时候，能记起来的内容随时间减少，先快后慢，艾宾浩斯拿自己做的实验。
总时间相同，分散到几次学比集中在一次记得更久。
莱特纳盒：用几个盒子管理纸质卡片，答错的放到下一盒。
"""
_COLUMN = 12.2
"""Width of a column in the SVG that Rich draws."""

Act = Callable[[Pilot[None]], Awaitable[None]]


class Remembering(TextGrader):
    """Gives the verdict that the models gave to ANSWER, at once and without them."""

    def readiness(self) -> Readiness:
        return Readiness("ready", "ready", i18n._("Both models are ready."))

    def grade(self, question: Question, answer: str) -> Verdict:
        if answer == ANSWER:
            return replace(combine(question, answer, SEEN), ms=0.0)
        return replace(super().grade(question, answer), ms=0.0)

    def explain(self, question: Question, answer: str, verdict: Verdict) -> Iterator[str]:
        yield from super().explain(question, answer, verdict)

    def reply(
        self, question: Question, passage: str, asked: str, answer: str = "", verdict: Verdict | None = None
    ) -> Iterator[str]:
        yield "盒号越大，复习得越稀：答对的卡片升到下一盒，隔更久才再问。"


def furnish(home: Path) -> None:
    """The shipped cards with three weeks of reviews behind them: what was right one day is wrong the next."""
    with Store(home / "study.db") as store:
        deck = load_deck(ROOT / "decks" / "studyllm.toml")
        library.bring_in(store, library.plan(store, deck), NOW - timedelta(days=21))
        settings = Settings(home, time_zone="UTC")
        for day in range(20, -1, -1):
            if day in (3, 11, 12):
                continue
            now = NOW - timedelta(days=day, hours=1)
            queue = ReviewQueue(store, settings.day)
            for number in range(9 + day % 5):
                if (found := queue.next(now + timedelta(minutes=number))) is None:
                    break
                card = found[0]
                if card.card.term == "莱特纳盒":
                    continue
                grade = Grade((5, 4, 3, 4, 1, 5, 4, 2)[(card.id * 7 + day) % 8])
                verdict = TextGrader().grade(question(card), card.card.answer[: 12 + 3 * day])
                at = now + timedelta(minutes=number)
                queue.record(card, grade, at, answer=card.card.answer[:20], verdict=verdict, seconds=14.0)


@asynccontextmanager
async def opened(
    home: Path, size: tuple[int, int], *, review: bool, theme: str
) -> AsyncIterator[Pilot[None]]:
    app = StudyApp(
        Settings(home, time_zone="UTC", theme=theme, motion="off"),
        open_store=open_store,
        make_grader=lambda _: Remembering(),
        review=review,
        clock=lambda: NOW,
    )
    async with running(app, size) as pilot:
        await app.when_ready()
        await settle(pilot)
        for line in app.screen.query(ReadinessLine):
            line.follow()  # which a clock would do some time later
        await settle(pilot)
        yield pilot


def pressing(*keys: str) -> Act:
    """A scene reached by keys."""

    async def act(pilot: Pilot[None]) -> None:
        await press(pilot, *keys)

    return act


def _as_wide(found: re.Match[str]) -> str:
    rest, text = found.groups()
    return f'textLength="{_COLUMN * cell_len(unescape(text)):.1f}"{rest}>{text}<'


def drawn(pilot: Pilot[None]) -> str:
    """The screen as SVG that asks no other server for anything, the same for the same screen."""
    svg = pilot.app.export_screenshot(title="studyllm", simplify=True)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    # Rich counts letters, not the two columns of a Chinese one.
    svg = re.sub(r'textLength="[\d.]+"([^>]*)>([^<]*)<', _as_wide, svg)
    return svg.replace(
        "Fira Code", "'DejaVu Sans Mono', Menlo, Consolas, ui-monospace, 'Noto Sans Mono CJK SC'"
    ).replace("\xa0", " ")


async def _graded(pilot: Pilot[None]) -> None:
    screen = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    pilot.app.screen.query_one(AnswerArea).text = ANSWER
    await pressing("enter")(pilot)


async def _asked(pilot: Pilot[None]) -> None:
    await _graded(pilot)
    await pressing("f3", *"why?", "enter")(pilot)


async def _pointed(pilot: Pilot[None]) -> None:
    await _graded(pilot)
    await pressing("f6")(pilot)


async def _hinted(pilot: Pilot[None]) -> None:
    await pressing("f7", "f7")(pilot)


async def _summed_up(pilot: Pilot[None]) -> None:
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


async def _ended_with_another_deck(pilot: Pilot[None]) -> None:
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


async def _building(pilot: Pilot[None]) -> None:
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


async def _looked_up(pilot: Pilot[None]) -> None:
    await _summed_up(pilot)
    await pressing("enter")(pilot)


async def _leech(pilot: Pilot[None]) -> None:
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


async def _lived(pilot: Pilot[None]) -> None:
    """A year of reviews more, see year.py."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    live(app.store, app.settings.day, NOW)
    assert isinstance(app.screen, StudyScreen)
    app.screen.cards_changed()
    await settle(pilot)


async def _begun(pilot: Pilot[None]) -> None:
    """Five months of reviews more: too few to fit a scheduler to, which takes its time."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    live(app.store, app.settings.day, NOW, days=150)
    await pressing("c")(pilot)
    await until(_compared)(pilot)


def _in_a_year(*keys: str) -> Act:
    async def act(pilot: Pilot[None]) -> None:
        await _lived(pilot)
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


def _compared(pilot: Pilot[None]) -> bool:
    return isinstance(screen := pilot.app.screen, CompareScreen) and bool(screen.reports)


def _simulated(pilot: Pilot[None]) -> bool:
    return isinstance(screen := pilot.app.screen, SimulateScreen) and screen.found is not None


async def _turned_round(pilot: Pilot[None]) -> None:
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


async def _written(pilot: Pilot[None]) -> None:
    """A section, half of it written down."""
    await pressing("r", "down", "enter")(pilot)
    pilot.app.screen.query_one(Paper).text = RECALLED
    await settle(pilot)


async def _heard(pilot: Pilot[None]) -> None:
    await _written(pilot)
    await pressing("ctrl+s", "end")(pilot)


async def _emptied(pilot: Pilot[None]) -> None:
    """As it is before the first import: all is taken back."""
    app = pilot.app
    assert isinstance(app, StudyApp)
    while app.store.journal.undo(NOW) is not None:
        pass
    assert isinstance(app.screen, StudyScreen)
    app.screen.cards_changed()
    await settle(pilot)


def _asked_for(query: str) -> Act:
    """The glossary with a query typed."""

    async def act(pilot: Pilot[None]) -> None:
        await pressing("g")(pilot)
        pilot.app.screen.query_one(Input).value = query
        await settle(pilot)

    return act


async def _saved(pilot: Pilot[None]) -> None:
    app = pilot.app
    assert isinstance(app, StudyApp)
    for name, text in (("水蛭", "is:leech or prop:lapses>3"), ("this week", "added:7 -is:suspended")):
        app.store.searches.save(name, text, NOW)
    await _asked_for("prop:ease<2")(pilot)
    await pressing("ctrl+s")(pilot)


SCENES: dict[str, tuple[bool, Act]] = {
    "home": (False, pressing()),
    "review": (True, pressing()),
    "verdict": (True, _graded),
    "hint": (True, _hinted),
    "pause": (True, pressing("f9")),
    "followup": (True, _asked),
    "points": (True, _pointed),
    "leech": (True, _leech),
    "summary": (True, _summed_up),
    "mistake": (True, _looked_up),
    "keys": (True, pressing("f1")),
    "import": (False, pressing("i")),
    "import-offers": (False, pressing("i", "tab", "a", "pagedown", "space")),
    "more": (False, pressing("m", "down", "down")),
    "summary-more": (True, _ended_with_another_deck),
    "builds-on": (True, _building),
    "built-on": (True, then(_building, pressing("b"))),
    "glossary": (False, pressing("g")),
    "glossary-search": (False, pressing("g", *"jgxy")),
    "glossary-marked": (False, pressing("g", "down", "down", "space", "space", "space")),
    "glossary-filter": (False, pressing("g", "down", "f")),
    "glossary-query": (False, _asked_for("(效应 or 练习) -is:new")),
    "glossary-columns": (
        False,
        then(
            pressing("g", "down", "c", "down", "space", "down", "space", "end", "space", "c"), pressing("c")
        ),
    ),
    "glossary-saved": (False, _saved),
    "deck-rename": (False, pressing("n")),
    "deck-delete": (False, pressing("delete")),
    "history": (False, pressing("h")),
    "recall": (False, pressing("r")),
    "recall-writing": (False, _written),
    "recall-heard": (False, _heard),
    "quiz": (False, pressing("z")),
    "quiz-choice": (False, quizzing("choose-meaning")),
    "quiz-chosen": (False, then(quizzing("choose-meaning"), pressing("1"))),
    "quiz-term": (False, then(quizzing("term"), pressing(*"rag", "enter"))),
    "quiz-meaning": (False, then(quizzing("meaning"), pressing(*"precision", "enter"))),
    "quiz-cloze": (False, quizzing("cloze")),
    "quiz-order": (False, then(quizzing("order"), pressing("space", "down"))),
    "quiz-match": (False, then(quizzing("match"), pressing("2"))),
    "quiz-table": (False, then(quizzing("table"), pressing("1", "2", "3", "4", "enter"))),
    "quiz-result": (
        False,
        then(quizzing("choose-term"), pressing("1", "enter", "2", "enter", "2", "escape")),
    ),
    "quiz-history": (
        False,
        then(
            quizzing("choose-term"),
            pressing(
                "1", "enter", "2", "enter", "2", "escape", "enter", "enter", "4", "escape", "enter", "h"
            ),
        ),
    ),
    "review-meaning": (False, then(_turned_round, pressing("enter"))),
    "schedulers": (False, _begun),
    "schedulers-choice": (False, then(_begun, pressing("down", "enter"))),
    "simulate": (False, then(_begun, pressing("s"), until(_simulated))),
    "first-run": (False, _emptied),
    "home-year": (False, _in_a_year()),
    "progress": (False, _in_a_year("p")),
    **{f"progress-{name}": (False, _in_a_year("p", key)) for key, name in insight.PAGES.items()},
    "confidence": (True, then(insight.weighing, _graded)),
    "summary-sure": (True, insight.sure),
    "contrast": (False, then(insight.confused, quizzing("contrast"), pressing(*"the first", "enter"))),
    "help": (False, pressing("f1")),
    "palette": (False, pressing("ctrl+p")),
}
"""By name: whether the app opens on the first card, and what is done then."""


async def draw(
    name: str, language: str, home: Path, size: tuple[int, int], theme: str = "textual-dark"
) -> str:
    """A scene in a language, as SVG."""
    review, act = SCENES[name]
    i18n.use(language)
    try:
        async with opened(home, size, review=review, theme=theme) as pilot:
            await act(pilot)
            return drawn(pilot)
    finally:
        i18n.use("en")
