"""What another desired retention would cost a day, and how much would be known: a line for each retention."""

from contextlib import suppress
from threading import Event
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from studyllm.i18n import N_, _
from studyllm.schedule.simulation import Cancelled
from studyllm.statistics.simulated import Simulation, simulation
from studyllm.statistics.simulated_page import headline, notes, table
from studyllm.tui.aside import AsideScreen, Tell
from studyllm.tui.notices import NoticeLine
from studyllm.tui.widgets.charts import painted
from studyllm.tui.widgets.footer import Footer

_WIDEST, _NARROWEST = 100, 60


class SimulateScreen(AsideScreen):
    """Played forward when it is opened; leaving it ends that."""

    STORY = N_(
        "A year of reviews played forward with your own cards, your memory as FSRS-6 knows it, and the time your "
        "answers take. A higher retention means that more is known and that more is asked."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,s", "app.pop_screen", N_("Back"), key_display="esc")
    ]

    def __init__(self, deck: str | None, weights: tuple[float, ...] = ()) -> None:
        super().__init__()
        self.deck, self.weights = deck, weights
        self.found: Simulation | None = None
        self._left = Event()

    def compose(self) -> ComposeResult:
        said = _("What another retention would cost: {deck}").format(deck=self.deck or _("all decks"))
        yield Static(said, id="title", markup=False)
        yield Static("", id="today")
        with VerticalScroll(id="figures"):
            yield Static("", id="chart")
            yield Static("", id="notes")
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        study = self.study

        def simulate(tell: Tell) -> None:
            with suppress(Cancelled):
                found = simulation(
                    study.store,
                    study.settings.day,
                    study.clock(),
                    self.deck,
                    weights=self.weights,
                    progress=lambda what: tell(self.say, what),
                    stopped=self._left.is_set,
                )
                tell(self._show, found)

        self.aside(simulate)

    def on_unmount(self) -> None:
        self._left.set()

    def on_resize(self, event: Resize) -> None:
        if self.found is not None:
            self._show(self.found)

    def _show(self, found: Simulation) -> None:
        if not self.is_attached:
            return
        self.found = found
        self.query_one("#today", Static).update(Content(headline(found)))
        width = max(_NARROWEST, min(_WIDEST, self.app.size.width - 6))
        chart = Content("\n").join(map(painted, table(found, width)))
        self.query_one("#chart", Static).update(chart)
        self.query_one("#notes", Static).update(Content("\n".join(notes(found))))
