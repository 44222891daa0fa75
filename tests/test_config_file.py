"""One setting is written; everything else stays as its learner wrote it."""

from pathlib import Path

import pytest

from studyllm.config import load, read_toml
from studyllm.config_file import with_setting
from studyllm.errors import InputError
from tests.cli.shell import NOTES, run


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'database = "new.db"\n'),
        ("# mine\nplain = true\n", 'database = "new.db"\n# mine\nplain = true\n'),
        ("plain = true\r\ndatabase='old.db' # here\r\n", 'plain = true\r\ndatabase = "new.db" # here\r\n'),
        ('"database" = "old.db"\nrollover = 3\n', 'database = "new.db"\nrollover = 3\n'),
        ("\ufeffplain = true\n", 'database = "new.db"\nplain = true\n'),
    ],
)
def test_the_rest_stays(home: Path, before: str, after: str) -> None:
    home.mkdir()
    file = home / "config.toml"
    file.write_bytes(before.encode())
    with_setting(file, "database", "new.db").write()
    assert file.read_bytes().decode() == after
    assert load(home, {}).database == home / "new.db"
    assert [one.name for one in home.iterdir()] == ["config.toml"]


def test_a_file_elsewhere_that_is_linked_stays_linked(home: Path, tmp_path: Path) -> None:
    home.mkdir()
    (tmp_path / "dotfiles.toml").write_text("rollover = 3\n")
    (home / "config.toml").symlink_to(tmp_path / "dotfiles.toml")
    with_setting(home / "config.toml", "database", "new.db").write()
    assert (home / "config.toml").is_symlink()
    assert load(home, {}).rollover == 3


@pytest.mark.parametrize("text", ['theme = """\ndatabase = "x"\n"""\n', "not toml", "\x00"])
def test_what_a_person_has_to_write_is_said(home: Path, text: str) -> None:
    home.mkdir()
    (home / "config.toml").write_text(text)
    with pytest.raises(InputError, match=r'write database = "new.db" into it by hand'):
        with_setting(home / "config.toml", "database", "new.db")
    assert (home / "config.toml").read_text() == text


def test_a_move_that_would_not_be_heeded_is_refused(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(NOTES)
    run("import", str(tmp_path / "a.md"))
    said = run("move", "new.db", "--yes", ok=False, env={"STUDYLLM_DATABASE": str(home / "study.db")})
    assert "unset it" in said
    assert not (home / "config.toml").exists()


def test_there_is_nothing_to_move_before_the_first_import(home: Path) -> None:
    assert "There is no database yet" in run("move", "new.db", "--yes", ok=False)
    assert not home.exists()


def test_a_file_moves_to_a_file_without_a_server(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(NOTES)
    run("import", str(tmp_path / "a.md"))
    cards = run("cards", "--json")
    run("move", str(tmp_path / "elsewhere" / "x.db"), "--yes")
    assert load(home, {}).database == tmp_path / "elsewhere" / "x.db"
    (home / "study.db").unlink()
    assert run("cards", "--json") == cards


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'theme = "x"\n不存在 = "x"\n',
            "line 2, column 1: a name with other letters than a to z stands in quotation",
        ),
        ("[键]\n", "line 1, column 2: a name with other letters"),
        ("theme = dark\n", "line 1, column 9: that is no value; a text stands in quotation marks"),
        ('theme = "dark\n', "line 1, column 14: a quotation mark or a bracket is not closed"),
        ("x = [1, 2\n", "at the end: a quotation mark or a bracket is not closed"),
        ("a = 1\na = 2\n", "line 2, column 6: it is set a second time"),
        ('notes = "C:\\Docs"\n', "line 1, column 14: a backslash"),
        ("theme\n", "line 1, column 6: a line is written as NAME"),
        ("a = " + "1" * 5000, "it is not TOML"),
        ("a = " + "[" * 9000, "it is not TOML"),
    ],
)
def test_a_mistake_in_toml_is_told_with_its_place_and_in_our_words(
    tmp_path: Path, text: str, told: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        read_toml(path)
    assert f"{path} is not valid TOML: {told}" in str(error.value)
