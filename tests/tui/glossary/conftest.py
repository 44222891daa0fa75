"""A store with cards to look up."""

from datetime import timedelta
from pathlib import Path

import pytest

from studyllm.cards import Deck
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade
from studyllm.store import Changes, Store
from tests.conftest import DAY, NOW, card
from tests.tui.glossary.app import TERMS


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text("# Notes\n" * 9)
    return path


@pytest.fixture
def filled(store: Store, notes: Path) -> Store:
    """Five cards in a deck and one in another; the first was reviewed."""
    cards = tuple(
        card(term, f"the meaning of {number}", path=str(notes), line=number, headings=("Networks",))
        for number, term in enumerate(TERMS, 1)
    )
    store.apply(Deck("words"), Changes(added=cards), NOW)
    store.apply(Deck("birds"), Changes(added=(card("wren", aliases=("winter wren",)),)), NOW)
    now = NOW - timedelta(days=9)
    ReviewQueue(store, DAY).record(store.card(1), Grade.GOOD, now, answer="what I said")
    return store
