"""What reads the words of a note's candidates, wherever the app reads notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studyllm.library.reading import ReadWords
    from studyllm.library.words import Words
    from studyllm.tui.study import Study


def word_reader(study: Study) -> Words | None:
    """What reads those words by the embedding model; None where it is off."""
    from studyllm.library.words import words  # late: what reads notes takes long to import

    return words(study.settings.home, study.settings.embedding_model)


def reads_words(study: Study) -> ReadWords | None:
    """What a plan asks about candidates that form leaves open; it waits for the embedding model, so in a thread."""
    reader = word_reader(study)
    return None if reader is None else reader.reading(lambda: study.grader)
