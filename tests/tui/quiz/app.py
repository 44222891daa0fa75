"""The app on a deck that every kind of question can be asked about."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Unpack

from textual.pilot import Pilot

from studyllm.cli.session import open_store
from studyllm.config import Settings
from studyllm.grading import TextGrader
from studyllm.quiz.items import Mode, Options
from studyllm.tui import StudyApp
from studyllm.tui.quiz.run import QuizRunScreen
from studyllm.tui.quiz.screen import QuizScreen
from tests.conftest import NOW
from tests.quiz.cards import Wishes, deck, steps, table
from tests.tui.app import running, settle

CARDS = [
    *deck(),
    table(11, "精确率", "返回的结果里真正相关的占多少", "7 / 10"),
    table(12, "覆盖面", "全部该找的里被找回来的占多少成", "7 / 20"),
    table(13, "时延", "从提问到看见第一个字的时间", "300 毫秒"),
    steps(14, "问答的步骤", "改写问题", "召回候选", "重排", "生成答案"),
]


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@asynccontextmanager
async def opened(
    home: Path,
    *modes: Mode,
    size: tuple[int, int] = (80, 24),
    clock: Clock | None = None,
    grader: TextGrader | None = None,
    **rest: Unpack[Wishes],
) -> AsyncIterator[Pilot[None]]:
    """The app on the setup of a quiz of those kinds; with none given, on the home screen."""
    app = StudyApp(
        Settings(home),
        open_store=open_store,
        make_grader=lambda _: grader or TextGrader(),
        clock=clock or Clock(),
    )
    async with running(app, size) as pilot:
        if modes:
            app.quiz_options = Options(modes=frozenset(modes), **rest)
            await app.push_screen(QuizScreen(dice=random.Random(2)))
            await settle(pilot)
        yield pilot


def run(pilot: Pilot[None]) -> QuizRunScreen:
    screen = pilot.app.screen
    assert isinstance(screen, QuizRunScreen)
    return screen
