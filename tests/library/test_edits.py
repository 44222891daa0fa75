"""Random edits keep every schedule on the card it belongs to."""

import os
import random
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from studyllm.cards import Deck
from studyllm.library import bring_in, plan
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, Learned
from studyllm.store import Store
from studyllm.text import key
from tests.conftest import DAY, NOW, ROOT, SHARED
from tests.library.edits import EDITS, Vault


@dataclass
class Bench:
    store: Store
    folder: Path
    decks: tuple[Deck, ...]

    def bring_in(self) -> dict[str, int]:
        """Both decks planned, then both brought in, as `studyllm import` does."""
        plans = [plan(self.store, deck) for deck in self.decks]
        done = [bring_in(self.store, made, NOW).counts() for made in plans]
        return {change: sum(counts[change] for counts in done) for change in done[0]}


def bench(store: Store, folder: Path, sources: list[Path]) -> Bench:
    """Two decks of copies of those notes in which every card has a schedule of its own."""
    for number, source in enumerate(sources):
        copy = folder / ("two" if number == len(sources) - 1 else "one") / source.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
    made = Bench(store, folder, tuple(Deck(name, (folder / name,)) for name in ("one", "two")))
    made.bring_in()
    queue = ReviewQueue(store, DAY)
    for number, card in enumerate(list(store.cards())):
        queue.record(card, Grade.GOOD, NOW + timedelta(minutes=number))
    return made


def owners(store: Store) -> dict[int, tuple[str, str, bool]]:
    """By card id: folded term, answer, whether it is gone. Each card's schedule is its own by its time."""
    cards = {}
    for number, card in enumerate(sorted(store.cards(gone=True), key=lambda c: c.id)):
        if isinstance(card.progress, Learned):
            assert card.progress.reviewed == NOW + timedelta(minutes=number), (
                "a schedule went to another card"
            )
            cards[card.id] = (key(card.card.term), card.card.answer, card.gone)
    return cards


def run(made: Bench, edits: int, seed: int) -> list[str]:
    """Edits one after the other, each imported; what was lost, or went to a card that it is not about."""
    chance = random.Random(seed)
    found = sorted(made.folder.rglob("*.md"))
    vault = Vault({p.relative_to(made.folder).as_posix(): p.read_text("utf-8").splitlines() for p in found})
    original = {name: list(lines) for name, lines in vault.files.items()}
    trouble, done = [], 0
    before = owners(made.store)
    while done < edits:
        if done % 40 == 0:  # notes do not decay for ever: begin again from the originals
            vault.files = {name: list(lines) for name, lines in original.items()}
            vault.write(made.folder)
            made.bring_in()
            before = owners(made.store)
        edit = chance.choice(EDITS)
        what = edit(vault, chance)
        if not what:
            continue
        done += 1
        vault.write(made.folder)
        counts = made.bring_in()
        after = owners(made.store)
        for card_id, (term, answer, gone) in before.items():
            now_term, now_answer, now_gone = after[card_id]
            if now_gone and not gone:
                trouble.append(f"{edit.__name__}: {what}: lost {term} {counts}")
            elif now_term != term and now_answer != answer and not gone and edit.__name__ != "rename_heading":
                trouble.append(f"{edit.__name__}: {what}: {term} became {now_term} {counts}")
        before = after
    return trouble


@pytest.mark.slow
def test_edits_of_the_shipped_notes(store: Store, tmp_path: Path) -> None:
    seed, count = int(os.environ.get("EDITS_SEED", "1")), int(os.environ.get("EDITS", "60"))
    made = bench(store, tmp_path / "notes", sorted((ROOT / "notes").glob("*.md")))
    assert run(made, count, seed) == []


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.exists(), reason="the real notes are not beside this checkout")
def test_edits_of_the_real_notes(store: Store, tmp_path: Path) -> None:
    seed, count = int(os.environ.get("EDITS_SEED", "2")), int(os.environ.get("EDITS", "150"))
    made = bench(store, tmp_path / "notes", sorted((SHARED / "notes").glob("[!f]*.md")))
    assert run(made, count, seed) == []


def test_deleting_and_restoring_restores(store: Store, tmp_path: Path) -> None:
    made = bench(store, tmp_path / "notes", sorted((ROOT / "notes").glob("*.md")))
    before = owners(store)
    file = made.folder / "one" / "memory.md"
    text = file.read_text("utf-8")
    lines = text.splitlines()
    file.write_text("\n".join(lines[: len(lines) // 2]) + "\n", "utf-8")
    counts = made.bring_in()
    assert counts["gone"] > 3
    assert counts["added"] == 0
    file.unlink()
    made.bring_in()
    file.write_text(text, "utf-8")
    counts = made.bring_in()
    assert counts["added"] == 0
    assert owners(store) == before


def test_unchanged_notes_are_not_read_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bench(store, tmp_path / "notes", sorted((ROOT / "notes").glob("*.md")))
    for file in made.folder.rglob("*.md"):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    made.bring_in()
    monkeypatch.setattr("studyllm.library.reading.load", lambda path: pytest.fail(f"{path} was read"))
    again = [plan(store, deck) for deck in made.decks]
    assert [made.steps for made in again] == [(), ()]
    assert sum(made.counts()["unchanged"] for made in again) == len(list(store.cards()))
