"""A verdict as text: the word, the points, the learner's words against the note's. Marks as well as colours."""

from textual.content import Content

from studyllm import words
from studyllm.grading import Label, State, Verdict
from studyllm.i18n import _

_LABELS = {Label.CORRECT: "$text-success", Label.PARTIAL: "$text-warning", Label.INCORRECT: "$text-error"}
_STATES = {
    State.HIT: "$text-success",
    State.MISSED: "$text-warning",
    State.CONTRADICTED: "$text-error",
}
_EVIDENCE = 60
"""Letters of the learner's words that are shown beside a point."""


def headline(verdict: Verdict) -> Content:
    """The verdict on one line: the word, the score, who had the last say."""
    style = "$text-warning" if verdict.unsure else _LABELS[verdict.label]
    parts: list[tuple[str, str]] = [(words.label(verdict), f"bold {style}")]
    parts.append((f"   {verdict.score:.0%}", "$foreground-muted"))
    if verdict.unmoved is not None:
        parts.append((f" ({_('was {score}').format(score=f'{verdict.unmoved:.0%}')})", "$foreground-muted"))
    parts.append((f"   {words.judged_by(verdict)}", "$foreground-muted"))
    return Content.assemble(*parts)


def points(verdict: Verdict) -> Content:
    """Each point of the note on its own line, with what the answer did with it and the learner's words for it."""
    lines = []
    for point in verdict.points:
        style = _STATES[point.state]
        parts: list[str | tuple[str, str]] = [(f"{words.MARKS[point.state]} ", f"bold {style}"), point.text]
        if point.state is not State.HIT:
            parts.append((f"  {words.state(point)}", style))
        if point.evidence and (point.state is State.CONTRADICTED or len(verdict.points) > 1):
            said = point.evidence if len(point.evidence) <= _EVIDENCE else f"{point.evidence[:_EVIDENCE]}…"
            parts.append((f"  {_('you: {words}').format(words=said)}", "$foreground-muted italic"))
        lines.append(Content.assemble(*parts))
    return Content("\n").join(lines)
