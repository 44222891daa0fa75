"""The end of a session: what was done, and the mistakes worth another look."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from studyllm import messages
from studyllm.i18n import N_, _, ngettext
from studyllm.messages import picking
from studyllm.review.ending import Ending
from studyllm.review.history import Answered, Answers
from studyllm.text import padded, width
from studyllm.tui.keymap import Keyed, key_name
from studyllm.tui.repeating import ask_again
from studyllm.tui.review import heard
from studyllm.tui.screen import Reporting, StudyScreen


class SessionSummary(Keyed, Reporting, Vertical, can_focus=True):
    """Counts, time, the ways to go on, and a list; Enter or a click on a mistake shows its card's note."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "following", N_("Next deck"), tooltip=N_("At the end: the next deck that waits")),
        Binding("m", "more", N_("More new"), tooltip=N_("At the end: more new cards today")),
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
        self._ending: Ending | None = None

    def compose(self) -> ComposeResult:
        yield Static("", id="done")
        yield Static("", id="confused")
        yield Static("", id="again", classes="label")
        yield Mistakes(id="mistakes")
        yield Static("", id="preparing")

    def say(self, what: str) -> None:
        """How far the quiz of the mistakes is."""
        for line in self.query("#preparing").results(Static):  # none once the screen is left
            line.update(Content(what))

    def show(self, answers: Answers, last: str, ending: Ending) -> None:
        """Fills it in, and takes the keys."""
        self.answers, self._ending = answers, ending
        self.study.aloud.hush()
        heard.ring(self.study)
        zone = self.study.settings.day.zone
        self.query_one("#done", Static).update(_counts(self.app, answers, last, ending, zone))
        wrong = answers.worth_a_look
        self.query_one("#confused", Static).update(_confused(self.app, answers))
        self.query_one("#confused").display = bool(answers.confused)
        self.query_one("#again", Static).update(Content(_title(wrong)))
        self.query_one("#again").display = bool(wrong)
        mistakes = self.query_one(Mistakes)
        mistakes.display = bool(wrong)
        mistakes.put(wrong)
        (mistakes if wrong else self).focus()
        self.screen.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        ending = self._ending
        there: dict[str, object] = {
            "following": ending and ending.following,
            "more": ending and ending.more,
            "repeat": self._mistaken(),
            "contrast": self.answers.confused,
        }
        return bool(there.get(action, True))

    def action_following(self) -> None:
        """The next deck, in place of this one."""
        if self._ending and self._ending.following:
            self.study.go_on(self._ending.following.deck)

    def action_more(self) -> None:
        """More new cards of what the session was over."""
        if self._ending and self._ending.more:
            self.study.go_on(self._ending.deck, self._ending.more)

    @work(exclusive=True, group="quiz-prepare", exit_on_error=False)
    async def action_repeat(self) -> None:
        """What went wrong in this session, as a quiz: the schedules stay as they are."""
        from studyllm.quiz.items import Mode, Options

        wrong = self._mistaken()
        options = Options(modes=frozenset({Mode.MEANING}))
        await ask_again(cast("StudyScreen", self.screen), wrong, options, self.say)

    def _mistaken(self) -> set[int]:
        """The cards that were not recalled."""
        return {one.card.id for one in self.answers.worth_a_look if not one.grade.recalled}

    def stop(self) -> bool:
        """No quiz of the mistakes after all; whether one was being prepared."""
        return bool(self.workers.cancel_group(self, "quiz-prepare"))

    def action_contrast(self) -> None:
        """What tells those apart that were taken for one another, as a quiz beside the schedule."""
        from studyllm.quiz.items import Contrast, Mode, Options

        items = [Contrast(one, other) for one, other in self.answers.confused]
        self.study.run_quiz(Options(modes=frozenset({Mode.CONTRAST}), length=len(items)), items)


