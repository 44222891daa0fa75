"""How a question is answered, one part of the screen for each kind: choosing, and typing."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.widgets import Input, Static

from studyllm.i18n import N_, _
from studyllm.notes.wording import gap_in
from studyllm.quiz.items import Cloze, MultipleChoice, Typed
from studyllm.store.quizzes import Outcome
from studyllm.text import clean, has_wide
from studyllm.tui.keymap import Keyed
from studyllm.tui.widgets.answer import AnswerArea
from studyllm.tui.widgets.prose import Prose, coded

LONGEST = 300
"""Letters of a term or of what fills a gap."""


class Given(Message):
    """The learner's answer: text, index, texts by row or steps by index; None for none."""

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.response = response


class Body(Keyed, Vertical):
    """The part of the screen that takes an answer and then shows what became of it."""

    def begin(self) -> None:
        """Takes the focus."""

    def show(self, outcomes: tuple[Outcome, ...]) -> None:
        """Shows what was right."""


class ChoiceBody(Body, can_focus=True):
    """Texts, one of which is right: digits choose at once, arrows and Enter or a click choose as well."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(n), f"pick({n - 1})", N_("Choose"), show=n == 1, key_display="1-9")
            for n in range(1, 10)
        ),
        Binding("0", "pick(-1)", N_("Don't know"), id="quiz_body.pick_none"),
        Binding("up", "move(-1)", N_("Up"), show=False),
        Binding("down", "move(1)", N_("Down"), show=False),
        Binding("enter", "take", N_("Choose"), show=False),
    ]

    def __init__(self, item: MultipleChoice) -> None:
        super().__init__()
        self.item = item
        self.at: int | None = None

    def compose(self) -> ComposeResult:
        for index, text in enumerate(self.item.options):
            with Horizontal(id=f"choice-{index}", classes="choice"):
                yield Static(f"  {index + 1}", classes="number", markup=False)
                yield Prose(coded(text), classes="text")

    def begin(self) -> None:
        self.focus()

    def action_pick(self, index: int) -> None:
        if index < len(self.item.options):
            self.post_message(Given(index))

    def action_move(self, step: int) -> None:
        count = len(self.item.options)
        self.at = (self.at + step) % count if self.at is not None else (0 if step > 0 else count - 1)
        for index in range(count):
            self.query_one(f"#choice-{index}").set_class(index == self.at, "marked")

    def action_take(self) -> None:
        if self.at is not None:
            self.post_message(Given(self.at))

    def on_click(self, event: Click) -> None:
        line = event.widget and next(
            (w for w in event.widget.ancestors_with_self if w.has_class("choice")), None
        )
        if line is not None:
            self.action_pick(int((line.id or "").partition("-")[2]))

    def show(self, outcomes: tuple[Outcome, ...]) -> None:
        for index, text in enumerate(self.item.options):
            line = self.query_one(f"#choice-{index}")
            line.remove_class("marked")
            right = index == self.item.right
            if right or text == outcomes[0].given:
                line.add_class("right" if right else "wrong")
                line.query_one(".number", Static).update(f"{'✓' if right else '✗'} {index + 1}")
        self.can_focus = False


class LineBody(Body):
    """One line is typed: a term, or what is missing."""

    def __init__(self, item: Typed | Cloze) -> None:
        super().__init__()
        self.item = item

    def compose(self) -> ComposeResult:
        if isinstance(self.item, Cloze):
            yield Prose(
                self._text(gap_in(self.item.before + self.item.after), "bold $text-warning"), id="cloze"
            )
        line = Input(id="line", placeholder=_("Type it. Enter answers, empty: I don't know."))
        line.cursor_blink = False
        yield line

    def _text(self, gap: str, style: str) -> Content:
        assert isinstance(self.item, Cloze)
        apart = " " if has_wide(self.item.before + self.item.after) else ""
        before, after = coded(self.item.before), coded(self.item.after)
        return Content.assemble(before, apart, (gap, style), apart, after)

    def begin(self) -> None:
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(Given(clean(event.value)[:LONGEST].strip()))

    def show(self, outcomes: tuple[Outcome, ...]) -> None:
        self.query_one(Input).disabled = True
        if isinstance(self.item, Cloze):
            self.query_one("#cloze", Static).update(self._text(self.item.wanted, "bold $text-success"))


class AreaBody(Body):
    """A meaning is typed, as in a review."""

    def compose(self) -> ComposeResult:
        yield AnswerArea()

    def begin(self) -> None:
        self.query_one(AnswerArea).focus()

    def on_answer_area_submitted(self, event: AnswerArea.Submitted) -> None:
        event.stop()
        self.query_one(AnswerArea).read_only = True
        self.post_message(Given(event.text))

    def show(self, outcomes: tuple[Outcome, ...]) -> None:
        self.query_one(AnswerArea).disabled = True
