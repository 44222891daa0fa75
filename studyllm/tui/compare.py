"""Schedulers compared on the learner's own log: how well each foretells, and the work it makes."""

from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Footer, Sparkline, Static
from textual.worker import get_current_worker

from studyllm import schedulers
from studyllm.errors import StudyError
from studyllm.schedule.compare import Report
from studyllm.tui.screen import StudyScreen

_WIDTH = 24
"""Columns of a bar that reaches from nought to one."""


class CompareScreen(StudyScreen):
    """A block for each scheduler."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", "Decks")]

    def __init__(self, deck: str | None) -> None:
        super().__init__()
        self.deck = deck

    def compose(self) -> ComposeResult:
        yield Static(f"Schedulers on the log of {self.deck or 'all decks'}", id="title", markup=False)
        yield Static("", id="today")
        yield VerticalScroll(id="reports")
        yield Footer()

    def on_mount(self) -> None:
        self.compare()

    @work(thread=True, exclusive=True, group="compare", exit_on_error=False)
    def compare(self) -> None:
        """Seconds for a short log, minutes for a long one; leaving ends what is shown, not what is computed."""
        worker, day = get_current_worker(), self.study.settings.day

        def say(what: str) -> None:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._say, f"{what[:1].upper()}{what[1:]}…")

        try:
            found = schedulers.compare(self.study.store, day, self.study.clock(), self.deck, say)
        except StudyError as error:
            say(str(error).rstrip("."))
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show, found)

    def _say(self, what: str) -> None:
        if self.is_attached:
            self.query_one("#today", Static).update(Content(what))

    def _show(self, reports: Sequence[Report]) -> None:
        if not self.is_attached:
            return
        best = min(reports, key=lambda one: one.log_loss)
        self._say(
            f"On your last {reports[0].reviews} reviews, which nothing was fitted to. {best.name} foretells best."
        )
        pane = self.query_one("#reports")
        for one in reports:
            pane.mount(Static(_headline(one, best), classes="label"))
            if one.workload:
                pane.mount(Static(_calibration(one)))
                pane.mount(Static(Content.styled("Reviews on each of the next 30 days", "$text-muted")))
                pane.mount(Sparkline(one.workload, summary_function=max))


def _headline(one: Report, best: Report) -> Content:
    mark = "▸ " if one is best else "  "
    total = f", {sum(one.workload):.0f} reviews in 30 days" if one.workload else ""
    said = f"log loss {one.log_loss:.3f}, off by {one.error:.3f}{total}"
    return Content.assemble((f"{mark}{one.name}   ", "bold $primary"), said)


def _calibration(one: Report) -> Content:
    """Foretold against real recall, a line for each bin."""
    lines = []
    for told, came, count in one.bins:
        full = round(came * _WIDTH)
        bar = "█" * full + "·" * (_WIDTH - full)
        lines.append(f"  foretold {told:4.0%}  came {came:4.0%}  {bar}  {count}")
    return Content("\n".join(lines))
