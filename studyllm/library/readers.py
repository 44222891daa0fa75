"""What models make of notes, beside their form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studyllm.notes import Borderline, Lines, Shifts

Went = Callable[[int, int], bool]
"""Told (how much a model has read, in all); says whether to go on."""
ReadWords = Callable[[Sequence[Borderline]], Shifts | None]
"""Given the words of borderline candidates, tells their log-odds; None without a model that could."""
ReadLines = Callable[[Sequence[str], bool], Sequence[Lines | None]]
"""Given the texts of notes, tells what a language model made of their lines, and lets it read those that it does not
know where that is wanted; None of those that it has not read."""


@dataclass(frozen=True, slots=True)
class Readers:
    """What models make of notes, beside their form."""

    words: ReadWords | None = None
    lines: ReadLines | None = None
    thorough: bool = False
    """Whether notes that did not change are read again where no language model has read them."""


NO_READERS = Readers()
