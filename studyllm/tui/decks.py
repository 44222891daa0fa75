"""What is asked before a deck gets another name or an exam, or goes."""

from dataclasses import replace
from datetime import date
from typing import ClassVar, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from studyllm.i18n import N_, _, aside, ngettext
from studyllm.text import clean
from studyllm.tui.screen import StudyScreen, Translated
from studyllm.tui.turns import unless_done


class DeckDialog(Translated, ModalScreen[None]):
    """What is asked of one deck; it is not left while it is being done."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss", N_("Close"))]

    def __init__(self, deck: str) -> None:
        super().__init__()
        self._deck = deck
        self._busy = False
        """Whether it is being done: a second key does nothing."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "dismiss" or not self._busy

    def _free(self) -> None:
        self._busy = False


class RenameScreen(DeckDialog):
    """Gives a deck the name that is typed; its notes are followed then."""

    def compose(self) -> ComposeResult:
        with Vertical(id="deck-dialog"):
            yield Static(_("A new name for {deck}").format(deck=self._deck), classes="heading", markup=False)
            yield Input(self._deck)
            yield Static(_("Enter renames it, Esc leaves it as it is."), classes="hint", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if not self._busy:
            self._busy = True
            self.rename(clean(event.value).strip())

    @work(exclusive=True, group="deck", exit_on_error=False)
    async def rename(self, name: str) -> None:
        """Does it; the notes are followed under the new name."""
        from studyllm import library

        study = self.study
        with unless_done(self._free):
            renamed = await study.in_turn(library.rename, study.store, self._deck, name, study.clock())
        self.dismiss(None)
        if renamed:
            study.follow_notes()
            said = _("{deck} is called {name} now; u takes that back.")
            cast("StudyScreen", self.app.screen).offer(said.format(deck=self._deck, name=name))


class ExamScreen(DeckDialog):
    """Sets the day by which all cards of a deck are asked once more, or none."""

    def compose(self) -> ComposeResult:
        with Vertical(id="deck-dialog"):
            yield Static(
                _("When is the exam on {deck}?").format(deck=self._deck), classes="heading", markup=False
            )
            yield Input(placeholder="2027-01-15")
            yield Static(
                _(
                    "No card waits longer than until then. Enter sets the day, an empty line none; Esc leaves it."
                ),
                id="told",
                classes="hint",
                markup=False,
            )

    def on_mount(self) -> None:
        exam = self.study.store.schedulings()[self._deck].exam
        self.query_one(Input).value = exam.isoformat() if exam else ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        today = self.study.settings.day.of(self.study.clock())
        try:
            exam = date.fromisoformat(clean(event.value).strip()) if event.value.strip() else None
        except ValueError:
            told = _("{text!r} is not a date; write it like 2027-01-15.").format(text=clean(event.value))
        else:
            if exam is None or exam > today:
                if not self._busy:
                    self._busy = True
                    self.set_exam(exam)
                return
            told = _("That day is not in the future.")
        self.query_one("#told", Static).update(Content(told))

    @work(exclusive=True, group="deck", exit_on_error=False)
    async def set_exam(self, exam: date | None) -> None:
        """Does it; the cards that waited longer come before."""
        from studyllm import schedulers

        study = self.study
        before = study.store.schedulings()[self._deck]
        with unless_done(self._free):
            moved = await study.in_turn(
                schedulers.change,
                study.store,
                study.settings.day,
                self._deck,
                replace(before, exam=exam),
                study.clock(),
            )
        self.dismiss(None)
        if before.exam == exam:
            return  # there is nothing to take back
        day = _("exam on {date}").format(date=exam) if exam else _("no exam")
        said = ngettext("{deck}: {day}; {count} card moved.", "{deck}: {day}; {count} cards moved.", moved)
        cast("StudyScreen", self.app.screen).offer(
            aside(said.format(deck=self._deck, day=day, count=moved), _("u takes that back"))
        )


class DeleteScreen(DeckDialog):
    """Takes a deck away when that is confirmed; not by the key that asked, which confirms itself when it is held."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "remove", N_("Delete")),
        Binding("escape,n", "dismiss", N_("Keep it")),
    ]

    def __init__(self, deck: str, cards: int) -> None:
        super().__init__(deck)
        self._cards = cards

    def compose(self) -> ComposeResult:
        asked = ngettext(
            "Delete {deck} with its {count} card?", "Delete {deck} with its {count} cards?", self._cards
        )
        with Vertical(id="deck-dialog"):
            yield Static(asked.format(deck=self._deck, count=self._cards), classes="heading", markup=False)
            yield Static(
                _(
                    "The notes stay as they are. Cards and answers are kept, out of the way: u brings the deck back, "
                    "and so does another import of its notes, with every schedule."
                ),
                markup=False,
            )
            yield Static(_("Only y deletes it; Esc keeps it."), classes="hint", markup=False)

    def action_remove(self) -> None:
        if not self._busy:
            self._busy = True
            self.remove_deck()

    @work(exclusive=True, group="deck", exit_on_error=False)
    async def remove_deck(self) -> None:
        """Does it; its notes are followed no more."""
        study = self.study
        with unless_done(self._free):
            await study.in_turn(study.store.remove, self._deck, study.clock())
        self.dismiss(None)
        study.follow_notes()
        self.app.notify(_("{deck} is deleted; u brings it back.").format(deck=self._deck), markup=False)
