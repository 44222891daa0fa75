"""`studyllm grade`: answers come in as lines of JSON; each verdict goes out before the next line is asked for."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from studyllm.cli.jsonl import Unusable, read
from studyllm.cli.judged import Row, judged
from studyllm.cli.session import Session
from studyllm.cli.show import emit
from studyllm.errors import InputError
from studyllm.grading import Grader
from studyllm.i18n import _, ngettext


@click.command()
@click.option("--jsonl", "file", type=click.File("rb"), required=True, metavar="FILE|-")
@click.option("--explain", is_flag=True, help="Also say what was missed or wrong.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="RESULTS",
    help="Write rows into this file; the same command goes on where it was stopped.",
)
@click.option("--afresh", is_flag=True, help="With --out: grade all of it anew.")
@click.pass_obj
def grade(session: Session, file: BinaryIO, explain: bool, out: Path | None, afresh: bool) -> None:
    """Grade answers to any questions, without a card or a schedule.

    Each line of FILE (- is standard input) is a JSON object: question, reference, answer, and if you like id, term,
    aliases (other names of the term), kind (term, list, table or sequence), context (the heading above), lang (zh or
    en; anything else: that of the text), points (what an answer must say) and references (up to four others, as good:
    the best verdict counts).

    Each verdict is printed as soon as its line is there, in the order of the input. A line that cannot be graded
    becomes an object with id, line and error; the others are graded all the same, and the exit code is 1.

    With --out, for thousands of answers: rows go into RESULTS, with the question and the answer, and how far it is
    stands on the terminal. `studyllm report RESULTS` says what they come to, question by question.
    """
    if out is not None:
        from studyllm.cli.bulk import grade_into

        count, wrong = grade_into(session, file, out, explain=explain, afresh=afresh)
    else:
        if afresh:
            raise click.UsageError(_("--afresh goes with --out."))
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
        start = time.perf_counter()
        row = judged(grader, found, explain=explain)
        milliseconds = round((time.perf_counter() - start) * 1000, 1)
        yield row if isinstance(found, Unusable) or "error" in row else {**row, "ms": milliseconds}
