"""What an import reads, and what it leaves out."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from studyllm.cards import Deck, Kind
from studyllm.library import bring_in, decks_for, plan
from studyllm.library.steps import Change, Step
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Store
from tests.conftest import DAY, NOW, ROOT, card

NOTE = "# 一\n\n- **电阻**：导体对电流的阻碍作用。\n\n# 参考\n\n- **电容**：储存电荷的能力。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "notes"
    (made / "drafts").mkdir(parents=True)
    (made / "a.md").write_text(NOTE)
    (made / "drafts" / "b.md").write_text("- **电感**：电流变化时产生感应电动势的性质。\n")
    return made


def test_cards_of_a_deleted_note_go_also_after_an_undo(folder: Path, store: Store) -> None:
    def again() -> None:
        (deck,) = decks_for(store, [folder])
        bring_in(store, plan(store, deck), NOW)

    again()
    (folder / "a.md").write_text(NOTE.replace("阻碍作用", "阻碍作用，单位欧姆"))
    again()
    store.journal.undo(NOW)
    (folder / "drafts" / "b.md").unlink()
    again()
    assert {one.card.term for one in store.cards()} == {"电阻", "电容"}


def test_a_new_card_has_the_tags_of_its_note_and_keeps_those_that_it_is_given(
    tmp_path: Path, store: Store
) -> None:
    note = tmp_path / "os.md"
    note.write_text(
        "---\ntags: [os, exam]\n---\n\n# Kernel\n\n"
        "- **Process**: a running program that owns its memory.\n"
        "- **Thread**: a part of a process that the kernel puts on a core. #hard\n"
    )
    (deck,) = decks_for(store, [note])
    bring_in(store, plan(store, deck), NOW)
    tags = [one.tags for one in store.cards()]
    assert tags == [("os", "exam"), ("os", "exam", "hard")]
    note.write_text(note.read_text().replace("exam", "later"))
    bring_in(store, plan(store, deck), NOW)
    assert [one.tags for one in store.cards()] == tags


def terms(store: Store, deck: Deck) -> list[str]:
    bring_in(store, plan(store, replace(deck, file=Path("deck.toml"))), NOW)
    return [stored.card.term for stored in store.cards() if stored.deck == deck.name]


def test_a_deck_leaves_out_what_it_says(store: Store, folder: Path) -> None:
    assert terms(store, Deck("all", (folder,))) == ["电阻", "电容", "电感"]
    assert terms(store, Deck("globs", (folder,), exclude=("drafts/*",))) == ["电阻", "电容"]
    assert terms(store, Deck("headings", (folder,), skip_headings=("参考",))) == ["电阻", "电感"]
    assert terms(store, Deck("kinds", (folder,), kinds=frozenset([Kind.LIST]))) == []


def test_a_change_within_the_same_second_and_size_is_seen(store: Store, folder: Path) -> None:
    deck = Deck("d", (folder,))
    terms(store, deck)
    (folder / "a.md").write_text(NOTE.replace("阻碍作用", "阻挡作用"))
    assert plan(store, deck).counts()["changed"] == 1


def test_what_was_studied_stays_while_its_text_stands_though_no_card_is_made_of_it(
    folder: Path, store: Store
) -> None:
    text = f"{NOTE}\n# 课堂\n\n今天讲到第三节。\n\n下周讲第四节。\n"
    note = folder / "a.md"
    note.write_text(text)
    deck = Deck("d", (folder,))
    made = plan(store, deck)
    before = (("今天", "第三节", 11), ("下周", "第四节", 13), ("一", "电阻：导体对电流的阻碍作用。", 3))
    more = [card(term, answer, path=str(note), line=line) for term, answer, line in before]
    old = (*made.steps, *(Step(Change.ADDED, None, one) for one in more))
    bring_in(store, replace(made, steps=old), NOW)
    studied, new, whole = (next(one for one in store.cards() if one.card == made) for made in more)
    for one in (studied, whole):
        ReviewQueue(store, DAY).record(one, Grade.GOOD, NOW)
    for edited in (text, f"开头\n\n{text}", f"开头\n\n{text}\n结束\n"):
        note.write_text(edited)
        bring_in(store, plan(store, deck, afresh=True), NOW)
        there = {one.id: one.card for one in store.cards()}
        assert there[studied.id].source.line == edited.split("\n").index("今天讲到第三节。") + 1
        assert new.id not in there, "what nobody studied goes"
        assert whole.id not in there, "another card asks for its text"
    note.write_text(text.replace("第三节", "三节"))
    bring_in(store, plan(store, deck), NOW)
    assert studied.id not in {one.id for one in store.cards()}, "its text is gone"


def test_a_gap_that_was_studied_stays_beside_one_of_all_that_are_hidden_with_it(
    folder: Path, store: Store
) -> None:
    note, deck = folder / "a.md", Deck("d", (folder,))
    note.write_text("# 布\n\n经线与 {{c1::纬线}} 交织成 {{c2::布}}。\n")
    bring_in(store, plan(store, deck), NOW)
    (studied,) = (one for one in store.cards() if one.card.answer == "布")
    ReviewQueue(store, DAY).record(studied, Grade.GOOD, NOW)
    note.write_text(note.read_text().replace("c2", "c1"))
    bring_in(store, plan(store, deck, as_new=True), NOW)
    assert studied.id in {one.id for one in store.cards()}


def test_what_was_studied_goes_where_its_author_leaves_it_out(folder: Path, store: Store) -> None:
    note, deck = folder / "a.md", Deck("d", (folder,))
    bring_in(store, plan(store, deck), NOW)
    for one in list(store.cards()):
        ReviewQueue(store, DAY).record(one, Grade.GOOD, NOW)
    note.write_text(NOTE.replace("# 参考\n", "<!-- study: skip -->\n# 参考\n"))
    assert "电容" not in terms(store, deck)
    assert terms(store, replace(deck, skip_headings=("一",))) == ["电感"]


def test_many_files_are_read_as_few_are(store: Store, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(60):
        (many / f"{number:02}.md").write_text(f"- **术语{number}**：第{number}个术语的意思是这样的。\n")
    (many / "30.md").write_bytes(b"\0\0\0")
    made = plan(store, Deck("many", (many,)))
    assert [step.new.term for step in made.steps if step.new] == [f"术语{n}" for n in range(60) if n != 30]
    assert [Path(skipped.path).name for skipped in made.unread] == ["30.md"]


def test_a_file_that_cannot_be_read_any_more_keeps_its_cards(store: Store, folder: Path) -> None:
    deck = Deck("d", (folder,))
    before = terms(store, deck)
    (folder / "a.md").write_bytes(b"\0\1\2")
    assert terms(store, deck) == before


@pytest.mark.slow
def test_an_interrupted_import_leaves_the_old_state_or_the_new_one(home: Path, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(400):
        lines = [f"- **术语{number}-{n}**：第{number}份笔记里第{n}个术语的意思。" for n in range(10)]
        (many / f"{number:03}.md").write_text("\n".join(lines))
    outcomes = set()
    program = "print(flush=True); from studyllm.__main__ import main; main()"
    for moment in (0.1, 0.3, 0.6, 0.9, 1.2, 1.8, 2.6):
        process = subprocess.Popen(
            [sys.executable, "-c", program, "import", str(many)],
            cwd=ROOT,
            env={**os.environ, "STUDYLLM_HOME": str(home)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        process.stdout.readline()  # before that, Ctrl-C is Python's own affair
        time.sleep(moment)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert "Traceback" not in said
        with Store(home / "study.db") as store:
            outcomes.add(len(list(store.cards())))
    assert outcomes <= {0, 4000}


def test_a_card_that_moved_between_notes_imported_one_by_one_keeps_its_schedule(
    store: Store, tmp_path: Path
) -> None:
    one, two = tmp_path / "one.md", tmp_path / "two.md"
    one.write_text(NOTE)
    two.write_text("# 二\n\n- **电感**：电流变化时产生感应电动势的性质。\n")
    (deck,) = decks_for(store, [one, two], "d")
    bring_in(store, plan(store, deck), NOW)
    one.write_text(NOTE.replace("- **电阻**：导体对电流的阻碍作用。\n", ""))
    two.write_text(two.read_text() + "- **电阻**：导体对电流的阻碍作用。\n")
    (deck,) = decks_for(store, [two])
    counts = plan(store, deck).counts()
    assert (counts["moved"], counts["added"], counts["gone"]) == (1, 0, 0)


def test_a_folder_that_is_not_plugged_in_keeps_its_cards(store: Store, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "stick"
    other.mkdir()
    (other / "c.md").write_text("- **伏特（volt）**：电压的单位，每库仑一焦耳。\n")
    deck = Deck("d", (folder, other))
    before = terms(store, deck)
    (other / "c.md").rename(tmp_path / "elsewhere.md")
    other.rmdir()
    assert terms(store, deck) == before
    assert "plugged in" in plan(store, deck).unread[0].reason


def test_what_a_deck_file_drops_is_gone_and_comes_back(store: Store, folder: Path, tmp_path: Path) -> None:
    toml = tmp_path / "deck.toml"
    toml.write_text('name = "d"\nnotes = ["notes/a.md", "notes/drafts"]\n')
    bring_in(store, plan(store, decks_for(store, [toml])[0]), NOW)
    toml.write_text('name = "d"\nnotes = ["notes/a.md"]\n')
    assert plan(store, decks_for(store, [toml])[0]).counts()["gone"] == 1
    bring_in(store, plan(store, decks_for(store, [toml])[0]), NOW)
    toml.write_text('name = "d"\nnotes = ["notes"]\n')
    assert plan(store, decks_for(store, [toml])[0]).counts()["returned"] == 1


def test_a_folder_that_was_moved_keeps_its_cards_and_schedules(store: Store, folder: Path) -> None:
    (deck,) = decks_for(store, [folder])
    bring_in(store, plan(store, deck), NOW)
    ids = {stored.id for stored in store.cards()}
    moved = folder.rename(folder.parent / "moved") / "notes"
    (folder.parent / "moved").rename(folder.parent / "aside")
    moved.parent.mkdir()
    (folder.parent / "aside").rename(moved)
    (moved / "a.md").write_text(NOTE.replace("储存电荷的能力", "在电路中储存电荷的能力"))
    (deck,) = decks_for(store, [moved])
    made = plan(store, deck)
    assert (made.counts()["moved"], made.counts()["changed"], made.counts()["added"]) == (2, 1, 0)
    assert not made.unread
    bring_in(store, made, NOW)
    assert {stored.id for stored in store.cards()} == ids
    assert store.decks()[0].notes == (moved,)
    assert plan(store, store.decks()[0]).counts()["unchanged"] == 3
    store.journal.undo(NOW)
    (deck,) = decks_for(store, [moved])
    assert plan(store, deck).counts()["added"] == 0


def test_a_disk_that_is_not_plugged_in_keeps_what_another_folder_only_names_alike(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    (deck,) = decks_for(store, [folder], "d")
    bring_in(store, plan(store, deck), NOW)
    other = tmp_path / "other"
    other.mkdir()
    copied = (folder / "a.md").read_text().replace("储存电荷的能力", "一家公司用来盛放货物的大箱子")
    (other / "c.md").write_text(copied)
    folder.rename(tmp_path / "unplugged")
    (deck,) = decks_for(store, [other], "d")
    made = plan(store, deck)
    assert (made.counts()["moved"], made.counts()["added"]) == (1, 1)
    bring_in(store, made, NOW)
    assert folder in store.decks()[0].notes, "some of its cards are nowhere else"
    (tmp_path / "unplugged").rename(folder)
    (other / "c.md").unlink()
    bring_in(store, plan(store, store.decks()[0]), NOW)
    assert sorted(card.card.term for card in store.cards()) == sorted(["电阻", "电容", "电感"])


def test_undo_gives_a_deck_the_folder_back_that_was_not_there(store: Store, folder: Path) -> None:
    (deck,) = decks_for(store, [folder], "d")
    bring_in(store, plan(store, deck), NOW)
    moved = folder.rename(folder.parent / "moved")
    (deck,) = decks_for(store, [moved], "d")
    bring_in(store, plan(store, deck), NOW)
    assert store.decks()[0].notes == (moved,)
    store.journal.undo(NOW)
    assert folder in store.decks()[0].notes


def test_a_reading_that_nobody_waits_for_ends(tmp_path: Path, store: Store) -> None:
    for number in range(6):
        (tmp_path / f"{number}.md").write_text("# N\n\n- **Entropy**: a measure of disorder\n")
    looked: list[Path] = []

    def left(done: int, total: int, file: Path) -> None:
        looked.append(file)
        if len(looked) == 2:
            raise KeyboardInterrupt

    (deck,) = decks_for(store, [tmp_path])
    with pytest.raises(KeyboardInterrupt):
        plan(store, deck, left)
    assert len(looked) == 2
    assert not list(store.cards())


def test_an_import_that_is_undone_is_followed_no_more(tmp_path: Path, store: Store) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "n.md").write_text(f"# N\n\n- **{name}**: a number that is smaller than three\n")
        (deck,) = decks_for(store, [tmp_path / name], "numbers")
        bring_in(store, plan(store, deck), NOW)
    store.journal.undo(NOW)
    (deck,) = store.decks()
    assert deck.notes == (tmp_path / "one",)
    assert not plan(store, deck).counts()["returned"]


def test_a_table_and_a_text_among_the_notes_are_told_of_until_they_are_read(
    tmp_path: Path, store: Store
) -> None:
    (tmp_path / "n.md").write_text("# N\n\n- **Entropy**: a measure of the disorder in a closed system.\n")
    (tmp_path / "anki.txt").write_text("#separator:tab\n#html:true\nfront\tback\n")
    (tmp_path / "todo.txt").write_text("Buy milk.\nCall home.\n")
    (deck,) = decks_for(store, [tmp_path])
    (tmp_path / "LICENSE.txt").write_text("All rights reserved.\n")
    assert [Path(one.path).name for one in plan(store, deck).unread] == ["anki.txt", "todo.txt"]
    (deck,) = decks_for(store, [tmp_path / "todo.txt"], deck.name)
    (deck,) = decks_for(store, [tmp_path], deck.name)


def test_of_two_copies_the_studied_one_stays_wherever_it_stood(folder: Path, store: Store) -> None:
    deck = Deck("d", (folder,))
    bring_in(store, plan(store, deck), NOW)
    (folder / "older.md").write_text(NOTE)
    studied = next(one for one in store.cards() if one.card.term == "电阻")
    ReviewQueue(store, DAY).record(studied, Grade.GOOD, NOW)
    copies = plan(store, deck, as_new=True)
    bring_in(store, copies, NOW)
    (folder / "a.md").unlink()
    made = bring_in(store, plan(store, deck), NOW)
    there = {one.card.term: one for one in store.cards()}
    assert there["电阻"].id == studied.id
    assert Path(there["电阻"].card.source.path).name == "older.md"
    assert made.counts()["unchanged"] == plan(store, deck).counts()["unchanged"] - made.counts()["moved"]
    store.journal.undo(NOW)
    assert {one.card.source.path for one in store.cards() if one.id == studied.id} == {str(folder / "a.md")}
