"""What a few lines of a note give."""

from studyllm.notes import read_note
from studyllm.notes.markdown.parse import parse
from studyllm.notes.reading import read


def cards_of(text: str) -> list[tuple[str, str]]:
    """Front and back of the cards of a text."""
    return [(card.term, card.answer) for card in read_note(text, "notes.md").cards]


def fronts_of(text: str) -> set[str]:
    """Fronts of the cards of a text and of what is offered."""
    note = read_note(text, "notes.md")
    return {one.card.term for one in note.offers} | {card.term for card in note.cards}


def considered_in(text: str) -> dict[str, str]:
    """Front and back of all that might be a card, whatever becomes of it."""
    return {one.term: one.answer for one in read(parse(text), "notes.md", text)[2]}
