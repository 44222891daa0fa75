"""One review in a real terminal with the real models: typed Chinese, a verdict, a kill, and the schedule afterwards."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from studyllm.models import find, path
from tests.terminal.pane import Tmux

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
]
real_models = pytest.mark.skipif(
    path(find("e5-small")) is None or path(find("default")) is None,
    reason="the models are not here; `make models` fetches them",
)


def studyllm(*args: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, "-m", "studyllm", *args], capture_output=True, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@real_models
@pytest.mark.models
def test_a_review_with_the_real_models_survives_a_kill(tmux: Tmux, tmp_path: Path) -> None:
    note = tmp_path / "网络.md"
    note.write_text(
        "# 网络\n\n"
        "- **带宽（bandwidth）** 是单位时间内链路能够传输的数据量，通常以比特每秒计。\n"
        "- **延迟** 是一个分组从发送端到达接收端所需的时间。\n"
    )
    studyllm("import", str(note), "--json")
    tmux.start("review")
    tmux.wait_for("带宽", "Type what you remember")
    tmux.keys("-l", "一段链路每秒最多能传多少比特的数据")
    tmux.keys("Enter")
    tmux.wait_for("一段链路每秒最多能传多少比特的数据")
    screen = tmux.wait_for("4 good", "Your answer")
    assert "链路能够传输的数据量" in screen
    assert all(len(line) <= 80 for line in screen.splitlines())
    tmux.keys("4")
    tmux.wait_for("延迟", "Type what you remember")
    os.kill(tmux.pid(), signal.SIGKILL)
    (entry,) = studyllm("log", "--json")
    assert entry["answer"] == "一段链路每秒最多能传多少比特的数据"
    assert entry["grade"] == 4
    assert [card["interval_days"] for card in studyllm("cards", "--json")] == [1, 0]


def test_hostile_notes_stay_inside_the_screen(
    tmux: Tmux, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYLLM_LANGUAGE_MODEL", "off")
    monkeypatch.setenv("STUDYLLM_EMBEDDING_MODEL", "off")
    note = tmp_path / "hostile.md"
    note.write_text(
        "# [red]title[/red]\n\n"
        "- **[bold]list[int][/b]**: \x1b[31mred\x1b[0m \x1b]0;owned\x07 and \u202egnihtemos\u202c "
        "and [link=x]this[/link].\n"
        f"- **zero\u200bwidth**: {'é' * 300} {'e' + chr(0x301) * 50}\n"
    )
    studyllm("import", str(note), "--json")
    tmux.start("review")
    tmux.wait_for("Type what you remember")
    tmux.keys("Enter")
    screen = tmux.wait_for("How well did you know it?", "[link=x]this[/link]", seconds=20)
    assert not any(character in screen for character in "\x1b\u202e\u202c\u200b")
    tmux.keys("5")
    tmux.wait_for("zerowidth")
    tmux.keys("C-q")


def test_bursts_of_keys_are_answers_and_no_commands(
    tmux: Tmux, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STUDYLLM_LANGUAGE_MODEL", "off")
    monkeypatch.setenv("STUDYLLM_EMBEDDING_MODEL", "off")
    note = tmp_path / "words.md"
    note.write_text("# Words\n\n" + "".join(f"- **term{n}**: the meaning number {n}.\n" for n in range(4)))
    studyllm("import", str(note), "--json")
    tmux.start("review")
    tmux.wait_for("Type what you remember", "term0")
    tmux.keys("-l", "1. the meaning\n2. number 0")
    tmux.wait_for("2. number 0")
    tmux.keys("Enter")
    tmux.wait_for("4 good", "Your answer")
    tmux("set-buffer", "3. more\n4. of it")
    tmux("paste-buffer", "-p", "-t", "t")
    tmux.wait_for("4. of it", "term0")
    tmux.keys("Enter")
    tmux.wait_for("4 good", "Your answer")
    tmux.keys("-l", "5. five")
    tmux.wait_for("5. five", "term0")
    tmux.keys("Enter")
    tmux.wait_for("4 good", "Your answer")
    tmux("send-keys", "-t", "t", "5")
    tmux("send-keys", "-t", "t", "-l", "under u")
    tmux.wait_for("under u", "term1")
    tmux.keys("Enter")
    tmux.wait_for("4 good", "Your answer")
    tmux.keys("k", "s", "u", "x")
    tmux.wait_for("term1", "under u", "ksux")
    (entry,) = studyllm("log", "--json")
    assert (entry["grade"], entry["answer"]) == (
        5,
        "1. the meaning\n2. number 0\n3. more\n4. of it\n5. five",
    )
