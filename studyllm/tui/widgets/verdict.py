"""A verdict as text: the word, the points, the learner's words against the note's. Marks as well as colours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.style import Style

from studyllm import messages
from studyllm.i18n import _
from studyllm.late import Late
from studyllm.text import shortened
from studyllm.verdicts import Label, PointResult, State

if TYPE_CHECKING:
    from studyllm import grading
    from studyllm.grading import Verdict
else:
    grading = Late("studyllm.grading")

_LABELS = {Label.CORRECT: "$text-success", Label.PARTIAL: "$text-warning", Label.INCORRECT: "$text-error"}
STATES = {
    State.HIT: "$text-success",
    State.PARTLY: "$text-warning",
    State.MISSED: "$text-warning",
    State.CONTRADICTED: "$text-error",
    State.UNSURE: "$text-warning",
}
_EVIDENCE = 60
"""Letters of the learner's words that are shown beside a point."""


def headline(verdict: Verdict) -> Content:
    """The verdict on one line: the word, whether the order decided it, how sure it is, who had the last say."""
    style = "$text-warning" if verdict.unsure else _LABELS[verdict.label]
    parts: list[tuple[str, str]] = [(f"{messages.mark(verdict)} {messages.label(verdict)}", f"bold {style}")]
    if verdict.turned:
        parts.append((f"   {_('the order is wrong')}", style))
    told = filter(None, (messages.sureness(verdict), messages.judged_by(verdict)))
    parts.append(("".join(f"   {one}" for one in told), "$foreground-muted"))
    return Content.assemble(*parts)


def points(verdict: Verdict, keys: Sequence[str] = ()) -> Content:
    """Each point of the note on its own line, with what the answer did with it and the learner's words for it; before
    it the key, which a click stands for, that says otherwise."""
    return Content("\n").join(
        _point(point, number, keys[number] if number < len(keys) else "", alone=len(verdict.points) == 1)
        for number, point in enumerate(verdict.points)
    )


def _point(point: PointResult, number: int, key: str, *, alone: bool) -> Content:
    style = STATES[point.state]
    parts: list[str | tuple[str, str]] = [(f"{key} ", "$foreground-muted")] if key else []
    parts += [(f"{messages.MARKS[point.state]} ", f"bold {style}"), grading.shown(point.text)]
    if point.state is not State.HIT and not (point.extra and point.state is State.MISSED):
        parts.append((f"  {messages.state(point)}", style))
    if point.extra:
        parts.append((f"  {messages.extra(point)}", "$foreground-muted"))
    if point.evidence and point.state is not State.MISSED and not (alone and point.state is State.HIT):
        said = _("you: {words}").format(words=shortened(point.evidence, _EVIDENCE))
        parts.append((f"  {said}", "$foreground-muted italic"))
    line = Content.assemble(*parts)
    return line.stylize(Style.from_meta({"@click": f"screen.point({number})"})) if key else line
