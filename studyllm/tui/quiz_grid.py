"""Matching pairs and filling a table: rows with a gap, and the texts that belong into them."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from studyllm.i18n import N_, _
from studyllm.quiz.items import Grid, Mode
from studyllm.store.quizzes import Outcome
from studyllm.tui.quiz_body import Body, Given


class GridBody(Body, can_focus=True):
    """Arrows choose a row, digits put a text into its gap and go on to the next; Enter is done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "row(-1)", N_("Row"), key_display="↑↓"),
        Binding("down", "row(1)", N_("Row"), show=False),
        *(Binding(str(n), f"put({n - 1})", N_("Put"), show=False) for n in range(1, 10)),
        Binding("backspace,delete", "clear", N_("Empty"), key_display="⌫"),
        Binding("enter", "done", N_("Done")),
    ]

    def __init__(self, item: Grid) -> None:
        super().__init__()
        self.item = item
        self.at = 0
        self.given: dict[int, int] = {}
        """Index of the text in each row's gap."""
        self._outcomes: tuple[Outcome, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="rows"):
            for index in range(len(self.item.rows)):
                yield Static("", id=f"row-{index}", classes="row")
        yield Static(_("Digits put these into the marked row:"), id="bank-label", classes="label")
        with Vertical(id="bank"):
            for index in range(len(self.item.bank)):
                yield Static("", id=f"text-{index}", classes="bank")

    def begin(self) -> None:
        self.focus()
        self._paint()

    def on_mount(self) -> None:
        self._paint()

    def action_row(self, step: int) -> None:
        self.at = (self.at + step) % len(self.item.rows)
        self._paint()

    def action_put(self, index: int) -> None:
        """A text stands in one gap only; the next empty row is marked."""
        if index >= len(self.item.bank) or self._outcomes:
            return
        self.given = {row: text for row, text in self.given.items() if text != index}
        self.given[self.at] = index
        rows = len(self.item.rows)
        empty = [row for row in (*range(self.at + 1, rows), *range(self.at)) if row not in self.given]
        self.at = empty[0] if empty else self.at
        self._paint()

    def action_clear(self) -> None:
        self.given.pop(self.at, None)
        self._paint()

    def action_done(self) -> None:
        self.post_message(Given({row: self.item.bank[text] for row, text in self.given.items()}))

    def on_click(self, event: Click) -> None:
        kind, _, number = (event.widget.id or "" if event.widget else "").partition("-")
        if kind == "row" and number.isdigit() and not self._outcomes:
            self.at = int(number)
            self._paint()
        elif kind == "text" and number.isdigit():
            self.action_put(int(number))

    def show(self, outcomes: tuple[Outcome, ...]) -> None:
        self._outcomes = outcomes
        self.query_one("#bank-label").display = self.query_one("#bank").display = False
        self._paint()
        self.can_focus = False

    def _paint(self) -> None:
        if not self.is_mounted:
            return
        for index in range(len(self.item.rows)):
            line = self.query_one(f"#row-{index}", Static)
            line.update(self._row(index))
            line.set_class(index == self.at and not self._outcomes, "marked")
        used = set(self.given.values())
        for index, text in enumerate(self.item.bank):
            style = "$text-muted" if index in used else ""
            self.query_one(f"#text-{index}", Static).update(
                Content.assemble((f"{index + 1}  ", "$text-muted"), (text, style))
            )

    def _row(self, index: int) -> Content:
        row = self.item.rows[index]
        parts: list[Content | str | tuple[str, str]] = []
        if self._outcomes:
            right = self._outcomes[index].right
            parts.append(("✓ ", "bold $text-success") if right else ("✗ ", "bold $text-error"))
        parts += [(row.cells[0], "bold"), "  "]
        for column, cell in enumerate(row.cells[1:], 1):
            if self.item.mode is Mode.TABLE:
                parts.append((f"{self.item.header[column]} ", "$text-muted"))
            parts += self._gap(index) if column == row.gap else [cell]
            parts.append("   ")
        return Content.assemble(*parts)

    def _gap(self, index: int) -> list[Content | str | tuple[str, str]]:
        if self._outcomes:
            one = self._outcomes[index]
            if one.right:
                return [(one.wanted, "$text-success")]
            wrong = f"{one.given} " if one.given else ""
            return [(wrong, "strike $text-error"), (f"→ {one.wanted}", "$text-success")]
        if index in self.given:
            number = self.given[index]
            return [(f"{number + 1} ", "$primary"), (self.item.bank[number], "$primary")]
        return [("＿＿＿", "$text-warning")]
