"""`studyllm undo`: how much is taken back without asking, and how it is told."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from studyllm.cli import cli
from studyllm.cli.undoing import _when
from studyllm.store import LogEntry
from tests.cli.shell import NOTES, WITHOUT_MODELS, lines, run


@pytest.fixture
def studied(home: Path, tmp_path: Path) -> Path:
    note = tmp_path / "notes" / "电路.md"
    note.parent.mkdir()
    note.write_text(NOTES)
    run("import", "--quick", str(note.parent))
    for card in ("1", "2"):
        run("answer", card, "--grade", "4")
    return note


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, *given: str, said: str = "") -> str:
    class Asked:
        stdin = SimpleNamespace(isatty=lambda: True)

    monkeypatch.setattr("studyllm.cli.undoing.sys", Asked)
    return CliRunner().invoke(cli, ["undo", *given], input=said, env={**WITHOUT_MODELS}).output


def cards() -> int:
    return len(lines(run("cards", "--json")))


def test_a_few_steps_are_taken_back_without_asking(studied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = at_a_terminal(monkeypatch, "--steps", "3")
    assert said.count("Taken back: ") == 3
    assert cards() == 0


def test_more_than_one_import_is_asked_about_and_named(
    studied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (studied.parent / "光.md").write_text("# 光\n\n- **折射**：光进入另一种介质时方向改变。\n")
    run("import", "--quick")
    before = cards()
    asked = at_a_terminal(monkeypatch, "--steps", "40", said="n\n")
    assert "4 things would be taken back:" in asked
    assert asked.count("import of notes") == 2
    assert "and 2 more" in asked
    assert cards() == before
    at_a_terminal(monkeypatch, "--steps", "40", said="y\n")
    assert cards() == 0


def test_many_answers_are_asked_about_but_not_with_yes_and_not_in_a_script(
    studied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _time in range(4):
        run("answer", "1", "--grade", "3", "--again")
    assert "6 things would be taken back:" in at_a_terminal(monkeypatch, "--steps", "6", said="\n")
    assert at_a_terminal(monkeypatch, "--steps", "2", "--yes").count("Taken back: ") == 2
    for _time in range(2):
        run("answer", "1", "--grade", "3", "--again")
    assert at_a_terminal(monkeypatch, "--steps", "6", "--yes").count("Taken back: ") == 6
    assert run("undo", "--steps", "6").count("Taken back: ") == 1, "nobody can be asked there"


def test_what_was_taken_back_is_told_with_its_grade_and_its_time(studied: Path) -> None:
    now = datetime.now().astimezone()
    said = run("undo")
    assert said.startswith("Taken back: grade 4 for 电容 (")
    assert f"{now.day} " in said or f"{now.day - 1} " in said


def test_the_year_is_told_where_it_is_another() -> None:
    entry = LogEntry(
        1, datetime(2019, 3, 7, 8, 5, tzinfo=UTC), "review", 1, "a", None, None, None, undone=True
    )
    assert _when(entry, UTC) == "7 Mar 2019, 08:05"
