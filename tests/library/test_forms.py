"""What the forms of writing are called."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studyllm import i18n
from studyllm.library.forms import WORDS, form
from studyllm.notes import read_note
from studyllm.notes.words.lead import Gap, Mark
from tests.conftest import ROOT

FIXTURES = ROOT / "tests" / "notes" / "fixtures"


@pytest.fixture
def chinese() -> Iterator[None]:
    i18n.use("zh")
    yield
    i18n.use("en")


def _forms(file: Path) -> set[str]:
    """What the cards and the offers of a note were read from."""
    note = read_note(file.read_text("utf-8", errors="replace"), str(file))
    return {card.rule for card in (*note.cards, *(offer.card for offer in note.offers))}


def test_every_word_of_a_form_is_known() -> None:
    found = set().union(*map(_forms, FIXTURES.rglob("*.md")), *map(_forms, (ROOT / "notes").rglob("*.md")))
    assert len(found) > 30
    marks = {one.name.lower() for kind in (Mark, Gap) for one in kind}
    assert {word for name in found for word in name.split()} | marks <= WORDS


def test_a_form_is_said_in_the_language_of_the_learner(chinese: None) -> None:
    assert form("item bold colon") == "列表项 粗体 冒号"
    assert form("item unheard-of") == "列表项 unheard-of", "one of a later version"
