"""A card of a recall as it is shown: its line in the list, and the learner's words beside the note's."""

from collections.abc import Sequence

from textual.content import Content

from studyllm import messages
from studyllm.grading import shown
from studyllm.i18n import _
from studyllm.messages import recalling
from studyllm.review.recall import CardRecall, Effect
from studyllm.tui.widgets.rows import MUTED, NOTABLE, STRONG, Cell
from studyllm.tui.widgets.verdict import STATES
from studyllm.verdicts import PointResult, Recalled

_STATE, _EFFECT = 18, 22
"""Columns of a state, and of what becomes of the card."""
_STYLES = {
    Recalled.HIT: "$text-success",
    Recalled.PARTLY: "$text-warning",
    Recalled.MISSED: "$text-warning",
    Recalled.CONTRADICTED: "$text-error",
}


def widths(columns: int) -> Sequence[int]:
    """Of mark and state, term, and what becomes of it."""
    return _STATE, max(10, columns - _STATE - _EFFECT), _EFFECT


def row(recall: CardRecall, what: Effect) -> Sequence[Cell]:
    """A card on one line."""
    look = {Recalled.HIT: "", Recalled.CONTRADICTED: NOTABLE}.get(recall.state, MUTED)
    return (
        Cell(_marked(recall), look),
        Cell(recall.card.card.prompt or recall.card.card.term, STRONG if recall.own else ""),
        Cell(recalling.effect(recall, what), MUTED),
    )


def detail(recall: CardRecall, what: Effect) -> Content:
    """What the learner wrote about a card, and what the note says."""
    card, style = recall.card.card, _STYLES[recall.state]
    parts: list[str | tuple[str, str] | Content] = [
        (_marked(recall), f"bold {style}"),
        (f" · {recalling.effect_at_length(recall, what)}\n\n", "$foreground-muted"),
        (_("You wrote") + "\n", "$foreground-muted"),
        (recall.heard.words or _("nothing about it")) + "\n\n",
        (_("The note") + "\n", "$foreground-muted"),
    ]
    points = recall.heard.points
    if len(points) > 1:
        parts += [_point(point) for point in points]
    else:
        parts.append(card.answer)
    return Content.assemble(*parts)


def _marked(recall: CardRecall) -> str:
    """The state of a card, as a sign and a word."""
    return f"{recalling.mark(recall)} {recalling.state(recall)}"


def _point(point: PointResult) -> Content:
    style = STATES[point.state]
    return Content.assemble((f"{messages.MARKS[point.state]} ", f"bold {style}"), shown(point.text), "\n")
