"""A verdict as text: the word, the points, the learner's words against the note's. Marks as well as colours."""

from textual.content import Content

from studyllm.grading import Label, State, Verdict

_WORDS = {
    Label.CORRECT: ("✓ correct", "$text-success"),
    Label.PARTIAL: ("◐ partly correct", "$text-warning"),
    Label.INCORRECT: ("✗ not correct", "$text-error"),
}
_MARKS = {
    State.HIT: ("✓ ", "$text-success"),
    State.MISSED: ("○ ", "$text-warning"),
    State.CONTRADICTED: ("✗ ", "$text-error"),
}
_STATES = {State.HIT: "", State.MISSED: "missed", State.CONTRADICTED: "contradicted"}


def headline(verdict: Verdict) -> Content:
    """The verdict on one line: the word, the score, who had the last say."""
    word, style = _WORDS[verdict.label]
    parts: list[Content | str | tuple[str, str]] = [(word, f"bold {style}")]
    if verdict.unsure:
        parts = [("? unsure", "bold $text-warning"), (f"  perhaps {word[2:]}: you decide", style)]
    parts.append((f"   {verdict.score:.0%}", "$text-muted"))
    if verdict.unmoved is not None:
        parts.append((f" (was {verdict.unmoved:.0%})", "$text-muted"))
    parts.append((f"   {verdict.reason or 'by ' + verdict.by[-1]}", "$text-muted"))
    return Content.assemble(*parts)


def points(verdict: Verdict) -> Content:
    """Each point of the note on its own line, with what the answer did with it."""
    lines = []
    for point in verdict.points:
        mark, style = _MARKS[point.state]
        parts: list[Content | str | tuple[str, str]] = [(mark, style), point.text]
        if word := _STATES[point.state]:
            parts.append((f"  ({word})", style))
        if point.evidence and point.state is State.CONTRADICTED:
            parts.append((f"  you: {point.evidence}", "$text-muted"))
        lines.append(Content.assemble(*parts))
    return Content("\n").join(lines)
