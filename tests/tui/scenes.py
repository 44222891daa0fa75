"""Every screen of the app as a scene: what is done to reach it. The same scenes are docs/pictures and the snapshots."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

from rich.cells import cell_len
from textual.pilot import Pilot

from studyllm import i18n, library
from studyllm.cli.session import open_store
from studyllm.config import Settings, load_deck
from studyllm.grading import Question, Readiness, TextGrader, Verdict
from studyllm.grading.scoring import combine
from studyllm.grading.signals import Signals
from studyllm.review.asking import question
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Store
from studyllm.tui import StudyApp
from studyllm.tui.widgets.readiness import ReadinessLine
from tests.conftest import NOW, ROOT
from tests.tui import acts, insight
from tests.tui.acts import ANSWER, Act, pressing
from tests.tui.app import running, settle

PICTURES = ROOT / "docs" / "pictures"
WIDE, SMALL = (100, 30), (80, 24)
SEEN = Signals(says=0.4, denies=-3.1, said=(2.6, 3.9, -1.2, -3.0), denied=(-4.0, -4.2, -2.9, -3.3))
"""What the cross-encoder saw in ANSWER when it was asked."""

_COLUMN = 12.2
"""Width of a column in the SVG that Rich draws."""


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
        first=(lambda screens: screens.review()) if review else None,
        clock=lambda: NOW,
    )
    async with running(app, size) as pilot:
        await app.when_ready()
        await settle(pilot)
        for line in app.screen.query(ReadinessLine):
            line.follow()  # which a clock would do some time later
        await settle(pilot)
        yield pilot


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


SCENES: dict[str, tuple[bool, Act]] = {
    "home": (False, pressing()),
    "review": (True, pressing()),
    "verdict": (True, acts.graded),
    "hint": (True, acts.hinted),
    "pause": (True, pressing("f9")),
    "followup": (True, acts.asked),
    "points": (True, acts.pointed),
    "leech": (True, acts.leech),
    "summary": (True, acts.summed_up),
    "mistake": (True, acts.looked_up),
    "numbered": (True, acts.numbered),
    "keys": (True, pressing("f1")),
    "keys-graded": (True, acts.then(acts.graded, pressing("f1"))),
    "import-nothing": (False, pressing("i", "ctrl+s", "u")),
    "import": (False, pressing("i")),
    "import-offers": (False, pressing("i", "tab", "a", "pagedown", "space")),
    "import-skipped": (False, acts.skipped),
    "import-front": (False, acts.then(acts.skipped, pressing("space"))),
    "more": (False, pressing("m", "down", "down")),
    "summary-more": (True, acts.ended_with_another_deck),
    "builds-on": (True, acts.building),
    "built-on": (True, acts.then(acts.building, pressing("b"))),
    "glossary": (False, pressing("g")),
    "glossary-search": (False, pressing("g", *"jgxy")),
    "glossary-marked": (False, pressing("g", "down", "down", "space", "space", "space")),
    "glossary-filter": (False, pressing("g", "down", "f")),
    "glossary-query": (False, acts.asked_for("(效应 or 练习) -is:new")),
    "glossary-columns": (
        False,
        acts.then(
            pressing("g", "down", "c", "down", "space", "down", "space", "end", "space", "c"), pressing("c")
        ),
    ),
    "glossary-saved": (False, acts.saved),
    "deck-rename": (False, pressing("n")),
    "deck-exam": (False, acts.exam),
    "deck-delete": (False, pressing("delete")),
    "history": (False, pressing("h")),
    "recall": (False, pressing("r")),
    "recall-writing": (False, acts.written),
    "recall-heard": (False, acts.heard),
    "quiz": (False, pressing("z")),
    "quiz-choice": (False, acts.quizzing("choose-meaning")),
    "quiz-chosen": (False, acts.then(acts.quizzing("choose-meaning"), pressing("1"))),
    "quiz-term": (False, acts.then(acts.quizzing("term"), pressing(*"rag", "enter"))),
    "quiz-meaning": (False, acts.then(acts.quizzing("meaning"), pressing(*"precision", "enter"))),
    "quiz-cloze": (False, acts.quizzing("cloze")),
    "quiz-order": (False, acts.then(acts.quizzing("order"), pressing("space", "down"))),
    "quiz-match": (False, acts.then(acts.quizzing("match"), pressing("2"))),
    "quiz-table": (False, acts.then(acts.quizzing("table"), pressing("1", "2", "3", "4", "enter"))),
    "quiz-result": (
        False,
        acts.then(acts.quizzing("choose-term"), pressing("1", "enter", "2", "enter", "2", "escape")),
    ),
    "quiz-history": (
        False,
        acts.then(
            acts.quizzing("choose-term"),
            pressing(
                "1", "enter", "2", "enter", "2", "escape", "enter", "enter", "4", "escape", "enter", "h"
            ),
        ),
    ),
    "review-meaning": (False, acts.then(acts.turned_round, pressing("enter"))),
    "schedulers": (False, acts.begun),
    "schedulers-choice": (False, acts.then(acts.begun, pressing("down", "enter"))),
    "simulate": (False, acts.then(acts.begun, pressing("s"), acts.until(acts.simulated))),
    "first-run": (False, acts.emptied),
    "home-year": (False, acts.in_a_year()),
    "progress": (False, acts.in_a_year("p")),
    **{f"progress-{name}": (False, acts.in_a_year("p", key)) for key, name in insight.PAGES.items()},
    "confidence": (True, acts.then(insight.weighing, acts.graded)),
    "summary-sure": (True, insight.sure),
    "contrast": (
        False,
        acts.then(insight.confused, acts.quizzing("contrast"), pressing(*"the first", "enter")),
    ),
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
