"""Plain texts among the notes: read where a folder has nothing else, else told of until they are named."""

from pathlib import Path

from studyllm.library import bring_in, decks_for, plan
from studyllm.store import Store
from tests.conftest import NOW


def test_a_folder_of_nothing_but_texts_gives_these(tmp_path: Path, store: Store) -> None:
    phone = tmp_path / "phone"
    phone.mkdir()
    (phone / "looms.txt").write_text(
        "warp: the threads that are held\nweft: the thread that is led through\n"
    )
    (phone / "requirements.txt").write_text("textual\n")
    (phone / "anki.txt").write_text("#separator:tab\nfront\tback\n")
    (deck,) = decks_for(store, [tmp_path])
    made = bring_in(store, plan(store, deck), NOW)
    assert {Path(file.path).name for file in made.reading} == {"looms.txt"}
    assert [Path(one.path).name for one in made.unread] == ["anki.txt"]


def test_a_text_that_another_deck_has_is_not_told_of(tmp_path: Path, store: Store) -> None:
    (tmp_path / "n.md").write_text("# N\n\n- **Entropy**: a measure of the disorder in a closed system.\n")
    text = tmp_path / "looms.txt"
    text.write_text("warp: the threads that are held\nweft: the thread that is led through\n")
    (deck,) = decks_for(store, [tmp_path])
    assert [Path(one.path).name for one in bring_in(store, plan(store, deck), NOW).unread] == ["looms.txt"]
    (other,) = decks_for(store, [text], "looms")
    bring_in(store, plan(store, other), NOW)
    assert plan(store, deck).unread == ()
