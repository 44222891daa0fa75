"""`studyllm report`: what a file of graded answers comes to, question by question."""

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing, nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

import click

from studyllm.cli.progress import Line
from studyllm.cli.session import Session, model_path
from studyllm.cli.show import line
from studyllm.errors import InputError
from studyllm.i18n import _
from studyllm.private import appearing
from studyllm.text import clean

if TYPE_CHECKING:
    from studyllm.results.figures import Figures


@click.command()
@click.argument("results", type=click.File("rb"))
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a page for people.")
@click.option("--csv", "table", type=click.Path(path_type=Path), metavar="FILE", help="Write a table.")
@click.option("--letters", is_flag=True, help="Compare wrong answers by letters alone, which is quick.")
@click.pass_obj
def report(session: Session, results: BinaryIO, html: Path | None, table: Path | None, letters: bool) -> None:
    """Say what the answers in RESULTS come to, a file that `studyllm grade --out` wrote.

    For each question: how the verdicts fall, the points most missed, wrong answers that are alike, and the doubtful
    answers to look at first. Without --html or --csv, a line a question.
    """
    for path in (html, table):
        _not_the_results(results, path)
    found = _figures(session, results, letters=letters)
    if not found.answers and (found.strange or not found.errors):
        raise InputError(
            _("{path} holds no rows of `studyllm grade --out`. Nothing was written.").format(
                path=clean(results.name)
            )
        )
    if html is not None:
        from studyllm.results.page import page

        _put(html, "utf-8", lambda file: file.writelines(page(found, Path(results.name).name)))
    if table is not None:
        from studyllm.results.table import write

        _put(
            table, "utf-8-sig", lambda file: write(found, file)
        )  # without the mark, Excel does not take it for UTF-8
    _say(found, short=html is not None or table is not None)


def _say(found: "Figures", *, short: bool) -> None:
    from studyllm.messages import LABELS
    from studyllm.results.page import facts, name

    line(facts(found))
    for one in () if short else found.questions:
        shares = "  ".join(f"{sign} {one.labels[label]}" for label, (sign, _word) in LABELS.items())
        line(f"{shares}  ? {one.unsure}  {one.score:>4.0%}  {name(one)}")


def _figures(session: Session, results: BinaryIO, *, letters: bool) -> "Figures":
    from studyllm.results.alike import groups
    from studyllm.results.figures import figures
    from studyllm.results.rows import read

    told, compared = Line(sys.stderr), 0

    def alike(texts: Sequence[str]) -> Sequence[int]:
        nonlocal compared
        compared += 1
        if told.due():
            told.say(_("comparing wrong answers: question {number}").format(number=compared))
        return groups(texts, embed)

    with _embedding(session, letters) as embed:
        try:
            return figures(read(results), alike)
        finally:
            told.close()


def _embedding(session: Session, letters: bool) -> "closing[_Meaning] | nullcontext[None]":
    """What reads wrong answers by meaning; nothing where the model is off or absent."""
    path = None if letters else model_path(session.settings.embedding_model)
    if path is None or not path.exists():
        return nullcontext()
    return closing(_Meaning(session, path))


class _Meaning:
    """An embedding model in its process, made when there is something to read."""

    def __init__(self, session: Session, path: Path) -> None:
        from studyllm.grading import ModelGrader

        settings = session.settings
        self._grader = ModelGrader(
            path, None, threads=settings.threads or os.cpu_count() or 1, device=settings.device
        )

    def __call__(self, texts: Sequence[str]) -> Sequence[bytes]:
        return self._grader.embed(texts)

    def close(self) -> None:
        self._grader.close()


def _not_the_results(results: BinaryIO, path: Path | None) -> None:
    try:
        same = path is not None and os.path.samestat(path.stat(), os.fstat(results.fileno()))
    except (OSError, ValueError):
        return
    if same:
        raise InputError(
            _("{path} holds the results themselves. Nothing was changed; name another file.").format(
                path=path
            )
        )


def _put(path: Path, encoding: str, write: Callable[[TextIO], None]) -> None:
    """A file, whole or not at all; raises InputError when it cannot be written."""
    try:
        with appearing(path) as out, TextIOWrapper(out, encoding, newline="", write_through=True) as file:
            write(file)
    except OSError as error:
        said = _("{path} cannot be written: {reason}.")
        raise InputError(said.format(path=clean(str(path)), reason=error.strerror or error)) from error
