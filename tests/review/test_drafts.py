"""What was begun of a section is kept in the home."""

import hashlib
from dataclasses import replace
from pathlib import Path

from studyllm.review.drafts import Drafts
from studyllm.store import Section, Store
from tests.conftest import DAY, NOW, fill

ONE, WHOLE = Section("words", "/notes/a.md", ("One",)), Section("words", "/notes/a.md")


def test_each_section_has_a_text_of_its_own_that_outlives_the_program(tmp_path: Path) -> None:
    Drafts(tmp_path / "drafts").keep(ONE, "莱特纳盒 …\nand more")
    again = Drafts(tmp_path / "drafts")
    assert again.get(ONE) == "莱特纳盒 …\nand more"
    assert again.get(WHOLE) == ""
    assert (again.has(ONE), again.has(WHOLE)) == (True, False)


def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    Drafts(tmp_path / "drafts").keep(ONE, "text")
    (file,) = (tmp_path / "drafts").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "drafts").stat().st_mode & 0o777 == 0o700


def test_a_text_that_was_counted_or_wiped_is_gone(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts.keep(ONE, "text")
    drafts.keep(ONE, " \n")
    assert not drafts.has(ONE)
    drafts.keep(ONE, "text")
    drafts.drop(ONE)
    drafts.drop(ONE)
    assert drafts.get(ONE) == ""


def test_a_text_stays_when_its_deck_is_called_otherwise(tmp_path: Path, store: Store) -> None:
    fill(store, "a")
    drafts = Drafts(tmp_path / "drafts")
    drafts.keep(_only(store), "text")
    store.rename("words", "other", NOW)
    assert _only(store).deck == "other"
    assert drafts.get(_only(store)) == "text"
    table = replace(_only(store), path="table.csv")
    drafts.keep(table, "text")
    assert not drafts.has(replace(table, deck_id=7, deck="third")), "that could be another table"


def test_two_decks_that_share_a_note_have_a_text_each(tmp_path: Path, store: Store) -> None:
    fill(store, "a")
    fill(store, "b", deck="others")
    one, other = (_only(store, deck) for deck in ("words", "others"))
    assert one.path == other.path
    drafts = Drafts(tmp_path / "drafts")
    drafts.keep(one, "mine")
    assert not drafts.has(other)
    drafts.keep(other, "yours")
    assert (drafts.get(one), drafts.get(other)) == ("mine", "yours")
    drafts.drop(one)
    assert drafts.get(other) == "yours"


def _only(store: Store, deck: str | None = None) -> Section:
    """The only section of a deck."""
    (found,) = store.sections.all(deck, DAY.of(NOW), DAY)
    return found.section


def test_a_text_that_was_kept_by_the_name_of_the_deck_is_found(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    name = hashlib.sha256("\0".join(("words", "/notes/a.md", "One")).encode()).hexdigest()[:24]
    old = tmp_path / f"{name}.txt"
    old.write_text("text")
    assert (drafts.get(ONE), drafts.has(ONE)) == ("text", True)
    drafts.keep(ONE, "text and more")
    assert drafts.get(ONE) == "text and more"
    known = replace(ONE, deck_id=1)
    drafts.keep(known, "and even more")
    assert not drafts.has(replace(ONE, deck_id=2)), "the file of before is this deck's"
    drafts.drop(known)
    assert not drafts.has(known)
