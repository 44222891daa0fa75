"""Figures in, a table out: a row a question, for a spreadsheet; no cell is taken for a formula."""

import csv
from collections.abc import Iterator
from typing import TextIO

from studyllm.results.figures import Figures, QuestionFigures
from studyllm.text import clean
from studyllm.verdicts import Label

_POINTS = 3
_HEAD = (
    "question",
    "term",
    "reference",
    "answers",
    "correct",
    "partial",
    "incorrect",
    "unsure",
    "without_content",
    "mean_score",
    *(name for number in range(1, _POINTS + 1) for name in (f"missed_{number}", f"missed_{number}_times")),
    "commonest_wrong",
    "commonest_wrong_times",
    "most_doubtful",
    "most_doubtful_ids",
)
"""Names of the columns; they stay, whatever the language."""
_FORMULA = tuple("=+-@\t\r＝＋－＠")
"""What begins a formula in some spreadsheet."""


def write(found: Figures, file: TextIO) -> None:
    """A line of names, then one a question in the order of the input."""
    table = csv.writer(file)
    table.writerow(_HEAD)
    for one in found.questions:
        table.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in _cells(one)])


def guarded(text: str) -> str:
    """A cell that stays text: what would begin a formula gets an apostrophe."""
    cleaned = clean(text)
    return f"'{cleaned}" if cleaned.lstrip(" \n").startswith(_FORMULA) else cleaned


def _cells(one: QuestionFigures) -> Iterator[str | int | float]:
    yield from (one.question, one.term, one.reference, one.answers)
    yield from (one.labels[label] for label in Label)
    yield from (one.unsure, one.silent.total(), round(one.score, 4))
    missed = [point for point in one.points if not point.extra and point.lacking][:_POINTS]
    for place in range(_POINTS):
        yield from (missed[place].text, missed[place].lacking) if place < len(missed) else ("", "")
    common = one.clusters[0] if one.clusters else None
    yield from (common.examples[0].text, common.times) if common else ("", "")
    doubt = one.doubtful[0].given if one.doubtful else None
    yield from (doubt.text, " ".join(doubt.where)) if doubt else ("", "")
