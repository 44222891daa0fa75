"""Twenty hostile cards reviewed in a real terminal: after every key the frame is whole and nothing got through."""

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.cells import cell_len

from studyllm.store import Store
from studyllm.text import clean
from tests.terminal.hostile import CARDS, NOTE
from tests.terminal.pane import Tmux

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
]

_SGR = re.compile(r"\x1b\[([\d;:]*)m")
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_OURS = re.compile(r"\$(?:text|primary|warning|surface)|\[/?(?:bold|dim|italic)\b[^\]]*\$")


def trouble(tmux: Tmux) -> str:
    """What is wrong with the screen, or nothing."""
    width, height = int(tmux.ask("window_width")), int(tmux.ask("window_height"))
    screen, coloured = tmux.screen(), tmux.screen("-e")
    rows = screen.rstrip("\n").split("\n")
    if len(rows) > height or any(cell_len(row) > width for row in rows):
        return "a line is wider than the screen"
    if found := _UNSEEN.search(screen):
        return f"{found.group()!r} is on the screen"
    if found := _OURS.search(screen):
        return f"raw markup: {found.group()}"
    for codes in _SGR.findall(coloured):
        plain = re.sub(r"(?:38|48)[;:](?:2(?:[;:]\d*){3}|5[;:]\d+)", "", codes)
        if {"5", "6", "21", "53"} & set(re.split("[;:]", plain)):
            return "blinking text, which only the notes ask for"
    if "\x1b" in _SGR.sub("", coloured):
        return "an escape sequence that is no colour"
    if "owned" in tmux.ask("pane_title"):
        return "the notes named the window"
    if "palette" not in rows[-1] and "Help" not in rows[-1] and "Decks" not in rows[-1]:
        return f"the last row is not the footer: {rows[-1]!r}"
    return ragged(rows, width)


def ragged(rows: list[str], width: int) -> str:
    """Whether the answer area's right border is out of line, where there is one."""
    framed = [row for row in rows if row.startswith(" ▊")]
    for row in framed:
        if not row.rstrip().endswith("▎") or cell_len(row.rstrip()) != width - 1:
            return f"the border of the answer area is out of line: {row!r}"
    return ""


def settled(tmux: Tmux, seconds: float = 15) -> None:
    """Fails unless the screen becomes whole: between two writes of the app it may be half painted."""
    end = time.monotonic() + seconds
    while found := trouble(tmux):
        if time.monotonic() > end:
            pytest.fail(f"{found}\n{tmux.screen()}")
        time.sleep(0.05)


def test_twenty_hostile_cards_leave_the_frame_whole(
    tmux: Tmux, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE_MODEL", "EMBEDDING_MODEL"):
        monkeypatch.setenv(f"STUDYLLM_{name}", "off")
    monkeypatch.setenv("STUDYLLM_INTERFACE", "en")
    note = tmp_path / "hostile.md"
    note.write_text(NOTE, "utf-8")
    subprocess.run([sys.executable, "-m", "studyllm", "import", str(note)], check=True, capture_output=True)
    with Store(home / "study.db") as store:
        assert store.count() >= 20, [card.card.term[:40] for card in store.cards()]
    answers = [answer for _definition, answer in CARDS.values()]
    tmux.start("review")
    tmux.wait_for("Type what you remember", seconds=60)
    assert tmux.ask("pane_title") == "studyllm"
    for number in range(20):
        tmux.wait_for("Type what you remember", seconds=60)
        settled(tmux)
        for piece in re.findall(".{1,12}", answers[number], re.S):
            tmux.keys("-l", piece)
            settled(tmux)
        tmux.keys("Enter")
        tmux.wait_for("4 good", seconds=60)
        settled(tmux)
        if number == 10:
            tmux.resize(60, 20)
            settled(tmux)
        tmux.keys("4" if number % 3 else "5")
        wait_for_reviews(home, number + 1)
        settled(tmux)
    tmux.keys("C-q")
    with Store(home / "study.db") as store:
        reviews = [entry.review for entry in store.journal.entries() if entry.review]
    assert [review.answer for review in reviews] == [clean(answer).strip() for answer in answers[:20]]


def wait_for_reviews(home: Path, count: int) -> None:
    """Until so many reviews are in the log."""
    end = time.monotonic() + 60
    while True:
        with Store(home / "study.db") as store:
            found = sum(entry.event == "review" for entry in store.journal.entries())
        if found == count:
            return
        assert time.monotonic() < end, f"{found} reviews, not {count}"
        time.sleep(0.05)
