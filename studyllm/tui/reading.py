"""What reads the words of a note's candidates, wherever the app reads notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studyllm.library.reading import ReadWords
    from studyllm.tui.study import Study


def reads_words(study: Study) -> ReadWords | None:
    """What a plan asks about candidates that form leaves open; it waits for the embedding model, so in a thread."""
    from studyllm.library.words import words  # late: what reads notes takes long to import

    reader = words(study.settings.home, study.settings.embedding_model)
    return None if reader is None else reader.reading(lambda: study.grader)
