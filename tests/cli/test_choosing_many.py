"""Choices about a card and all that are like it: what is asked first, what stays, and how they are told."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from studyllm.cli import cli
from tests.cli.shell import WITHOUT_MODELS, run, terms


@pytest.fixture
def many(home: Path, tmp_path: Path) -> Path:
    note = tmp_path / "hive.md"
    parts = ("Brood", "Comb", "Drone", "Nectar", "Pollen", "Queen", "Smoker", "Super")
    note.write_text("# Hive\n\n" + "".join(f"- **{part}**: what a keeper calls it\n" for part in parts))
    run("import", "--quick", str(note))
    return note


def test_many_others_go_only_where_that_is_wanted(many: Path) -> None:
    before = terms()
    assert len(before) == 8
    assert "only with --yes" in run("card", "drop", "1", "--like", ok=False)
    assert terms() == before
    assert "8 cards dropped" in run("card", "drop", "1", "--like", "--yes")
    assert terms() == []
    told = run("card", "make", f"{many}:3", "--like", ok=False)
    assert "only with --yes" in told
    assert terms() == []
    assert "8 returned" in run("card", "make", f"{many}:3", "--like", "--yes")
    assert sorted(terms()) == sorted(before)


@pytest.mark.parametrize(("said", "left"), [("y", 0), ("n", 8), ("", 8)])
def test_at_a_terminal_it_is_asked_with_the_first_of_them(
    many: Path, monkeypatch: pytest.MonkeyPatch, said: str, left: int
) -> None:
    class Asked:
        stdin = SimpleNamespace(isatty=lambda: True)

    monkeypatch.setattr("studyllm.cli.choosing.sys", Asked)
    done = CliRunner().invoke(cli, ["card", "drop", "1", "--like"], input=f"{said}\n", env={**WITHOUT_MODELS})
    assert "7 other cards come or go with it:" in done.stdout
    assert [part in done.stdout.partition("[y/N]")[0] for part in ("Comb", "Queen", "Super")] == [
        True,
        True,
        False,
    ]
    assert "and 2 more" in done.stdout
    assert len(terms()) == left


def test_cards_that_stay_beside_those_that_were_dropped_are_named_with_the_reason(
    home: Path, tmp_path: Path
) -> None:
    note = tmp_path / "loom.md"
    parts = "".join(f"- **{part}**: what a weaver calls it\n" for part in ("Heddle", "Reed", "Treadle"))
    note.write_text(f"# Loom\n\n{parts}- Shuttle: carries the weft through the shed\n")
    run("import", "--quick", str(note))
    assert sorted(terms()) == ["Heddle", "Reed", "Shuttle", "Treadle"]
    said = run("card", "drop", "1", "--like")
    assert "3 cards dropped" in said
    assert "1 card beside it stays" in said
    assert "Shuttle" in said.splitlines()[-1]
    assert terms() == ["Shuttle"]


def test_nothing_is_said_to_stay_of_a_card_dropped_alone_or_where_all_of_its_kind_went(many: Path) -> None:
    assert "because" not in run("card", "drop", "1")
    assert "because" not in run("card", "drop", "2", "--like", "--yes")
    assert terms() == []


def test_a_card_that_was_made_by_itself_stays_when_its_form_is_dropped_and_that_is_said(many: Path) -> None:
    run("card", "drop", "1")
    run("card", "make", f"{many}:3")
    said = run("card", "drop", "2", "--like", "--yes")
    assert "1 card of the same form stays, because you chose it by itself: Brood." in said
    assert terms() == ["Brood"]


def test_cards_made_with_one_like_them_are_told_by_what_was_done(many: Path) -> None:
    run("card", "drop", "1", "--like", "--yes")
    run("card", "make", f"{many}:3", "--like", "--yes")
    first, *_rest = run("undo", "--list").splitlines()
    assert first.endswith("8 cards made, written like “Brood”")
    run("undo")
    assert terms() == []
