"""A list of any length: only the rows on screen are drawn, whatever their number."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from studyllm.i18n import N_
from studyllm.text import one_line
from studyllm.tui.keymap import Keyed

MUTED, NOTABLE, STRONG = "rows--muted", "rows--notable", "rows--strong"
"""How a cell may look."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a row."""

    text: str
    look: str = ""
    """One of the looks above, or nothing."""


class RowList(Keyed, ScrollView, can_focus=True):
    """Asks for the cells of a row when it is drawn. The cursor is the row that keys and clicks move."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rows--cursor", "rows--away", MUTED, NOTABLE, STRONG}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", N_("Up"), show=False),
        Binding("down,j", "move(1)", N_("Down"), show=False),
        Binding("pageup", "page(-1)", N_("Page up"), show=False),
        Binding("pagedown", "page(1)", N_("Page down"), show=False),
        Binding("home", "to(0)", N_("First"), show=False),
        Binding("end", "to(-1)", N_("Last"), show=False),
    ]

    @dataclass
    class Moved(Message):
        """The cursor is on another row."""

        row: int

    @dataclass
    class Marked(Message):
        """The mark of a row was clicked."""

        row: int

    class Above(Message):
        """The cursor was to go above the first row."""

    def __init__(
        self,
        cells: Callable[[int], Sequence[Cell]],
        widths: Callable[[int], Sequence[int]],
        id: str | None = None,
    ) -> None:
        """`cells(row)` are the cells of a row; `widths(columns)` how wide each is, of so many columns."""
        super().__init__(id=id)
        self._cells, self._widths = cells, widths
        self.count = 0
        self.cursor = 0
        self._looks: dict[tuple[str, bool], Style] = {}
        """Styles of cells, until the theme is another; asking for them takes longer than painting."""

    def notify_style_update(self) -> None:
        self._looks.clear()
        super().notify_style_update()

    def show(self, count: int, cursor: int = 0) -> None:
        """So many rows, all of them new, with the cursor on one of them."""
        self.count = count
        self.virtual_size = Size(0, count)
        self.cursor = max(0, min(cursor, count - 1))
        self._into_view()
        self.refresh()

    def grow(self, count: int) -> None:
        """So many rows now, the first of them as they were."""
        self.count = count
        self.virtual_size = Size(0, count)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        row, width = y + self.scroll_offset.y, self.size.width
        style = self.rich_style
        if row >= self.count:
            return Strip.blank(width, style)
        here = row == self.cursor
        if here:
            style += self.get_component_rich_style("rows--cursor" if self.has_focus else "rows--away")
        segments = []
        for cell, columns in zip(self._cells(row), self._widths(width), strict=False):
            look = self._look(cell.look, on_cursor=here and self.has_focus)
            segments.append(Segment(fit(cell.text, columns), style + look))
        return Strip(segments).adjust_cell_length(width, style)

    def _look(self, look: str, *, on_cursor: bool) -> Style:
        """The colour and weight of a look; on the cursor its weight alone, to be readable there."""
        if not look:
            return Style.null()
        if (look, on_cursor) not in self._looks:
            found = self.get_component_rich_style(look)
            color = None if on_cursor else found.color
            self._looks[look, on_cursor] = Style(color=color, bold=found.bold)
        return self._looks[look, on_cursor]

    def action_move(self, by: int) -> None:
        """The cursor, so many rows on."""
        if self.cursor + by < 0:
            self.post_message(self.Above())
        else:
            self._go(self.cursor + by)

    def action_page(self, by: int) -> None:
        """The cursor, so many pages on."""
        self._go(self.cursor + by * max(1, self.size.height - 1))

    def action_to(self, row: int) -> None:
        """The cursor on that row, from the end for a negative one."""
        self._go(row if row >= 0 else self.count + row)

    def on_click(self, event: events.Click) -> None:
        at = event.get_content_offset(self)
        if at is not None and (row := at.y + self.scroll_offset.y) < self.count:
            self._go(row)
            if at.x < self._widths(self.size.width)[0]:
                self.post_message(self.Marked(row))

    def on_resize(self) -> None:
        self._into_view()

    def _go(self, row: int) -> None:
        row = max(0, min(row, self.count - 1))
        if row != self.cursor:
            self.cursor = row
            self._into_view()
            self.refresh()
            self.post_message(self.Moved(row))

    def _into_view(self) -> None:
        self.scroll_to_region(
            Region(0, self.cursor, 1, 1), animate=False, force=True, immediate=True, x_axis=False
        )


def fit(text: str, columns: int) -> str:
    """A text in exactly so many columns; a Chinese letter takes two."""
    text = one_line(text[: 2 * columns + 2])
    if cell_len(text) > columns - 1:
        text = f"{set_cell_size(text, max(0, columns - 2)).rstrip()}…"
    return set_cell_size(text, columns)
