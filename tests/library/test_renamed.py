"""Notes that are renamed, moved, split or merged are counted as notes, with the cards that went along."""

from pathlib import Path

import pytest

from studyllm.library import bring_in, counts, decks_for, plan
from studyllm.store import Store
from studyllm.store.messages import counted, what
from tests.cli.shell import run
from tests.conftest import NOW

TERMS = {
    "抛光": "用磨料使表面变得光亮的加工",
    "淬火": "把烧红的钢很快放进水里冷却",
    "退火": "加热之后再慢慢冷却的热处理",
    "镀锌": "在铁的外面覆上一层锌来防锈",
    "铆接": "用铆钉把两块板固定到一起",
}


def write(note: Path, *terms: str) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text("# 工艺\n\n" + "".join(f"- **{term}**：{TERMS[term]}。\n" for term in terms))


def told(store: Store, *paths: Path) -> list[str]:
    """What an import of those paths says, by deck, once it is done."""
    plans = [bring_in(store, plan(store, deck), NOW) for deck in decks_for(store, paths)]
    return [counted(counts(made)) for made in plans]


@pytest.fixture
def notes(store: Store, tmp_path: Path) -> Path:
    """Two notes, of three cards and of two."""
    write(tmp_path / "notes" / "一.md", "抛光", "淬火", "退火")
    write(tmp_path / "notes" / "二.md", "镀锌", "铆接")
    told(store, tmp_path / "notes")
    return tmp_path / "notes"


def test_renamed_notes_are_counted_with_the_cards_that_went_along(store: Store, notes: Path) -> None:
    (notes / "一.md").rename(notes / "三.md")
    assert told(store, notes) == ["1 note renamed or moved (3 cards), 2 unchanged"]
    (*_, entry) = store.journal.entries()
    assert what(entry) == "import of notes (1 note renamed or moved (3 cards), 2 unchanged)"
    (notes / "内").mkdir()
    (notes / "三.md").rename(notes / "内" / "三.md")
    (notes / "二.md").rename(notes / "四.md")
    assert told(store, notes) == ["2 notes renamed or moved (5 cards)"]


def test_what_moved_without_its_note_and_what_changed_is_counted_apart(store: Store, notes: Path) -> None:
    (notes / "一.md").unlink()
    write(notes / "三.md", "抛光", "淬火", "镀锌")
    write(notes / "二.md", "铆接", "退火")
    assert told(store, notes) == ["1 note renamed or moved (2 cards), 2 other cards moved, 1 unchanged"]
    (notes / "三.md").unlink()
    write(notes / "五.md", "抛光", "淬火", "镀锌")
    changed = (notes / "五.md").read_text().replace("很快放进", "迅速放进")
    (notes / "五.md").write_text(changed)
    assert told(store, notes) == ["1 changed, 1 note renamed or moved (2 cards), 2 unchanged"]


def test_notes_that_are_split_or_merged_or_still_there_are_not_renamed(store: Store, notes: Path) -> None:
    (notes / "二.md").unlink()
    write(notes / "三.md", "镀锌")
    write(notes / "四.md", "铆接")
    assert told(store, notes) == ["2 moved, 3 unchanged"], "half of it is in neither"
    for name in ("一.md", "三.md", "四.md"):
        (notes / name).unlink()
    write(notes / "全.md", *TERMS)
    assert told(store, notes) == ["1 note renamed or moved (3 cards), 2 other cards moved"], "most are of one"
    write(notes / "全.md", "抛光")
    write(notes / "半.md", "淬火", "退火", "镀锌", "铆接")
    assert told(store, notes) == ["4 moved, 1 unchanged"], "the old one is there"


def test_each_deck_counts_its_own_notes(store: Store, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write(one / "一.md", "抛光", "淬火", "退火")
    write(two / "二.md", "镀锌", "铆接")
    told(store, one)
    told(store, two)
    (one / "一.md").rename(one / "三.md")
    (two / "二.md").rename(two / "四.md")
    assert told(store) == ["1 note renamed or moved (3 cards)", "1 note renamed or moved (2 cards)"]
    (one / "三.md").rename(two / "三.md")
    assert "1 note renamed or moved (3 cards), 2 unchanged" in told(store, two), "from deck to deck"


def test_the_command_line_says_it_and_json_counts_cards(notes: Path) -> None:
    (notes / "一.md").rename(notes / "三.md")
    assert '"moved": 3' in run("import", "--quick", "--dry-run", "--json", str(notes))
    assert "1 note renamed or moved (3 cards), 2 unchanged, from" in run("import", "--quick", str(notes))
