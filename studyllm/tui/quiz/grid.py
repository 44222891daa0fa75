"""Matching pairs and filling a table: rows with a gap, and the texts that belong into them."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Click
from textual.widget import Widget
from textual.widgets import Static

from studyllm.i18n import N_, _, ngettext
from studyllm.notes.wording import gap_in
from studyllm.quiz.items import Grid, Mode
from studyllm.store.quizzes import Outcome
from studyllm.tui.quiz.body import Body, Given
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.prose import Prose, coded


class GridBody(Body, can_focus=True):
    """Arrows choose a row, digits put a text into its gap and go on to the next; Enter is done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "row(-1)", N_("Row"), key_display="↑↓"),
        Binding("down", "row(1)", N_("Row"), show=False),
        *(Binding(str(n), f"put({n - 1})", N_("Put"), show=n == 1, key_display="1-9") for n in range(1, 10)),
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
        self._told = False
        """Whether it was said that rows are empty."""

    def compose(self) -> ComposeResult:
        with Vertical(id="rows", classes=self.item.mode):
            if self.item.mode is Mode.TABLE:
                with Horizontal(classes="row header"):
                    for column, label in enumerate(self.item.header):
                        yield Static(coded(label), classes="cell" if column else "name")
            for index in range(len(self.item.rows)):
                with Horizontal(id=f"row-{index}", classes="row"):
                    yield from self._cells(index)
        with Vertical(id="bank"):
            for index, text in enumerate(self.item.bank):
                with Horizontal(id=f"text-{index}", classes="bank"):
                    yield Static(str(index + 1), classes="number", markup=False)
                    yield Prose(coded(text), classes="text")

    def _cells(self, index: int) -> Iterator[Widget]:
        for column, text in enumerate(self.item.rows[index].cells):
            kind = "name" if not column else "cell gap" if column == self.item.rows[index].gap else "cell"
            yield Prose(coded(text), classes=kind)

    def begin(self) -> None:
        self.focus()
        self._paint()

    def action_row(self, step: int) -> None:
        self.at = (self.at + step) % len(self.item.rows)
        self._paint()

    def action_put(self, index: int) -> None:
        """A text stands in one gap only; the next empty row is marked."""
        if index >= len(self.item.bank) or self._outcomes:
            return
        self._changed()
        self.given = {row: text for row, text in self.given.items() if text != index}
        self.given[self.at] = index
        rows = len(self.item.rows)
        empty = [row for row in (*range(self.at + 1, rows), *range(self.at)) if row not in self.given]
        self.at = empty[0] if empty else self.at
        self._paint()

    def action_clear(self) -> None:
        self._changed()
        self.given.pop(self.at, None)
        self._paint()

    def _changed(self) -> None:
        """What was said of empty rows is not so any more."""
        self._told = False
        if isinstance(self.screen, StudyScreen):
            self.screen.pass_on()

    def action_done(self) -> None:
        """With rows empty, Enter goes to the first of them, and hands in when it is pressed again."""
        empty = [row for row in range(len(self.item.rows)) if row not in self.given]
        if empty and not self._told:
            self._told, self.at = True, empty[0]
            self._paint()
            said = ngettext(
                "{count} row is empty. Enter again hands it in as it is.",
                "{count} rows are empty. Enter again hands it in as it is.",
                len(empty),
            )
            if isinstance(self.screen, StudyScreen):
                self.screen.notice(said.format(count=len(empty)), "information", 5, passing=True)
            return
        self.post_message(Given({row: self.item.bank[text] for row, text in self.given.items()}))

    def on_click(self, event: Click) -> None:
        """A click on a row marks it, one on a text puts it there."""
        for part in event.widget.ancestors_with_self if event.widget else ():
            kind, _, number = (part.id or "").partition("-")
            if kind == "row" and not self._outcomes:
                self.at = int(number)
                self._paint()
            elif kind == "text":
                self.action_put(int(number))

    def show(self, outcomes: tuple[Outcome, ...]) -> None:
        self._outcomes = outcomes
        self.query_one("#bank").display = False
        self.query_one("#rows").add_class("shown")
        self._paint()
        self.can_focus = False

    def _paint(self) -> None:
        for index, row in enumerate(self.item.rows):
            line = self.query_one(f"#row-{index}")
            line.set_class(index == self.at and not self._outcomes, "marked")
            line.set_class(not self._outcomes and self.item.mode is Mode.MATCH, "short")
            line.query_one(".name", Static).update(Content.assemble(self._mark(index), coded(row.cells[0])))
            line.query_one(".gap", Static).update(self._gap(index))
        used = set(self.given.values())
        for index in range(len(self.item.bank)):
            self.query_one(f"#text-{index}").set_class(index in used, "used")

    def _mark(self, index: int) -> Content:
        if not self._outcomes:
            return Content("")
        right = self._outcomes[index].right
        return Content.styled("✓ ", "$text-success") if right else Content.styled("✗ ", "$text-error")

    def _gap(self, index: int) -> Content:
        if self._outcomes:
            one = self._outcomes[index]
            if one.right:
                return coded(one.wanted, "$text-success")
            wrong = _led("✗", one.given or _("not answered"))
            wanted = coded(_led("→", one.wanted), "$text-success")
            return Content("\n").join((coded(wrong, "$text-error"), wanted))
        if index in self.given:
            number = self.given[index]
            return coded(_led(f"{number + 1}", self.item.bank[number]), "$primary")
        return Content.styled(gap_in("".join(self.item.bank)), "$text-warning")


def _led(mark: str, text: str) -> str:
    """A text behind a mark: Chinese follows without a space, at which a line would break."""
    return f"{mark} {text}" if text[:1].isascii() else f"{mark}．{text}" if mark.isdigit() else mark + text
