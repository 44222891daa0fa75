"""studyllm: notes become cards, cards fall due, an answer gets a verdict, the verdict moves the card."""

__version__ = "0.1.0"
