"""What models make of notes beyond their form, read for every command that reads notes: the cards of a note do not
depend on the command it was read by."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import partial

from studyllm.cli.progress import bar
from studyllm.cli.session import Session, grader, model_path
from studyllm.config import OFF
from studyllm.errors import InputError
from studyllm.grading import Grader
from studyllm.i18n import N_, _
from studyllm.library.lines import line_reader
from studyllm.library.readers import NO_READERS, Readers, ReadLines, Wanted
from studyllm.library.words import words
from studyllm.notes import Lines

_BORDERLINE = N_("Reading what is borderline: {done} of {total}…")
_READS_SOON = N_("The model reads {done} of {total} lines; --quick skips it…")
_READS = N_("The language model reads the notes: {done} of {total} lines…")


@contextmanager
def reading_words(
    session: Session, *, quick: bool = False, thorough: bool = False, soon: float = 0
) -> Iterator[Readers]:
    """What reads them, once."""
    with reading_each_time(session, quick=quick, thorough=thorough, soon=soon) as readers:
        yield readers()


@contextmanager
def reading_each_time(
    session: Session, *, quick: bool = False, thorough: bool = False, soon: float = 0
) -> Iterator[Callable[[], Readers]]:
    """What reads them, as often as it is asked for, where the models are there and nothing is to be `quick`. A model is
    started when there is something that it is to read: the language model where that is to be `thorough`, notes that
    it has read as they were before, and new ones for so many seconds each time (`soon`). Raises InputError where the
    language model is wanted and cannot read notes."""
    settings = replace(session.settings, server=OFF)
    path = model_path(settings.embedding_model)
    reader = words(settings.home, settings.embedding_model) if path and path.exists() else None
    of_lines = line_reader(settings.home, session.settings.language_model)
    if thorough and of_lines is None:
        raise InputError(
            _(
                "Only the language model that studyllm brings along can read notes, and it is not there or not chosen "
                "(`studyllm models list`). Nothing was imported."
            )
        )
    with ExitStack() as started:
        running: dict[bool, Grader] = {}

        def model(*, language: bool) -> Grader:
            if language not in running and True not in running:
                with_it = settings if language else replace(settings, language_model=OFF)
                running[language] = started.enter_context(closing(grader(with_it)))
            return running.get(True) or running[language]

        told = partial(_went, _READS if thorough else _READS_SOON)

        def lines(read: ReadLines, texts: Sequence[str], wanted: Wanted) -> Sequence[Lines | None]:
            found = read(texts, wanted)
            if thorough and None in found:
                raise InputError(
                    _(
                        "The language model could not read the notes. Nothing was imported; try without --thorough."
                    )
                )
            return found

        def readers() -> Readers:
            by_words = reader and reader.reading(
                partial(model, language=thorough), partial(_went, _BORDERLINE)
            )
            by_lines = of_lines and of_lines.reading(partial(model, language=True), told, soon)
            return Readers(by_words or None, partial(lines, by_lines) if by_lines else None, thorough)

        yield (lambda: NO_READERS) if quick else readers


def _went(text: str, done: int, total: int) -> bool:
    """A bar on a terminal, however little it is: the model has to be loaded first."""
    bar(done, total, _(text), least=1)
    return True
