"""Where a card stands: deck and headings on one line, of which the innermost stays where there is no room for all."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from studyllm.text import trail


class Trail(Static):
    """Names from the outermost to the innermost."""

    _names: tuple[str, ...] = ()

    def show(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self.update(Content(" › ".join(names)))

    def render(self) -> Content:
        return Content(trail(self._names, self.size.width))
