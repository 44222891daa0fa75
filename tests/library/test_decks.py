"""Notes that move between decks keep their schedules; what another deck has is not doubled."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from studyllm.cards import Deck, Source
from studyllm.errors import InputError
from studyllm.library import Change, Step, bring_in, decks_for, plan
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, Learned
from studyllm.store import Changes, Store, StudyCard
from tests.conftest import DAY, NOW

ELECTRIC = (
    "# 电学\n\n- **电阻**：导体对电流的阻碍作用，单位是欧姆。\n- **电容**：储存电荷的能力，单位是法拉。\n"
)
LIGHT = "# 光学\n\n- **折射**：光进入另一种介质时方向改变的现象。\n"


@pytest.fixture
def notes(tmp_path: Path, store: Store) -> Path:
    """Two folders in one, each a deck of its own whose cards were asked once."""
    made = tmp_path / "notes"
    for name, text in (("电", ELECTRIC), ("光", LIGHT)):
        (made / name).mkdir(parents=True)
        (made / name / f"{name}学.md").write_text(text)
        read(store, made / name)
    queue = ReviewQueue(store, DAY)
    for number, card in enumerate(list(store.cards())):
        queue.record(card, Grade.GOOD, NOW + timedelta(minutes=number))
    return made


def read(store: Store, *paths: Path, name: str | None = None, join: bool = False) -> dict[str, int]:
    counts: dict[str, int] = {}
    for deck in decks_for(store, paths, name):
        made = bring_in(store, plan(store, deck, join=join), NOW)
        for change, count in made.counts().items():
            counts[change] = counts.get(change, 0) + count
    return {change: count for change, count in counts.items() if count}


def asked(cards: Iterator[StudyCard]) -> dict[str, tuple[str, int, bool]]:
    """By term: deck, id, whether it has a schedule."""
    return {c.card.term: (c.deck, c.id, isinstance(c.progress, Learned)) for c in cards}


def test_a_folder_over_two_decks_takes_only_what_neither_has(store: Store, notes: Path) -> None:
    before = asked(store.cards())
    (notes / "声.md").write_text("# 声学\n\n- **回声**：声音遇到障碍物反射回来的现象。\n")
    (deck,) = decks_for(store, [notes])
    made = bring_in(store, plan(store, deck), NOW)
    assert dict(made.elsewhere) == {"电": 1, "光": 1}
    assert asked(store.cards()) == before | {"回声": ("notes", 4, False)}
    with pytest.raises(InputError, match="--join"):
        plan(store, Deck("again", (notes / "光",)))


def test_another_folder_of_the_same_name_is_a_deck_of_its_own(
    store: Store, notes: Path, tmp_path: Path
) -> None:
    other = tmp_path / "旧" / "电"
    other.mkdir(parents=True)
    (other / "b.md").write_text(LIGHT)
    assert [deck.name for deck in decks_for(store, [other])] == ["电 (旧)"]
    read(store, other)
    third = tmp_path / "新" / "旧" / "电"
    third.mkdir(parents=True)
    (third / "c.md").write_text(ELECTRIC)
    assert [deck.name for deck in decks_for(store, [third])] == ["电 (新/旧)"]
    beside = notes / "b.md"
    beside.write_text("# 电\n\n- **电压**：推动电荷的原因\n")
    assert [deck.name for deck in decks_for(store, [beside])] == ["电"], "a note beside the folder"
    shutil.rmtree(notes / "电")
    assert [deck.name for deck in decks_for(store, [third])] == ["电"], "it was moved"


def test_joined_decks_keep_their_schedules_and_undo_parts_them(store: Store, notes: Path) -> None:
    before = asked(store.cards())
    read(store, notes, join=True)
    assert asked(store.cards()) == {term: ("notes", *rest) for term, (_, *rest) in before.items()}
    assert [deck.name for deck in store.decks()] == ["notes"]
    assert read(store) == {"unchanged": 3}
    store.journal.undo(NOW)
    assert asked(store.cards()) == before
    assert {deck.name for deck in store.decks()} >= {"电", "光"}


def test_a_note_put_into_another_decks_folder_goes_with_its_schedule(store: Store, notes: Path) -> None:
    before = asked(store.cards())
    (notes / "光" / "光学.md").rename(notes / "电" / "光学.md")
    (notes / "光" / "空.md").write_text("# 空\n")
    read(store)
    assert asked(store.cards()) == before | {"折射": ("电", *before["折射"][1:])}


@pytest.mark.parametrize("first", ["光", "电"])
def test_a_block_cut_into_another_decks_note_goes_with_its_schedule(
    store: Store, notes: Path, first: str
) -> None:
    before = asked(store.cards())
    bullet = ELECTRIC.splitlines()[3]
    (notes / "电" / "电学.md").write_text(ELECTRIC.replace(bullet + "\n", ""))
    (notes / "光" / "光学.md").write_text(LIGHT + bullet + "\n")
    read(store, notes / first)
    read(store)
    assert asked(store.cards()) == before | {"电容": ("光", *before["电容"][1:])}


def test_a_folder_renamed_and_imported_anew_keeps_its_schedules(store: Store, notes: Path) -> None:
    before = asked(store.cards())
    (notes / "电").rename(notes / "电磁")
    read(store, notes / "电磁")
    assert {term: ids for term, (_, *ids) in asked(store.cards()).items()} == {
        term: ids for term, (_, *ids) in before.items()
    }


def test_a_note_that_comes_back_finds_its_own_cards_and_no_copies_of_an_undone_import(
    store: Store, notes: Path
) -> None:
    before = asked(store.cards())
    copies = [replace(card.card, source=Source("table.csv", 0, 0)) for card in store.cards()]
    store.apply(Deck("table"), Changes(added=tuple(copies)), NOW)
    store.journal.undo(NOW)
    away = notes.parent / "光学.md"
    shutil.move(notes / "光" / "光学.md", away)
    read(store, notes / "光")
    shutil.move(away, notes / "光" / "光学.md")
    assert read(store, notes / "光") == {"returned": 1}
    assert asked(store.cards()) == before


def test_the_same_term_in_two_decks_stays_two_cards(store: Store, notes: Path) -> None:
    (notes / "光" / "更多.md").write_text("# 光\n\n- **电阻**：这里指光敏材料的暗态阻值，与光照有关。\n")
    assert read(store)["added"] == 1


def deck_file(folder: Path, name: str, *lines: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text("\n".join((f'name = "{name}"', *lines)) + "\n")
    return path


def test_a_deck_file_takes_its_notes_with_their_schedules(store: Store, notes: Path) -> None:
    """Over a folder of a deck, over all of another one: no card is there twice, and undo parts them again."""
    read(store, notes, join=True)
    before = asked(store.cards())
    optics = deck_file(notes, "Optics", 'notes = ["光"]')
    for _again in range(2):
        assert read(store, optics) == {"moved": 1}
        store.journal.undo(NOW)
        assert asked(store.cards()) == before
    assert read(store, optics) == {"moved": 1}
    taken = before | {"折射": ("Optics", *before["折射"][1:])}
    assert asked(store.cards()) == taken
    assert read(store) == {"unchanged": 3}
    assert read(store, optics) == {"unchanged": 1}
    (notes / "光" / "光学.md").write_text(LIGHT + "- **反射**：光在界面上折返的现象，入射角等于反射角。\n")
    read(store)
    assert asked(store.cards())["反射"][0] == "Optics", "what is new in a note goes where the note is"
    store.journal.undo(NOW)
    store.journal.undo(NOW)
    assert asked(store.cards()) == before


def test_a_deck_file_leaves_a_note_to_the_deck_that_names_it_more_closely(store: Store, notes: Path) -> None:
    before = asked(store.cards())
    (notes / "声.md").write_text("# 声学\n\n- **回声**：声音遇到障碍物反射回来的现象。\n")
    assert read(store, deck_file(notes, "all", 'notes = ["."]')) == {"added": 1}
    assert asked(store.cards()) == before | {"回声": ("all", 4, False)}


def test_what_a_deck_file_leaves_out_stays_where_it_was(store: Store, notes: Path) -> None:
    read(store, notes, join=True)
    before = asked(store.cards())
    assert read(store, deck_file(notes, "Optics", 'notes = ["."]', 'exclude = ["电/*"]')) == {"moved": 1}
    read(store)
    assert asked(store.cards()) == before | {"折射": ("Optics", *before["折射"][1:])}


def test_cards_that_a_deck_file_had_doubled_are_one_again(store: Store, notes: Path) -> None:
    read(store, notes / "光")
    doubled = deck_file(notes, "Optics", 'notes = ["光"]')
    (deck,) = decks_for(store, [doubled])
    made = plan(store, deck)
    steps = tuple(Step(Change.ADDED, None, step.new) for step in made.steps)
    bring_in(store, replace(made, steps=steps, joined=()), NOW)
    assert sorted(card.deck for card in store.cards() if card.card.term == "折射") == ["Optics", "光"]
    read(store, doubled)
    assert [card.deck for card in store.cards() if card.card.term == "折射"] == ["Optics"]


def test_deck_files_without_a_common_kind_read_the_same_notes(store: Store, notes: Path) -> None:
    (notes / "热.md").write_text(
        "# 热学\n\n- **热量**：物体之间因温差而传递的能量。\n\n三种传热方式：\n\n- 传导\n- 对流\n- 辐射\n"
    )
    files = [
        deck_file(notes, name, 'notes = ["热.md"]', f'kinds = ["{kind}"]')
        for name, kind in (("terms", "term"), ("lists", "list"))
    ]
    for _again in range(2):
        read(store, *files)
        read(store)
    found = {(card.deck, card.card.kind) for card in store.cards() if card.deck in ("terms", "lists")}
    assert found == {("lists", "list"), ("terms", "term")}


def test_a_text_that_was_named_is_found_where_its_folder_went(store: Store, notes: Path) -> None:
    dates = notes / "光" / "dates.txt"
    dates.write_text("looms\n\n1733 flying shuttle\n1764 spinning jenny\n1785 power loom\n")
    read(store, notes / "光")
    read(store, dates, name="光")
    before = {card.card.term: card.id for card in store.cards()}
    (notes / "光" / "new").mkdir()
    shutil.move(dates, notes / "光" / "new" / "dates.txt")
    assert read(store, notes / "光")["moved"] == 3
    assert {card.card.term: card.id for card in store.cards()} == before
    (notes / "光" / "new" / "dates.txt").write_text(
        "looms\n\n1733 flying shuttle\n1764 jenny\n1785 power loom\n"
    )
    assert read(store, notes / "光") == {"changed": 1, "unchanged": 3}


def test_another_text_of_the_same_name_is_not_taken_for_one_that_is_away(store: Store, notes: Path) -> None:
    dates = notes.parent / "usb" / "dates.txt"
    dates.parent.mkdir()
    dates.write_text("looms\n\n1733 flying shuttle\n1764 spinning jenny\n1785 power loom\n")
    read(store, dates, name="光")
    dates.unlink()
    (notes / "光" / "dates.txt").write_text("1900 other\n1901 things\n1902 altogether\n")
    read(store, notes / "光")
    assert not {"1900", "1901", "1902"} & {card.card.term for card in store.cards()}


def test_a_text_that_was_named_is_found_under_another_name(store: Store, notes: Path) -> None:
    dates = notes / "光" / "dates.txt"
    dates.write_text("looms\n\n1733 flying shuttle\n1764 spinning jenny\n1785 power loom\n")
    read(store, dates, name="years")
    before = {card.card.term: card.id for card in store.cards()}
    dates.rename(dates.with_name("years of looms.txt"))
    assert read(store, name="years") == {"moved": 3}
    assert {card.card.term: card.id for card in store.cards()} == before
    assert read(store, name="years") == {"unchanged": 3}
