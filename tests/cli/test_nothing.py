"""Imports that find nothing, or not all: no deck is made of nothing, and what was left out is named."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from studyllm.store import Store
from tests.cli.shell import run

PAIRS = "perro\tdog\ngato\tcat\n\nel fin de semana\tthe weekend\n"


@pytest.mark.parametrize("text", ["", "Just prose.\nAnd more of it.\n"])
def test_no_deck_is_made_of_nothing(store: Store, tmp_path: Path, text: str) -> None:
    (tmp_path / "n.md").write_text(text)
    assert "No deck was made." in run("import", "--quick", str(tmp_path / "n.md"))
    assert not store.decks()
    assert not list(store.journal.entries())
    (tmp_path / "n.md").write_text("# N\n\n- **Entropy**: a measure of the disorder of a system\n")
    assert "1 added" in run("import", "--quick", str(tmp_path / "n.md"))


def test_no_deck_is_made_of_what_is_only_offered(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "heat.md"
    note.write_text("Heat:: energy that flows because of a difference in temperature\n")
    said = run("import", "--quick", str(note))
    assert "No deck was made: what was found is only offered. `studyllm card make NOTE:LINE`" in said
    assert "tab or a comma" not in said, "nothing is wrong with the note"
    assert "1 more is offered as a card; --offered lists it, and why." in said
    assert "skipped" not in said
    assert not store.decks()
    assert "1 added" in run("card", "make", f"{note}:1")
    assert [stored.card.term for stored in store.cards()] == ["Heat"]
    assert "import it first" in run("card", "make", f"{tmp_path / 'n.md'}:1", ok=False)


def test_an_empty_home_says_how_to_get_cards(store: Store, tmp_path: Path) -> None:
    assert "`studyllm import FOLDER`" in run("due")
    (tmp_path / "n.md").write_text("# N\n\n- **Entropy**: a measure of the disorder of a system\n")
    run("import", "--quick", str(tmp_path / "n.md"))
    (card,) = store.cards()
    store.suspend(card.id, datetime.now(UTC))
    assert "Nothing is due." in run("due")


def test_that_not_all_of_a_long_note_was_taken_is_said_first(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "long.md"
    note.write_text("".join(f"- **Term {n}**: what number {n} means\n" for n in range(1003)))
    first = run("import", "--quick", str(note)).split("\n")[0]
    assert "1000 added" in first
    assert "1003 cards in one file; only the first 1000 were taken" in first
    assert store.count() == 1000


def test_that_letters_were_guessed_is_said(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "tiere.md"
    note.write_bytes("# Tiere\n\n- **Bär**: ein großes Tier\n".encode("latin-1"))
    first = run("import", "--quick", str(note)).split("\n")[0]
    assert "not UTF-8: read as cp1252, a guess" in first
    assert [stored.card.term for stored in store.cards()] == ["Bär"]


def test_a_deck_whose_notes_lost_their_cards_stays(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "n.md"
    note.write_text("# N\n\n- **Entropy**: a measure of the disorder of a system\n")
    run("import", "--quick", str(note))
    note.write_text("# N\n\nProse.\n")
    assert "1 gone" in run("import", "--quick", str(note))
    assert "No deck was made" not in run("import", "--quick", str(note))
    assert [deck.name for deck in store.decks()] == ["N"]


@pytest.mark.parametrize("text", [PAIRS, "#separator:semicolon\nperro;dog\ngato;cat\nfin;end\n"])
def test_text_of_two_columns_is_a_table(store: Store, tmp_path: Path, text: str) -> None:
    (tmp_path / "quizlet.txt").write_text(text)
    assert "quizlet: 3 added" in run("import", str(tmp_path / "quizlet.txt"))
    assert [card.card.answer for card in store.cards()][:2] == ["dog", "cat"]


def test_an_empty_table_makes_no_deck(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("term,answer\nx,\n")
    assert "holds no card" in run("import", str(tmp_path / "a.csv"))
    assert not store.decks()


def test_a_table_among_the_notes_is_named(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "w.tsv").write_text(PAIRS)
    assert "but w.tsv: import it by its name" in run("import", str(folder), ok=False)
    (folder / "n.md").write_text("# N\n\n- **Entropy**: a measure of the disorder of a system\n")
    said = run("import", "--quick", str(folder))
    assert "1 file beside the notes was not read: w.tsv" in said
    assert "skipped" not in said
    assert "w.tsv: is no note" in run("import", "--quick", "--verbose", str(folder))
    assert store.count() == 1


def test_cards_that_come_into_a_note_are_counted_once(store: Store, tmp_path: Path) -> None:
    (tmp_path / "es.tsv").write_text(PAIRS + "mesa\ttable\n")
    run("import", "--deck", "es", str(tmp_path / "es.tsv"))
    (tmp_path / "es.tsv").unlink()
    (tmp_path / "es.md").write_text("# Words\n\n- **perro**: dog\n- **gato**: cat\n- **casa**: house\n")
    said = run("import", "--quick", "--deck", "es", str(tmp_path / "es.md"))
    assert "1 added, 2 moved, 2 unchanged, from 1 file" in said
    assert store.count() == 5


def test_what_is_gone_is_named_and_an_offer_shows_its_answer(store: Store, tmp_path: Path) -> None:
    note = tmp_path / "heat.md"
    terms = [f"- **Term{n}**: the meaning of number {n}\n" for n in range(8)]
    note.write_text("# N\n\n" + "".join(terms) + "\nHeat:: energy that flows from warm to cold\n")
    run("import", "--quick", str(note))
    assert "energy that flows" in run("import", "--quick", "--offered", str(note))
    note.write_text("# N\n\n" + terms[0])
    said = run("import", "--quick", str(note))
    assert "Term1" in said
    assert "2 more are gone; --verbose lists them." in said


def test_notes_are_not_read_thoroughly_without_the_language_model(store: Store, tmp_path: Path) -> None:
    (tmp_path / "n.md").write_text("# N\n\n- **Entropy**: a measure of the disorder of a system\n")
    said = run("import", "--thorough", str(tmp_path / "n.md"), ok=False)
    assert "it is not there or not chosen" in said
    assert "Nothing was imported." in said
    assert not store.decks()
    assert "not both" in run("import", "--quick", "--thorough", str(tmp_path / "n.md"), ok=False)
