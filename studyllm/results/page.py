"""Figures in, a page of HTML out: one file, without a script, for a screen or paper; all of it is data, and escaped."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from studyllm.i18n import _, ngettext, spoken
from studyllm.messages import LABELS, state_name
from studyllm.results.figures import Figures, PointFigure, QuestionFigures
from studyllm.text import clean
from studyllm.verdicts import Label, State

SECTIONS = 500
"""Questions that have a section; the table of numbers has all."""
_FIRST = 20
"""Doubtful answers of all questions, at the top."""
_POINTS = 12
_LONGEST = 400
"""Letters that are shown of a text."""
_STATES = (State.HIT, State.PARTLY, State.UNSURE, State.MISSED, State.CONTRADICTED)
_COLOURS = {
    Label.CORRECT: "good",
    Label.PARTIAL: "half",
    Label.INCORRECT: "bad",
    State.HIT: "good",
    State.PARTLY: "half",
    State.UNSURE: "doubt",
    State.MISSED: "half",
    State.CONTRADICTED: "bad",
}


def page(found: Figures, title: str) -> Iterator[str]:
    """The page, in pieces."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["shown"] = shown
    shown_questions = found.questions[:SECTIONS]
    number = {id(one): place for place, one in enumerate(shown_questions, 1)}
    return environment.get_template("page.html").generate(
        lang=spoken(),
        title=_("Answers graded: {name}").format(name=title),
        facts=facts(found),
        doubtful=[(number.get(id(one)), one, doubt) for one, doubt in found.doubtful(_FIRST)],
        questions=shown_questions,
        more=_more(len(found.questions) - len(shown_questions)),
        words=_words(),
        name=name,
        bar=bar,
        points=_points,
        label=lambda label: _(LABELS[label][1]),
        mark=lambda label: LABELS[label][0],
        times=lambda count: ngettext("{count} time", "{count} times", count).format(count=count),
        percent=lambda share: f"{share:.0%}",
        silent=silent,
    )


def facts(found: Figures) -> str:
    """What the file holds, in a line."""
    count = len(found.questions)
    parts = [
        ngettext("{count} answer", "{count} answers", found.answers).format(count=found.answers),
        ngettext("{count} question", "{count} questions", count).format(count=count),
    ]
    if found.answers:
        parts.append(_("{share:.0%} unsure").format(share=found.unsure / found.answers))
    if found.errors:
        said = ngettext("{count} line not graded", "{count} lines not graded", found.errors)
        parts.append(said.format(count=found.errors))
    if found.strange:
        said = ngettext("{count} line is no row", "{count} lines are no rows", found.strange)
        parts.append(said.format(count=found.strange))
    return " · ".join(parts)


def name(one: QuestionFigures) -> str:
    """What a question is called."""
    return shown(one.question or one.term or one.reference)


def shown(text: str) -> str:
    """As much of a text as a reader wants, without what a screen would obey."""
    cleaned = " ".join(clean(text).split())
    return cleaned if len(cleaned) <= _LONGEST else f"{cleaned[:_LONGEST]}…"


def bar(counts: Counter[Label] | Counter[State]) -> list[tuple[str, str, int, str]]:
    """Parts of a bar: a class, a word, a count, and its share of the width."""
    whole = counts.total() or 1
    parts: list[tuple[Label | State, str]] = (
        [(label, _(LABELS[label][1])) for label in Label]
        if any(isinstance(one, Label) for one in counts)
        else [(state, state_name(state)) for state in _STATES]
    )
    numbers: Counter[Any] = Counter(counts)
    return [
        (_COLOURS[part], word, numbers[part], f"{numbers[part] / whole:.4%}")
        for part, word in parts
        if numbers[part]
    ]


def silent(one: QuestionFigures) -> str:
    """Answers without content, by their reason."""
    return " · ".join(f"{_(reason)} {count}" for reason, count in one.silent.most_common())


def _points(one: QuestionFigures) -> tuple[PointFigure, ...]:
    return one.points[:_POINTS]


def _more(count: int) -> str:
    if count <= 0:
        return ""
    said = ngettext(
        "{count} more question has no section here; the CSV has it.",
        "{count} more questions have no sections here; the CSV has them.",
        count,
    )
    return said.format(count=count)


def _words() -> dict[str, str]:
    """What stands in the page beside the data."""
    return {
        "first": _("Look at these first"),
        "why_first": _(
            "The grader is not sure of them. At the top stands what one look settles most: given often, doubted much."
        ),
        "overview": _("Every question"),
        "question": _("Question"),
        "answers": _("Answers"),
        "mean": _("Mean score"),
        "verdicts": _("Verdicts"),
        "reference": _("Reference"),
        "points": _("Points, the most missed first"),
        "extra": _("extra, not needed"),
        "alike": _("Wrong answers that are alike"),
        "doubtful": _("Doubtful answers"),
        "unsure": _("Unsure"),
        "silent": _("Without content"),
        "perhaps": _("perhaps {label}"),
        "sure_by": _("{share} sure"),
        "alone": _("Wrong answers like no other: {count}"),
        "where": _("id or line: {where}"),
        "also": _("also:"),
    }
