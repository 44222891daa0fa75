"""Which part of the screen a question of a quiz is shown in."""

from studyllm.quiz.items import Cloze, Contrast, Grid, Item, Mode, MultipleChoice, Order, Typed
from studyllm.tui.quiz.body import AreaBody, Body, ChoiceBody, LineBody
from studyllm.tui.quiz.grid import GridBody
from studyllm.tui.quiz.order import OrderBody


def body(item: Item) -> Body:
    """The part of the screen for a question."""
    match item:
        case MultipleChoice():
            return ChoiceBody(item)
        case Cloze():
            return LineBody(item)
        case Typed(mode=Mode.TERM):
            return LineBody(item)
        case Typed() | Contrast():
            return AreaBody()
        case Grid():
            return GridBody(item)
        case Order():
            return OrderBody(item)
