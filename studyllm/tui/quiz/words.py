"""What the screens of a quiz call its kinds of question and its cards."""

from studyllm import messages
from studyllm.cards import Card, Kind
from studyllm.i18n import N_, _
from studyllm.notes.candidates import asking
from studyllm.quiz.compose import is_in_figures
from studyllm.quiz.items import Grid, Item, Level, Mode, Origin
from studyllm.text import width

MODES = {
    Mode.CHOOSE_MEANING: N_("choose the meaning"),
    Mode.CHOOSE_TERM: N_("choose the term"),
    Mode.MEANING: N_("type the meaning"),
    Mode.TERM: N_("type the term"),
    Mode.CLOZE: N_("fill the gap"),
    Mode.MATCH: N_("match pairs"),
    Mode.ORDER: N_("put steps in order"),
    Mode.TABLE: N_("fill the table"),
    Mode.CONTRAST: N_("tell two apart"),
}
LEVELS = {
    Level.ANY: N_("all"),
    Level.NEW: N_("new"),
    Level.LEARNING: N_("learning (back in under 3 weeks)"),
    Level.MATURE: N_("mature (3 weeks and more)"),
    Level.LAPSED: N_("forgotten at least once"),
}
ORIGINS = {
    Origin.ALL: N_("all of them"),
    Origin.WRONG: N_("what I got wrong before"),
    Origin.CONFUSED: N_("what I took for something else"),
}
_ASKS = {
    Mode.CHOOSE_MEANING: N_("Which is its meaning?"),
    Mode.CHOOSE_TERM: N_("Which term is this?"),
    Mode.MEANING: N_("What does it mean?"),
    Mode.TERM: N_("Which term is this?"),
    Mode.CLOZE: N_("What is missing?"),
    Mode.MATCH: N_("Which belongs to which?"),
    Mode.ORDER: N_("In which order?"),
    Mode.TABLE: N_("What belongs where?"),
    Mode.CONTRAST: N_("You took the one for the other."),
}
_ASKS_FACT = {
    Mode.CHOOSE_MEANING: N_("Which one belongs to it?"),
    Mode.MEANING: N_("What belongs to it?"),
}
"""The same of what has no meaning but a value, as a port, a year or a number of days."""
_VALUE = 24
"""Columns of a cell that may be a value."""


def mode(name: str) -> str:
    """A kind of question."""
    return _(MODES[Mode(name)])


def asks(item: Item) -> str:
    """The question in a few words; nothing where what stands below asks it."""
    if item.mode not in (Mode.MEANING, Mode.CHOOSE_MEANING) or isinstance(item, Grid):
        return _(_ASKS[item.mode])
    text = item.card.card
    is_asked, question = asking.asks(text.prompt or text.term), (_ASKS_FACT if _is_fact(text) else _ASKS)
    if item.mode is Mode.CHOOSE_MEANING:
        return _("Which is the answer?") if is_asked else _(question[item.mode])
    return "" if is_asked or messages.wanted(item.card) else _(question[item.mode])


def _is_fact(card: Card) -> bool:
    """Whether the answer to a card need not be what its term means: a table may have any column, and the card does not
    know its head, so a short cell may be a value; a date or a number has no meaning."""
    value = card.kind is Kind.TABLE and width(card.answer) <= _VALUE
    return value or is_in_figures(card.term)
