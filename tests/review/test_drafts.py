"""What was begun of a section is kept in the home."""

import hashlib
from dataclasses import replace
from pathlib import Path

from studyllm.review.drafts import Drafts
from studyllm.store import Section

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


def test_a_text_stays_when_its_deck_is_called_otherwise(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts")
    drafts.keep(ONE, "text")
    assert drafts.get(replace(ONE, deck="other")) == "text"
    table = Section("words", "table.csv")
    drafts.keep(table, "text")
    assert not drafts.has(replace(table, deck="other")), "that could be another table"


def test_a_text_that_was_kept_by_the_name_of_the_deck_is_found(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    name = hashlib.sha256("\0".join(("words", "/notes/a.md", "One")).encode()).hexdigest()[:24]
    old = tmp_path / f"{name}.txt"
    old.write_text("text")
    assert (drafts.get(ONE), drafts.has(ONE)) == ("text", True)
    drafts.keep(ONE, "text and more")
    assert drafts.get(ONE) == "text and more"
    drafts.drop(ONE)
    assert not drafts.has(ONE)
