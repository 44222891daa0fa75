"""What models make of a note beyond its form, wherever the app reads notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studyllm.library.lines import LineReader
    from studyllm.library.readers import Readers
    from studyllm.library.words import Words
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

    words, lines = word_reader(study), line_reader_of(study)
    return Readers(
        words.reading(lambda: study.grader) if words else None,
        lines.reading(lambda: study.grader) if lines else None,
    )


def known_of_notes(study: Study, words: Words | None) -> Readers:
    """What a plan knows of notes by now, and asks no model for."""
    from studyllm.library.readers import Readers

    lines = line_reader_of(study)
    return Readers(words.known if words else None, lines.reading(lambda: None) if lines else None)
