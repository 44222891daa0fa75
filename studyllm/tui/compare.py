"""Schedulers compared on the learner's own log: how well each predicts, the work it makes, and choosing one."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Sparkline, Static

from studyllm import schedulers
from studyllm.cards import Scheduling
from studyllm.i18n import N_, _, ngettext
from studyllm.messages import scheduling
from studyllm.schedule.compare import Report
from studyllm.tui.aside import AsideScreen, Tell
from studyllm.tui.keymap import key_name
from studyllm.tui.notices import NoticeLine
from studyllm.tui.screen import Translated
from studyllm.tui.simulate import SimulateScreen
from studyllm.tui.widgets.footer import Footer

_WIDTH = 24
"""Columns of a bar that reaches from nought to one."""


class CompareScreen(AsideScreen):
    """A block for each scheduler; the marked one can be chosen."""

    STORY = N_(
        "Each scheduler says how likely you are to recall a card; here it is held against what you recalled. Enter "
        "says what choosing the marked one would change, before it does."
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,f", "choose", N_("Choose this one"), key_display="⏎"),
        Binding("down,j", "mark(1)", N_("Next scheduler"), show=False),
        Binding("up,k", "mark(-1)", N_("Scheduler before"), show=False),
        Binding("s", "simulate", N_("Simulate"), tooltip=N_("What another retention would cost a day")),
        Binding("u", "take_back", N_("Take the choice back"), show=False),
        Binding("escape", "app.pop_screen", N_("Decks")),
    ]

    def __init__(self, deck: str | None) -> None:
        super().__init__()
        self.deck = deck
        self.reports: tuple[Report, ...] = ()
        self._marked = 0
        self._now: Mapping[str, Scheduling] = {}
        """How the decks are scheduled."""
        self._changed: list[int] = []
        """How many decks each choice made here has changed."""

    def compose(self) -> ComposeResult:
        said = _("Schedulers on the log of {deck}") if self.deck else _("Schedulers on the log of all decks")
        yield Static(said.format(deck=self.deck), id="title", markup=False)
        yield Static("", id="today")
        yield VerticalScroll(id="reports", can_focus=False)
        yield NoticeLine()
        yield Footer()

    def on_mount(self) -> None:
        study = self.study

        def compare(tell: Tell) -> None:
            store, day = study.store, study.settings.day
            found = schedulers.compare(
                store, day, study.clock(), self.deck, lambda what: tell(self.say, what)
            )
            self._now = schedulers.of_decks(store, self.deck)
            tell(self._show, found)

        self.aside(compare)

    def _show(self, reports: Sequence[Report]) -> None:
        if not self.is_attached:
            return
        self.reports = tuple(reports)
        best = min(reports, key=lambda one: one.log_loss)
        self._marked = reports.index(best) if best.scheduling else 0
        self.say(
            ngettext(
                "On your last review, which nothing was fitted to. Predicts you best: {scheduler}.",
                "On your last {count} reviews, which nothing was fitted to. Predicts you best: {scheduler}.",
                reports[0].reviews,
            ).format(count=reports[0].reviews, scheduler=_(best.name))
        )
        pane = self.query_one("#reports")
        for number, one in enumerate(reports):
            pane.mount(Static(classes="label", id=f"scheduler{number}"))
            if one.workload:
                pane.mount(Static(_calibration(one)))
                said = _(
                    "{total:.0f} reviews in the next 30 days, a bar a day; {most:.0f} on the fullest"
                ).format(total=sum(one.workload), most=max(one.workload))
                pane.mount(Static(Content.styled(said, "$foreground-muted")))
                pane.mount(Sparkline(one.workload, summary_function=max))
        said = "\n".join(filter(None, (scheduling.what_predicts_means(), scheduling.unfitted(reports))))
        meaning = Content.styled(said, "$foreground-muted")
        pane.mount(Static(meaning, classes="label"))
        self.call_after_refresh(self._headlines)
        self.refresh_bindings()

    def refused(self, why: str) -> None:
        """There is too little to compare; what needs no reviews can be done."""
        self.say(why)
        if self.is_attached:
            key = key_name(self.app, "compare.simulate", "s")
            said = _(
                "{key} plays a year forward: what another retention would cost a day. That needs no reviews."
            )
            self.query_one("#reports").mount(Static(Content(said.format(key=key)), classes="label"))

    def _headlines(self) -> None:
        """Which one is marked, and which is in use."""
        for number, one in enumerate(self.reports):
            in_use = one.scheduling is not None and schedulers.in_use(one.scheduling, self._now.values())
            line = self.query_one(f"#scheduler{number}", Static)
            line.update(_headline(one, marked=number == self._marked, in_use=in_use))

    def action_mark(self, step: int) -> None:
        """Another scheduler; a constant is none."""
        last = sum(one.scheduling is not None for one in self.reports) - 1
        self._marked = min(max(0, self._marked + step), max(0, last))
        if self.reports:
            self._headlines()
            # With what stands under it, as far as there is room.
            after = self.query_one(f"#scheduler{self._marked + 1}", Static)
            after.scroll_visible(animate=False)
            self.query_one(f"#scheduler{self._marked}", Static).scroll_visible(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to choose before the comparison is there, and nothing to take back before a choice; the
        simulator needs neither."""
        if action in ("choose", "mark"):
            return bool(self.reports)
        return bool(self._changed) if action == "take_back" else True

    @work(exclusive=True, group="choose", exit_on_error=False)
    async def action_choose(self) -> None:
        """Says what the marked one would change, and changes it if that is wanted."""
        one = self.reports[self._marked]
        assert one.scheduling is not None
        study, name = self.study, _(one.name)
        wanted = schedulers.chosen(self._now, one.scheduling)
        if wanted == self._now:
            self.notify(_("{scheduler} is in use already.").format(scheduler=name))
            return
        shift = await asyncio.to_thread(
            schedulers.preview, study.store, study.settings.day, wanted, study.clock()
        )
        title = _("Schedule {deck} by {scheduler}?").format(deck=self.deck or _("all decks"), scheduler=name)

        def decided(yes: bool | None) -> None:
            if yes:
                self._choose(name, wanted, shift.sooner + shift.later)

        self.app.push_screen(ChoiceScreen(title, tuple(scheduling.shifted(shift))), decided)

    @work(group="choose", exit_on_error=False)
    async def _choose(self, name: str, wanted: Mapping[str, Scheduling], moved: int) -> None:
        """Does it, and says of how many cards the day was to be another."""
        study, now = self.study, self.study.clock()
        for deck, how in wanted.items():
            await study.in_turn(schedulers.change, study.store, study.settings.day, deck, how, now)
        self._changed.append(sum(wanted[deck] != self._now[deck] for deck in wanted))
        said = ngettext(
            "Scheduled by {scheduler} from now on; {count} card has another day. u takes it back.",
            "Scheduled by {scheduler} from now on; {count} cards have another day. u takes it back.",
            moved,
        )
        await self._settled(said.format(scheduler=name, count=moved))

    @work(exclusive=True, group="choose", exit_on_error=False)
    async def action_take_back(self) -> None:
        """Undoes the last choice made here, if nothing was done since."""
        journal = self.study.store.journal
        for _row in range(self._changed.pop()):
            newest = await asyncio.to_thread(journal.latest, 1)
            if not newest or newest[0].event != "scheduling":
                self.notify(_("Something was done since: the history (h) takes that back first."))
                return
            await self.study.in_turn(journal.undo, self.study.clock())
        self.study.notices.undone()
        await self._settled(_("Scheduled as before."))

    async def _settled(self, said: str) -> None:
        self._now = await asyncio.to_thread(schedulers.of_decks, self.study.store, self.deck)
        self._headlines()
        self.refresh_bindings()
        self.offer(said)

    def action_simulate(self) -> None:
        """By the weights that were just fitted, where there are some."""
        fitted = (one.scheduling.weights for one in self.reports if one.scheduling and one.scheduling.weights)
        self.app.push_screen(SimulateScreen(self.deck, next(fitted, ())))


