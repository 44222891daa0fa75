"""Nothing that a terminal obeys reaches it: names, notes, decks and settings full of controls, on every screen and in
every command."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from studyllm.cards import Card, Deck, Kind, Source
from studyllm.grading import Question, Readiness, Verdict
from studyllm.store import Changes, Store
from studyllm.tui import palette
from studyllm.verdicts import PointResult, State
from tests.cli.shell import WITHOUT_MODELS
from tests.conftest import NOW
from tests.graders import judged
from tests.tui.app import SlowGrader, opened, press, settle, submit

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
HOSTILE = "a\x1b]0;owned\x07\x1b[31mb\x9b31mc\x85d\u202ee\u2066f\u200eg\x00h"


@pytest.fixture
def hostile(store: Store) -> Store:
    """Cards as only another program could have written them: what studyllm reads is cleaned before."""
    cards = tuple(
        Card(
            Kind.TERM,
            f"{HOSTILE} {number}",
            f"it means {HOSTILE}",
            Source(f"/notes/{HOSTILE}.md", number, number),
            aliases=(HOSTILE,),
            points=(f"one {HOSTILE}", f"two {HOSTILE}"),
            headings=(HOSTILE, "x"),
            prompt=f"What is {HOSTILE}?",
        )
        for number in range(1, 6)
    )
    store.apply(Deck(HOSTILE), Changes(added=cards), NOW)
    store.entries.tag([1, 2], [HOSTILE], [], NOW)
    return store


def drawn(pilot: Pilot[None]) -> str:
    """All that is on the screen, as it goes to the terminal."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


class Hostile(SlowGrader):
    """A model whose every word is a control."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded.set()
        point = PointResult(HOSTILE, State.MISSED, evidence=HOSTILE)
        self.said = replace(
            judged(State.HIT, State.MISSED), points=(point, point), by=(HOSTILE,), reason=HOSTILE
        )

    def readiness(self) -> Readiness:
        return Readiness(embedding="ready", note=HOSTILE)

    def explain(self, question: Question, answer: str, verdict: Verdict) -> Iterator[str]:
        yield from HOSTILE

    def reply(
        self, question: Question, passage: str, asked: str, answer: str = "", verdict: Verdict | None = None
    ) -> Iterator[str]:
        yield from HOSTILE


@pytest.mark.slow
async def test_no_screen_draws_a_control(home: Path, hostile: Store) -> None:
    grader = Hostile()
    async with opened(home, grader, review=False, size=(100, 30)) as pilot:
        assert not OBEYED.search(drawn(pilot))
        for entry in palette.ENTRIES:
            if not isinstance(entry.leads_to, str):
                entry.run(pilot.app)
                await settle(pilot)
                assert not OBEYED.search(drawn(pilot)), entry.name
                pilot.app.pop_screen()
        await press(pilot, "a")
        await submit(pilot, HOSTILE)
        await settle(pilot)
        assert "owned" in drawn(pilot)
        assert not OBEYED.search(drawn(pilot))
        await press(pilot, "f3", "w", "h", "y", "enter")
        assert "owned" in drawn(pilot)
        assert not OBEYED.search(drawn(pilot))
        await press(pilot, "escape")
        pilot.app.notify(HOSTILE, markup=False)
        await settle(pilot)
        assert not OBEYED.search(drawn(pilot))


COMMANDS = (
    ("cards",),
    ("cards", "--json"),
    ("due",),
    ("log",),
    ("log", "--json"),
    ("stats",),
    ("search", "a"),
    ("search", "a", "--json"),
    ("card", "show", "1"),
    ("points", "1"),
    ("leeches",),
    ("schedule", "show"),
    ("doctor",),
    ("review", HOSTILE.replace("\x00", "")),
    ("quiz", f"x{HOSTILE}".replace("\x00", "")),
    ("import", f"/nowhere/{HOSTILE}".replace("\x00", "")),
    ("answer", f"{HOSTILE}".replace("\x00", "")),
    (f"--{HOSTILE}".replace("\x00", ""),),
    (HOSTILE.replace("\x00", ""),),
    ("undo",),
)


@pytest.mark.slow
def test_no_command_prints_a_control(home: Path, hostile: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in WITHOUT_MODELS.items():
        monkeypatch.setenv(name, value)
    for command in COMMANDS:
        done = subprocess.run(
            [sys.executable, "-m", "studyllm", *command],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        assert not OBEYED.search(done.stdout + done.stderr), (command, done.stdout + done.stderr)
        assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_home_with_controls_in_its_name_is_not_printed_raw(tmp_path: Path) -> None:
    home = tmp_path / HOSTILE.replace("\x00", "")
    home.mkdir(0o755)
    (home / "config.toml").write_text("nonsense = 1")
    (home / "study.db").write_text("no database")
    for command in (("cards",), ("doctor",), ("--home", str(home), "log")):
        done = subprocess.run(
            [sys.executable, "-m", "studyllm", "--home", str(home), *command], capture_output=True, text=True
        )
        assert not OBEYED.search(done.stdout + done.stderr), done.stdout + done.stderr


_QUOTED = json.dumps(HOSTILE.replace("\x00", ""))
SETTINGS = {
    **{
        f"{name} as a setting": f"{name} = {_QUOTED}\n"
        for name in ("time_zone", "theme", "interface", "language_model")
    },
    "a key": f"{_QUOTED} = 1\n",
    "no TOML": f"threads = {HOSTILE}\n".replace("\x00", ""),
}
DECKS = {
    **{
        f"{name} of a deck": f"name = 'd'\nnotes = ['.']\n{name} = {_QUOTED}\n"
        for name in ("kinds", "language", "x")
    },
    "a name": f"name = {_QUOTED}\nnotes = ['.']\n",
    "notes": f"name = 'd'\nnotes = [{_QUOTED}]\n",
    "a schedule": f"name = 'd'\nnotes = ['.']\n[schedule]\nalgorithm = {_QUOTED}\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("text", SETTINGS.values(), ids=SETTINGS)
def test_no_setting_is_printed_raw(home: Path, text: str) -> None:
    home.mkdir(mode=0o700)
    (home / "config.toml").write_text(text)
    _is_clean("cards")


@pytest.mark.slow
@pytest.mark.parametrize("text", DECKS.values(), ids=DECKS)
def test_no_deck_file_is_printed_raw(home: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "deck.toml").write_text(text)
    _is_clean("import", str(tmp_path / "deck.toml"))


def _is_clean(*command: str) -> None:
    done = subprocess.run([sys.executable, "-m", "studyllm", *command], capture_output=True, text=True)
    assert not OBEYED.search(done.stdout + done.stderr), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