class Mistakes(Keyed, OptionList):
    """One card a line, with what was missed below it; those from before the session under a heading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("Its note"), tooltip=N_("At the end: the note of a mistake")),
    ]

    def put(self, wrong: tuple[Answered, ...]) -> None:
        """These cards and no others."""
        self._wrong = wrong
        wide = max((width(messages.grade(one.grade)) for one in wrong), default=0)
        lines: list[Option] = []
        for number, one in enumerate(wrong):
            if number and _heading(one) != _heading(wrong[number - 1]):
                lines.append(Option(Content(f"\n{_heading(one)}"), disabled=True))
            lines.append(Option(_line(one, wide), id=str(number)))
        self.clear_options()
        self.add_options(lines)
        if wrong:
            self.highlighted = 0

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        from studyllm.tui.widgets.note import NoteScreen

        event.stop()
        self.app.push_screen(NoteScreen(self._wrong[int(event.option_id or 0)]))


def _counts(app: object, answers: Answers, last: str, ending: Ending, zone: tzinfo) -> Content:
    style = "bold $text-success" if ending.all_done else "bold"
    parts: list[str | tuple[str, str]] = [(picking.ended(ending, zone), style), "\n"]
    if answers.count:
        share = f"{answers.recalled / answers.count:.0%}"
        done = _("{count} answered, {recalled} recalled ({share}), {time}.").format(
            count=answers.count, recalled=answers.recalled, share=share, time=_time(answers.seconds)
        )
        apart = "" if done.endswith("。") else " "
        parts += ["\n", done, apart, picking.relearned(answers), "\n", (last, "$foreground-muted"), "\n"]
    ways = (("following", "n", picking.following(ending)), ("more", "m", picking.more(ending)))
    parts += ["\n"]
    for name, default, way in ways:
        key = key_name(app, f"review_summary.{name}", default)
        parts += [(f"{key}  ", "bold $primary"), way, "\n"] if way else []
    parts += [(_("Esc goes back to the decks, u takes back the last grade."), "$foreground-muted")]
    return Content.assemble(*parts)


def _confused(app: object, answers: Answers) -> Content:
    """What was taken for what, and what can be done about it."""
    said = _("For {one} you gave the meaning of {other}.")
    lines = [said.format(one=one.card.term, other=other.card.term) for one, other in answers.confused]
    asks = _("{key} asks what tells them apart.").format(key=key_name(app, "review_summary.contrast", "c"))
    return Content("\n").join([*(Content.styled(line, "$text-warning") for line in lines), Content(asks)])


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    if not minutes:
        return _("in less than a minute")
    return ngettext("in a minute", "in {count} minutes", minutes).format(count=minutes)


def _title(wrong: Sequence[Answered]) -> str:
    """What the list has first: the mistakes of the session, or what there is where there were none."""
    if here := sum(not one.before and not one.grade.recalled for one in wrong):
        title = ngettext("A mistake worth another look", "{count} mistakes worth another look", here)
        return title.format(count=here)
    if wrong and wrong[0].before:
        return _("Mistakes from earlier today")
    return _("Where you graded otherwise than suggested")


def _heading(one: Answered) -> str:
    """What stands above the first of its kind, behind others."""
    if one.before:
        return _("Earlier today")
    return _("Where you graded otherwise than suggested") if one.grade.recalled else ""


def _line(answered: Answered, wide: int) -> Content:
    """The word of its grade, in so many columns, the card, and what was remarkable; below it what was missed."""
    text, word = answered.card.card, messages.grade(answered.grade)
    parts: list[str | tuple[str, str]] = [
        (padded(word, wide + 2), "$text-warning"),
        (text.prompt or text.term, "bold"),
    ]
    if answered.sure_and_wrong:
        parts.append((f"  {_('you were sure')}", "bold $text-warning"))
    if answered.overruled:
        parts.append((f"  {_otherwise(answered)}", "$foreground-muted"))
    if lacking := answered.lacking:
        point = f"{messages.MARKS[lacking[0].state]} {answered.missed[0]}"
        parts.append((f"\n{' ' * wide}  {point}", "$foreground-muted"))
        if more := len(lacking) - 1:
            parts.append((f"  {_('and {count} more').format(count=more)}", "$foreground-muted"))
    return Content.assemble(*parts)


def _otherwise(answered: Answered) -> str:
    """What the learner did otherwise than the grader: with the verdict, or with the grade alone."""
    if answered.changed or answered.suggested is None:
        return _("you overruled the verdict")
    said = _("suggested {suggested}, you gave {grade}")
    return said.format(suggested=int(answered.suggested), grade=int(answered.grade))
