"""Completion: what each shell is told, from a map that is true, without a word when something is wrong."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from studyllm.completion import commands, complete
from studyllm.store import Store
from tests.cli.manual import MAP, PAGE, command_map, page
from tests.conftest import NOW, fill

OURS = "`make man` writes it anew"


def values(*words: str) -> list[str]:
    """What may take the place of the last word."""
    return [word.value for word in complete(commands(), list(words[:-1]), words[-1])]


def asked(line: str, place: int, shell: str = "bash", **env: str) -> str:
    """stdout of the program as the script of a shell calls it; it says nothing else and does not fail."""
    told = {"COMP_WORDS": line, "COMP_CWORD": str(place), "_STUDYLLM_COMPLETE": f"{shell}_complete"}
    command = [sys.executable, "-m", "studyllm"]
    done = subprocess.run(command, env=os.environ | told | env, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def decks(store: Store) -> None:
    fill(store, "Resistance", "Capacitance", deck="physics, first")
    fill(store, "残差连接", deck="语言 模型's")
    store.tag(1, ["hard", "exam"], NOW)


# The map


def test_the_map_and_the_manual_page_are_those_of_the_commands() -> None:
    assert json.loads(MAP.read_text("utf-8")) == command_map(), OURS
    assert PAGE.read_text("utf-8") == page(), OURS


def test_the_manual_page_is_one(tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8")
    assert '.SS "studyllm card show [OPTIONS] ID"' in text
    if formatter := shutil.which("groff"):
        done = subprocess.run(
            [formatter, "-man", "-ww", "-Tutf8", "-z", str(PAGE)], capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")


# A line


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        (("ba",), ["backup"]),
        (("backup", ""), ["list", "make", "restore"]),
        (("recall", "--"), ["--section", "--plain", "--no-plain", "--help"]),
        (("recall", "--plain", "--"), ["--section", "--help"]),
        (("--home", "x", "mod"), ["models"]),
        (("--home=x", "mod"), ["models"]),
        (("schedule", "set", "--algorithm", "f"), ["fsrs"]),
        (("schedule", "set", "--algorithm=f"), ["--algorithm=fsrs"]),
        (("schedule", "set", "--algorithm", "=", "f"), ["fsrs"]),
        (("schedule", "set", "--algorithm", "="), ["sm2", "fsrs"]),
        (("models", "pull", "qwen3-4b", "e5"), ["e5-small"]),
        (("models", "path", "e5-small", "e5"), []),
        (("nonsense", ""), []),
        (("due", "--", "--de"), []),
        (("answer", "1", "--text", ""), []),
    ],
)
def test_what_may_follow(line: tuple[str, ...], offered: list[str]) -> None:
    assert values(*line) == offered


def test_files_are_left_to_the_shell() -> None:
    [word] = complete(commands(), ["grade", "--jsonl"], "x")
    assert (word.type, word.value) == ("file", "x")
    assert [word.type for word in complete(commands(), ["--home"], "")] == ["dir"]


def test_every_command_and_option_is_offered() -> None:
    everything = values("")
    assert {"import", "report", "doctor"} <= set(everything)
    for name in everything:
        assert "--help" in values(name, "-")


# The home


@pytest.mark.usefixtures("decks")
def test_decks_cards_tags_and_terms() -> None:
    assert values("review", "") == ["physics, first", "语言 模型's"]
    assert values("cards", "--deck", "语") == ["语言 模型's"]
    assert values("card", "show", "") == ["1", "2", "3"]
    assert values("card", "show", "Cap") == values("answer", "2") == ["2"]
    assert values("cards", "--tag", "") == values("card", "tag", "1", "hard", "") == ["exam", "hard"]
    assert values("search", "res") == ["Resistance"]
    assert values("review", "%") == values("review", "_") == values("review", "physics, first", "") == []


@pytest.mark.usefixtures("decks")
def test_decks_of_another_home(home: Path, tmp_path: Path) -> None:
    home.rename(tmp_path / "other")
    assert values("review", "") == []
    assert values("--home", str(tmp_path / "other"), "review", "p") == ["physics, first"]


def test_backups_the_newest_first(home: Path) -> None:
    (home / "backups").mkdir(parents=True)
    for name in ("study-20260101-000000.db", "study-20260301-000000.db", "other.db"):
        (home / "backups" / name).touch()
    assert values("backup", "restore", "") == ["study-20260301-000000", "study-20260101-000000"]


@pytest.mark.usefixtures("decks")
def test_each_shell_gets_its_form() -> None:
    assert asked("studyllm review ", 2) == "plain,physics\\\\,\\\\ first\nplain,语言\\\\ 模型\\\\'s\n"
    assert asked("studyllm review 语言\\ 模", 2) == "plain,语言\\\\ 模型\\\\'s\n"
    assert asked("studyllm card show Cap", 3, "zsh") == "plain\n2\nCapacitance\n"
    told = {"COMP_CWORD": "mod"}
    assert asked("studyllm mod", 0, "fish", **told) == "plain,models\tList; fetch and locate the models\n"
    told = {"COMP_CWORD": "mod", "STUDYLLM_INTERFACE": "zh"}
    assert "模型" in asked("studyllm mod", 0, "fish", **told)


@pytest.mark.usefixtures("decks")
@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
def test_bash_puts_a_name_into_the_line_as_one_word(tmp_path: Path) -> None:
    program = tmp_path / "bin" / "studyllm"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m studyllm "$@"\n')
    program.chmod(0o755)
    script = """
        eval "$(_STUDYLLM_COMPLETE=bash_source studyllm)"
        COMP_WORDS=(studyllm review ""); COMP_CWORD=2
        _studyllm_completion studyllm
        for one in "${COMPREPLY[@]}"; do eval "printf '<%s>' $one"; done
    """
    env = os.environ | {"PATH": f"{program.parent}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "--norc", "-c", script], env=env, capture_output=True, text=True)
    assert done.stdout == "<physics, first><语言 模型's>"


# When something is wrong


@pytest.mark.parametrize("what", ["absent", "garbage", "empty", "folder", "other tables"])
def test_a_database_that_is_none_completes_nothing(home: Path, what: str) -> None:
    path = home / "study.db"
    home.mkdir()
    if what == "garbage":
        path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 40)
    elif what == "empty":
        path.touch()
    elif what == "folder":
        path.mkdir()
    elif what == "other tables":
        with closing(sqlite3.connect(path)) as database:
            database.execute("CREATE TABLE deck (id)")
    before = sorted(home.rglob("*"))
    for line in ("review ", "card show ", "cards --tag ", "search x", "backup restore "):
        words = f"studyllm {line}"
        assert asked(words, len(words.split(" ")) - 1) == ""
    assert sorted(home.rglob("*")) == before


@pytest.mark.usefixtures("decks")
def test_a_database_that_is_locked_completes_nothing(home: Path, store: Store) -> None:
    store.close()
    with closing(sqlite3.connect(home / "study.db", isolation_level=None)) as database:
        database.execute("PRAGMA locking_mode=EXCLUSIVE")
        database.execute("BEGIN EXCLUSIVE")
        assert asked("studyllm review ", 2) == ""


@pytest.mark.parametrize("home", ["~nobody-of-that-name", "/dev/null", "a\udcffb"])
def test_an_odd_home_completes_nothing(home: str) -> None:
    assert asked("studyllm review ", 2, STUDYLLM_HOME=home) == ""


@pytest.mark.parametrize("line", ["", "studyllm 'rev", "studyllm rev\\", 'studyllm "'])
def test_words_without_an_end(line: str) -> None:
    asked(line, 1)
    asked(line, 99)


def test_it_is_not_asked_in_words_that_it_knows() -> None:
    assert asked("studyllm ", 1, "fish", COMP_CWORD="'") != ""
    told = {"_STUDYLLM_COMPLETE": "bash_complete", "COMP_CWORD": "x", "COMP_WORDS": "studyllm"}
    done = subprocess.run(
        [sys.executable, "-m", "studyllm"], env=os.environ | told, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.usefixtures("decks")
def test_nothing_heavy_is_loaded() -> None:
    code = (
        "import sys; from studyllm.completion import main; main();"
        "print([m for m in ('click', 'sqlalchemy', 'platformdirs', 'studyllm.cli', 'asyncio') if m in sys.modules])"
    )
    env = {"COMP_WORDS": "studyllm review ", "COMP_CWORD": "2", "_STUDYLLM_COMPLETE": "zsh_complete"}
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | env, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"
