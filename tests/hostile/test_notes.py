"""What is named as a note and is none."""

import os
from pathlib import Path

import pytest

from studyllm.errors import InputError
from studyllm.library import decks_for
from studyllm.notes.files import find_notes, load
from studyllm.store import Store

ENDLESS = Path("/proc/kmsg")


@pytest.mark.skipif(not os.access(ENDLESS, os.R_OK), reason="only root reads the kernel's messages, on Linux")
def test_a_file_without_end_is_not_waited_for() -> None:
    with pytest.raises(InputError, match="cannot be read: it has no end"):
        load(ENDLESS)


def test_copies_that_a_conflict_left_are_passed_over_and_said(tmp_path: Path) -> None:
    for name in (
        "a.md",
        "a.sync-conflict-20261126-101112-ABCDEFG.md",
        "a (Ann's conflicted copy 2026-11-26).md",
        "a（冲突的副本）.md",
        "conflicts.md",
        "社会（冲突理论）.md",
    ):
        (tmp_path / name).touch()
    said: list[str] = []
    found = find_notes([tmp_path], lambda path, why: said.append(path.name))
    assert [path.name for path in found] == ["a.md", "conflicts.md", "社会（冲突理论）.md"]
    assert len(said) == 3


def test_a_second_file_of_a_note_is_passed_over_while_it_says_no_more(tmp_path: Path) -> None:
    note = "# 年代\n\n- **甲**：一\n- **乙**：二\n- **丙**：三\n- **丁**：四\n- **戊**：五\n"
    (tmp_path / "年代.md").write_text(note)
    for name in ("年代 2.md", "年代 (1).md", "年代的副本.md", "年代 copy.md"):
        (tmp_path / name).write_text(note.replace("- **乙**：二\n", ""))
    (tmp_path / "年代 3.md").write_text(note + "- **己**：六\n")
    (tmp_path / "week.md").write_text(note)
    (tmp_path / "week 2.md").write_text("# Other\n\n- **甲**：one\n")
    said: list[str] = []
    found = find_notes([tmp_path], lambda path, why: said.append(f"{path.name}: {why}"))
    assert [path.name for path in found] == ["week 2.md", "week.md", "年代 3.md", "年代.md"]
    assert len(said) == 4
    assert all("年代.md" in one for one in said)


@pytest.mark.parametrize("name", ["two\nlines", "\x1b]0;x\x07", "  ", "", "a\u202eb"])
def test_a_deck_has_a_line_of_text_as_its_name(store: Store, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.md").write_text("- **a**: what it means")
    with pytest.raises(InputError, match="a line of text"):
        decks_for(store, [tmp_path], name)


def test_a_folder_with_controls_in_its_name_gives_a_deck_without(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b]0;x\x07\nb\u202e"
    folder.mkdir()
    (folder / "a.md").write_text("- **a**: what it means")
    assert [deck.name for deck in decks_for(store, [folder])] == ["a b"]
