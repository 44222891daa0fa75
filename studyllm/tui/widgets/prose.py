"""Running text in which Chinese fills its lines: Textual breaks lines at spaces alone."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Offset, Size
from textual.selection import Selection
from textual.widgets import Static

from studyllm.text import broken, has_wide

if TYPE_CHECKING:
    from textual.css.styles import RulesMap

_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


@dataclass(frozen=True, slots=True)
class Filled:
    """A text in lines that fit into so many columns."""

    content: Content
    starts: tuple[int, ...]
    """Where in the text each line begins."""


def filled(content: Content, width: int) -> Filled:
    """The content in such lines if there is Chinese in it; Textual breaks the others."""
    lines, starts, at = [], [], 0
    fill = width > 0 and has_wide(content.plain)
    for line in content.split(allow_blank=True):
        ends, end = [], 0
        for piece in broken(line.plain, width, measure=cell_len)[:-1] if fill else ():
            ends.append(end := end + len(piece))
        lines += [piece.rstrip() for piece in line.divide(ends)] if ends else [line]
        starts += [at, *(at + end for end in ends)]
        at += len(line) + 1
    return Filled(Content("\n").join(lines), tuple(starts))


def coded(text: str, style: str = "") -> Content:
    """A text of a note, in a style where it has one; what stands between backticks loses them and looks as in the
    rendered note."""
    parts = ((part, style or ("$text-accent" if at % 2 else "")) for at, part in enumerate(_CODE.split(text)))
    return Content.assemble(*(part for part in parts if part[0]))


class Prose(Static):
    """A text of notes, answers or explanations."""

    _last: tuple[Content, int, Filled] | None = None

    def render(self) -> Content:
        return self._filled(self.size.width).content

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._filled(width).content.get_height(cast("RulesMap", self.styles), width)

    def get_selection(self, selection: Selection) -> tuple[str, str]:
        """What is copied: the text itself, without the breaks that were put in."""
        text, starts = self._text.plain, self._filled(self.size.width).starts

        def at(offset: Offset | None, otherwise: int) -> int:
            if offset is None or offset.y >= len(starts):
                return otherwise
            return min(starts[offset.y] + offset.x, [*starts, len(text) + 1][offset.y + 1])

        return text[at(selection.start, 0) : at(selection.end, len(text))], "\n"

    @property
    def _text(self) -> Content:
        content = self.visual
        assert isinstance(content, Content)
        return content

    def _filled(self, width: int) -> Filled:
        text = self._text
        if self._last is None or self._last[0] is not text or self._last[1] != width:
            self._last = text, width, filled(text, width)
        return self._last[2]
