"""Running text in which Chinese fills its lines: Textual breaks lines at spaces alone."""

from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from studyllm.text import broken, has_wide

if TYPE_CHECKING:
    from textual.css.styles import RulesMap


def filled(content: Content, width: int) -> Content:
    """The content with lines that fit into so many columns, if there is Chinese in it."""
    if width <= 0 or not has_wide(content.plain):
        return content
    lines = []
    for line in content.split(allow_blank=True):
        ends, at = [], 0
        for piece in broken(line.plain, width, measure=cell_len)[:-1]:
            ends.append(at := at + len(piece))
        lines += [piece.rstrip() for piece in line.divide(ends)] if ends else [line]
    return Content("\n").join(lines)


class Prose(Static):
    """A text of notes, answers or explanations."""

    def render(self) -> Content:
        return self._filled(self.size.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._filled(width).get_height(cast("RulesMap", self.styles), width)

    def _filled(self, width: int) -> Content:
        content = self.visual
        assert isinstance(content, Content)
        return filled(content, width)
