"""A store with the cards of the quizzes."""

import pytest

from studyllm.cards import Deck
from studyllm.store import Changes, Store
from tests.conftest import NOW
from tests.tui.quiz.app import CARDS


@pytest.fixture(autouse=True)
def filled(store: Store) -> None:
    store.apply(Deck("deck"), Changes(added=tuple(card.card for card in CARDS)), NOW)
