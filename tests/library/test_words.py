"""What the words of a candidate say, where its form leaves open whether it is a card."""

from collections.abc import Sequence
from pathlib import Path

import numpy
import pytest

from studyllm.cards import Deck
from studyllm.cli.session import grader, model_path
from studyllm.config import OFF, Settings
from studyllm.grading import TextGrader
from studyllm.library import Like, bring_in, drop, plan
from studyllm.library.readers import Readers
from studyllm.library.words import Words, words
from studyllm.notes import Borderline, read_note
from studyllm.store import Store
from studyllm.store.vectors import Vectors
from tests.conftest import NOW

NOTE = """# Week 12

- Ring buffer: a fixed array whose ends meet.
- Call: the bank.
- Backlog: items waiting for a sprint.
"""
CALL = ("Call", "the bank.")


class Vectoring(TextGrader):
    """Gives every text the same vector, and remembers how many it was asked for."""

    asked = 0

    def embed(self, texts: Sequence[str], prefix: str = "query: ") -> tuple[bytes, ...]:
        self.asked += len(texts)
        return tuple(numpy.full(384, 384**-0.5, "<f2").tobytes() for _ in texts)


@pytest.fixture
def reader(tmp_path: Path) -> Words:
    return Words(Vectors(tmp_path / "vectors.db", "words test"))


@pytest.fixture
def deck(tmp_path: Path) -> Deck:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(NOTE)
    return Deck("d", (tmp_path / "notes",))


def against_the_call(some: Sequence[Borderline]) -> dict[Borderline, float]:
    return {one: -3.0 if one == CALL else 0.0 for one in some}


def terms(store: Store, deck: Deck) -> list[str]:
    return [stored.card.term for stored in store.cards(deck.name) if not stored.gone]


def test_words_decide_what_form_leaves_open() -> None:
    by_form = read_note(NOTE, "a.md")
    assert CALL in by_form.borderline
    assert "Call" in [card.term for card in by_form.cards]
    read = read_note(NOTE, "a.md", shifts=against_the_call(by_form.borderline))
    assert [card.term for card in read.cards] == ["Ring buffer", "Backlog"]
    assert read.borderline == by_form.borderline


def test_what_an_author_marked_is_not_borderline() -> None:
    note = read_note("Q: Who broke main?\nA: me\n", "a.md")
    assert [card.term for card in note.cards] == ["Who broke main?"]
    assert note.borderline == ()


def test_each_is_computed_once(reader: Words) -> None:
    model = Vectoring()
    some = [CALL, ("Ring buffer", "a fixed array")]
    first = reader.read(some, model)
    assert first is not None
    assert set(first) == set(some)
    assert model.asked == 4
    assert reader.read(some, model) == reader.known(some) == pytest.approx(first)
    assert model.asked == 4


def test_what_was_computed_before_a_stop_is_kept(reader: Words) -> None:
    some = [(f"term {n}", "what it means") for n in range(40)]
    assert reader.read(some, Vectoring(), lambda done, of: done == 0) is None
    assert len(reader.known(some)) == 32
    assert reader.read(some, TextGrader()) is None


def test_a_plan_tells_what_was_not_read_and_reads_a_file_once(store: Store, deck: Deck) -> None:
    by_form = plan(store, deck)
    assert CALL in by_form.borderline
    bring_in(store, by_form, NOW)
    assert terms(store, deck) == ["Ring buffer", "Call", "Backlog"]
    known_partly = plan(store, deck, readers=Readers(lambda some: {}), afresh=True)
    assert CALL in known_partly.borderline
    read = plan(store, deck, readers=Readers(against_the_call), afresh=True)
    assert read.borderline == ()
    assert read.counts()["unchanged"] == 3
    bring_in(store, read, NOW)
    for words_ in (None, against_the_call):
        assert plan(store, deck, readers=Readers(words_)).counts()["unchanged"] == 3
        assert not plan(store, deck, readers=Readers(words_)).offers, "the file was read again"


