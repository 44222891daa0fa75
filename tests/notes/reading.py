"""What a few lines of a note give."""

from studyllm.notes import read_note


def cards_of(text: str) -> list[tuple[str, str]]:
    """Front and back of the cards of a text."""
    return [(card.term, card.answer) for card in read_note(text, "notes.md").cards]


def fronts_of(text: str) -> set[str]:
    """Fronts of the cards of a text and of what is offered."""
    note = read_note(text, "notes.md")
    return {one.card.term for one in note.offers} | {card.term for card in note.cards}