class ChoiceScreen(Translated, ModalScreen[bool]):
    """What a change would do, and whether it is wanted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "dismiss(True)", N_("Do it")),
        Binding("escape", "dismiss(False)", N_("Leave it as it is")),
    ]

    def __init__(self, title: str, lines: Sequence[str]) -> None:
        super().__init__()
        self._title, self._lines = title, lines

    def compose(self) -> ComposeResult:
        with Vertical(id="choice"):
            yield Static(Content.styled(self._title, "bold $primary"))
            yield Static(Content("\n".join(self._lines)), classes="label")
            kept = _("Every answer stays in the log: changing back brings back what was.")
            yield Static(Content.styled(kept, "$foreground-muted"), classes="label")
            yield Static(_("Enter does it   Esc leaves it as it is"), classes="label", markup=False)


def _headline(one: Report, *, marked: bool, in_use: bool) -> Content:
    return Content.assemble(
        (f"{'▸' if marked else ' '} {_(one.name)}   ", "bold $primary"),
        scheduling.predicts(one),
        (_("   in use") if in_use else "", "$text-success"),
    )


def _calibration(one: Report) -> Content:
    """Predicted against actual recall, a line for each bin."""
    lines = []
    for told, came, count in one.bins:
        full = round(came * _WIDTH)
        bar = "█" * full + "·" * (_WIDTH - full)
        said = _("predicted {told:4.0%}  actual {came:4.0%}").format(told=told, came=came)
        lines.append(f"  {said}  {bar}  {count}")
    return Content("\n".join(lines))
