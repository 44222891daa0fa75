"""`studyllm grade`: answers come in as lines of JSON; each verdict goes out before the next line is asked for."""

import time
from collections.abc import Iterator
from typing import Any, BinaryIO

import click

from studyllm.cli.jsonl import ToGrade, Unusable, read
from studyllm.cli.session import Session
from studyllm.cli.show import emit, verdict_json
from studyllm.errors import InputError, StudyError
from studyllm.grading import Grader
from studyllm.i18n import ngettext
from studyllm.text import clean

Row = dict[str, Any]


@click.command()
@click.option("--jsonl", "file", type=click.File("rb"), required=True, metavar="FILE|-")
@click.option("--explain", is_flag=True, help="Also say what was missed or wrong.")
@click.pass_obj
def grade(session: Session, file: BinaryIO, explain: bool) -> None:
    """Grade answers to any questions, without a card or a schedule.

    Each line of FILE (- is standard input) is a JSON object: question, reference, answer, and if you like id, term,
    aliases (other names of the term), kind (term, list, table or sequence), context (the heading above), lang (zh or
    en; anything else: that of the text), points (what an answer must say) and references (up to four others, as good:
    the best verdict counts).

    Each verdict is printed as soon as its line is there, in the order of the input. A line that cannot be graded
    becomes an object with id, line and error; the others are graded all the same, and the exit code is 1.
    """
    count = wrong = 0
    with session.grader() as grader:
        for row in rows(grader, file, explain=explain):
            emit(row)
            count += 1
            wrong += "error" in row
    if wrong:
        told = ngettext(
            "{wrong} of {count} line could not be graded.",
            "{wrong} of {count} lines could not be graded.",
            count,
        )
        raise InputError(told.format(wrong=wrong, count=count))


def rows(grader: Grader, file: BinaryIO, *, explain: bool = False) -> Iterator[Row]:
    """A verdict or an error for each line, before the next line is asked for."""
    for found in read(file):
        yield _error(found, found.why) if isinstance(found, Unusable) else _graded(grader, found, explain)


def _error(found: ToGrade | Unusable, why: str) -> Row:
    return {"id": found.id, "line": found.line, "error": why}


def _graded(grader: Grader, asked: ToGrade, explain: bool) -> Row:
    start = time.perf_counter()
    try:
        verdicts = [(grader.grade(question, asked.answer), question) for question in asked.questions]
        verdict, question = max(verdicts, key=lambda judged: judged[0].score)
        why = clean("".join(grader.explain(question, asked.answer, verdict))) if explain else ""
    except StudyError as error:
        return _error(asked, str(error))
    milliseconds = round((time.perf_counter() - start) * 1000, 1)
    return {"id": asked.id, **verdict_json(verdict), "explanation": why, "ms": milliseconds}
