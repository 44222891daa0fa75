"""The points of a card, to be edited: one a line."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from studyllm.i18n import N_, _
from studyllm.store import LONGEST_POINT, MOST_POINTS
from studyllm.text import clean, key
from studyllm.tui.keymap import Keyed


class PointsScreen(Keyed, ModalScreen[list[str] | None]):
    """Gives back the points, none for those of the note again, or None when nothing is to change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", N_("Save")),
        Binding("escape", "dismiss", N_("Leave as it was")),
    ]

    def __init__(self, term: str, points: tuple[str, ...]) -> None:
        super().__init__()
        self._term, self._points = term, points

    def compose(self) -> ComposeResult:
        with Vertical(id="edit"):
            title = _("What an answer to {term} must say, a point a line").format(term=self._term)
            yield Static(Content.styled(title, "bold"))
            yield TextArea("\n".join(self._points), id="lines", highlight_cursor_line=False)
            extra = _("A point that begins with + is an extra: an answer may leave it out.")
            help_text = _("Ctrl+S saves (empty: the note's own points again), Esc leaves it as it was.")
            yield Static(Content.styled(f"{extra}\n{help_text}", "$foreground-muted"))

    def on_mount(self) -> None:
        self.query_one(TextArea).focus()

    def action_save(self) -> None:
        lines = [" ".join(clean(line).split()) for line in self.query_one(TextArea).text.splitlines()]
        points = [line for line in lines if key(line)]
        if len(points) > MOST_POINTS or any(len(point) > LONGEST_POINT for point in points):
            said = _("Up to {most} points of {longest} characters each.")
            self.notify(said.format(most=MOST_POINTS, longest=LONGEST_POINT), severity="warning")
            return
        self.dismiss(None if tuple(points) == self._points else points)
