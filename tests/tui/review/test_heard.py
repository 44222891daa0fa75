"""What a review lets be heard: nothing unless it is wished for, and never more than the card that is on."""

from pathlib import Path
from unittest.mock import patch

import pytest

from studyllm.cli.session import open_store
from studyllm.config import Settings
from studyllm.store import Store
from studyllm.tui import StudyApp
from tests.conftest import NOW, fill
from tests.tui.app import SlowGrader, press, running, settle, shown, submit
from tests.voices import FakeVoice, is_running


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeVoice:
    made = FakeVoice(tmp_path / "programs", seconds=60)
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    return made


def app(settings: Settings, grader: SlowGrader, *, review: bool = True) -> StudyApp:
    return StudyApp(
        settings,
        open_store=open_store,
        make_grader=lambda _: grader,
        first=(lambda screens: screens.review()) if review else None,
        clock=lambda: NOW,
    )


async def test_nothing_is_read_before_the_learner_asks(
    home: Path, store: Store, grader: SlowGrader, fake: FakeVoice
) -> None:
    fill(store, "volt", "ampere")
    async with running(app(Settings(home), grader)) as pilot:
        await submit(pilot, "what volt means")
        assert fake.said == []
        await press(pilot, "ctrl+t")
        [[_options, said, pid]] = fake.waited(1)
        assert said == "what volt means", "the note, after the verdict"
        await press(pilot, "enter")
        assert not is_running(pid), "the next card is on"
        await press(pilot, "ctrl+t")
        assert fake.waited(2)[1][1] == "ampere", "the question, before it"
        last = fake.said[1][2]
    assert not is_running(last), "the app was left"


async def test_switched_on_each_question_is_read_and_the_note_after_its_verdict(
    home: Path, store: Store, grader: SlowGrader, fake: FakeVoice
) -> None:
    fill(store, "volt", "ampere")
    async with running(app(Settings(home, speech=True), grader)) as pilot:
        assert [said for _, said, _ in fake.waited(1)] == ["volt"]
        await submit(pilot, "what volt means")
        assert [said for _, said, _ in fake.waited(2)] == ["volt", "what volt means"]
        await press(pilot, "enter")
        assert [said for _, said, _ in fake.waited(3)][2] == "ampere"


async def test_the_glossary_reads_an_entry(
    home: Path, store: Store, grader: SlowGrader, fake: FakeVoice
) -> None:
    fill(store, "volt")
    async with running(app(Settings(home), grader, review=False)) as pilot:
        await press(pilot, "g")
        await settle(pilot)
        await press(pilot, "ctrl+t")
        assert [said for _, said, _ in fake.waited(1)] == ["volt\nwhat volt means"]


async def test_without_a_voice_it_is_said(
    home: Path, store: Store, grader: SlowGrader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, "volt")
    monkeypatch.setenv("PATH", str(tmp_path))
    made = app(Settings(home), grader)
    async with running(made) as pilot:
        await press(pilot, "ctrl+t")
        assert "espeak-ng" in shown(pilot, "#readiness")


@pytest.mark.parametrize(("sounds", "rings"), [(False, 0), (True, 2)])
async def test_a_bell_for_a_verdict_and_for_the_end(
    home: Path, store: Store, grader: SlowGrader, sounds: bool, rings: int
) -> None:
    fill(store, "volt")
    made = app(Settings(home, sounds=sounds), grader)
    with patch.object(made, "bell") as bell:
        async with running(made) as pilot:
            await submit(pilot, "what volt means")
            assert bell.call_count == rings // 2
            await press(pilot, "enter")
            assert bell.call_count == rings
