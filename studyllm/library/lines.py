"""What the language model makes of the lines of notes, read in stretches. Each is computed once and kept by content."""

import re
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from studyllm.config import OFF
from studyllm.errors import ModelError
from studyllm.library.readers import ReadLines, Wanted, Went
from studyllm.notes import MAX_LINES, Lines
from studyllm.store.vectors import Vectors
from studyllm.text import CJK

if TYPE_CHECKING:
    from studyllm.grading import Grader

_WIDE, _LETTER = re.compile(f"[{CJK}]"), re.compile("[a-zA-Z ]")
_STRETCH, _BEFORE = 1500, 500
"""Tokens of a stretch at most, and of the lines before it that are read along; as they are estimated."""
_A_WIDE, _A_LETTER = 0.8, 0.3
"""Tokens that a Chinese character takes, and a Latin letter or blank; any other sign takes one."""
SOON = 60
"""Seconds up to which new notes are read without being asked for."""
LEAST = 50
"""Lines with text of a note from which on the model tells more than its form does, as measured."""
_A_CHARACTER = 0.009
"""Seconds that a character takes on two cores that are not fast."""
_BYTES = 8
"""Bytes of the two numbers of a line."""
_Stretch = tuple[tuple[str, ...], tuple[str, ...]]
"""Lines that are read along, and those that are read."""


def line_reader(home: Path, model: str) -> "LineReader | None":
    """The reader for a language model, with what it keeps in a home; None where the model is off or not here, or no
    read-out was made for a file of its size."""
    from studyllm.grading import line_read_out
    from studyllm.models import find, place

    known = line_read_out()
    try:
        path = None if model == OFF else place(find(model))
    except ModelError:  # a file that is gone; whoever grades is told
        path = None
    if path is None or not path.exists() or path.stat().st_size != known.size:
        return None
    return LineReader(Vectors(home / "vectors.db", f"lines {known.sha256} {known.digest}"), known.form)


class LineReader:
    """What is kept of notes, and what a grader's language model makes of them."""

    def __init__(self, kept: Vectors, form: float) -> None:
        self._kept, self._form = kept, form

    def known(self, texts: Sequence[str]) -> list[Lines | None]:
        """What is kept of those notes."""
        return [self._of(text) for text in texts]

    def read(
        self, texts: Sequence[str], grader: "Grader", went: Went = lambda done, of: True
    ) -> list[Lines | None]:
        """What the language model makes of notes, computed where it is not kept, some seconds for twenty lines. None of
        those that it did not come to: there is no such model, or `went` says to stop."""
        from studyllm.grading import ReadingNotes

        wanted = [one for text in texts if self._of(text) is None for one in _stretches(text)]
        found = self._kept.get(map(_key, wanted))
        missing = [
            one for one in dict.fromkeys(wanted) if len(found.get(_key(one), b"")) != _BYTES * len(one[1])
        ]
        done, of = 0, sum(len(lines) for _, lines in missing)
        for before, lines in missing:
            if not went(done, of) or not isinstance(grader, ReadingNotes):
                break
            marks = grader.lines(before, lines, partial(_further, went, done, of))
            if len(marks) != len(lines):
                break
            numbers = [number for mark in marks for number in mark]
            self._kept.put({_key((before, lines)): struct.pack(f"<{len(numbers)}f", *numbers)})
            done += len(lines)
        if missing:
            went(done, of)
        return self.known(texts)

    def reading(
        self, grader: Callable[[], "Grader | None"], went: Went = lambda done, of: True, soon: float = 0
    ) -> ReadLines:
        """The same for a plan. The grader is asked for only where something is wanted that is not kept. `soon` is how
        many seconds in all new notes may take that nobody asked to be read; a short one is judged by its form."""
        left = soon

        def read(texts: Sequence[str], wanted: Wanted) -> Sequence[Lines | None]:
            nonlocal left
            known = self.known(texts)
            if None not in known or wanted == "known":
                return known
            unread, takes = list(texts), 0.0
            if wanted == "soon":
                some = zip(texts, known, strict=True)
                unread = [text for text, found in some if found is None and is_long(text)]
                takes = seconds(unread)
                if not unread or takes > left:
                    return known
            model = grader()
            found = self.read(unread, model, went) if model else [None]
            left -= 0 if None in found else takes  # what failed may be tried with the next notes
            return self.known(texts)

        return read

    def _of(self, text: str) -> Lines | None:
        """What is kept of a note, if that is all of it."""
        stretches = list(_stretches(text))
        found = self._kept.get(map(_key, stretches))
        raw = b"".join(found.get(_key(one), b"") for one in stretches)
        if len(raw) != _BYTES * sum(len(lines) for _, lines in stretches):
            return None
        numbers = struct.unpack(f"<{len(raw) // 4}f", raw)
        return Lines(numbers[::2], numbers[1::2], self._form)


def _further(went: Went, done: int, of: int, more: int) -> bool:
    """Tells how far it is within a stretch, of which so much was done before; all of it is told when it is kept."""
    return went(min(done + more, of - 1), of)


def is_long(text: str) -> bool:
    """Whether a note has so many lines that the model may tell more than its form."""
    return sum(bool(line.strip()) for line in text.splitlines()) >= LEAST


def seconds(texts: Iterable[str]) -> float:
    """About how long it takes to read notes."""
    return sum(map(len, texts)) * _A_CHARACTER


def _stretches(text: str) -> Iterator[_Stretch]:
    """The lines of a note in stretches of one size, each after lines that are read along."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", MAX_LINES)[:MAX_LINES]
    sizes = [_tokens(line) for line in lines]
    at = 0
    while at < len(lines):
        end = at + max(1, _fitting(sizes[at : at + _STRETCH], _STRETCH))
        first = at - _fitting(sizes[max(0, at - _BEFORE) : at][::-1], _BEFORE)
        yield tuple(lines[first:at]), tuple(lines[at:end])
        at = end


def _fitting(sizes: Sequence[float], most: float) -> int:
    """How many of some sizes add up to no more than so much."""
    total, count = 0.0, 0
    for size in sizes:
        total += size
        if total > most:
            break
        count += 1
    return count


def _tokens(line: str) -> float:
    """About how many tokens a line takes, rather too many."""
    letters, other = len(_LETTER.findall(line)), len(_WIDE.findall(line))
    return 1 + other * _A_WIDE + letters * _A_LETTER + len(line) - letters - other


def _key(stretch: _Stretch) -> str:
    return "\0".join((str(len(stretch[0])), *("\n".join(lines) for lines in stretch)))
