"""What models make of notes, beside their form."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from studyllm.notes import Borderline, Lines, Shifts

Went = Callable[[int, int], bool]
"""Told (how much a model has read, in all); says whether to go on."""
ReadWords = Callable[[Sequence[Borderline]], Shifts | None]
"""Given the words of borderline candidates, tells their log-odds; None without a model that could."""
Wanted = Literal["known", "soon", "all"]
"""Whether a language model is to read notes that it does not know: none of them, new ones where that takes little time,
or all of them."""
WANTED: tuple[Wanted, ...] = get_args(Wanted)
ReadLines = Callable[[Sequence[str], Wanted], Sequence[Lines | None]]
"""Given the texts of notes, tells what a language model made of their lines, and lets it read others as is wanted; None
of those that it has not read."""


@dataclass(frozen=True, slots=True)
class Readers:
    """What models make of notes, beside their form."""

    words: ReadWords | None = None
    lines: ReadLines | None = None
    thorough: bool = False
    """Whether notes that did not change are read again where no language model has read them."""


NO_READERS = Readers()
