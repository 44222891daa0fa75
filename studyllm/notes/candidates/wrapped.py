"""Prose that was wrapped by hand: which line goes on with the one above, and sentences on one line again."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from studyllm.notes.markdown.apart import is_word
from studyllm.notes.markdown.blocks import Paragraph
from studyllm.notes.markdown.line_begins import WRAPPED_SMALL, begins_anew
from studyllm.notes.markdown.wrapping import together
from studyllm.notes.words.lead import Mark, alike, lead

_WRAPPED = 60
"""Letters from which on a line was wrapped."""
_BROKEN_AT, _GOES_ON = 36, re.compile(r"[a-z\d]")
"""Letters from which on a question may go on in the next line, and how that one begins."""
_ENDED = re.compile(r"[。；;.!?！？:：|)）]\W*$")


def goes_on(before: str, line: str) -> bool:
    """Whether a line goes on with the sentence of the one before it, as soft-wrapped prose does."""
    first, second = lead(before), lead(line)
    if alike(first, second) or is_word(line):
        return False
    if before.endswith("  ") or begins_anew(before, line) or _ENDED.search(before):
        return False
    entry = second is not None and second.mark is Mark.BOLD and bool(second.rest)
    return (before.endswith(("，", "、")) and not entry) or len(before) >= (
        WRAPPED_SMALL if line[:1].islower() else _WRAPPED
    )


def whole_question(text: str, *, answered: bool) -> tuple[str, str]:
    """A question that its author broke at a margin, on one line, and the lines below it; the first line and the others
    where nothing would be left to answer it."""
    lines = text.split("\n")
    end = 0
    if len(lines[0]) >= _BROKEN_AT:
        while end + 1 < len(lines) and not _ENDED.search(lines[end]) and _GOES_ON.match(lines[end + 1]):
            end += 1
    if end + 1 == len(lines) and not answered:
        end = 0
    return " ".join(line.strip() for line in lines[: end + 1]), "\n".join(lines[end + 1 :])


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines that go on with one another, as one."""

    text: str
    line: int
    """Its first line."""
    breaks: tuple[int, ...] = ()
    """Where in the text its further lines begin."""

    def lines_of(self, part: str) -> tuple[int, int]:
        """The first and the last line of a part of its text."""
        at = max(0, self.text.find(part))
        first, last = (bisect_right(self.breaks, n) for n in (at, at + len(part.rstrip()) - 1))
        return self.line + first, self.line + last


def passages(block: Paragraph) -> Iterator[Passage]:
    """The lines of a paragraph, those together that go on with one another."""
    if block.breaks:
        yield Passage(block.text, block.line, block.breaks)
        return
    lines = block.text.split("\n")
    starts = [at for at, one in enumerate(lines) if not at or not goes_on(lines[at - 1], one)]
    for start, stop in itertools.pairwise([*starts, len(lines)]):
        whole, breaks = together(lines[start:stop])
        yield Passage(whole, block.line + start, breaks)
