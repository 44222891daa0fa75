"""`--plain` is the same review as the app: the same steps leave the same log and schedules, and say the same."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Static

from studyllm import library
from studyllm.cards import Deck
from studyllm.cli.session import open_store
from studyllm.config import Settings
from studyllm.grading import TextGrader
from studyllm.store import Store
from studyllm.tui import StudyApp
from studyllm.tui.review.screen import ReviewScreen
from studyllm.tui.widgets.answer import AnswerArea
from tests.scenario import NOTES, STEPS, Step
from tests.tui.app import running, settle

_OF_TIME = {"at", "reviewed", "again", "seconds"}
"""What differs from run to run."""


async def by_app(home: Path) -> list[list[str]]:
    """The review on the screen; what came to be shown with each step, in the words of `--plain`."""
    app = StudyApp(
        Settings(home),
        open_store=open_store,
        make_grader=lambda _: TextGrader(),
        first=lambda screens: screens.review(),
    )
    async with running(app) as pilot:
        showed = [list(shown_by(app))]
        before = set(showed[0])
        for step in STEPS:
            if step.text is not None:
                pilot.app.screen.query_one(AnswerArea).text = step.text
            await pilot.press(*step.keys)
            await settle(pilot)
            now = list(shown_by(app))
            showed.append([line for line in now if line not in before])
            before = set(now)
        return showed


def shown_by(app: StudyApp) -> Iterator[str]:
    """What the screen says of card, hints, verdict and points."""
    screen = app.screen
    assert isinstance(screen, ReviewScreen)

    def text(selector: str) -> str:
        return str(screen.query_one(selector, Static).content)

    if screen.stage == "asking":
        yield text("#where")
        yield f"Question: {text('#prompt')}"
        yield from (line.removeprefix("→ ") for line in text("#hint").splitlines())
    if screen.stage == "graded":
        headline = text("#headline")
        if headline.startswith(tuple("✓◐✗?")):
            label, *whence = headline[2:].split("   ")
            headline = f"Verdict: {label} ({', '.join(whence)})"
        yield headline
        if screen.session.verdict:
            yield from (line[4:] for line in text("#points").splitlines())


def by_lines(home: Path, steps: tuple[Step, ...] = STEPS) -> str:
    """The review in a process of its own; what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "studyllm", "--home", str(home), "review", "--plain"],
        input="".join(step.line + "\n" for step in steps),
        capture_output=True,
        text=True,
        env={**os.environ, "STUDYLLM_LANGUAGE_MODEL": "off", "STUDYLLM_EMBEDDING_MODEL": "off"},
        timeout=60,
        check=True,
    )
    assert not done.stderr
    return done.stdout


def timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: timeless(inner) for name, inner in value.items() if name not in _OF_TIME}
    return [timeless(inner) for inner in value] if isinstance(value, list | tuple) else value


def left_behind(home: Path) -> tuple[list[Any], list[Any]]:
    """The log and the cards that a review left, without what differs from run to run."""
    with Store(home / "study.db") as store:
        log = [timeless(asdict(entry)) for entry in store.journal.entries() if entry.event != "import"]
        cards = [timeless(asdict(card)) for card in store.cards()]
    return log, cards


def _brief(entry: dict[str, Any]) -> tuple[Any, ...]:
    review = entry["review"] or {}
    return entry["event"], entry["term"], review.get("answer"), review.get("chosen"), entry["undone"]


@pytest.fixture
def twins(home: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two homes with the same cards."""
    note = tmp_path / "circuits.md"
    note.write_text(NOTES)
    settings = Settings(home)
    with Store(settings.database) as store:
        plan = library.plan(store, Deck("电路", notes=(note,)))
        library.bring_in(store, plan, datetime.now(UTC))
    shutil.copytree(home, tmp_path / "twin")
    return home, tmp_path / "twin"


@pytest.mark.slow
async def test_the_same_steps_say_the_same_and_leave_the_same_log_and_schedules(
    twins: tuple[Path, Path],
) -> None:
    app, plain = twins
    showed, lines = await by_app(app), by_lines(plain).splitlines()
    assert sum(line.startswith("Verdict: ") for step in showed for line in step) >= 7
    at = 0
    for step in showed:
        places = [said_at(line, lines, at) for line in step]
        at = max(places, default=at)

    told, cards = left_behind(app)
    other_told, other_cards = left_behind(plain)
    assert [_brief(entry) for entry in told] == [_brief(entry) for entry in other_told]
    assert told == other_told
    assert cards == other_cards
    events = [entry["event"] for entry in told]
    assert events.count("review") >= 7, events
    assert {"undo", "bury", "suspend"} <= set(events)
    points = [p for entry in told if entry["review"] for p in entry["review"]["detail"].get("points", ())]
    assert any("own" in point for point in points), "no point was toggled"
    hinted = [entry["review"]["detail"].get("hints") for entry in told if entry["review"]]
    assert any(hinted), "no hint was counted"
    assert any(entry["undone"] for entry in told)
    assert any(card["suspended"] for card in cards)


def said_at(line: str, lines: list[str], since: int) -> int:
    """Where `--plain` says it: a point, its state and the learner's words stand in another order there."""
    words = [word.strip() for word in line.split("  ")]
    for number, said in enumerate(lines[since:], since):
        if all(word in said for word in words):
            return number
    raise AssertionError(f"not said, or not then: {line}")
