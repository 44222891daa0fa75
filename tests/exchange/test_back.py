"""What left this home and comes back is known again."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from studyllm.cards import Kind
from studyllm.store import Store
from tests.cli.shell import run

LISTS = """# N

- **Entropy**: a measure of the disorder in a closed system.
- **Enthalpy**: the heat content of a system at constant pressure.

## Steps of a thing

1. First it is opened with care.
2. Then it is closed again.

## Colours

- red as a rose
- green as grass
"""


@pytest.mark.parametrize("kind", ["apkg", "csv", "tsv"])
def test_what_comes_back_is_known_again_whatever_kind_of_card_it_is(
    store: Store, tmp_path: Path, kind: str
) -> None:
    (tmp_path / "n.md").write_text(LISTS)
    run("import", "--quick", "--deck", "d", "--directions", "term,meaning", str(tmp_path / "n.md"))
    before = list(store.cards())
    assert {card.card.kind for card in before} >= {Kind.TERM, Kind.SEQUENCE, Kind.MEANING}
    run("export", str(tmp_path / f"out.{kind}"))
    assert f"{len(before)} unchanged" in run("import", str(tmp_path / f"out.{kind}"))
    assert list(store.cards()) == before


def test_a_card_is_known_by_its_guid_where_text_and_deck_are_others_by_now(
    store: Store, tmp_path: Path
) -> None:
    table = tmp_path / "a.csv"
    table.write_text("term,answer\nx,the first letter\ny,quite another thing\n")
    run("import", "--deck", "d", str(table))
    run("export", str(tmp_path / "out.apkg"))
    run("deck", "rename", "d", "e")
    before = list(store.cards())
    assert "2 unchanged" in run("import", str(tmp_path / "out.apkg"))
    assert list(store.cards()) == before
    with zipfile.ZipFile(tmp_path / "out.apkg") as packed:
        (tmp_path / "in.db").write_bytes(packed.read("collection.anki2"))
    with closing(sqlite3.connect(tmp_path / "in.db")) as inner:
        done = inner.execute(
            "UPDATE notes SET flds = replace(flds, '>y</p>\x1f<p>quite another', '>the unknown</p>\x1f<p>a wholly new')"
        )
        assert done.rowcount == 2
        inner.commit()
    with zipfile.ZipFile(tmp_path / "in.apkg", "w") as packed:
        packed.write(tmp_path / "in.db", "collection.anki2")
        packed.writestr("media", "{}")
    run("deck", "rename", "e", "d")
    assert "1 renamed" in run("import", str(tmp_path / "in.apkg"))
    assert [card.card.term for card in store.cards()] == ["x", "the unknown"]


@pytest.mark.parametrize("kind", ["apkg", "csv"])
def test_what_the_learner_chose_about_the_notes_stays_when_their_cards_come_back(
    store: Store, tmp_path: Path, kind: str
) -> None:
    note = tmp_path / "n.md"
    note.write_text(LISTS + "\nIt rained on Tuesday and everybody went home.\n")
    run("import", "--quick", "--deck", "d", str(note))
    run("card", "make", f"{note}:16", "--front", "What happened on Tuesday?")
    (left,) = (card.id for card in store.cards() if card.card.term == "Enthalpy")
    run("card", "drop", str(left))
    chosen, before = store.choices("d"), [card.card.term for card in store.cards()]
    assert len(chosen.all) == 2
    run("export", str(tmp_path / f"out.{kind}"))
    run("import", str(tmp_path / f"out.{kind}"))
    assert store.choices("d") == chosen
    note.write_text(note.read_text() + "\n")
    run("import", "--quick", "--deck", "d", str(note))
    assert [card.card.term for card in store.cards()] == before
