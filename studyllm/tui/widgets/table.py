"""A table of texts: one column takes the room that is left, and what has no room ends in "…"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.events import Resize
from textual.widgets import DataTable

from studyllm.text import width

_NUMBER = 7
"""Columns of the terminal that a number takes."""
_AROUND = 5
"""Those beside the table: its margins, and a scroll bar."""


@dataclass(frozen=True, slots=True)
class Column:
    """Of a table."""

    label: str
    width: int | None = None
    """Columns of the terminal; None: those that are left."""
    least: int = 10
    most: int = 1000
    """Between these it is where it takes what is left."""


def number(label: str) -> Column:
    """A column of numbers, which stand at its right."""
    return Column(" " * (_NUMBER - 2 - width(label)) + label, _NUMBER)


class Table(DataTable[Content]):
    """Rows are given whole, and laid out again when the terminal gets another size."""

    def __init__(self, id: str = "decks") -> None:
        super().__init__(id=id, cursor_type="row", zebra_stripes=True)
        self._heads: tuple[Column, ...] = ()
        self._texts: tuple[tuple[str, Sequence[str | Content]], ...] = ()
        self._laid_out: list[int] = []
        """Widths of the columns as they are."""

    def head(self, *columns: Column) -> None:
        """What the columns are."""
        self._heads = columns
        self._lay_out()

    def fill(self, rows: Iterable[tuple[str, Sequence[str | Content]]]) -> None:
        """These rows and no others, each with its key; the cursor stays at its place."""
        self._texts = tuple(rows)
        self._lay_out()

    def action_scroll_home(self) -> None:
        """To the first row: the cursor is a row, and has no column to go to."""
        self.move_cursor(row=0)

    def action_scroll_end(self) -> None:
        """To the last row."""
        self.move_cursor(row=self.row_count - 1)

    def on_resize(self, event: Resize) -> None:
        if self._widths() != self._laid_out:
            self._lay_out()

    def _lay_out(self) -> None:
        row, widths = self.cursor_row, self._widths()
        self._laid_out = widths
        self.clear(columns=True)
        for column, wide in zip(self._heads, widths, strict=True):
            self.add_column(column.label, width=wide)
        for key, cells in self._texts:
            self.add_row(*map(_cut, cells, widths), key=key)
        if self._texts:
            self.move_cursor(row=min(max(row, 0), len(self._texts) - 1))

    def _widths(self) -> list[int]:
        taken = sum((column.width or 0) + 2 * self.cell_padding for column in self._heads)
        left = self.app.size.width - _AROUND - taken
        return [
            max(column.least, min(column.most, left)) if column.width is None else column.width
            for column in self._heads
        ]


def _cut(cell: str | Content, columns: int) -> Content:
    """The first line of a text, in so many columns at most."""
    text = Content(cell) if isinstance(cell, str) else cell
    first = text.plain.partition("\n")[0]
    if first == text.plain and width(first) <= columns:
        return text
    kept, taken = 0, 1
    for letter in first:
        taken += width(letter)
        if taken > columns:
            break
        kept += 1
    return Content.assemble(text[: len(first[:kept].rstrip())], "…")
