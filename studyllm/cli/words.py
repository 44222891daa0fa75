"""The words of candidates that form leaves open, read for every command that reads notes: the cards of a note do not
depend on the command it was read by."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from functools import cache

from studyllm.cli.progress import bar
from studyllm.cli.session import Session, grader, model_path
from studyllm.config import OFF
from studyllm.grading import Grader
from studyllm.i18n import _
from studyllm.library.reading import ReadWords
from studyllm.library.words import words


@contextmanager
def reading_words(
    session: Session, *, quick: bool = False, quiet: bool = False
) -> Iterator[ReadWords | None]:
    """What reads them, where the embedding model is there and nothing is to be `quick`. The model is started when
    there are some that were not read before; `quiet` shows no bar then."""
    settings = replace(session.settings, language_model=OFF, server=OFF)
    path = model_path(settings.embedding_model)
    reader = words(settings.home, settings.embedding_model)
    if quick or reader is None or path is None or not path.exists():
        yield None
        return
    with ExitStack() as started:

        @cache
        def model() -> Grader:
            return started.enter_context(closing(grader(settings)))

        yield reader.reading(model, _silent if quiet else _went)


def _went(done: int, total: int) -> bool:
    """A bar on a terminal, for what is long enough to be waited for."""
    bar(done, total, _("Reading what is borderline: {done} of {total}…"), least=8)
    return True


def _silent(_done: int, _total: int) -> bool:
    return True
