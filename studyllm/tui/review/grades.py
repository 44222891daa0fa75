"""The grade bar: six grades, where each would move the card, and the one the verdict suggests."""

import re
from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Static

from studyllm import messages
from studyllm.i18n import N_, _
from studyllm.schedule import Grade, Learned
from studyllm.tui.keymap import Keyed

_CHOOSE = re.compile(r"choose\((\d)\)")


class GradeBar(Keyed, Horizontal, can_focus=True):
    """Digits choose at once; arrows move, Enter takes what is marked, if anything is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(int(grade)), f"choose({int(grade)})", messages.GRADES[grade], show=False)
            for grade in Grade
        ),
        Binding("enter", "take", N_("Take"), tooltip=N_("Take the marked grade")),
        Binding("left", "move(-1)", N_("Lower"), show=False, tooltip=N_("Mark a lower grade")),
        Binding("right", "move(1)", N_("Higher"), show=False, tooltip=N_("Mark a higher grade")),
    ]

    class Chosen(Message):
        """The learner chose a grade."""

        def __init__(self, grade: Grade) -> None:
            super().__init__()
            self.grade = grade

    def __init__(self) -> None:
        super().__init__(id="grades")
        self.best = Grade.PERFECT
        self.marked: Grade | None = None
        """What Enter takes."""
        self._suggested: Grade | None = None
        self._outcomes: Mapping[Grade, Learned] = {}

    def compose(self) -> ComposeResult:
        for grade in Grade:
            yield Static("", id=f"grade-{int(grade)}", classes="grade")

    def show(
        self, outcomes: Mapping[Grade, Learned], suggested: Grade | None, best: Grade = Grade.PERFECT
    ) -> None:
        """New outcomes; without a suggestion nothing is marked for Enter. No grade above the best can be chosen."""
        self._outcomes, self.best = outcomes, best
        self._suggested = self.marked = suggested
        self._paint()

    def _paint(self) -> None:
        for grade in Grade:
            star = "▸" if grade is self._suggested else " "
            after = self._outcomes.get(grade)
            comes = messages.spans(after, after.reviewed) if after else ()
            if grade > self.best:
                comes = (_("after a hint"),)
            cell = self._cell(grade)
            cell.update(Content("\n".join((f"{star}{int(grade)} {messages.grade(grade)}", *comes))))
            cell.set_class(grade > self.best, "beyond")
        self._mark()

    def _mark(self) -> None:
        for grade in Grade:
            self._cell(grade).set_class(grade is self.marked, "marked")

    def _cell(self, grade: Grade) -> Static:
        return self.query_one(f"#grade-{int(grade)}", Static)

    def by_key(self, key: str) -> Grade | None:
        """The grade that a key chooses, at once: a message would let the next key overtake it."""
        action = self.action_of(key) or ""
        if action == "take":
            return self.marked
        found = _CHOOSE.fullmatch(action)
        return Grade(int(found[1])) if found and int(found[1]) <= self.best else None

    def action_choose(self, grade: int) -> None:
        if grade <= self.best:
            self.post_message(self.Chosen(Grade(grade)))
        else:
            self.notify(_("After a hint, {grade} is the best grade.").format(grade=int(self.best)), timeout=4)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "take" or self.marked is not None

    def action_take(self) -> None:
        if self.marked is not None:
            self.post_message(self.Chosen(self.marked))

    def action_move(self, step: int) -> None:
        # With nothing marked, the first move goes to the nearest grade on the side of the key.
        nothing = Grade.FAMILIAR if step > 0 else Grade.HARD
        before = nothing if self.marked is None else self.marked
        self.marked = Grade(min(self.best, max(0, before + step)))
        self._mark()
        self.refresh_bindings()

    def on_click(self, event: Click) -> None:
        if event.widget is not None and (name := event.widget.id or "").startswith("grade-"):
            self.action_choose(int(name.removeprefix("grade-")))
