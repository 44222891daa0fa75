"""The columns of the glossary's list, which the learner chooses: what each shows of an entry, and how wide it is."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, tzinfo
from enum import StrEnum
from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import OptionList, Static

from studyllm.config import Settings
from studyllm.glossary import Entry, SortOrder
from studyllm.i18n import N_, _
from studyllm.messages import CARD_STATES
from studyllm.text import clean
from studyllm.tui.screen import Translated
from studyllm.tui.widgets.rows import MUTED, NOTABLE, Cell, fit


class Column(StrEnum):
    """What a column shows."""

    DUE = "due"
    INTERVAL = "interval"
    EASE = "ease"
    LAPSES = "lapses"
    STABILITY = "stability"
    DECK = "deck"
    SECTION = "section"
    ADDED = "added"


USUAL: tuple[Column, ...] = (Column.DUE,)
_NAMES = {
    Column.DUE: N_("due"),
    Column.INTERVAL: N_("interval"),
    Column.EASE: N_("ease"),
    Column.LAPSES: N_("lapses"),
    Column.STABILITY: N_("stability"),
    Column.DECK: N_("deck"),
    Column.SECTION: N_("section"),
    Column.ADDED: N_("added"),
}
_WIDTHS = {
    Column.DUE: 11,
    Column.INTERVAL: 9,
    Column.EASE: 8,
    Column.LAPSES: 7,
    Column.STABILITY: 10,
    Column.DECK: 14,
    Column.SECTION: 16,
    Column.ADDED: 11,
}
_ABOUT = {SortOrder.EASE: Column.EASE, SortOrder.LAPSES: Column.LAPSES, SortOrder.DUE: Column.DUE}
"""What an order is about is shown with it."""
_MARK, _SHORTEST = 2, 14
"""Columns of the terminal for the mark, and for the term at least."""
_NOTABLE = ("due", "learning")


def shown(chosen: Sequence[Column], order: SortOrder) -> tuple[Column, ...]:
    """The columns that were chosen, and what the order is about."""
    about = _ABOUT.get(order)
    return (*chosen, about) if about and about not in chosen else tuple(chosen)


def widths(columns: Sequence[Column], width: int) -> tuple[int, ...]:
    """Of mark, term, definition and as many of the columns as fit."""
    sizes = [9 if column is Column.DUE and width < 50 else _WIDTHS[column] for column in columns]
    while sizes and width - _MARK - sum(sizes) < _SHORTEST:
        sizes.pop()
    left = max(0, width - _MARK - sum(sizes))
    term = min(36, max(_SHORTEST, width * 2 // 5), left)
    if left - term < _SHORTEST - 4:  # too little to say anything
        term = left
    return _MARK, term, left - term, *sizes


def cells(columns: Iterable[Column], entry: Entry, today: date, zone: tzinfo) -> tuple[Cell, ...]:
    """What they show of an entry."""
    return tuple(_cell(column, entry, today, zone) for column in columns)


def _cell(column: Column, entry: Entry, today: date, zone: tzinfo) -> Cell:
    if column is Column.DUE:
        if entry.state == "review" and entry.due:
            return Cell(_("in {days} d").format(days=(entry.due - today).days))
        return Cell(_(CARD_STATES[entry.state]), NOTABLE if entry.state in _NOTABLE else "")
    if column is Column.LAPSES:
        return Cell(f"{entry.lapses}×", NOTABLE if entry.leech else "")
    if column is Column.DECK:
        return Cell(clean(entry.deck), MUTED)
    if column is Column.SECTION:
        return Cell(clean(entry.headings[-1]) if entry.headings else "", MUTED)
    if column is Column.ADDED:
        return Cell(f"{entry.added.astimezone(zone):%Y-%m-%d}", MUTED)
    if column is Column.EASE:
        return Cell("" if entry.ease is None else f"{entry.ease:.2f}")
    days = entry.stability if column is Column.STABILITY else entry.interval
    return Cell(_("{days} d").format(days=f"{days:.3g}") if days else "")


def kept(settings: Settings) -> tuple[Column, ...]:
    """The columns that were chosen last."""
    try:
        told = json.loads((settings.home / _FILE).read_text("utf-8"))["columns"]
        return tuple(column for column in Column if column in told)
    except (OSError, ValueError, KeyError, TypeError):
        return USUAL


def keep(settings: Settings, columns: Iterable[Column]) -> None:
    """Begins with them from now on. A home that cannot be written to forgets it: that is no reason to stop."""
    path = settings.home / _FILE
    new = path.with_suffix(".new")
    try:
        new.write_text(json.dumps({"columns": list(columns)}), "utf-8")
        new.replace(path)
    except OSError:
        return


_FILE = "glossary.json"


class Heads(Widget):
    """The names of the columns, above them."""

    columns: tuple[Column, ...] = USUAL

    def show(self, columns: tuple[Column, ...]) -> None:
        """Those columns; the usual ones tell what they are."""
        self.columns = columns
        self.display = columns not in ((), USUAL)
        self.refresh()

    def render(self) -> RenderResult:
        names = ("", _("term"), _("meaning"), *(_(_NAMES[column]) for column in self.columns))
        sizes = widths(self.columns, self.size.width)
        return Content("".join(fit(name, size) for name, size in zip(names, sizes, strict=False)))


class ColumnsScreen(Translated, ModalScreen[tuple[Column, ...]]):
    """Gives back the columns that are to be shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", N_("Show or hide")),
        Binding("escape,c", "close", N_("Close")),
    ]

    def __init__(self, chosen: Sequence[Column]) -> None:
        super().__init__()
        self._chosen = set(chosen)

    def compose(self) -> ComposeResult:
        with Vertical(id="choosing"):
            yield Static(_("Columns of the list"), classes="heading", markup=False)
            yield OptionList(*map(self._line, Column))
            yield Static(_("Enter or space shows or hides one; Esc closes."), classes="hint", markup=False)

    def _line(self, column: Column) -> Content:
        return Content(f"{'✓' if column in self._chosen else ' '} {_(_NAMES[column])}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        column = list(Column)[event.option_index]
        self._chosen ^= {column}
        event.option_list.replace_option_prompt_at_index(event.option_index, self._line(column))

    def action_turn(self) -> None:
        self.query_one(OptionList).action_select()

    def action_close(self) -> None:
        self.dismiss(tuple(column for column in Column if column in self._chosen))