def test_a_new_deck_gets_what_the_words_leave(store: Store, deck: Deck) -> None:
    bring_in(store, plan(store, deck, readers=Readers(against_the_call)), NOW)
    assert terms(store, deck) == ["Ring buffer", "Backlog"]


def test_a_choice_about_one_card_leaves_the_others_as_they_were_read(store: Store, deck: Deck) -> None:
    bring_in(store, plan(store, deck, readers=Readers(against_the_call)), NOW)
    ring = next(card for card in store.cards(deck.name) if card.card.term == "Ring buffer")
    drop(store, [ring], Like.ALONE, NOW, readers=Readers(against_the_call))
    assert terms(store, deck) == ["Backlog"]


def test_what_was_read_by_its_form_stays_so_until_it_is_edited(store: Store, deck: Deck) -> None:
    bring_in(store, plan(store, deck), NOW)
    ring = next(card for card in store.cards(deck.name) if card.card.term == "Ring buffer")
    drop(store, [ring], Like.ALONE, NOW, readers=Readers(against_the_call))
    assert terms(store, deck) == ["Call", "Backlog"]
    (deck.notes[0] / "a.md").write_text(NOTE + "\n")
    edited = plan(store, deck, readers=Readers(against_the_call))
    assert edited.borderline == (), "its words are read now"
    assert edited.counts()["unchanged"] == 2, "and in doubt a card stays one"


def test_a_choice_about_one_note_brings_in_no_other(store: Store, deck: Deck) -> None:
    other = deck.notes[0] / "b.md"
    other.write_text("# Rivers\n\n- **Delta**: land that a river lays down at its mouth.\n")
    bring_in(store, plan(store, deck, readers=Readers(against_the_call)), NOW)
    other.write_text(other.read_text() + "- **Meander**: a bend of a river in a wide valley.\n")
    backlog = next(card for card in store.cards(deck.name) if card.card.term == "Backlog")
    (made,) = drop(store, [backlog], Like.ALONE, NOW, readers=Readers(against_the_call))
    assert made.counts() | {"unchanged": 2, "gone": 1} == made.counts()
    assert terms(store, deck) == ["Ring buffer", "Delta"]
    assert plan(store, deck, readers=Readers(against_the_call)).counts()["added"] == 1


def test_the_model_is_asked_only_for_what_is_not_kept(reader: Words) -> None:
    model, started = Vectoring(), []

    def start() -> Vectoring:
        started.append(model)
        return model

    read = reader.reading(start)
    assert read([CALL]) == pytest.approx(reader.known([CALL]))
    assert read([CALL]) == reader.known([CALL])
    assert len(started) == 1
    others = [CALL, ("Ring buffer", "a fixed array")]
    assert reader.reading(lambda: None)(others) == reader.known([CALL]), "no model: what is kept has to do"
    assert Words(Vectors(reader._kept.path, "another")).reading(TextGrader)(others) is None


def test_without_a_model_a_note_is_read_by_its_form(store: Store, deck: Deck) -> None:
    bring_in(store, plan(store, deck, readers=Readers(lambda some: None)), NOW)
    assert terms(store, deck) == ["Ring buffer", "Call", "Backlog"]


@pytest.mark.models
def test_the_model_tells_an_errand_from_a_term(home: Path) -> None:
    settings = Settings(home=home, language_model=OFF)
    path = model_path(settings.embedding_model)
    if path is None or not path.exists():
        pytest.skip("the embedding model is not here")
    home.mkdir(exist_ok=True)
    reader, model = words(home, settings.embedding_model), grader(settings)
    assert reader is not None
    terms_ = [("Osmosis", "water moves through a membrane towards more solute"), ("栈", "后进先出的线性表")]
    errands = [("Dinner with Tom", "Thursday, seven, the usual place"), ("待办", "明天给房东打电话")]
    try:
        found = reader.read(terms_ + errands, model)
    finally:
        model.close()
    assert found is not None
    assert min(found[one] for one in terms_) > max(found[one] for one in errands)
