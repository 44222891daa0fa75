"""`studyllm deck`: which decks there are, other names, and none any more."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from studyllm.cli.main import cli


def run(*args: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli, args, prog_name="studyllm")
    assert done.exit_code == code, done.output
    return done.output


@pytest.fixture(autouse=True)
def notes(home: Path, tmp_path: Path) -> Path:
    """One deck, of a folder that is called so."""
    folder = tmp_path / "电路"
    folder.mkdir()
    (folder / "a.md").write_text(
        "# 电路\n\n- **电阻**：导体对电流的阻碍作用。\n- **电容**：储存电荷的能力。\n"
    )
    run("import", "--quick", str(folder))
    return folder


def test_decks_are_listed_with_their_notes(notes: Path) -> None:
    assert run("deck").splitlines() == ["电路: 2 cards, 0 due, 2 new today", f"  {notes}"]
    assert run("deck", "list") == run("deck")
    told = json.loads(run("deck", "list", "--json"))
    assert (told["deck"], told["cards"], told["notes"]) == ("电路", 2, [str(notes)])


def test_what_comes_back_today_is_counted() -> None:
    run("answer", "1", "--grade", "1")
    assert run("deck").splitlines()[0] == "电路: 2 cards, 0 due, 1 new today + 1 to repeat"
    assert json.loads(run("deck", "list", "--json"))["repeat"] == 1


def test_a_deck_gets_another_name_which_the_next_import_keeps(notes: Path) -> None:
    assert "电路 is called Circuits now" in run("deck", "rename", "电路", "Circuits")
    (notes / "b.md").write_text("# 电感\n\n- **电感**：阻碍电流变化的性质。\n")
    run("import", "--quick", str(notes))
    assert run("deck").startswith("Circuits: 3 cards")
    assert "called so already" in run("deck", "rename", "Circuits", "Circuits")
    assert "a line of text" in run("deck", "rename", "Circuits", "a\nb", code=1)


def test_a_deleted_deck_is_gone_everywhere_until_it_is_taken_back_or_imported(notes: Path) -> None:
    run("answer", "1", "--grade", "4")
    before = run("cards", "--json")
    assert "is deleted with 2 cards" in run("deck", "delete", "电路")
    for command in (["deck"], ["schedule"], ["stats"], ["cards"], ["due"]):
        assert "电路" not in run(*command)
    assert "There is no deck" in run("deck", "delete", "电路", code=1)
    run("undo")
    assert run("cards", "--json") == before
    run("deck", "delete", "电路")
    run("import", "--quick", str(notes))
    assert run("cards", "--json") == before


def test_an_undone_import_leaves_no_deck_behind() -> None:
    run("undo")
    assert run("deck") == "There is no deck yet: import some notes.\n"
    assert run("schedule") == ""


def test_a_new_card_is_put_on_for_today(home: Path) -> None:
    from datetime import UTC, datetime

    from studyllm.config import load

    today = load(home).day.of(datetime.now(UTC)).isoformat()
    assert "due" in run("card", "due", "1", today)
    assert json.loads(run("search", "is:due", "--json"))["id"] == 1
    assert "was already so" in run("card", "due", "1", today)
