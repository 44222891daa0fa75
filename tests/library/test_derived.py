"""A deck that asks in the other direction, and for gaps: cards that follow their term, have days of their own, and go
and come back with the option."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from studyllm import library
from studyllm.cards import DERIVED, USUAL, Deck, Kind
from studyllm.config import load_deck
from studyllm.errors import InputError
from studyllm.grading import TextGrader
from studyllm.review.asking import question
from studyllm.review.queue import ReviewQueue
from studyllm.schedule import Grade, New
from studyllm.store import Store, StudyCard
from studyllm.verdicts import Label
from tests.conftest import DAY, NOW, ROOT
from tests.conftest import both_engines as engine

__all__ = ["engine"]

NOTE = """# Networks

- **Residual connection** (skip link): adds the input of a layer to its output, so that 100 layers can be trained.
- **Softmax**: turns any numbers into shares that are positive and add up to one, in every layer of a network.
"""


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "networks.md"
    path.write_text(NOTE)
    return path


def imported(store: Store, note: Path, *kinds: Kind, days: int = 0) -> dict[tuple[str, Kind], StudyCard]:
    deck = Deck("nets", (note,), kinds=USUAL | {*kinds})
    library.bring_in(store, library.plan(store, deck), NOW + timedelta(days=days))
    return there(store)


def there(store: Store) -> dict[tuple[str, Kind], StudyCard]:
    return {(card.card.term, card.card.kind): card for card in store.cards("nets")}


def asked(store: Store, days: int, grade: Grade = Grade.GOOD) -> list[tuple[str, Kind]]:
    """All that is asked on a day, each once; what is repeated is known by then."""
    queue, at, found = ReviewQueue(store, DAY), NOW + timedelta(days=days), []
    while (following := queue.next(at)) is not None:
        card = following[0].card
        repeated = (card.term, card.kind) in found
        found += [] if repeated else [(card.term, card.kind)]
        queue.record(following[0], Grade.GOOD if repeated else grade, at)
        at += timedelta(seconds=30)
    return found


def test_siblings_never_come_on_one_day(store: Store, note: Path) -> None:
    cards = imported(store, note, *DERIVED)
    assert len(cards) == 6
    seen: set[tuple[str, Kind]] = set()
    for day in range(40):
        (counts,) = store.counts(DAY.of(NOW + timedelta(days=day)), DAY)
        today = asked(store, day)
        assert counts.due + counts.new == len(today), "what is said is what is asked"
        assert len({term for term, _kind in today}) == len(today), today
        seen.update(today)
    assert seen == set(cards), "each of them had its turn"


def test_each_direction_has_its_own_schedule(store: Store, note: Path) -> None:
    imported(store, note, Kind.MEANING)
    assert {kind for _term, kind in asked(store, 0)} == {Kind.TERM}
    assert {kind for _term, kind in asked(store, 1)} == {Kind.TERM}, "those are due again, and come first"
    assert {kind for _term, kind in asked(store, 2, Grade.WRONG)} == {Kind.MEANING}
    found = there(store)
    assert found["Softmax", Kind.TERM].due != found["Softmax", Kind.MEANING].due


def test_a_card_that_is_never_asked_holds_no_other_up(store: Store, note: Path) -> None:
    cards = imported(store, note, Kind.MEANING)
    store.suspend(cards["Softmax", Kind.TERM].id, NOW)
    assert ("Softmax", Kind.MEANING) in asked(store, 0)


def test_a_direction_that_is_dropped_is_kept_aside_and_comes_back_as_it_was(store: Store, note: Path) -> None:
    imported(store, note, Kind.MEANING)
    for day in range(4):
        asked(store, day)
    before = there(store)
    learned = before["Softmax", Kind.MEANING]
    assert learned.progress != New()
    assert {kind for _term, kind in imported(store, note, days=5)} == {Kind.TERM}
    assert store.card(learned.id).gone
    assert store.card(learned.id).progress == learned.progress
    assert there(store)["Softmax", Kind.TERM] == before["Softmax", Kind.TERM]
    assert imported(store, note, Kind.MEANING, days=6) == before
    assert not store.journal.differences()


def test_undo_takes_the_option_back_with_its_cards(store: Store, note: Path) -> None:
    before = imported(store, note)
    imported(store, note, *DERIVED, days=1)
    assert len(there(store)) == 6
    store.journal.undo(NOW + timedelta(days=2))
    assert there(store) == before
    (deck,) = store.decks()
    assert deck.kinds == USUAL
    library.bring_in(store, library.plan(store, deck), NOW + timedelta(days=3))
    assert there(store) == before, "the next import leaves it so"


def test_what_is_made_of_a_card_follows_it_through_a_new_name(store: Store, note: Path) -> None:
    imported(store, note, *DERIVED)
    for day in range(6):
        asked(store, day)
    before = there(store)
    note.write_text(NOTE.replace("**Softmax**", "**Normalised exponential**"))
    after = imported(store, note, *DERIVED, days=7)
    for kind in (Kind.TERM, Kind.MEANING, Kind.GAP):
        assert after["Normalised exponential", kind].id == before["Softmax", kind].id
        assert after["Normalised exponential", kind].progress == before["Softmax", kind].progress
    assert after["Normalised exponential", Kind.MEANING].card.answer == "Normalised exponential"


def test_every_name_of_the_term_is_right(store: Store, note: Path) -> None:
    card = imported(store, note, Kind.MEANING)["Residual connection", Kind.MEANING]
    for answer in ("residual connection", "Skip link"):
        verdict = TextGrader().grade(question(card), answer)
        assert (verdict.label, verdict.unsure) == (Label.CORRECT, False)
    assert TextGrader().grade(question(card), "softmax").label is not Label.CORRECT
    assert TextGrader().grade(question(card), "").label is Label.INCORRECT


def test_glossary_and_quiz_have_each_term_once(store: Store, note: Path) -> None:
    imported(store, note, *DERIVED)
    rows = list(store.entries.rows(DAY.of(NOW), DAY.start(DAY.of(NOW))))
    assert sorted(row.term for row in rows) == ["Residual connection", "Softmax"]
    assert store.entries.count() == 2
    assert len(store.quizzes.ids("nets")) == 2
    assert len(store.texts()) == 2


def test_a_deck_file_says_what_is_asked(tmp_path: Path, note: Path) -> None:
    path = tmp_path / "deck.toml"
    path.write_text(f'notes = ["{note.name}"]\ndirections = ["term", "meaning"]\ncloze = true\n')
    assert load_deck(path).kinds == USUAL | DERIVED
    path.write_text(f'notes = ["{note.name}"]\n')
    assert load_deck(path).kinds == USUAL
    for line, said in (
        ('directions = ["meaning"]', "term, and meaning"),
        ('directions = ["term", "up"]', "term, and meaning"),
        ('cloze = "yes"', "true or false"),
        ('kinds = ["meaning"]', "may hold"),
    ):
        path.write_text(f'notes = ["{note.name}"]\n{line}\n')
        with pytest.raises(InputError, match=said):
            load_deck(path)


def test_the_shipped_deck_is_as_it_was() -> None:
    assert not load_deck(ROOT / "decks" / "studyllm.toml").kinds & DERIVED


def test_the_import_says_how_many_cards_are_not_turned_round(store: Store, note: Path) -> None:
    note.write_text(NOTE + "\nWhat comes last in a network?::The softmax layer, as a rule\n")
    deck = Deck("nets", (note,))
    assert library.plan(store, deck).one_way == 0, "nobody asked for the other direction"
    made = library.plan(store, replace(deck, kinds=USUAL | {Kind.MEANING}))
    assert made.one_way == 1
    assert library.in_one_direction(made.one_way).startswith("1 card is asked in one direction only")


def test_the_log_tells_the_directions_of_a_card_apart(store: Store, note: Path) -> None:
    cards = imported(store, note, *DERIVED)
    queue = ReviewQueue(store, DAY)
    for kind in (Kind.TERM, *sorted(DERIVED)):
        queue.record(cards["Softmax", kind], Grade.GOOD, NOW)
    assert [one.what for one in store.journal.entries() if one.review] == [
        "grade 4 for Softmax",
        "grade 4 for Softmax (with a gap)",
        "grade 4 for Softmax (from its meaning)",
    ]


def test_a_learnt_gap_stays_whatever_other_cards_come_and_go(store: Store, tmp_path: Path) -> None:
    note, terms = tmp_path / "law.md", "- **Terms**: what the parties agreed upon in their contract.\n"
    offer = "- **Offer**: a statement of terms that is made to be accepted, and binds once it is.\n"
    note.write_text(f"# Law\n\n{offer}{terms}")
    before = imported(store, note, Kind.GAP)["Offer", Kind.GAP]
    assert before.card.answer == "terms"
    note.write_text(f"# Law\n\n{offer}")
    assert imported(store, note, Kind.GAP)["Offer", Kind.GAP].card.answer != "terms", "nobody has learnt it"

    note.write_text(f"# Law\n\n{offer}{terms}")
    again = imported(store, note, Kind.GAP)["Offer", Kind.GAP]
    ReviewQueue(store, DAY).record(again, Grade.GOOD, NOW)
    note.write_text(f"# Law\n\n{offer}")
    after = imported(store, note, Kind.GAP)["Offer", Kind.GAP]
    assert after.card.prompt == again.card.prompt
    assert after.progress == store.card(again.id).progress

    note.write_text("# Law\n\n- **Offer**: a promise, sealed with red wax by a notary.\n")
    assert imported(store, note, Kind.GAP)["Offer", Kind.GAP].card.answer != "terms"
