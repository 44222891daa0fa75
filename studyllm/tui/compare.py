"""Schedulers compared on the learner's own log: how well each foretells, and the work it makes."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Sparkline, Static

from studyllm import schedulers
from studyllm.errors import StudyError
from studyllm.i18n import N_, _
from studyllm.schedule.compare import Report
from studyllm.tui.screen import StudyScreen
from studyllm.tui.widgets.footer import Footer

if TYPE_CHECKING:
    from studyllm.tui.study import Study

_WIDTH = 24
"""Columns of a bar that reaches from nought to one."""


class CompareScreen(StudyScreen):
    """A block for each scheduler."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "app.pop_screen", N_("Decks"))]

    def __init__(self, deck: str | None) -> None:
        super().__init__()
        self.deck = deck

    def compose(self) -> ComposeResult:
        said = _("Schedulers on the log of {deck}") if self.deck else _("Schedulers on the log of all decks")
        yield Static(said.format(deck=self.deck), id="title", markup=False)
        yield Static("", id="today")
        yield VerticalScroll(id="reports")
        yield Footer()

    def on_mount(self) -> None:
        # No worker: a fit takes minutes on a long log, and quitting would wait for it.
        Thread(target=self._compare, args=(self.study,), daemon=True).start()

    def _compare(self, study: "Study") -> None:
        """Compares, and hands what it finds to the screen while it is there."""

        def tell(show: Callable[[Any], None], what: object) -> None:
            with suppress(RuntimeError):  # the app is gone
                if self.is_attached:
                    self.app.call_from_thread(show, what)

        try:
            found = schedulers.compare(
                study.store, study.settings.day, study.clock(), self.deck, lambda what: tell(self._say, what)
            )
            tell(self._show, found)
        except StudyError as error:
            tell(self._say, str(error))
        except Exception as error:  # noqa: BLE001 - whatever it is, the app says so and logs it
            tell(study.report, error)

    def _say(self, what: str) -> None:
        """Work in progress begins in lower case; a sentence is shown as it is."""
        if self.is_attached:
            text = what if what.endswith((".", "。")) else f"{what[:1].upper()}{what[1:]}…"
            self.query_one("#today", Static).update(Content(text))

    def _show(self, reports: Sequence[Report]) -> None:
        if not self.is_attached:
            return
        best = min(reports, key=lambda one: one.log_loss)
        self._say(
            _(
                "On your last {count} reviews, which nothing was fitted to. Best at foretelling: {scheduler}."
            ).format(count=reports[0].reviews, scheduler=_(best.name))
        )
        pane = self.query_one("#reports")
        for one in reports:
            pane.mount(Static(_headline(one, best), classes="label"))
            if one.workload:
                pane.mount(Static(_calibration(one)))
                pane.mount(
                    Static(Content.styled(_("Reviews on each of the next 30 days"), "$foreground-muted"))
                )
                pane.mount(Sparkline(one.workload, summary_function=max))


def _headline(one: Report, best: Report) -> Content:
    mark = "▸ " if one is best else "  "
    said = (
        _("log loss {loss:.3f}, off by {error:.3f}, {total:.0f} reviews in 30 days")
        if one.workload
        else _("log loss {loss:.3f}, off by {error:.3f}")
    ).format(loss=one.log_loss, error=one.error, total=sum(one.workload))
    return Content.assemble((f"{mark}{_(one.name)}   ", "bold $primary"), said)


def _calibration(one: Report) -> Content:
    """Foretold against real recall, a line for each bin."""
    lines = []
    for told, came, count in one.bins:
        full = round(came * _WIDTH)
        bar = "█" * full + "·" * (_WIDTH - full)
        said = _("predicted {told:4.0%}  actual {came:4.0%}").format(told=told, came=came)
        lines.append(f"  {said}  {bar}  {count}")
    return Content("\n".join(lines))
