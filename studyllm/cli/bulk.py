"""`studyllm grade --out`: answers by the hundred thousand into a file, which a run that was stopped goes on with."""

import os
import stat
import sys
from collections import OrderedDict
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import click

from studyllm import __version__
from studyllm.cli.elsewhere import server_of
from studyllm.cli.jsonl import ToGrade, Unusable, read
from studyllm.cli.judged import Row, judged
from studyllm.cli.progress import Rate
from studyllm.cli.session import Session
from studyllm.cli.show import encoded
from studyllm.config import OFF, Settings
from studyllm.errors import InputError, ModelError
from studyllm.grading import Forgetful, Grader, TextGrader
from studyllm.grading.text_grader import LONGEST
from studyllm.i18n import _, ngettext
from studyllm.results.output import SEEN, Maker, Output, Tape, appending, other_input
from studyllm.text import clean

Judge = Callable[[ToGrade | Unusable], Row]
_REMEMBERED = 10_000
"""Answers whose rows are kept for those that say the same: some 10 MB."""
_TOGETHER = 32
"""Rows after which the models forget what they graded: a run that goes on grades as many again at most, to stand where
the stopped one stood."""
_ONLY_HERE = ("id", "line", "question", "term", "reference", "answer", SEEN)
"""Fields of a row that are not the verdict's."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A line of the input, and how much of it was read with it."""

    found: ToGrade | Unusable
    seen: str
    bytes: int


class Interrupted(click.ClickException):
    """Ctrl-C, with what is kept."""

    exit_code = 130


def grade_into(
    session: Session, file: BinaryIO, out: Path, *, explain: bool, afresh: bool
) -> tuple[int, int]:
    """Rows for every line of the file, those of earlier runs among them, and how many of all are errors."""
    _not_the_input(file, out)
    with appending(out, maker(session.settings, explain=explain), afresh=afresh) as output:
        rate = Rate(_size(file), sys.stderr)
        answers = taken(file)
        rows, errors = output.kept.rows, output.kept.errors
        try:
            with closing(_graded(session, answers, output, explain=explain)) as graded:
                for one, row in graded:
                    output.add(f"{encoded(_told(one, row))}\n".encode())
                    rows, errors = rows + 1, errors + ("error" in row)
                    rate.at(rows, one.bytes, since=output.kept.rows)
        except KeyboardInterrupt:
            raise Interrupted(_stopped(_lines(out), out)) from None
        finally:
            rate.close()
    said = ngettext(
        "{count} row is in {path}. `studyllm report {path}` says what it comes to.",
        "{count} rows are in {path}. `studyllm report {path}` says what they come to.",
        rows,
    )
    click.echo(said.format(count=rows, path=clean(str(out))), err=True)
    return rows, errors


def _lines(out: Path) -> int:
    """The whole rows of a file: Ctrl-C may come between writing one and counting it."""
    with out.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))


def _stopped(rows: int, out: Path) -> str:
    said = ngettext(
        "Stopped. {count} row is kept in {path}; the same command goes on from there.",
        "Stopped. {count} rows are kept in {path}; the same command goes on from there.",
        rows,
    )
    return said.format(count=rows, path=clean(str(out)))


def _graded(
    session: Session, answers: Iterator[Taken], output: Output, *, explain: bool
) -> Generator[tuple[Taken, Row], None, None]:
    """The rows that are not there yet; models are loaded when there are some."""
    judge = Remembering(explain=explain)
    again = _pass_over(answers, output, judge)
    for first in answers:
        with session.grader() as grader:
            judge.begin(grader, again)
            for number, found in enumerate(in_order(judge, chain((first,), answers)), output.kept.rows):
                _still_whole(grader, output.path, number)
                yield found


def taken(file: BinaryIO) -> Iterator[Taken]:
    """The lines of the input, each with the digest of all up to it."""
    tape = Tape(file)
    for found in read(tape):
        yield Taken(found, tape.seen, tape.bytes)


def in_order(judge: Judge, answers: Iterable[Taken]) -> Iterator[tuple[Taken, Row]]:
    """The row of each answer, in the order of the input. What grades many at a time takes the place of this: it may
    read ahead, but gives out rows in order."""
    for one in answers:
        yield one, judge(one.found)


def maker(settings: Settings, *, explain: bool) -> Maker:
    """What grades with these settings, as it stands beside the rows."""
    return {
        "studyllm": __version__,
        "data": _data(),
        "embedding_model": _model(settings.embedding_model),
        "language_model": _model(settings.language_model),
        "server": _server(settings),
        "explain": str(explain).lower(),
    }


def _data() -> str:
    """A digest of what was learnt from graded answers and ships with the program."""
    import studyllm.grading

    digest = blake2b(digest_size=8)
    folder = Path(studyllm.grading.__file__).parent
    for file in sorted(folder.rglob("*")):
        if file.suffix in (".toml", ".safetensors", ".gguf", ".bin"):
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _server(settings: Settings) -> str:
    """The server that has a say, and which of its models."""
    server = server_of(settings)
    return OFF if server is None else f"{server.url} {server.model}"


