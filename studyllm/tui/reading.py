"""What models make of a note beyond its form, wherever the app reads notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studyllm.library.lines import LineReader
    from studyllm.library.readers import Readers
    from studyllm.library.words import Words
    from studyllm.notes import Lines
    from studyllm.tui.study import Study


def word_reader(study: Study) -> Words | None:
    """What reads the words of candidates by the embedding model; None where it is off."""
    from studyllm.library.words import words  # late: what reads notes takes long to import

    return words(study.settings.home, study.settings.embedding_model)


def line_reader_of(study: Study) -> LineReader | None:
    """What reads notes by the language model; None where it is off, or another one."""
    from studyllm.library.lines import line_reader

    return line_reader(study.settings.home, study.settings.language_model)


def reads_notes(study: Study) -> Readers:
    """What a plan asks about notes; it waits for the models, so in a thread."""
    from studyllm.library.readers import Readers

    reader, of_lines = word_reader(study), line_reader_of(study)

    def lines(texts: Sequence[str], wanted: bool) -> Sequence[Lines | None]:
        assert of_lines is not None
        known = of_lines.known(texts)
        return of_lines.read(texts, study.grader) if wanted and study.grader and None in known else known

    return Readers(reader.reading(lambda: study.grader) if reader else None, lines if of_lines else None)


def known_of_notes(study: Study, words: Words | None) -> Readers:
    """What a plan knows of notes by now, and asks no model for."""
    from studyllm.library.readers import Readers

    lines = line_reader_of(study)
    return Readers(
        words.known if words else None, (lambda texts, _wanted: lines.known(texts)) if lines else None
    )
