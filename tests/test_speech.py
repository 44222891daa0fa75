"""Reading aloud: which program is called, with what, and that it ends."""

import shutil
from pathlib import Path

import pytest

from studyllm.speech import Speaker, Voice, voice
from tests.cli.shell import run
from tests.voices import FakeVoice, is_running


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def test_the_text_goes_in_by_stdin_and_the_language_chooses_the_voice(only: Path) -> None:
    fake, speaker = FakeVoice(only), Speaker()
    assert speaker.say("--help; $(touch /tmp/x) 'volt'\x1b[2J", "en")
    assert speaker.say("电阻", "zh")
    calls = {said: options for options, said, _pid in fake.waited(1)}
    speaker.stop()
    calls |= {said: options for options, said, _pid in fake.waited(1)}
    for said, options in calls.items():
        assert options == ["-v", "cmn" if said == "电阻" else "en", "-b", "1", "--stdin"]
        assert said in ("--help; $(touch /tmp/x) 'volt'", "电阻")


def test_another_text_ends_the_one_before(only: Path) -> None:
    fake, speaker = FakeVoice(only, seconds=60), Speaker()
    speaker.say("one", "en")
    [[_options, _said, first]] = fake.waited(1)
    assert is_running(first)
    speaker.say("two", "en")
    assert not is_running(first)
    second = fake.waited(2)[1][2]
    speaker.stop()
    assert not is_running(second)
    speaker.stop()


def test_speech_dispatcher_gets_its_text_behind_the_options_and_is_hushed(only: Path) -> None:
    fake, speaker = FakeVoice(only, "spd-say", seconds=2), Speaker()
    speaker.say("-x volt", "en")
    fake.waited(1)
    speaker.stop()
    assert [options for options, _said, _pid in fake.waited(2)] == [
        ["--wait", "--language", "en", "--", "-x volt"],
        ["--cancel"],
    ]


def test_a_mac_reads_from_stdin_too() -> None:
    assert Voice("say", "/usr/bin/say").command("电阻", "zh") == (
        ["/usr/bin/say", "-v", "Tingting", "-f", "-"],
        "电阻".encode(),
    )


def test_without_a_program_nothing_is_read_and_doctor_says_so(only: Path) -> None:
    assert voice() is None
    assert not Speaker().say("volt", "en")
    assert "no program that reads aloud" in run("doctor")
    FakeVoice(only)
    assert "espeak-ng reads aloud" in run("doctor")


def test_a_program_that_fails_takes_nothing_with_it(only: Path) -> None:
    (only / "espeak-ng").write_text("#!/nowhere\n")
    (only / "espeak-ng").chmod(0o700)
    assert not Speaker().say("volt", "en")


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="needs espeak-ng")
def test_the_real_program_takes_both_languages(tmp_path: Path) -> None:
    import subprocess

    found = voice()
    assert found is not None
    for text, lang in (("电阻是导体对电流的阻碍作用", "zh"), ("the unit of electric current", "en")):
        command, says = Voice("espeak-ng", shutil.which("espeak-ng") or "").command(text, lang)
        out = tmp_path / f"{lang}.wav"
        subprocess.run([*command, "-w", str(out)], input=says, check=True, timeout=30)
        assert out.stat().st_size > 20_000
