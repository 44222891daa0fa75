"""Notes that move between decks keep their schedules; what another deck has is not doubled."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from studyllm.cards import Deck
from studyllm.errors import InputError
from studyllm.library import bring_in, decks_for, plan
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, Learned
from studyllm.store import Store, StudyCard
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


def test_the_same_term_in_two_decks_stays_two_cards(store: Store, notes: Path) -> None:
    (notes / "光" / "更多.md").write_text("# 光\n\n- **电阻**：这里指光敏材料的暗态阻值，与光照有关。\n")
    assert read(store)["added"] == 1


def test_deck_files_over_the_same_notes_read_them_each(store: Store, notes: Path) -> None:
    for name in ("一", "二"):
        (notes / f"{name}.toml").write_text(f'name = "{name}"\nnotes = ["光"]\n')
    decks = decks_for(store, [notes / "一.toml", notes / "二.toml"])
    plans = [plan(store, deck, share=True) for deck in decks]
    for made in plans:
        bring_in(store, made, NOW)
    read(store)
    assert sorted(card.deck for card in store.cards() if card.card.term == "折射") == ["一", "二", "光"]
