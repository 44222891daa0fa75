"""Putting steps in order."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from studyllm.i18n import N_, _
from studyllm.quiz.items import Order
from studyllm.store.quizzes import Outcome
from studyllm.tui.quiz.body import Body, Given
from studyllm.tui.widgets.prose import Prose, coded


class OrderBody(Body, can_focus=True):
    """Space takes a step up and lays it down; arrows move the mark, and the step that is held. Enter is done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "hold", N_("Take, lay down")),
        Binding("up", "move(-1)", N_("Move"), key_display="↑↓"),
        Binding("down", "move(1)", N_("Move"), show=False),
        Binding("shift+up", "carry(-1)", N_("Move step"), show=False),
        Binding("shift+down", "carry(1)", N_("Move step"), show=False),
        Binding("enter", "done", N_("Done")),
    ]

    def __init__(self, item: Order) -> None:
        super().__init__()
        self.item = item
        self.order = list(item.shown)
        self.at, self.held = 0, False
        self._outcome: Outcome | None = None

    def compose(self) -> ComposeResult:
        for place in range(len(self.order)):
            yield Prose("", id=f"step-{place}", classes="row")

    def on_mount(self) -> None:
        self._paint()

    def begin(self) -> None:
        self.focus()

    def action_hold(self) -> None:
        self.held = not self.held
        self._paint()

    def action_move(self, step: int) -> None:
        self._to(self.at + step, carrying=self.held)

    def action_carry(self, step: int) -> None:
        self._to(self.at + step, carrying=True)

    def _to(self, place: int, *, carrying: bool) -> None:
        if not 0 <= place < len(self.order) or self._outcome:
            return
        if carrying:
            self.order.insert(place, self.order.pop(self.at))
        self.at = place
        self._paint()

    def action_done(self) -> None:
        self.post_message(Given(list(self.order)))

    def on_click(self, event: Click) -> None:
        """A click takes a step up, the next one lays it down there."""
        kind, _, number = (event.widget.id or "" if event.widget else "").partition("-")
        if kind == "step" and number.isdigit():
            if self.held:
                self._to(int(number), carrying=True)
                self.held = False
                self._paint()
            else:
                self._to(int(number), carrying=False)
                self.action_hold()

    def show(self, outcomes: tuple[Outcome, ...]) -> None:
        self._outcome = outcomes[0]
        self._paint()
        self.can_focus = False

    def _paint(self) -> None:
        if self._outcome:
            for place, step in enumerate(self.item.steps):
                self._put(place, self._settled(place, step))
            return
        for place, index in enumerate(self.order):
            held = place == self.at and self.held
            arrow = "↕" if held else "▸" if place == self.at else " "
            self._put(
                place,
                Content.assemble(
                    (f"{arrow} {place + 1}  ", "$primary"),
                    coded(self.item.steps[index], "bold" if held else ""),
                ),
            )

    def _settled(self, place: int, step: str) -> Content:
        """A step in its right place, and where the answer had it: no cross, or the right order would look wrong."""
        given = [self.item.steps[index] for index in self.order]
        line = coded(f"{place + 1}  {step}")
        if not self._outcome or not self._outcome.given:
            return Content.assemble(("· ", "$foreground-muted"), line)
        if given[place] == step:
            return Content.assemble(("✓ ", "bold $text-success"), line)
        yours = _("you: {words}").format(words=given.index(step) + 1)
        return Content.assemble(("· ", "$foreground-muted"), line, (f"   {yours}", "$text-warning"))

    def _put(self, place: int, content: Content) -> None:
        line = self.query_one(f"#step-{place}", Static)
        line.update(content)
        line.set_class(place == self.at and not self._outcome, "marked")