def _model(name: str) -> str:
    """Which model that is and whether it is here: its digest, or for one at a path of the learner's, size and time."""
    from studyllm.models import ModelState, check, find, place

    if name == OFF:
        return OFF
    model = find(name)
    state = check(model)
    if state is not ModelState.OK:
        return f"{model.name} ({state})"
    if model.local is None:
        return f"{model.name} {model.sha256[:16]}"
    there = place(model).stat()
    return f"{model.name} {there.st_size} {there.st_mtime_ns}"


class Remembering:
    """Grades, but an answer that was given word for word to the same question only once."""

    def __init__(self, *, explain: bool) -> None:
        self._grader: Grader = TextGrader()
        self._explain = explain
        self._known: OrderedDict[bytes, Row] = OrderedDict()
        self._rows = 0

    def __call__(self, found: ToGrade | Unusable) -> Row:
        """The row of an answer."""
        if self._rows % _TOGETHER == 0 and isinstance(self._grader, Forgetful):
            self._grader.forget()
        self._rows += 1
        if isinstance(found, Unusable):
            return judged(self._grader, found, explain=self._explain)
        same = _digest(found)
        row = self._known.get(same)
        if row is None:
            row = judged(self._grader, found, explain=self._explain)
        return self._keep(same, {**row, "id": found.id})

    def begin(self, grader: Grader, again: Iterable[tuple[ToGrade | Unusable, Row]] = ()) -> None:
        """Grades with these models from here on; first the last answers of an earlier run once more, for the models to
        stand where they stood."""
        self._grader = grader
        for found, row in again:
            if isinstance(grader, Forgetful):
                self(found)
            else:
                self.recall(found, row)

    def recall(self, found: ToGrade | Unusable, row: Row) -> None:
        """Takes the row of an earlier run for its own."""
        self._rows += 1
        if isinstance(found, ToGrade):
            verdict = {name: value for name, value in row.items() if name not in _ONLY_HERE}
            self._keep(_digest(found), {"id": found.id, **verdict})

    def _keep(self, same: bytes, row: Row) -> Row:
        if "error" not in row:
            self._known.pop(same, None)
            self._known[same] = row
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return row


def _digest(found: ToGrade) -> bytes:
    return blake2b(repr((found.questions, found.answer)).encode("utf-8", "replace"), digest_size=16).digest()


def _told(one: Taken, row: Row) -> Row:
    """A row of the file: beside the verdict the question, and as much of the answer as was graded."""
    found = one.found
    if isinstance(found, Unusable) or "error" in row:
        return {**row, SEEN: one.seen}
    first = found.questions[0]
    given = {"question": first.text, "term": first.term, "reference": first.reference}
    return {
        "id": found.id,
        "line": found.line,
        **given,
        "answer": found.answer[:LONGEST],
        **{name: value for name, value in row.items() if name != "id"},
        SEEN: one.seen,
    }


def _pass_over(
    answers: Iterator[Taken], output: Output, judge: Remembering
) -> list[tuple[ToGrade | Unusable, Row]]:
    """Reads past the lines whose rows are there; raises InputError when the lines are others. Gives back the last of
    them, since the models last forgot what they graded."""
    kept = output.kept
    again: list[tuple[ToGrade | Unusable, Row]] = []
    last = None
    for number, row in enumerate(output.rows()):
        last = next(answers, None)
        if last is None:
            break
        if number < kept.rows - kept.rows % _TOGETHER:
            judge.recall(last.found, row)
        else:
            again.append((last.found, row))
    if kept.rows and (last is None or last.seen != kept.seen):
        raise other_input(output.path)
    output.cut()
    return again


def _still_whole(grader: Grader, out: Path, rows: int) -> None:
    """Raises ModelError when a model has failed: text alone would grade otherwise than the rows before."""
    ready = grader.readiness()
    if "failed" in (ready.embedding, ready.language, ready.server):
        said = ngettext(
            "A model could not go on ({note}). {count} row is kept in {path}; the same command goes on from there. "
            "To grade without it, set it to off and begin again with --afresh.",
            "A model could not go on ({note}). {count} rows are kept in {path}; the same command goes on from there. "
            "To grade without it, set it to off and begin again with --afresh.",
            rows,
        )
        raise ModelError(said.format(note=ready.note, count=rows, path=clean(str(out))))


def _not_the_input(file: BinaryIO, out: Path) -> None:
    try:
        same = out.exists() and os.path.samestat(out.stat(), os.fstat(file.fileno()))
    except (OSError, ValueError):  # a stream without a descriptor
        same = False
    if same:
        raise InputError(_("--out names the file of the answers itself. Nothing was changed; name another."))


def _size(file: BinaryIO) -> int | None:
    """Bytes of the input, where that is known."""
    try:
        found = os.fstat(file.fileno())
    except (OSError, ValueError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None
