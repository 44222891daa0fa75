"""Cards that are made of a term's card: which, and that no prompt gives its answer away."""

from pathlib import Path

import pytest

from studyllm.cards import DERIVED, USUAL, Card, Kind
from studyllm.notes import read_note
from studyllm.notes.derived import one_way
from studyllm.text import key
from tests.conftest import ROOT

NOTE = """# Networks

- **Residual connection** (skip link): adds the input of a layer to its output, so that a residual connection keeps
  gradients alive in 100 layers.
- **Softmax**: turns any numbers into shares that are positive and add up to one, as self-attention needs them.
- **Self-attention**: weighs every word by how much it matters to the others.

Which layer comes last?::The softmax layer, as a rule
"""
ALL = USUAL | DERIVED


def of(kind: Kind, cards: tuple[Card, ...]) -> dict[str, Card]:
    return {card.term: card for card in cards if card.kind is kind}


def test_nothing_is_made_unless_the_deck_wants_it() -> None:
    assert not DERIVED & {card.kind for card in read_note(NOTE, "/n.md").cards}
    assert {Kind.MEANING} == DERIVED & {
        card.kind for card in read_note(NOTE, "/n.md", kinds=USUAL | {Kind.MEANING}).cards
    }


def test_the_other_direction_asks_for_the_term_under_any_of_its_names() -> None:
    made = of(Kind.MEANING, read_note(NOTE, "/n.md", kinds=ALL).cards)
    assert set(made) == {"Residual connection", "Softmax", "Self-attention"}
    card = made["Residual connection"]
    assert (card.answer, card.aliases, card.points) == ("Residual connection", ("skip link",), (card.answer,))
    assert "input of a layer" in card.prompt
    assert "residual connection" not in card.prompt.casefold()


def test_a_gap_hides_a_term_of_the_note_and_takes_its_other_names() -> None:
    made = of(Kind.GAP, read_note(NOTE, "/n.md", kinds=ALL).cards)
    card = made["Softmax"]
    assert card.answer.casefold() == "self-attention"
    assert "[…]" in card.prompt
    assert "self-attention" not in card.prompt.casefold()


def test_the_name_in_another_language_is_not_told() -> None:
    note = (
        "# 学习\n\n- **提取练习**：提取练习（Retrieval Practice）是合上书、靠自己把内容想出来的学习方式。\n"
    )
    made = of(Kind.MEANING, read_note(note, "/n.md", kinds=ALL).cards)["提取练习"]
    assert "Retrieval" not in made.prompt
    gap = of(Kind.GAP, read_note(note, "/n.md", kinds=ALL).cards)["提取练习"]
    assert "Retrieval" not in gap.prompt + gap.answer


def test_what_is_made_comes_after_what_it_is_made_of() -> None:
    cards = read_note(NOTE, "/n.md", kinds=ALL).cards
    kinds = [card.kind in DERIVED for card in cards]
    assert kinds == sorted(kinds)


VOCABULARY = """# Vocabulario

| Español | English |
|---|---|
| el fregadero | the sink |
| el techo | the roof, the ceiling |
| la silla | the chair |
| el asiento | the seat |
| la butaca | the seat |

## Expresiones

- darse cuenta de - to realize
- dar igual - not to matter
- a pesar de - in spite of

## Medición

| Unidad | Símbolo | Mide |
|---|---|---|
| voltio | V | la tensión eléctrica |
| amperio | A | la corriente eléctrica |
"""


def test_a_vocabulary_is_asked_in_both_directions() -> None:
    """Rows of two columns and pairs, however short; a meaning that two words have asks for neither."""
    cards = read_note(VOCABULARY, "/v.md", kinds=USUAL | {Kind.MEANING}).cards
    assert {card.prompt: card.answer for card in cards if card.kind is Kind.MEANING} == {
        "the sink": "el fregadero",
        "the roof, the ceiling": "el techo",
        "the chair": "la silla",
        "to realize": "darse cuenta de",
        "not to matter": "dar igual",
        "in spite of": "a pesar de",
    }
    assert one_way(cards) == 4, "the two seats, and the rows of three columns"


def test_a_short_word_among_definitions_is_not_turned_round() -> None:
    note = NOTE + "\n- **Perceptron**: a neuron\n"
    assert "Perceptron" not in of(Kind.MEANING, read_note(note, "/n.md", kinds=ALL).cards)


@pytest.mark.parametrize("path", sorted((ROOT / "notes").glob("*.md")), ids=lambda path: path.stem)
def test_no_prompt_of_the_shipped_notes_gives_its_answer_away(path: Path) -> None:
    text = path.read_text("utf-8")
    usual, cards = read_note(text, str(path)).cards, read_note(text, str(path), kinds=ALL).cards
    assert tuple(card for card in cards if card.kind not in DERIVED) == usual
    made = [card for card in cards if card.kind in DERIVED]
    assert len({card.prompt for card in cards}) == len(cards)
    for card in made:
        if card.kind is Kind.MEANING:
            assert key(card.answer) not in key(card.prompt)
        else:
            assert card.prompt.count("[…]") == 1
    assert read_note(text, str(path), kinds=ALL).cards == cards, "the same every time"
