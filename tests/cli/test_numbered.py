"""The number of a card as an argument, and groups of commands that got none."""

from pathlib import Path

import pytest

from tests.cli.shell import NOTES, run


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    (tmp_path / "circuits.md").write_text(NOTES)
    return tmp_path / "circuits.md"


def test_a_word_for_the_number_of_a_card_is_told_in_a_sentence(notes: Path) -> None:
    for words in (["suspend", "abc"], ["card", "show", "abc"], ["log", "--card", "abc"], ["points", "0"]):
        said = run(*words, ok=False)
        assert "is not the number of a card; `studyllm cards` lists them." in said


def test_a_group_without_a_command_shows_its_help(notes: Path) -> None:
    said = run("card", ok=False)
    assert "Error" not in said
    assert "\n  show " in said


def test_the_log_of_one_card_has_its_answers(notes: Path) -> None:
    run("import", "--quick", str(notes))
    run("answer", "1", "--text", "something said", "--grade", "4")
    run("answer", "2", "--text", "another thing", "--grade", "4")
    assert "something said" in run("log", "--card", "1")
    assert "another thing" not in run("log", "--card", "1")
    assert "There is no card 999" in run("log", "--card", "999", ok=False)
