"""The end of a session: what was done, and the mistakes worth another look."""

from typing import ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from studyllm.i18n import N_, _, ngettext
from studyllm.review.history import Answered, Answers
from studyllm.tui.repeating import ask_again
from studyllm.tui.screen import Reporting, StudyScreen


class SessionSummary(Reporting, Vertical):
    """Counts, time, and a list; Enter or a click on a mistake shows its card's note."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "r",
            "repeat",
            N_("Ask these again"),
            tooltip=N_("At the end: the mistakes again, as a quiz beside the schedule"),
        ),
        Binding(
            "c",
            "contrast",
            N_("Contrast"),
            tooltip=N_("At the end: what tells the terms apart that you took for one another"),
        ),
    ]

    def __init__(self) -> None:
        super().__init__(id="summary-of-session")
        self.answers = Answers()

    def compose(self) -> ComposeResult:
        yield Static("", id="done")
        yield Static("", id="confused")
        yield Static("", id="again", classes="label")
        yield Mistakes(id="mistakes")

    def show(self, answers: Answers, last: str) -> None:
        """Fills it in, and takes the keys if there is something to look at."""
        self.query_one("#done", Static).update(_counts(answers, last))
        self.answers = answers
        wrong = answers.worth_a_look
        self.query_one("#confused", Static).update(_confused(answers))
        self.query_one("#confused").display = bool(answers.confused)
        title = ngettext("A mistake worth another look", "{count} mistakes worth another look", len(wrong))
        self.query_one("#again", Static).update(Content(title.format(count=len(wrong))))
        self.query_one("#again").display = bool(wrong)
        mistakes = self.query_one(Mistakes)
        mistakes.display = bool(wrong)
        mistakes.put(wrong)
        if wrong:
            mistakes.focus()
        else:
            self.screen.set_focus(None)
        self.screen.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "contrast" or bool(self.answers.confused)

    @work(exclusive=True, group="quiz-prepare", exit_on_error=False)
    async def action_repeat(self) -> None:
        """What went wrong in this session, as a quiz: the schedules stay as they are."""
        from studyllm.quiz.items import Mode, Options

        wrong = {answered.card.id for answered in self.answers.worth_a_look}
        await ask_again(cast("StudyScreen", self.screen), wrong, Options(modes=frozenset({Mode.MEANING})))

    def action_contrast(self) -> None:
        """What tells those apart that were taken for one another, as a quiz beside the schedule."""
        from studyllm.quiz.items import Contrast, Mode, Options

        items = [Contrast(one, other) for one, other in self.answers.confused]
        self.study.run_quiz(Options(modes=frozenset({Mode.CONTRAST}), length=len(items)), items)


class Mistakes(OptionList):
    """One card a line, with what was missed below it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("Its note"), tooltip=N_("At the end: the note of a mistake")),
    ]

    def put(self, wrong: tuple[Answered, ...]) -> None:
        """These cards and no others."""
        self._wrong = wrong
        self.clear_options()
        self.add_options([_line(one) for one in wrong])
        if wrong:
            self.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        from studyllm.tui.widgets.note import NoteScreen

        event.stop()
        self.app.push_screen(NoteScreen(self._wrong[event.option_index]))


def _counts(answers: Answers, last: str) -> Content:
    parts: list[str | tuple[str, str]] = [
        (_("Nothing is due: all done for today."), "bold $text-success"),
        "\n",
    ]
    if answers.count:
        share = f"{answers.recalled / answers.count:.0%}"
        done = _("{count} answered, {recalled} recalled ({share}), {time}.").format(
            count=answers.count, recalled=answers.recalled, share=share, time=_time(answers.seconds)
        )
        parts += ["\n", done, "\n", (last, "$foreground-muted"), "\n"]
    parts += ["\n", (_("Esc goes back to the decks, u takes back the last grade."), "$foreground-muted")]
    return Content.assemble(*parts)


def _confused(answers: Answers) -> Content:
    """What was taken for what, and what can be done about it."""
    said = _("You answered {one} with what {other} is.")
    lines = [said.format(one=one.card.term, other=other.card.term) for one, other in answers.confused]
    return Content("\n").join(
        [Content.styled(line, "$text-warning") for line in lines]
        + [Content(_("c asks what tells them apart."))]
    )


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    if not minutes:
        return _("in less than a minute")
    return ngettext("in a minute", "in {count} minutes", minutes).format(count=minutes)


def _line(answered: Answered) -> Content:
    text = answered.card.card
    parts: list[str | tuple[str, str]] = [
        (f"{int(answered.grade)} ", "bold $text-warning"),
        (text.prompt or text.term, "bold"),
    ]
    if answered.sure_and_wrong:
        parts.append((f"  {_('you were sure')}", "bold $text-warning"))
    if answered.overruled:
        parts.append((f"  {_('you overruled the verdict')}", "$foreground-muted"))
    if answered.missed:
        parts.append((f"\n  ○ {answered.missed[0]}", "$foreground-muted"))
        if more := len(answered.missed) - 1:
            parts.append((f"  {_('and {count} more').format(count=more)}", "$foreground-muted"))
    return Content.assemble(*parts)
